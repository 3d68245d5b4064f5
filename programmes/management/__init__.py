"""Management commands of the programmes room."""
