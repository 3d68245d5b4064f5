"""The result of an evaluation as documents: the words, and Word, PDF and spreadsheet.

All four tell the same facts from ``evaluation.queries.results``; none of them reads the database.
"""
