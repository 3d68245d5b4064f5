"""What follows from what came in: pure Python, no Django, no clock."""
