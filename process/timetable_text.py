"""The words of the statutory timetable on screen; the rules themselves know no language.

The rules hand out English sentences; the ones that they can hand out are marked here for
translation. A test holds the two together.
"""

from __future__ import annotations

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core.dates import day_words
from process.rules.timetable import Confidence, InvalidOverride, StatutoryKey, UnknownElection

KEY_LABELS: dict[StatutoryKey, Promise] = {
    StatutoryKey.NAME_REGISTRATION: _("Register the party’s name, last day"),
    StatutoryKey.LIST_DEPOSIT: _("Pay the deposit for the list, last day"),
    StatutoryKey.NOMINATION: _("Nomination day: hand in the list, 9:00–17:00"),
    StatutoryKey.EXAMINATION: _("Lists are examined"),
    StatutoryKey.REPAIR: _("Repair defects, last day"),
    StatutoryKey.VALIDITY: _("Lists are declared valid and numbered"),
    StatutoryKey.POLLING_CARDS: _("Polling cards delivered, at the latest"),
    StatutoryKey.POLLING_DAY: _("Polling day"),
    StatutoryKey.RESULT: _("Official result"),
    StatutoryKey.NEW_COUNCIL: _("New council starts"),
}

CONFIDENCE_LABELS: dict[Confidence, Promise] = {
    Confidence.A: _("certain"),
    Confidence.B: _("according to the rule"),
    Confidence.C: _("provisional"),
}

SENTENCES = frozenset(
    {
        gettext_noop("The 42nd day before nomination day, the last day to ask for registration"),
        gettext_noop(
            "The 14th day before nomination day, the last day to pay the deposit for a list"
        ),
        gettext_noop("The Monday in 30 January – 5 February (leap year: 31 January – 6 February)"),
        gettext_noop("The Monday in 5–11 October of the year before the merger"),
        gettext_noop("The day after nomination day"),
        gettext_noop("The two days after the examination; the last day is given"),
        gettext_noop("The three days after the examination; the last day is given"),
        gettext_noop("The fourth day after nomination day; the lists are numbered as well"),
        gettext_noop("The 14th day before polling day, the last day for polling cards to arrive"),
        gettext_noop("The 44th day after nomination day"),
        gettext_noop("The second day after polling day (law before 2023)"),
        gettext_noop("The eighth day after polling day"),
        gettext_noop(
            "The Thursday in 23–29 March, when the old council steps down (law before 2023)"
        ),
        gettext_noop("The Wednesday in 29 March – 4 April, when the old council steps down"),
        gettext_noop("The first working day after the merger on 1 January"),
        gettext_noop("The 42nd day was Christmas Day; requests were taken until 27 December 2017"),
        gettext_noop("Temporary covid-19 elections act: more time to count and to fix the result"),
        gettext_noop("Weesp joined Amsterdam on 24 March 2022; its council started a week early"),
        gettext_noop(
            "Early voting on the two days before, under the temporary covid-19 elections act"
        ),
    }
)
"""Every rule, reason and remark of the rules and the reviewed overrides."""

SOURCES = frozenset(
    {
        gettext_noop("no calendar of the time found, so this is the rule worked back"),
        gettext_noop("Election calendars published for 21 March 2018"),
        gettext_noop("Act on the merger of Amsterdam and Weesp (Kamerstukken 35 623)"),
    }
)
"""What a source says besides the names of laws, which stay as they are."""

ERRORS = frozenset(
    {
        gettext_noop(
            "No rule knows a regular council election in %(asked)s; the nearest one is in"
            " %(nearest)s."
        ),
        gettext_noop(
            "A municipal merger takes effect on 1 January, and no rule knows one on %(asked)s;"
            " the nearest date is %(nearest)s."
        ),
        gettext_noop(
            "No rule knows a municipal merger on %(asked)s; the nearest date is %(nearest)s."
        ),
        gettext_noop(
            "No rule knows %(asked)s as the polling day of such an election; the nearest one is"
            " %(nearest)s."
        ),
        gettext_noop(
            "No rule knows %(asked)s as a polling day; the nearest regular election is on"
            " %(regular)s, the nearest election before a merger on %(merger)s."
        ),
        gettext_noop("Two overrides were given for %(key)s; give only one."),
        gettext_noop(
            "%(earlier)s (%(earlier_date)s) has to come before %(later)s (%(later_date)s)."
        ),
        gettext_noop("The vote (%(polling_day)s) has to come before the merger (%(merger)s)."),
    }
)
"""Every sentence that `UnknownElection` and `InvalidOverride` carry."""


def explain(*, error: UnknownElection | InvalidOverride) -> str:
    """Say an error of the rules in the active language, with days as people write them."""
    return gettext(error.msgid) % {name: _word(value) for name, value in error.params.items()}


def sentence(text: str) -> str:
    """Translate a rule, a reason or a remark; a text that a person typed stays as it is."""
    return gettext(text) if text in SENTENCES else text


def source_words(text: str) -> str:
    """Translate what a source says in words; laws and what a person typed stay as they are."""
    parts = text.split("; ")
    return "; ".join(gettext(part) if part in SOURCES else part for part in parts)


def _word(value: str | int | dt.date) -> str:
    if isinstance(value, dt.date):
        return day_words(value)
    if isinstance(value, int):
        return str(value)
    return str(KEY_LABELS[StatutoryKey(value)])
