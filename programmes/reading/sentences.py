"""The sentences that belong to the codes of ``programmes.reading.errors``."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import uploads
from core.kinds import Kind
from core.sniffing import Reason
from programmes.reading.errors import Code

_OWN = {
    Code.EMPTY: _("This file is empty. Choose the file again."),
    Code.TOO_LARGE: _("This file is larger than 10 MB. Send a smaller version."),
    Code.OTHER_KIND: _(
        "The name of this file does not say what it is. "
        "Open it in the program that it comes from and save it again."
    ),
    Code.ENTITIES: _(
        "This file holds instructions that do not belong in a document, so we did not read it. "
        "Save it again with Word or LibreOffice and retry."
    ),
    Code.NO_TEXT: _(
        "This PDF holds pictures of pages and no text: it is probably a scan. "
        "Ask for the file that it was printed from, or let a program recognise the text (OCR)."
    ),
    Code.NOTHING_IN_IT: _("There is no text in this file. Choose another file."),
    Code.TOO_MANY_BLOCKS: _(
        "This file has more than 20,000 lines or paragraphs. Split it up, or choose another file."
    ),
    Code.TOO_LONG_BLOCK: _(
        "This file has a paragraph of more than 20,000 characters, which no programme has. "
        "Look whether it is the right file."
    ),
    Code.TOO_WIDE: _(
        "This table has more than 100 columns. Keep the columns that hold the programme, "
        "and take the others out."
    ),
    Code.TOO_HEAVY: _(
        "Reading this file takes too much time or memory. "
        "Save it again, without pictures, or split it up."
    ),
    Code.FAILED: _(
        "We could not read this file. Open it, save it again (as Word or PDF) and retry."
    ),
}


def sentence_of(code: Code | str) -> str:
    """Return what happened and what to do, in the language of the moment.

    Raises:
        ValueError: it is not a code.
    """
    code = Code(code)
    if code in _OWN:
        return str(_OWN[code])
    kinds = uploads.kinds_in_words(tuple(Kind))
    return str(format_lazy(uploads.SENTENCES[Reason(code.value)], kinds=kinds))
