"""Pages of the national office."""
