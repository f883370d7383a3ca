"""The departments of the joint meeting as forms offer them."""

from backend.bodies.rules import DEPARTMENTS

#: Pairs (code, name).
DEPARTMENT_CHOICES = [(body.code, body.name) for body in DEPARTMENTS.values()]
#: The same, with which disputes are theirs.
DEPARTMENT_MATTERS = [(body.code, body.name, body.matters) for body in DEPARTMENTS.values()]
