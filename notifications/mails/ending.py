"""Why a mail came and how it stops: at its end for people, in its head for mail programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from branches.enums import Role
from branches.models import Membership
from core.mail import absolute
from core.mail import host as site_host
from notifications.enums import Kind
from notifications.links import Item, stop_address
from notifications.mails.facts import Facts
from notifications.mails.parts import Ending, StopLink, shown
from notifications.models import Reminder
from notifications.rules.catalogue import BY_KEY
from notifications.wording import stop_words
from notifications.wording_kinds import listed

NATIONAL: Final = frozenset({"week.national", "milestone.late_national"})
"""The rules about the country."""
LONGEST_ADDRESS: Final = 880
"""Of a link in a header: a line of a mail has 998 characters at most (RFC 5322 §2.1.1)."""


def items_of(reminders: Iterable[Reminder]) -> list[Item]:
    """Return the (branch, kind) pairs of a mail, each once, branches in the order of the mail."""
    order = {kind: number for number, kind in enumerate(Kind.values)}
    places: dict[int | None, int] = {}
    found: set[Item] = set()
    for row in reminders:
        places.setdefault(row.branch_id, len(places))
        found.add((row.branch_id, BY_KEY[row.rule].kind))
    return sorted(found, key=lambda item: (places[item[0]], order[item[1]]))


def ending(facts: Facts, *, because: str = "") -> Ending:
    """Return the end of a mail.

    Args:
        facts: whose mail it is, and what it tells.
        because: what this one thing has to do with the reader, as a sentence; may be empty.
    """
    items = items_of(facts.reminders)
    names = {pk: shown(branch.name) for pk, branch in facts.branches.items()}
    is_national = any(row.rule in NATIONAL for row in facts.reminders)
    why = [
        as_member(names.get(pk, ""), facts.held.get(pk, ()))
        for pk in _branches(items)
        if pk in facts.held or not is_national
    ]
    if is_national:
        why.append(_("You get this mail because you work for the national office."))
    if because:
        why.append(because)
    return Ending(
        why=tuple(why),
        stops=stop_links(facts.reader.pk, items=items, names=names),
        preferences=absolute(reverse("notifications:preferences")),
    )


def headers_of(*, mail: str, facts: Facts) -> dict[str, str]:
    """Return the headers by which mail programs stop and sort it: for exactly the kinds in it."""
    return headers_for(mail, user_id=facts.reader.pk, items=items_of(facts.reminders))


def headers_for(mail: str, *, user_id: int, items: Sequence[Item]) -> dict[str, str]:
    """Return these headers for a mail that is known by name.

    Args:
        mail: which one.
        user_id: who reads it.
        items: what stops it; empty: nothing does, it was asked for.
    """
    host, name = site_host(), mail.replace("_", "-")
    stops = {}
    if items:
        address = stop_address(user_id=user_id, items=items)
        while len(address) > LONGEST_ADDRESS:
            # Of a mail about a hundred branches a click stops a part; each has its own link too.
            items = items[: len(items) // 2]
            address = stop_address(user_id=user_id, items=items)
        stops = {
            # RFC 8058: one POST, without signing in.
            "List-Unsubscribe": f"<{address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return {
        **stops,
        # RFC 2919: mail programs can put these mails in a folder.
        "List-Id": f"Rode Draad <{name}.{host}>",
        # Mailbox providers that report complaints say about which mail.
        "Feedback-ID": f"{name}:rodedraad:{host}",
    }


def stop_links(
    user_id: int, *, items: Sequence[Item], names: Mapping[int, str]
) -> tuple[StopLink, ...]:
    """Return a link for each kind and branch of a mail; ``names``: branch → as a mail shows it."""
    return tuple(
        StopLink(
            words=stop_words(kind, branch=names.get(branch_id or 0, "")),
            url=stop_address(user_id=user_id, items=[(branch_id, kind)]),
        )
        for branch_id, kind in items
    )


def _branches(items: Sequence[Item]) -> list[int]:
    return list(dict.fromkeys(branch_id for branch_id, _kind in items if branch_id is not None))


def as_member(branch: str, held: Sequence[Membership]) -> str:
    """Say by which roles in a branch somebody gets a mail."""
    if not held:
        return _("You get this mail because you work with %(branch)s.") % {"branch": branch}
    functions = [shown(row.function) for row in held if row.function]
    words = {"branch": branch, "roles": listed(_role(row.role) for row in held)}
    if functions:
        words["functions"] = listed(functions)
        return (
            _("You get this mail because you are %(roles)s in %(branch)s (%(functions)s).") % words
        )
    return _("You get this mail because you are %(roles)s in %(branch)s.") % words


def _role(role: str) -> str:
    match role:
        case Role.BOARD:
            return _("a board member")
        case Role.COMMITTEE:
            return _("a member of the programme committee")
        case Role.COUNCIL_GROUP:
            return _("a member of the council group")
        case _:
            return _("a member")
