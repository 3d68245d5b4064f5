"""What calendars are told, as text: events, and the calendar around them.

Nothing here reads or writes a table beyond the rows that are handed in. Everything stored about
events is written by ``process.services.calendar``; what a feed holds is asked of
``process.queries.calendars``.
"""
