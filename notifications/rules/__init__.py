"""What is told and when, as data; pure Python."""
