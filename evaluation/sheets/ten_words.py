"""How the spreadsheet of the top ten calls its columns and values, in every language."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from evaluation.enums import Reason
from evaluation.enums_ten import PledgeStatus
from evaluation.rules.ten_sheet import LONGEST_TEXT, NO, WORDED, YES, Column, Trouble

FIXED_HEADERS = {Column.ID: "id", Column.STAND: "stand"}
"""Headers that are the same in every language: by them a sheet is known as ours."""

HEADERS: dict[Column, str | Lazy] = {
    **FIXED_HEADERS,
    Column.RANK: gettext_lazy("No."),
    Column.TITLE: gettext_lazy("Pledge"),
    Column.OWNER: gettext_lazy("In the lead"),
    Column.NOW: gettext_lazy("How it stands now"),
    Column.LAST: gettext_lazy("Told last"),
    Column.STEP: gettext_lazy("Next step"),
    Column.DAY: pgettext_lazy("spreadsheet", "Day"),
    Column.STATUS: gettext_lazy("How it stands from then on"),
    Column.TEXT: gettext_lazy("What happened"),
    Column.REASON: pgettext_lazy("spreadsheet", "Why"),
    Column.LINK: gettext_lazy("Link that shows it"),
    Column.PUBLIC: gettext_lazy("For everybody?"),
}

TROUBLES: dict[Trouble, str | Lazy] = {
    Trouble.NO_STAND: gettext_lazy(
        "We cannot tell which pledge this row is about: its cell under “stand” was changed or is "
        "of another sheet. Download the sheet again and copy your work into it."
    ),
    Trouble.TORN: gettext_lazy(
        "The number and the title are of another pledge than the rest of this row. Was only part "
        "of the sheet sorted? Download it again."
    ),
    Trouble.UNKNOWN_WORD: gettext_lazy("We do not know this word here. You can choose: %(words)s."),
    Trouble.FORMULA: gettext_lazy("This is a formula: we do not compute. Type what it should say."),
    Trouble.TOO_LONG: gettext_lazy("This text is too long: %(limit)s characters fit."),
    Trouble.NO_DAY: gettext_lazy("This is no day. Write it like this: 23-3-2022."),
    Trouble.TOO_EARLY: gettext_lazy("This day is before polling day. Updates begin on that day."),
    Trouble.FUTURE: gettext_lazy(
        "This day is still to come. Tell of today, or of a day before it."
    ),
    Trouble.NO_TEXT: gettext_lazy(
        "Say in a sentence what happened. “Nothing new” is an honest update too."
    ),
    Trouble.NO_PUBLIC: gettext_lazy("Say yes or no: may everybody read this?"),
    Trouble.NO_REASON: gettext_lazy("Say why: choose a reason, or explain it in a sentence."),
    Trouble.NO_EVIDENCE: gettext_lazy(
        "Put a link beside it that shows it. Do you have a photo or a file? Tell this one on the "
        "page of the pledge."
    ),
    Trouble.NO_LINK: gettext_lazy(
        "This is no address of a web page. Paste the whole link; it begins with https://."
    ),
}


def headers() -> dict[Column, str]:
    """Return the headers in the language of now."""
    return {column: str(header) for column, header in HEADERS.items()}


def words() -> dict[Column, dict[str, str]]:
    """Return column → value → word, in the language of now."""
    return {
        Column.STATUS: {value: str(label) for value, label in PledgeStatus.choices},
        Column.REASON: {value: str(label) for value, label in Reason.choices},
        Column.PUBLIC: {YES: _("yes"), NO: _("no")},
    }


def choices(column: Column) -> list[str]:
    """Return the words that a cell may say; none for a column of free text."""
    return list(words()[column].values()) if column in WORDED else []


def known_headers() -> dict[str, Column]:
    """Return the headers of every language, casefolded: a sheet comes back as it went out."""
    found: dict[str, Column] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {header.casefold(): column for column, header in headers().items()}
    return found


def known_words() -> Mapping[Column, Mapping[str, str]]:
    """Return column → word of any language, casefolded → value."""
    found: dict[Column, dict[str, str]] = {column: {} for column in WORDED}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for column, names in words().items():
                found[column] |= {word.casefold(): value for value, word in names.items()}
    return found


def trouble_sentence(trouble: Trouble, column: Column | None) -> str:
    """Return why a row was not taken over, and what to do."""
    named = ", ".join(choices(column)) if column is not None else ""
    return str(TROUBLES[trouble]) % {"words": named, "limit": LONGEST_TEXT}
