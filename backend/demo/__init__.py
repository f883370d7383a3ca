"""Lived-in sample data for trying the system out: laid down once, through the services, by a clock that runs past months.

`history` tells what happened, `people` who took part, `summary` how to get in. Never in production.
"""
