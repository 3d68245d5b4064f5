"""What people fill in: cleaned, checked against the branch, handed to one service."""
