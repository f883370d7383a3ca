"""Set-up, run and check of the project. Standard library alone: part of it runs before anything is installed."""
