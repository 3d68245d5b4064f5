"""What the national office fills in."""
