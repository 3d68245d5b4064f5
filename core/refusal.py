"""What a service refuses, in one sentence that says what happened and what to do."""

from __future__ import annotations


class Refused(ValueError):
    """A service did not do what was asked; nothing was changed.

    ``sentence`` is in the reader's language, for a page or a command to show as it is.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
