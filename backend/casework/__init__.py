"""How a case moves: lifecycle steps, the event log, deadline rows, and the working calendar they are counted by.

Every feature with a lifecycle stands on this one: its table of rows is data (`lifecycle.py`), its clocks are data (`clocks.py`), and
`service.apply` is the only place that changes a state.
"""
