"""The register file of certified units: its columns, how it is read and checked, and the list of what is wrong in it."""

from .faults_report import write_faults
from .reading import Register, read_register
from .rows import Member, RowFault, UnitFacts, UnitRow

__all__ = ["Member", "Register", "RowFault", "UnitFacts", "UnitRow", "read_register", "write_faults"]
