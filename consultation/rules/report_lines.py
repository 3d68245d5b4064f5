"""What one line of a report looks like, before its place says what it is. Pure.

Words that people use for the parts of a session, in Dutch and English; none of one report.
"""

from __future__ import annotations

import re
from typing import Final

from consultation.rules.report_parts import Kind

LONGEST_HEADING: Final = 120
LONGEST_LABEL: Final = 90

_SESSION = re.compile(
    r"(?:(?:deel|werk|thema|inloop|online[ -]?)?sessies?|(?:thema|gespreks)?tafel|workshop"
    r"|(?:werk|gespreks|discussie)groep|session|table)\b(?:\s+\d{1,2}\b|\s+[a-h]\b(?=\s*[:.–-]))?"
    r"\s*[:.–—-]?\s*",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"(?:een\s+|a\s+)?(?:korte\s+|short\s+|brief\s+)?(?:samenvatting|samengevat|summary)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:de\s+|the\s+)?(?:hoofd|centrale\s+|leidende\s+|guiding\s+|main\s+)?(?:vraag|question)"
    r"(?:\s+(?:van\s+deze|of\s+this|voor\s+de)\s+(?:sessie|session|tafel|table))?\s*(?::|$)",
    re.IGNORECASE,
)
# How people worked, not what they said.
_METHOD = re.compile(
    r"\bpost[- ]?its?\b|\bgeeltjes\b|\b(?:plak)?briefjes\b|\bsticky\s+notes?\b|\bplakkertjes\b",
    re.IGNORECASE,
)
_NOT_DISCUSSED = re.compile(
    r"\bniet\s+(?:meer\s+|verder\s+|apart\s+|nader\s+)?(?:besproken|behandeld|aan\s+bod|"
    r"aan\s+de\s+orde|toegekomen)\b|\bnot\s+(?:been\s+)?(?:discussed|talked\s+about)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:afsluiting|tot\s+slot|slot|slotwoord|vervolg|hoe\s+(?:nu\s+)?verder|dank(?:woord)?"
    r"|contact|colofon|bijlagen?|closing|next\s+steps|thanks|what\s+happens\s+next)\s*[:.!?]?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_KINDS: Final = (
    (Kind.LESSON, re.compile(r"\b(?:lessen|les|lessons?)\b", re.IGNORECASE)),
    (Kind.INSIGHT, re.compile(r"\b(?:inzicht(?:en)?|insights?)\b", re.IGNORECASE)),
    (Kind.PROPOSAL, re.compile(r"\b(?:(?:beleids)?voorstel(?:len)?|proposals?)\b", re.IGNORECASE)),
    (Kind.QUESTION, re.compile(r"\b(?:vragen|questions)\b", re.IGNORECASE)),
    (Kind.REMARK, re.compile(r"\b(?:opmerking(?:en)?|remarks?)\b", re.IGNORECASE)),
)
_WHOLE = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1(:?)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]+?)(?<=[^\s*])\1(?![\w*])")
_HASHES = re.compile(r"#{1,6}\s+(?=\S)")
_ENDED = re.compile(r"[.?!:;…][)\"'”’»]*$")
_OPENERS: Final = "\"'“‘«("


def without_sign(text: str) -> str:
    """Return a text without the "#" that people type before an item of a list."""
    return _HASHES.sub("", text, count=1) if text.startswith("#") else text


def without_emphasis(text: str) -> str:
    """Return a text without the stars of emphasis; other stars stay."""
    return _EMPHASIS.sub(r"\2", text)


def is_all_emphasis(text: str) -> bool:
    """Tell whether a whole line is emphasised, as people do for a heading."""
    return len(text) <= LONGEST_HEADING and _WHOLE.fullmatch(text) is not None


def heading_text(text: str) -> str:
    """Return a heading without emphasis and the colon at its end."""
    bare = without_sign(text).strip()
    whole = _WHOLE.fullmatch(bare)
    bare = whole[2] if whole else without_emphasis(bare)
    return bare.rstrip(" :").strip() or text


def session_name(heading: str) -> str | None:
    """Return what a session is about ("Sessie Zorg": "Zorg"); None: it is no session's heading."""
    match = _SESSION.match(heading)
    return None if match is None else heading[match.end() :].strip() or heading


def looks_like_session(text: str) -> bool:
    """Tell whether a plain line is the heading of a session: short, and no sentence."""
    bare = heading_text(text)
    return len(bare) <= LONGEST_LABEL and not is_ended(bare) and session_name(bare) is not None


def is_label(text: str) -> bool:
    """Tell whether a plain line names what follows it: short, with a colon at its end."""
    return len(text) <= LONGEST_LABEL and text.rstrip(" *_").endswith(":")


def is_closing(heading: str) -> bool:
    """Tell whether a heading ends the sessions."""
    return _CLOSING.fullmatch(heading) is not None


def is_summary(text: str) -> bool:
    """Tell whether a text says that it is a summary."""
    return _SUMMARY.match(text) is not None


def is_question_label(text: str) -> bool:
    """Tell whether a text says that it is the question of a session."""
    return _QUESTION.match(text) is not None


def is_question(text: str) -> bool:
    """Tell whether a text is a question."""
    return text.rstrip(")\"'”’»* ").endswith("?")


def is_method(text: str) -> bool:
    """Tell whether a text tells how people worked."""
    return _METHOD.search(text) is not None


def is_undiscussed(text: str) -> bool:
    """Tell whether a text says that it was named and not talked about (R84)."""
    return _NOT_DISCUSSED.search(text) is not None


def mail_in(text: str) -> str:
    """Return the first mail address in a text, or nothing."""
    match = _MAIL.search(text)
    return match[0] if match else ""


def is_ended(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _ENDED.search(text.rstrip("* ")) is not None


def starts_small(text: str) -> bool:
    """Tell whether a text begins in the middle of a sentence."""
    return text.lstrip(_OPENERS)[:1].islower()


def kind_of_label(label: str) -> Kind | None:
    """Return the kind of points that a heading announces (R88); None: none, or several."""
    found = [kind for kind, pattern in _KINDS if pattern.search(label)]
    return found[0] if len(found) == 1 else None


def has_words(text: str) -> bool:
    """Tell whether there is anything to read in a text."""
    return any(sign.isalnum() for sign in text)
