"""Facts about Dutch municipalities: plain tables and the code that reads them, no Django.

What the tables hold and how to bring them up to date: ``docs/facts.md``.
"""
