"""What the pages say of a list: the meaning of its columns, and what did not come in and why."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultation.rules.columns import Meaning
from consultation.rules.list_rows import LeftOut, Odd

MEANINGS: Mapping[Meaning, str | Promise] = {
    Meaning.IGNORE: pgettext_lazy("column", "leave out"),
    Meaning.TEXT: pgettext_lazy("column", "what somebody says"),
    Meaning.THEME: pgettext_lazy("column", "theme"),
    Meaning.ROLE: pgettext_lazy("column", "speaks as (resident, member …)"),
    Meaning.MEMBER: pgettext_lazy("column", "member of the party: yes or no"),
    Meaning.NEIGHBOURHOOD: pgettext_lazy("column", "neighbourhood or postcode"),
    Meaning.NAME: pgettext_lazy("column", "name"),
    Meaning.EMAIL: pgettext_lazy("column", "e-mail address"),
    Meaning.ORGANISATION: pgettext_lazy("column", "organisation"),
    Meaning.DAY: pgettext_lazy("column", "day"),
    Meaning.ANSWER: pgettext_lazy("column", "wants to hear what becomes of it: yes or no"),
}

LEFT_OUT: Mapping[LeftOut, Promise] = {
    LeftOut.NO_TEXT: _("nothing is said in it"),
    LeftOut.TOO_LONG: _("longer than 20,000 characters"),
    LeftOut.DOUBLE: _("the same person said the same before"),
}

ODD: Mapping[Odd, Promise] = {
    Odd.THEME: _("a theme that you do not have: it comes in without a theme"),
    Odd.ROLE: _("a role that we do not know: left empty"),
    Odd.MEMBER: _("member or not cannot be read: left empty"),
    Odd.EMAIL: _("no whole e-mail address: left empty"),
    Odd.DAY: _("no day, or one that cannot be right: today is used"),
    Odd.SHORTENED: _("a name or neighbourhood that is very long: shortened"),
}
