"""Elections and timetable, timelines, meetings and decisions, order checks."""
