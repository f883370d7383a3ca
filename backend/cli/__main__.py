"""`python -m backend.cli`."""

from . import main

main()
