"""Rules of the process room: pure Python, no Django, no clock, no input or output."""
