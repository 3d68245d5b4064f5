"""The classes of size in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor.rules.size import Size

_NAMES: dict[Size, Promise] = {
    Size.SMALL: _("up to 20,000 inhabitants"),
    Size.MIDDLE: _("20,000 to 50,000 inhabitants"),
    Size.LARGE: _("50,000 to 100,000 inhabitants"),
    Size.CITY: _("more than 100,000 inhabitants"),
}


def size_name(size: Size) -> Promise:
    """Return the name of a class."""
    return _NAMES[size]
