"""What the national office writes: its words as they were written, who wrote them, and why it came.

The words are those of a person and stay in the language they were written in; what stands around
them is in the reader's. A mail that has become untrue is not sent: its reader left the branch, or
wants no mails of the office any more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Membership, NationalOfficer, User
from branches.models.membership import in_force
from core import mail
from core.mail import absolute
from notifications.enums import Kind, MessageKind
from notifications.links import Item
from notifications.mails.ending import as_member, headers_for, stop_links
from notifications.mails.parts import Ending, shown, shown_lines
from notifications.mails.saying import hello
from notifications.models import Delivery, Message, Preference

_APART: Final = re.compile(r"\n\s*\n")
_BUTTONS: Final[Mapping[str, Promise]] = {
    MessageKind.NUDGE: gettext_lazy("Look at your branch’s page"),
    MessageKind.HELP: gettext_lazy("Read it and answer"),
    MessageKind.NEWS: gettext_lazy("Read more"),
    MessageKind.BASE: gettext_lazy("Look at what changed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeMail:
    """A mail of the office. Texts as in ``notifications.mails.parts``.

    Attributes:
        paragraphs: what the office wrote; each keeps its line breaks.
        button, url: where it goes on; both empty when there is nothing to show.
        author: who wrote it; empty when that person is gone.
        sender: for whom: the office, or the branch whose own activity it is about.
    """

    subject: str
    hello: str
    paragraphs: tuple[str, ...]
    button: str
    url: str
    author: str
    sender: str
    ending: Ending


def message_for(*, delivery: Delivery, today: date) -> EmailMultiAlternatives | None:
    """Return a mail of the office, or ``None`` when it is not right any more.

    Raises:
        core.mail.BadAddress: the reader's address is none.
    """
    reader = delivery.recipient
    rows = Message.objects.select_related("author", "branch")
    message = rows.filter(deliveries=delivery).first()
    if reader is None or message is None:
        return None
    with translation.override(reader.language):
        return _write(delivery, message, reader, today)


def _write(
    delivery: Delivery, message: Message, reader: User, today: date
) -> EmailMultiAlternatives | None:
    held = list(Membership.objects.filter(in_force(today), user=reader, branch=message.branch_id))
    is_officer = NationalOfficer.objects.filter(in_force(today), user=reader).exists()
    if message.branch is not None and not held and not is_officer:
        return None
    items: list[Item] = []
    if message.kind != MessageKind.HELP:
        items = [(message.branch_id, Kind.OFFICE)]
        chosen = Preference.objects.filter(user=reader, branch=message.branch_id)
        if chosen.filter(office=False).exists():
            return None
    branch = shown(message.branch.name) if message.branch is not None else ""
    from_branch = _is_from_branch(message, today)
    content = OfficeMail(
        subject=shown(message.subject),
        hello=hello(reader),
        paragraphs=tuple(
            piece for piece in (shown_lines(one) for one in _APART.split(message.text)) if piece
        ),
        button=str(_BUTTONS[message.kind]) if message.link else "",
        url=absolute(message.link) if message.link else "",
        author=shown(str(message.author)) if message.author is not None else "",
        sender=branch if from_branch else _("national office"),
        ending=Ending(
            why=tuple(_why(message, branch, held, is_officer=is_officer)),
            stops=stop_links(reader.pk, items=items, names={message.branch_id or 0: branch}),
            preferences=absolute(reverse("notifications:preferences")),
        ),
    )
    return mail.build(
        name="office",
        to=reader.email,
        language=reader.language,
        key=delivery.key,
        context={"mail": content, "subject": content.subject},
        headers={
            **headers_for(delivery.mail, user_id=reader.pk, items=items),
            # Members see no addresses of their board: they answer on the page.
            **({} if from_branch else _reply(message)),
        },
    )


def _why(message: Message, branch: str, held: list[Membership], *, is_officer: bool) -> list[str]:
    if message.branch is not None and held:
        lines = [as_member(branch, held)]
    elif is_officer:
        lines = [_("You get this mail because you work for the national office.")]
    else:
        lines = [_("You get this mail because you have an account.")]
    if message.kind == MessageKind.HELP:
        lines.append(
            _("It belongs to a question to the national office; such a mail always comes.")
        )
    return lines


def _is_from_branch(message: Message, today: date) -> bool:
    """Tell whether a branch itself wrote it: news of its own activity, to whoever comes."""
    if message.kind != MessageKind.NEWS or message.branch is None or message.author is None:
        return False
    officers = NationalOfficer.objects.filter(in_force(today), user=message.author)
    return not officers.exists()


def _reply(message: Message) -> dict[str, str]:
    """Let the answer to an encouragement reach who wrote it; a question is answered on its page."""
    if message.kind == MessageKind.HELP or message.author is None or not message.author.is_active:
        return {}
    return {"Reply-To": message.author.email}
