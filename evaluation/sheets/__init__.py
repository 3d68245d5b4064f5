"""The spreadsheet of an evaluation: its file, its words, what it shows before it is taken over."""
