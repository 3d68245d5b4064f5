"""What a programme document is and how it is recognised: pure Python, no Django, no files."""
