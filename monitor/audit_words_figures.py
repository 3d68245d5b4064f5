"""The sentences of the reports that stay."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "office.report_taken": _("The monthly report of %(month)s was taken: %(election)s."),
    "office.remark_written": _(
        "The remark with the monthly report of %(month)s (%(election)s) was changed. "
        "Before: “%(before)s” Now: “%(after)s”"
    ),
}
