"""Where what somebody says ends, and the mail begins that is answered or forwarded.

Nothing of a mail is thrown away: what is not the sender's own is folded away beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mailparser_reply import EmailReplyParser
from mailparser_reply.parser import EmailMessage

LONGEST: Final = 200_000
"""Characters in which quotations are looked for; a longer text stays as it is."""

LONGEST_SIGNATURE: Final = 600
"""More than this under a greeting is no signature: people go on after "Bedankt, …"."""

# How Dutch and English programs announce what follows, where the library does not know it.
_ANNOUNCED: Final = re.compile(
    r"^[> ]*(?:"
    r"(?:Op|On) [^\n]{4,200}(?:\n[^\n]{0,200})?\b(?:schreef|heeft|wrote)\b[^\n]{0,200}:[ \t]*"
    r"|(?:Van|From|Von): [^\n]{2,200}\n[> ]*(?:Verzonden|Sent|Datum|Date|Aan|To): [^\n]{2,200}"
    r"|(?:Begin doorgestuurd bericht|Begin forwarded message):?"
    r"|[-_*]{2,}[ ]?(?:Doorgestuurd bericht|Forwarded message|Oorspronkelijk bericht|"
    r"Original Message|Oorspronkelijk e-mailbericht|Doorgestuurd door|Forwarded by)\b[^\n]{0,100}"
    r")$",
    re.MULTILINE | re.IGNORECASE,
)
# The lines with which a forwarded mail begins: who, when, to whom, about what.
_HEADER_LINE: Final = re.compile(
    r"^[> *]*(?:Van|Verzonden|Aan|Onderwerp|Datum|Cc|Bcc|From|Sent|To|Subject|Date|Reply-To|"
    r"Beantwoorden|Antwoord aan)\b[* ]*:",
    re.IGNORECASE,
)
_QUOTED_LINE: Final = re.compile(r"^ ?>")
_MARK: Final = re.compile(r"^ ?(?:> ?)+")
_OWN_SIGNATURE: Final = re.compile(
    r"^(?:-- ?|(?:Verzonden|Verstuurd|Gestuurd) (?:vanaf|vanuit|met|via) [^\n]{1,80}"
    r"|(?:Sent from|Get Outlook for|Outlook voor|Download Outlook) [^\n]{1,80})$",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Split:
    """A text in two: what somebody says, and what is folded away (either may be empty)."""

    text: str
    quoted: str


def split(body: str) -> Split:
    """Part a mail's text; forwarded without a word of one's own, the forwarded is what it says."""
    body = body.replace("\r\n", "\n").strip()
    if len(body) > LONGEST:
        return Split(body, "")
    own, rest = _at_first_header(body)
    if _without_quotes(own):
        said, signature = _without_signature(own)
        # Answers between the lines that they answer: those lines are folded, the answers stay.
        lines, marked = _apart(said)
        return Split(lines, _joined(marked, signature, rest))
    return _forwarded(body, own, rest)


def _forwarded(body: str, own: str, rest: str) -> Split:
    """Take over what was forwarded, or what was answered between somebody else's lines."""
    head, inner = _after_headers(rest)
    lines, marked = _apart(inner)
    if marked and lines:
        return Split(lines, body)
    if not rest:
        return Split(_unmarked(own), "")
    first, deeper = _at_first_header(_unmarked(inner) if marked else inner)
    if not first.strip():
        # A chain of headers: what stands at its end is all there is.
        return Split(_unmarked(inner), head)
    return Split(first.strip(), _joined(own, head, deeper))


def _at_first_header(text: str) -> tuple[str, str]:
    """Return what stands before the first announcement of another mail, and the rest."""
    places = [found.start() for found in [_ANNOUNCED.search(text)] if found]
    replies = _message(text)
    known = replies.HEADER_REGEX.search(replies.text)
    # The library trims lines, so that its places are those of its own text.
    if known and not places:
        line = known.group().strip().partition("\n")[0]
        place = text.find(line) if line else -1
        places += [place] if place >= 0 else []
    if not places:
        return text, ""
    at = min(places)
    return text[:at].strip(), text[at:].strip()


def _message(text: str) -> EmailMessage:
    languages = EmailReplyParser(languages=["nl", "en"]).languages
    return EmailMessage(text=text, languages=languages, keep_hyphen_lists=True)


def _without_signature(own: str) -> tuple[str, str]:
    """Return what was said and the signature under it, if that is a short one at the end."""
    places = [found.start() for found in [_OWN_SIGNATURE.search(own)] if found]
    message = _message(own)
    known = message.SIGNATURE_REGEX.search(message.text)
    if known:
        line = known.group().strip().partition("\n")[0]
        place = own.rfind(line) if line else -1
        places += [place] if place >= 0 else []
    for place in sorted(places):
        said, signature = own[:place].strip(), own[place:].strip()
        if _without_quotes(said) and len(signature) <= LONGEST_SIGNATURE:
            return said, signature
    return own.strip(), ""


def _after_headers(rest: str) -> tuple[str, str]:
    """Return the announcement of a mail with its header lines, and the mail."""
    lines = rest.split("\n")
    at = 0
    announced = _ANNOUNCED.match(rest)
    if announced:
        at = announced.group().count("\n") + 1
    while at < len(lines) and (not lines[at].strip("> ") or _HEADER_LINE.match(lines[at])):
        at += 1
    return "\n".join(lines[:at]).strip(), "\n".join(lines[at:]).strip()


def _apart(text: str) -> tuple[str, str]:
    """Return the lines without a mark and the lines with one."""
    lines = text.split("\n")
    plain = [line for line in lines if not _QUOTED_LINE.match(line)]
    marked = [line for line in lines if _QUOTED_LINE.match(line)]
    return "\n".join(plain).strip(), "\n".join(marked).strip()


def _without_quotes(text: str) -> str:
    return _apart(text)[0]


def _unmarked(text: str) -> str:
    return "\n".join(_MARK.sub("", line) for line in text.split("\n")).strip()


def _joined(*pieces: str) -> str:
    return "\n\n".join(piece for piece in pieces if piece)
