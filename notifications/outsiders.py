"""Who gets mail without an account, and where that stands: one entry a kind.

An entry says where a kind of mail to people outside stands. Asking, composing, sending, bouncing
and releasing go over these entries and know no kind themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Model

from consultation.models import Consultation, Letter
from evaluation.models import Bulletin, TopTen


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsiders:
    """One kind of mail to people without an account.

    Attributes:
        field: of ``Delivery``; also the beginning of the mails' names and keys.
        model: what is written where the mail is asked for; it has ``state``, ``kind`` and ``key``.
        written: its field with the day from which on it may go.
        refused: the path from it to the day on which the address was refused.
        email: the path from it to the address.
        owner: the model that knows the branch.
        owner_path: the path from the row to that one's number.
    """

    field: str
    model: type[Model]
    written: str
    refused: str
    email: str
    owner: type[Model]
    owner_path: str


LETTERS: Final = Outsiders(
    field="letter",
    model=Letter,
    written="written_on",
    refused="contributor__address_refused_on",
    email="contributor__email",
    owner=Consultation,
    owner_path="contributor__consultation_id",
)
BULLETINS: Final = Outsiders(
    field="bulletin",
    model=Bulletin,
    written="day",
    refused="follower__refused_on",
    email="follower__email",
    owner=TopTen,
    owner_path="follower__top_ten_id",
)
OUTSIDERS: Final = (LETTERS, BULLETINS)
"""Every kind; who contributed, and who follows a top ten."""
