"""Why a file could not be read. Without Django: the small process that reads uses it too.

The sentences are in ``programmes.reading.sentences``.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why a file could not be read; kept with an import that failed."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    EXTERNAL = "external"
    MACROS = "macros"
    NOT_OFFICE = "not_office"
    OLD_OR_ENCRYPTED = "old_or_encrypted"
    PAGES = "pages"
    PICTURE = "picture"
    RTF = "rtf"
    TOO_MUCH = "too_much"
    UNKNOWN = "unknown"
    OTHER_KIND = "other_kind"  # the bytes are not what the name says
    ENTITIES = "entities"  # an XML part defines entities or points outside
    NO_TEXT = "no_text"  # a scan, or only pictures
    NOTHING_IN_IT = "nothing_in_it"  # it can be read, and there is no text in it
    TOO_MANY_BLOCKS = "too_many_blocks"
    TOO_LONG_BLOCK = "too_long_block"
    TOO_WIDE = "too_wide"  # a table of more columns than anybody reads
    TOO_HEAVY = "too_heavy"  # it took more time or memory than a file may
    FAILED = "failed"  # the reader stumbled over it


class Unreadable(ValueError):
    """This file could not be read, for the reason that ``code`` names; nothing was kept."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code

    @property
    def sentence(self) -> str:
        """What happened and what to do, in the language of the moment. Needs Django's settings."""
        from programmes.reading.sentences import sentence_of  # noqa: PLC0415 - needs Django

        return sentence_of(self.code)
