"""Who visits: people with a session of their own, and the addresses that they look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from bench import data
from bench.load.sizes import OFFICERS
from branches.enums import Role
from branches.models import Branch, NationalOfficer, User
from consultation.models import Consultation
from evaluation.models import Evaluation, TopTen
from process.enums import FeedScope
from process.feeds import keys
from process.models import Milestone
from process.services.calendar_feeds import open_feed

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_ROLES = (Role.BOARD, Role.COUNCIL_GROUP, Role.COMMITTEE)


@dataclass(kw_only=True)
class Visitor:
    """One person.

    Attributes:
        role: "board", "council_group", "committee" or "office".
        cookie: of the session, ``name=value``.
        pages: kind of page → addresses of which each look takes one.
        acts: kind of act → addresses of pages with the form for it.
    """

    role: str
    cookie: str
    pages: dict[str, list[str]] = field(default_factory=dict)
    acts: dict[str, list[str]] = field(default_factory=dict)


def visitors(branch_ids: Sequence[int], *, people: int) -> list[dict[str, Any]]:
    """Return so many people of these branches and of the national office, signed in.

    One of a role in a branch: two who write the same form at once would be told so, and rightly.
    """
    branches = list(Branch.objects.filter(pk__in=branch_ids).order_by("pk"))
    seats = [(branch, role) for branch in branches for role in _ROLES]
    found = [_of_branch(branch, role) for branch, role in seats[: people - OFFICERS]]
    found += [_officer(number, branches) for number in range(people - len(found))]
    return [asdict(one) for one in found]


def _signed_in(user: User, *, second_step: bool = False) -> str:
    client = Client()
    client.force_login(user, backend=_BACKEND)
    session = client.session
    if second_step:
        request = HttpRequest()
        request.session = session
        record_authentication(request, user, "mfa", type=Authenticator.Type.TOTP)
        session.save()
    return f"sessionid={session.session_key}"


def _of_branch(branch: Branch, role: Role) -> Visitor:
    user = User.objects.filter(memberships__branch=branch, memberships__role=role).earliest("pk")
    feed = open_feed(by=user, scope=FeedScope.PERSON, branch=None, today=data.TODAY)
    here = [branch.slug]
    milestones = list(
        Milestone.objects.filter(timeline__branch=branch).values_list("pk", flat=True)
    )
    pages = {
        "today": [reverse("process:today", args=here)],
        "timeline": [reverse("process:timeline", args=here)],
        "milestone": [reverse("process:milestone", args=[*here, pk]) for pk in milestones],
        "meetings": [reverse("process:meetings", args=here)],
        "feed": [reverse("process:feed", args=[keys.key_of(feed)])],
        **_public(branch),
    }
    visitor = Visitor(role=role.value, cookie=_signed_in(user), pages=pages)
    ten = TopTen.objects.get(branch=branch)
    pledges = list(ten.pledges.values_list("pk", flat=True))
    pages["pledge"] = [reverse("evaluation:pledge", args=[*here, pk]) for pk in pledges]
    if role == Role.BOARD:
        pages["history"] = [reverse("branches:history", args=here)]
        visitor.acts["part of a milestone"] = list(pages["milestone"])
    if role in (Role.BOARD, Role.COUNCIL_GROUP):
        pages["ten"] = [reverse("evaluation:ten_desk", args=[*here, ten.pk])]
        visitor.acts["update of a pledge"] = [
            reverse("evaluation:update_add", args=[*here, pk]) for pk in pledges
        ]
    if role == Role.COUNCIL_GROUP:
        evaluation = Evaluation.objects.get(branch=branch)
        promises = list(evaluation.promises.values_list("pk", flat=True))
        pages["evaluation desk"] = [reverse("evaluation:desk", args=[*here, evaluation.pk])]
        pages["promises"] = [reverse("evaluation:promises", args=[*here, evaluation.pk])]
        visitor.acts["verdict"] = [reverse("evaluation:judge", args=[*here, pk]) for pk in promises]
    if role == Role.COMMITTEE:
        consultation = Consultation.objects.get(branch=branch)
        desk = reverse("consultation:desk", args=here)
        pages["input list"] = [desk, f"{desk}?zoek=fietsen+veilig", f"{desk}?status=new"]
        rows = list(consultation.contributions.listed().values_list("pk", flat=True)[:50])
        pages["contribution"] = [
            reverse("consultation:contribution", args=[*here, pk]) for pk in rows
        ]
        visitor.acts["typing in"] = [reverse("consultation:contribution_add", args=here)]
    return visitor


def _public(branch: Branch) -> dict[str, list[str]]:
    here = [branch.slug]
    ten = reverse("evaluation:public_ten", args=here)
    return {
        "public top ten": [ten],
        "public pledge": [reverse("evaluation:public_pledge", args=[*here, 1])],
        "public form": [reverse("consultation:form", args=here)],
        "public meetings": [reverse("process:public_meetings", args=here)],
    }


def _officer(number: int, branches: Sequence[Branch]) -> Visitor:
    user = User.objects.create_user(f"clb{number}@voorbeeld.nl", f"Cas Landelijk {number}")
    NationalOfficer.objects.create(user=user, started_on=data.TODAY)
    return Visitor(
        role="office",
        cookie=_signed_in(user, second_step=True),
        pages={
            "national": [reverse("monitor:national")],
            "national top tens": [reverse("monitor:top_tens")],
            "today": [reverse("process:today", args=[branch.slug]) for branch in branches],
            "timeline": [reverse("process:timeline", args=[branch.slug]) for branch in branches],
        },
    )
