"""Emergencies (紧急情况): food poisoning, injury, unrest. Officers are told at once, and again higher up when nobody answers.

Whoever marks one is told to call 120, 110 or 12315 first: this is no emergency line. Merchants and stations see nothing of it.
How a person can be reached is shown to the officer alone who took it over, which the course of the case keeps.
"""
