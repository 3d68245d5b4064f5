"""The sentences of this room's history: mails that went wrong."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "notifications.mail_tried_again": _("Had the mail to %(name)s sent once more."),
}
