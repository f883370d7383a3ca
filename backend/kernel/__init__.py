"""Pure rules that every package stands on: clock, calendar, transitions, rule sets, identifiers, errors.

Standard library only; no I/O.
"""
