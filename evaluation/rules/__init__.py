"""What a verdict means and how results are counted: pure Python, no Django, no clock."""
