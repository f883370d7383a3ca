"""A lifelike sample register: 3,000 invented units in the plan's numbers. Codes pass their checks and belong to nobody."""

from .making import sample_rows
from .writing import write_sample

__all__ = ["sample_rows", "write_sample"]
