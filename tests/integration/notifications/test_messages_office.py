"""What the national office writes: to whom it goes, who is spared and why, and how it arrives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from branches.enums import Role
from branches.models import Branch, User
from core.mail import message_id
from notifications.enums import DeliveryState, MessageKind, Spare
from notifications.models import Delivery, Message, Preference, Reader
from notifications.services import composing
from notifications.services.forgetting import forget_after
from notifications.services.messages import Draft, Written, write, write_all
from tests.clock import FIRST_DAY
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.integration.notifications.posting import LOCAL, NOW, send, sending_to
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)
HOSTILE = "Beste\r\nBcc: iedereen@voorbeeld.nl <script>alert(1)</script>"


@pytest.fixture
def officer() -> User:
    user: User = NationalOfficerFactory(user__name="Noor van het Bureau").user
    return user


@pytest.fixture
def post(settings: Any) -> Iterator[Sink]:
    with sending_to(settings) as running:
        yield running


def board(branch: Branch, **values: Any) -> User:
    user: User = MembershipFactory(branch=branch, role=Role.BOARD, **values).user
    return user


def draft(branch: Branch | None, *people: User, key: str = "nudge:1") -> Draft:
    return Draft(
        branch=branch,
        recipients=people,
        subject="Hoe staat het ervoor?",
        text="Fijn dat jullie begonnen zijn.\n\nZullen we bellen?",
        link="/afdeling/zwolle/",
        key=key,
    )


def written(
    *drafts: Draft, by: User, kind: MessageKind = MessageKind.NUDGE, days: int = 0
) -> list[Written]:
    return write_all(
        drafts=drafts, kind=kind, by=by, today=FIRST_DAY + timedelta(days=days), now=NOW
    )


def test_one_message_becomes_a_mail_to_each(officer: User, post: Sink) -> None:
    branch = BranchFactory(name="Zwolle", slug="zwolle")
    people = [board(branch, user__name="Ada Bestuur"), board(branch)]

    (result,) = written(draft(branch, *people, people[0]), by=officer)

    assert result.told == people
    assert result.is_new
    assert (Message.objects.count(), Delivery.objects.count()) == (1, 2)
    assert send().sent == 2
    mail = next(one for one in post.mails if one["To"] == people[0].email)
    assert mail["Subject"] == "Hoe staat het ervoor?"
    assert mail["Reply-To"] == officer.email
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == message_id(Delivery.objects.earliest("pk").key)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part is not None
        text = part.get_content()
        assert "Zullen we bellen?" in text
        assert "Noor van het Bureau" in text
        assert "/afdeling/zwolle/" in text
        assert "Ada" in text


def test_one_click_stops_the_mails_of_the_office_and_nothing_else(
    officer: User, post: Sink, client: Client
) -> None:
    branch = BranchFactory()
    person = board(branch)
    written(draft(branch, person), by=officer)
    send()
    address = urlsplit(post.mails[0]["List-Unsubscribe"].strip("<> \r\n"))

    answer = client.post(address.path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    chosen = Preference.objects.get(user=person, branch=branch)
    assert (chosen.office, chosen.deadlines) == (False, True)
    (result,) = written(draft(branch, person, key="nudge:2"), by=officer, days=30)
    assert result.reasons == {person.pk: Spare.STOPPED}


def test_who_is_spared_is_said_with_the_reason(officer: User) -> None:
    branch = BranchFactory()
    reasons: dict[User, Spare] = {
        board(branch, user__is_active=False): Spare.INACTIVE,
        board(branch, user__mail_refused_on=FIRST_DAY): Spare.REFUSED,
        board(branch, ended_on=FIRST_DAY): Spare.LEFT,
        UserFactory(): Spare.LEFT,
        board(branch): Spare.STOPPED,
        board(branch): Spare.PAUSED,
        board(branch): Spare.PAUSED,
    }
    people = list(reasons)
    Preference.objects.create(user=people[4], branch=branch, office=False)
    Preference.objects.create(user=people[5], branch=branch, paused_until=FIRST_DAY)
    Reader.objects.create(user=people[6], paused_until=FIRST_DAY)

    (nudge,) = written(draft(branch, *people), by=officer)
    (answer,) = written(draft(branch, *people, key="help:1"), by=officer, kind=MessageKind.HELP)

    assert nudge.told == []
    assert nudge.reasons == {user.pk: why for user, why in reasons.items()}
    assert answer.told == people[4:]


def test_nobody_is_encouraged_twice_a_week_whichever_branch_it_is_about(officer: User) -> None:
    one, other = BranchFactory(), BranchFactory()
    person, elsewhere = board(one), board(other)
    MembershipFactory(user=person, branch=other, role=Role.BOARD)

    first, second = written(
        draft(one, person), draft(other, person, elsewhere, key="nudge:2"), by=officer
    )
    (sixth_day,) = written(draft(other, person, key="nudge:3"), by=officer, days=6)
    (seventh_day,) = written(draft(other, person, key="nudge:4"), by=officer, days=7)

    assert first.told == [person]
    assert second.told == [elsewhere]
    assert second.reasons == {person.pk: Spare.TWICE}
    assert sixth_day.reasons == {person.pk: Spare.RECENT}
    assert seventh_day.told == [person]


def test_the_same_key_twice_is_one_message(officer: User) -> None:
    branch = BranchFactory()
    person = board(branch)
    written(draft(branch, person), by=officer)

    (again,) = written(draft(branch, person), by=officer)

    assert again.told == [person]
    assert not again.is_new
    assert (Message.objects.count(), Delivery.objects.count()) == (1, 1)
    with pytest.raises(ValueError, match="nudge:1"):
        written(draft(branch, person), draft(branch, person), by=officer)


@pytest.mark.parametrize("link", ["https://elders.voorbeeld/", "//elders.voorbeeld/", "afdeling/"])
def test_a_link_never_leaves_this_site(officer: User, link: str) -> None:
    with pytest.raises(ValueError, match=r"elders|afdeling"):
        write(
            kind=MessageKind.NEWS,
            branch=None,
            recipients=[officer],
            subject="x",
            text="x",
            link=link,
            by=officer,
            today=FIRST_DAY,
            now=NOW,
            key="news:1",
        )


def test_hostile_words_stay_words(officer: User, post: Sink) -> None:
    branch = BranchFactory(name="<b>Zwolle</b>")
    person = board(branch, user__name=HOSTILE)
    User.objects.filter(pk=officer.pk).update(name=f"\u202e{HOSTILE}")
    write(
        kind=MessageKind.NUDGE,
        branch=branch,
        recipients=[person],
        subject=HOSTILE,
        text=f"{HOSTILE}\x00\n\n<img src=x onerror=alert(1)>",
        link="",
        by=officer,
        today=FIRST_DAY,
        now=NOW,
        key="nudge:1",
    )

    assert send().sent == 1

    (mail,) = post.mails
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("Beste Bcc: iedereen@voorbeeld.nl")
    html = mail.get_body(("html",))
    assert html is not None
    for never in ("<script", "<img", "<b>Zwolle", "\x00", "\u202e"):
        assert never not in html.get_content()


def test_what_is_no_longer_right_is_not_sent(officer: User, post: Sink) -> None:
    branch = BranchFactory()
    left, stopped, stays = board(branch), board(branch), board(branch)
    written(draft(branch, left, stopped, stays), by=officer)
    left.memberships.update(ended_on=FIRST_DAY)
    Preference.objects.create(user=stopped, branch=branch, office=False)
    composing.compose(local=LOCAL, now=NOW)  # it takes apart mails of reminders, not these

    assert send().sent == 1

    assert [mail["To"] for mail in post.mails] == [stays.email]
    states = dict(Delivery.objects.values_list("recipient", "state"))
    assert states[left.pk] == states[stopped.pk] == DeliveryState.WITHDRAWN


def test_an_answer_to_a_question_waits_for_no_break_and_cannot_be_stopped(
    officer: User, post: Sink
) -> None:
    branch = BranchFactory()
    person = board(branch)
    Preference.objects.create(
        user=person, branch=branch, office=False, paused_until=FIRST_DAY + A_WEEK
    )
    Reader.objects.create(user=person, paused_until=FIRST_DAY + A_WEEK)
    written(draft(branch, person, key="help:1"), by=officer, kind=MessageKind.HELP)

    assert send().sent == 1

    assert post.mails[0]["List-Unsubscribe"] is None
    assert post.mails[0]["Reply-To"] is None


def test_a_message_about_the_country_can_be_stopped_and_found_back(
    officer: User, post: Sink, client: Client
) -> None:
    person = board(BranchFactory())
    written(draft(None, person, key="news:1"), by=officer, kind=MessageKind.NEWS)
    send()
    assert post.mails[0]["List-Unsubscribe"]
    Preference.objects.create(user=person, branch=None, office=False)
    client.force_login(person)

    page = client.get("/ik/berichten/").content.decode()

    assert "nl-office" in page
    (later,) = written(draft(None, person, key="news:2"), by=officer, kind=MessageKind.NEWS)
    assert later.reasons == {person.pk: Spare.STOPPED}


def test_going_back_in_time_takes_messages_along(officer: User) -> None:
    branch = BranchFactory()
    written(draft(branch, board(branch)), by=officer, days=3)

    forget_after(day=FIRST_DAY)

    assert not Message.objects.exists()
    assert not Delivery.objects.exists()


def test_many_branches_take_as_many_statements_as_one(
    officer: User, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 3):
        branches = BranchFactory.create_batch(number)
        drafts = [
            draft(branch, board(branch), board(branch), key=f"nudge:{branch.pk}")
            for branch in branches
        ]
        with django_assert_max_num_queries(20) as seen:
            written(*drafts, by=officer)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_message_goes_to_nobody_without_an_account(officer: User) -> None:
    written(draft(None, officer, key="news:1"), by=officer, kind=MessageKind.NEWS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(recipient=None)
