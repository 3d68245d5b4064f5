"""What becomes of a mail, by what the mail server answers: a real one, on this machine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from branches.models import AuditEntry, User
from notifications import mails
from notifications.models import Delivery, Preference, Reader, Reminder
from notifications.services.sending import Sent, retry
from tests.clock import FIRST_DAY
from tests.factories import MembershipFactory, UserFactory
from tests.integration.notifications.posting import (
    NOW,
    Planner,
    deliveries,
    delivery,
    person_of,
    plain_message,
    send,
    states,
    told,
)
from tests.smtp_sink import DROP, Sink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planner")]


def only(number: int, said: str) -> Any:
    """Answer so for one of the people, and yes for the others."""
    return lambda to: said if to == f"persoon-{number}@voorbeeld.nl" else None


def test_a_mail_is_taken_and_all_it_told_is_told(sink: Sink) -> None:
    made = delivery(reminders=2)
    assert send() == Sent(sent=1)
    made.refresh_from_db()
    assert (made.state, made.attempts, made.doubts, made.leased_until) == ("sent", 1, 0, None)
    assert made.sent_at is not None
    assert told() == ["sent", "sent"]
    assert sink.recipients == [person_of(made).email]
    assert send(minutes=60) == Sent()
    assert len(sink.kept) == 1


def test_many_mails_share_one_connection(sink: Sink) -> None:
    deliveries(5)
    assert send() == Sent(sent=5)
    assert sink.asked["connect"] == 1
    assert sink.asked["EHLO"] == 1


def test_only_what_is_due_and_waits_goes(sink: Sink) -> None:
    delivery(send_after=NOW + timedelta(minutes=3))
    for state in ("sent", "parked", "refused", "withdrawn"):
        delivery(state=state, recipient=UserFactory(mail_refused_on=FIRST_DAY))
    delivery(state="sending", leased_until=NOW + timedelta(minutes=1))
    assert send() == Sent()
    # The lease has run out: whoever held it is taken to be dead.
    assert send(minutes=4) == Sent(sent=2)
    assert list(Delivery.objects.filter(state="sent").values_list("doubts", flat=True)) == [0, 0, 1]
    assert len(sink.kept) == 2


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("said", ["421 4.3.0 closing", "451 4.7.1 greylisted", "452 4.2.2 full"])
def test_not_now_is_tried_again_and_the_rest_goes_on(sink: Sink, step: str, said: str) -> None:
    deliveries(4)
    people = [f"persoon-{number}@voorbeeld.nl" for number in range(4)]
    # At MAIL the server does not know yet to whom: it is the second mail by its turn.
    sink.first[step] = ["", said] if step == "MAIL" else []
    if step != "MAIL":
        sink.answers[step] = only(1, said)
    result = send()
    retried_at_once = step == "MAIL" and said.startswith("421")
    if retried_at_once:
        # An old connection that says goodbye between two mails is replaced.
        assert result == Sent(sent=4)
        return
    assert result == Sent(sent=3, later=1)
    assert sink.recipients == [people[0], *people[2:]]
    waiting = Delivery.objects.get(state="waiting")
    assert (waiting.attempts, waiting.doubts) == (1, 0)
    assert waiting.error.startswith(said[:3])
    assert waiting.send_after > NOW
    sink.answers.clear()
    assert send(seconds=50) == Sent()
    assert send(minutes=2) == Sent(sent=1)


def test_each_time_that_it_is_not_taken_it_waits_longer_up_to_half_an_hour(sink: Sink) -> None:
    made = delivery()
    sink.answers["RCPT"] = "451 4.7.1 greylisted"
    waited = []
    minutes = 0.0
    for _time in range(8):
        assert send(minutes=minutes) == Sent(later=1)
        made.refresh_from_db()
        wait = (made.send_after - NOW).total_seconds() / 60 - minutes
        waited.append(round(wait))
        minutes += wait
    assert waited == [1, 2, 5, 10, 20, 30, 30, 30]
    assert made.attempts == 8


def test_an_address_that_does_not_exist_is_flagged_and_not_tried_again(sink: Sink) -> None:
    deliveries(3)
    sink.answers["RCPT"] = only(1, "550 5.1.1 no such user persoon-1@voorbeeld.nl")
    assert send() == Sent(sent=2, refused=1)
    assert states() == ["sent", "refused", "sent"]
    person = User.objects.get(email="persoon-1@voorbeeld.nl")
    assert person.mail_refused_on == FIRST_DAY
    assert person.mail_refused_why.startswith("550 5.1.1")
    row = AuditEntry.objects.get()
    assert (row.verb, row.actor, row.branch) == (
        "branches.address_refused",
        None,
        person.memberships.get().branch,
    )
    assert send(minutes=600) == Sent()
    assert sink.asked["RCPT"] == 3


def test_what_was_refused_for_an_address_goes_once_the_address_works(sink: Sink) -> None:
    made = delivery(mail="meeting_moved")
    sink.answers["RCPT"] = "550 5.1.1 no such user"
    assert send() == Sent(refused=1)
    User.objects.update(mail_refused_on=None)
    sink.answers.clear()
    assert send(minutes=1) == Sent(sent=1)
    made.refresh_from_db()
    assert made.state == "sent"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("DATA", "552 5.3.4 too big"),
        ("DATA", "554 5.7.1 looks like spam"),
        ("MAIL", "553 5.1.8 sender unknown"),
        ("RCPT", "554 5.7.1 your server is on a list"),
    ],
)
def test_a_refusal_that_is_not_about_the_address_is_parked_and_flags_nobody(
    sink: Sink, step: str, said: str
) -> None:
    deliveries(2)
    sink.first[step] = [said]
    assert send() == Sent(sent=1, parked=1)
    assert states() == ["parked", "sent"]
    assert not User.objects.exclude(mail_refused_on=None).exists()
    assert Delivery.objects.get(state="parked").error == said
    assert told() == ["waiting", "sent"]
    assert send(minutes=600) == Sent()


def test_a_server_that_refuses_all_our_mails_does_not_park_them_all(sink: Sink) -> None:
    deliveries(12)
    sink.answers["DATA"] = "554 5.7.1 who are you"
    assert send() == Sent(parked=5)
    assert states().count("waiting") == 7


def test_half_a_batch_refused(sink: Sink) -> None:
    deliveries(20)
    sink.answers["RCPT"] = lambda to: (
        "550 5.1.1 unknown" if int(to.split("@")[0].split("-")[1]) % 2 else None
    )
    assert send() == Sent(sent=10, refused=10)
    assert states() == ["sent", "refused"] * 10
    assert User.objects.exclude(mail_refused_on=None).count() == 10


@pytest.mark.parametrize("step", ["connect", "EHLO"])
@pytest.mark.parametrize("said", ["421 4.3.2 too busy", "554 5.3.2 no mail here", DROP])
def test_two_failures_to_connect_end_the_run_and_the_rest_stays_due(
    sink: Sink, step: str, said: str
) -> None:
    deliveries(5)
    sink.answers[step] = said
    assert send() == Sent(later=2)
    assert list(Delivery.objects.order_by("pk").values_list("attempts", flat=True)) == [
        1,
        1,
        0,
        0,
        0,
    ]
    sink.answers.clear()
    assert send() == Sent(sent=3)
    assert send(minutes=2) == Sent(sent=2)


def test_a_server_that_is_not_there(settings: Any) -> None:
    settings.EMAIL_BACKEND = "core.mail_connection.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    deliveries(3)
    assert send() == Sent(later=2)
    assert states() == ["waiting"] * 3
    # However long it stays away, everything goes within five minutes of its return.
    for minutes in (1, 5, 10, 20, 40, 80):
        send(minutes=minutes)
    assert all(
        row.send_after <= NOW + timedelta(minutes=84, seconds=1) for row in Delivery.objects.all()
    )


def test_a_connection_lost_after_the_mail_is_in_doubt_and_comes_again_as_the_same(
    sink: Sink,
) -> None:
    made = delivery()
    sink.first["taken"] = [DROP]
    assert send() == Sent(doubtful=1)
    made.refresh_from_db()
    assert (made.state, made.attempts, made.doubts) == ("waiting", 1, 1)
    assert send(minutes=4) == Sent()
    assert send(minutes=6) == Sent(sent=1)
    assert len({message["Message-ID"] for message in sink.mails}) == 1
    assert len(sink.kept) == 2


def test_after_three_doubts_a_person_looks_and_may_try_again(sink: Sink) -> None:
    made = delivery()
    sink.answers["taken"] = DROP
    assert send() == Sent(doubtful=1)
    assert send(minutes=6) == Sent(doubtful=1)
    assert send(minutes=40) == Sent(parked=1)
    made.refresh_from_db()
    assert (made.state, made.doubts, made.leased_until) == ("parked", 3, None)
    assert send(minutes=600) == Sent()
    assert len(sink.kept) == 3
    sink.answers.clear()
    board = MembershipFactory().user
    tomorrow = FIRST_DAY + timedelta(days=1)
    later = NOW + timedelta(days=1)
    assert retry(delivery_id=made.pk, by=board, today=tomorrow, now=later)
    assert not retry(delivery_id=made.pk, by=board, today=tomorrow, now=later)
    row = AuditEntry.objects.get()
    assert (row.verb, row.actor) == ("notifications.mail_tried_again", board)
    assert row.branch == person_of(made).memberships.get().branch
    assert send(days=1) == Sent(sent=1)
    assert len({message["Message-ID"] for message in sink.mails}) == 1


def test_trying_a_refused_mail_again_tries_its_address_again(sink: Sink) -> None:
    made = delivery()
    sink.answers["RCPT"] = "550 5.1.1 no such user"
    send()
    board = MembershipFactory().user
    assert retry(delivery_id=made.pk, by=board, today=FIRST_DAY, now=NOW)
    assert not User.objects.exclude(mail_refused_on=None).exists()
    assert send() == Sent(refused=1)
    sink.answers.clear()
    assert retry(delivery_id=made.pk, by=board, today=FIRST_DAY, now=NOW)
    assert send() == Sent(sent=1)


def test_what_is_waiting_or_sent_is_not_tried_again_by_hand() -> None:
    for state in ("waiting", "sending", "sent", "withdrawn"):
        made = delivery(state=state)
        assert not retry(delivery_id=made.pk, by=person_of(made), today=FIRST_DAY, now=NOW)
    assert not retry(delivery_id=0, by=UserFactory(), today=FIRST_DAY, now=NOW)
    assert not AuditEntry.objects.exists()


def test_what_is_no_longer_right_is_withdrawn_just_before_it_goes(
    sink: Sink, planner: Planner
) -> None:
    first, second = deliveries(2)
    # Told once already, and then withdrawn: a mail of two lines that becomes one of one.
    Reminder.objects.create(
        recipient=person_of(second),
        rule="milestone.late",
        subject_id=7,
        due_on=FIRST_DAY,
        delivery=second,
        planned_at=NOW,
    )

    def done(recipients: Collection[int]) -> None:
        assert set(recipients) == {first.recipient_id, second.recipient_id}
        Reminder.objects.filter(delivery=first).update(state="withdrawn")
        Reminder.objects.filter(rule="milestone.late").update(state="withdrawn")

    planner.gone = done
    assert send() == Sent(sent=1, withdrawn=1)
    assert states() == ["withdrawn", "sent"]
    assert told() == ["withdrawn", "sent", "withdrawn"]
    assert b"\r\n1 herinneringen\r\n" in sink.kept[0][1]
    # The reminder of a mail that was taken back stands alone again, should it become true.
    assert Reminder.objects.order_by("pk")[0].delivery is None


def test_a_mail_that_turns_out_to_have_nothing_to_say_is_withdrawn(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery()

    def nothing(**_values: object) -> None:
        return None

    monkeypatch.setattr(mails, "message_for", nothing)
    assert send() == Sent(withdrawn=1)
    assert (states(), told(), sink.kept) == (["withdrawn"], ["withdrawn"], [])


def test_a_mail_that_cannot_be_written_is_parked_and_holds_up_nobody(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = deliveries(3)[0]

    def written(
        *, delivery: Delivery, reminders: Sequence[Reminder], today: date
    ) -> EmailMultiAlternatives | None:
        if delivery.pk == poison.pk:
            raise KeyError("x")
        return plain_message(delivery=delivery, reminders=reminders, today=today)

    monkeypatch.setattr(mails, "message_for", written)
    assert send() == Sent(sent=2, parked=1)
    poison.refresh_from_db()
    assert person_of(poison).email not in sink.recipients
    assert poison.error == "cannot be written: KeyError('x')"


def test_who_is_away_closed_or_refused_waits_and_costs_nothing(sink: Sink) -> None:
    until = FIRST_DAY + timedelta(days=2)
    delivery(UserFactory(is_active=False))
    delivery(UserFactory(mail_refused_on=FIRST_DAY))
    Reader.objects.create(user=person_of(delivery()), paused_until=FIRST_DAY)
    moved = delivery(mail="meeting_moved")
    branch = person_of(moved).memberships.get().branch
    Delivery.objects.filter(pk=moved.pk).update(branch=branch)
    Preference.objects.create(user=person_of(moved), branch=branch, paused_until=until)
    country = delivery(UserFactory(), mail="address_refused")
    Preference.objects.create(user=person_of(country), paused_until=until)
    assert send() == Sent()
    assert states() == ["waiting"] * 5
    assert Delivery.objects.filter(attempts=0).count() == 5
    assert send(days=3) == Sent(sent=2)
    assert set(sink.recipients) == {person_of(moved).email, person_of(country).email}


def test_a_digest_leaves_out_a_branch_that_is_paused(sink: Sink) -> None:
    made = delivery()
    other = MembershipFactory(user=person_of(made)).branch
    Reminder.objects.create(
        recipient=person_of(made),
        branch=other,
        rule="milestone.late",
        subject_id=9,
        due_on=FIRST_DAY,
        delivery=made,
        planned_at=NOW,
    )
    Preference.objects.create(user=person_of(made), branch=other, paused_until=FIRST_DAY)
    assert send() == Sent(sent=1)
    assert told() == ["sent", "waiting"]
    assert Reminder.objects.get(state="waiting").delivery is None
    assert len(sink.kept) == 1


def test_a_digest_of_yesterday_that_was_never_taken_waits_to_become_that_of_today(
    sink: Sink,
) -> None:
    made = delivery()
    sink.first["RCPT"] = ["451 4.7.1 not now"]
    assert send() == Sent(later=1)
    assert send(days=1) == Sent()
    made.refresh_from_db()
    assert made.state == "waiting"
    # One that may have arrived keeps its identity.
    Delivery.objects.update(doubts=1)
    assert send(days=1) == Sent(sent=1)
