"""When an activity is, as people write it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from core.dates import day_words
from monitor.models import Activity
from monitor.rules.moments import local


def when_words(activity: Activity) -> str:
    """Return day and times in the Netherlands: ``za 6 november 2021, 10:00 – 16:00``."""
    starts, ends = local(activity.starts_at), local(activity.ends_at)
    if starts.date() == ends.date():
        return _("%(day)s, %(from)s – %(until)s") % {
            "day": day_words(starts.date()),
            "from": _time(starts),
            "until": _time(ends),
        }
    return _("%(day)s, %(from)s – %(last_day)s, %(until)s") % {
        "day": day_words(starts.date()),
        "from": _time(starts),
        "last_day": day_words(ends.date()),
        "until": _time(ends),
    }


def times_words(activity: Activity) -> str:
    """Return the times beside a day that is told already: ``10:00 – 16:00``."""
    starts, ends = local(activity.starts_at), local(activity.ends_at)
    if starts.date() == ends.date():
        return f"{_time(starts)} – {_time(ends)}"
    return _("%(from)s – %(last_day)s, %(until)s") % {
        "from": _time(starts),
        "last_day": day_words(ends.date()),
        "until": _time(ends),
    }


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"
