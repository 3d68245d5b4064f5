"""Management commands of the process room."""
