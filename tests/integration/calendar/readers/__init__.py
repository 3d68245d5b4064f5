"""Programs that read a calendar file and say in JSON what they understood.

Each is run by itself, so that it lives in the time zone of its reader. A day comes out as
``2022-03-16``, a moment as ``2022-03-26T19:00:00Z``.
"""
