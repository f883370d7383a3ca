"""Legal entities, units, liaison stations and their members; the register file that brings them in."""
