"""Letters to people outside: the one outbox, its states, and what the input is told of them."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Max

from branches.models import AuditEntry, User
from consultation.enums import LetterKind
from consultation.models import Contributor, Letter
from consultation.services import letters
from consultation.services.erasing import erase_contributors
from core import mail
from notifications import mails
from notifications.models import Delivery
from notifications.rules.bounces import Bounce
from notifications.services import bounces, forgetting, outcomes
from notifications.services.sending import Sent, retry
from tests.clock import FIRST_DAY
from tests.factories import MembershipFactory, UserFactory
from tests.integration.notifications.outside import (
    brought_in,
    compose_now,
    letter_about,
    mail_to,
    some_letters,
)
from tests.integration.notifications.posting import NOW, delivery, send, states
from tests.smtp_sink import DROP, Sink

pytestmark = pytest.mark.django_db
REFUSED = "550 5.1.1 <bewoner-0@voorbeeld.nl> no such user"


def fate(letter: Letter) -> tuple[str, Any]:
    """Return what the input knows of a letter."""
    letter.refresh_from_db()
    return letter.state, letter.sent_on


def test_a_letter_becomes_a_mail_at_once_and_its_fate_is_told_back(sink: Sink) -> None:
    (letter,) = some_letters(1)
    # At night as well: nobody outside chose an hour.
    assert compose_now(hour=3) == 1
    made = Delivery.objects.get()
    assert (made.mail, made.key) == ("letter_received", f"letter:{letter.key}")
    assert (made.recipient, made.letter) == (None, letter)
    assert made.branch == letter.contributor.consultation.branch
    assert send() == Sent(sent=1)
    assert fate(letter) == ("sent", FIRST_DAY)
    assert sink.recipients == ["bewoner-0@voorbeeld.nl"]
    assert compose_now() == 0
    assert send(minutes=60) == Sent()


def test_asked_for_twice_and_composed_by_two_it_is_one_mail(sink: Sink) -> None:
    contribution = brought_in()
    assert letter_about(contribution) == letter_about(contribution)
    assert [compose_now(), compose_now()] == [1, 0]
    # The next morning nothing folds it away.
    compose_now(days=1)
    assert states() == ["waiting"]
    send()
    assert len(sink.kept) == 1


def test_letters_and_digests_leave_in_one_run(sink: Sink) -> None:
    some_letters(2)
    compose_now()
    person = MembershipFactory().user
    delivery(person, reminders=0, mail="digest")
    # The digest has nothing to say and is withdrawn; that does not touch the letters.
    assert send() == Sent(sent=2, withdrawn=1)
    assert len(sink.kept) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_composing_takes_as_many_statements_for_three_as_for_one(
    count: int, django_assert_max_num_queries: Any
) -> None:
    some_letters(count)
    with django_assert_max_num_queries(16):
        assert compose_now() == count


def test_a_refused_address_is_flagged_and_gets_nothing_more(sink: Sink) -> None:
    contribution = brought_in()
    first = letter_about(contribution)
    compose_now()
    sink.answers["RCPT"] = REFUSED
    assert send() == Sent(refused=1)
    assert fate(first) == ("refused", None)
    person = Contributor.objects.get()
    assert person.address_refused_on == FIRST_DAY
    assert letters.write(contributor=person, kind=LetterKind.ANSWER, today=FIRST_DAY) is None, (
        "nothing is written to an address that does not work"
    )
    made = Delivery.objects.get()
    assert made.error.startswith("550 5.1.1")
    assert "bewoner" not in made.error
    assert not User.objects.filter(mail_refused_on__isnull=False).exists()


def test_what_waits_for_a_flagged_address_stays_and_goes_when_it_is_tried_again(
    sink: Sink,
) -> None:
    contribution = brought_in()
    first = letter_about(contribution)
    second = letter_about(contribution, LetterKind.ANSWER)
    compose_now()
    sink.answers["RCPT"] = REFUSED
    assert send() == Sent(refused=2)
    board = MembershipFactory(branch=contribution.consultation.branch).user
    sink.answers.clear()
    made = Delivery.objects.get(letter=first)
    assert retry(delivery_id=made.pk, by=board, today=FIRST_DAY, now=NOW)
    assert not retry(delivery_id=made.pk, by=board, today=FIRST_DAY, now=NOW)
    assert fate(first) == ("waiting", None)
    # The address works again as far as anybody knows: the other goes by itself.
    assert send(minutes=1) == Sent(sent=2)
    assert fate(first) == fate(second) == ("sent", FIRST_DAY)
    row = AuditEntry.objects.get(verb="notifications.letter_tried_again")
    assert row.branch == contribution.consultation.branch
    assert "bewoner" not in str(vars(row))
    assert "Fatima" not in str(vars(row))


@pytest.mark.parametrize("step", ["taken", "DATA"])
def test_one_in_doubt_three_times_is_parked_and_keeps_its_message_id(sink: Sink, step: str) -> None:
    (letter,) = some_letters(1)
    compose_now()
    sink.answers[step] = DROP
    send()
    send(minutes=6)
    assert send(minutes=60) == Sent(parked=1)
    assert fate(letter) == ("parked", None)
    assert len({message["Message-ID"] for message in sink.mails}) <= 1
    sink.answers.clear()
    made = Delivery.objects.get()
    assert retry(delivery_id=made.pk, by=UserFactory(), today=FIRST_DAY, now=NOW)
    assert send(minutes=61) == Sent(sent=1)
    assert {message["Message-ID"] for message in sink.mails} == {mail.message_id(made.key)}


def test_a_lease_that_ran_out_three_times_is_told_back_as_parked() -> None:
    letter, other = some_letters(2)
    made = mail_to(letter)
    Delivery.objects.filter(pk=made.pk).update(
        state="sending", attempts=3, doubts=2, leased_until=NOW
    )
    assert outcomes.recover(now=NOW + timedelta(seconds=1)) == 1
    assert (fate(letter), fate(other)) == (("parked", None), ("waiting", None))


def test_a_mail_that_is_refused_itself_is_parked_and_flags_nobody(sink: Sink) -> None:
    (letter,) = some_letters(1)
    compose_now()
    sink.answers["DATA"] = "554 5.7.1 looks like spam"
    assert send() == Sent(parked=1)
    assert fate(letter) == ("parked", None)
    assert Contributor.objects.get().address_refused_on is None


def test_who_is_erased_before_it_leaves_gets_nothing(sink: Sink) -> None:
    (letter,) = some_letters(1)
    compose_now()
    erase_contributors(contributors=[letter.contributor], by=None, today=FIRST_DAY)
    assert not Delivery.objects.exists()
    assert send() == Sent()
    assert compose_now() == 0
    assert sink.kept == []


@pytest.mark.parametrize("answer", ["250 OK", REFUSED, "451 4.7.1 later", DROP])
def test_who_is_erased_while_it_is_being_sent_does_not_stop_the_run(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    first, _second = some_letters(2)
    compose_now()
    sink.answers["DATA"] = lambda to: None if to.startswith("bewoner-1") else answer
    claim = outcomes.claim

    def erasing(made: Delivery, **given: Any) -> Any:
        ours = claim(made, **given)
        # After it was claimed and before anything of it is read.
        if made.letter_id == first.pk and Contributor.objects.filter(letters=first).exists():
            erase_contributors(contributors=[first.contributor], by=None, today=FIRST_DAY)
        return ours

    monkeypatch.setattr(outcomes, "claim", erasing)
    assert send() == Sent(sent=1)
    assert sink.recipients == ["bewoner-1@voorbeeld.nl"]
    assert states() == ["sent"]


@pytest.mark.parametrize("answer", ["250 OK", REFUSED, "451 4.7.1 later", DROP])
def test_who_is_erased_while_the_server_answers_does_not_stop_the_run(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    first, _second = some_letters(2)
    compose_now()
    sink.answers["DATA"] = lambda to: None if to.startswith("bewoner-1") else answer
    message_for = mails.message_for

    def written(*, delivery: Delivery, **given: Any) -> Any:
        message = message_for(delivery=delivery, **given)
        if delivery.letter_id == first.pk:
            erase_contributors(contributors=[first.contributor], by=None, today=FIRST_DAY)
        return message

    monkeypatch.setattr(mails, "message_for", written)
    assert send().sent == 1
    assert states() == ["sent"]
    assert Contributor.objects.count() == 1


def test_logs_hold_no_address_and_no_name(sink: Sink, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="notifications")
    some_letters(3)
    compose_now()
    sink.answers["RCPT"] = lambda to: REFUSED if to.startswith("bewoner-0") else None
    send()
    # The mail server of this test has a log of its own.
    ours = [row.getMessage() for row in caplog.records if row.name.startswith("notifications")]
    assert ours
    for word in ("bewoner", "Fatima", "@voorbeeld"):
        assert word not in " ".join(ours)


def bounced(to: str, about: str) -> int:
    return bounces.record_reported(
        bounces=[Bounce(recipient=to, gone=True, why=REFUSED, message_id=about)],
        now=NOW + timedelta(hours=1),
        today=FIRST_DAY,
    )


@pytest.mark.usefixtures("sink")
def test_a_letter_that_comes_back_flags_the_address_of_that_letter_alone() -> None:
    letter, other = some_letters(2)
    made = mail_to(letter)
    send()
    assert bounced("bewoner-0@voorbeeld.nl", "<made.up@localhost>") == 0
    assert bounced("bewoner-1@voorbeeld.nl", mail.message_id(made.key)) == 0
    assert bounced("BEWONER-0@voorbeeld.nl", mail.message_id(made.key)) == 1
    assert fate(letter) == ("refused", None)
    assert fate(other)[0] == "sent"
    flagged = Contributor.objects.exclude(address_refused_on=None)
    assert list(flagged) == [letter.contributor]
    made.refresh_from_db()
    assert made.state == "refused"
    assert "bewoner" not in made.error


@pytest.mark.usefixtures("sink")
def test_a_provider_that_reports_an_address_flags_whoever_got_the_latest_mail_there() -> None:
    (letter,) = some_letters(1)
    mail_to(letter)
    send()
    told = bounces.record(recipient="bewoner-0@voorbeeld.nl", why=REFUSED, now=NOW, today=FIRST_DAY)
    assert told
    assert fate(letter) == ("refused", None)


@pytest.mark.usefixtures("sink")
def test_a_clock_that_goes_back_lets_a_letter_wait_again() -> None:
    (letter,) = some_letters(1)
    compose_now(days=3)
    send(days=3)
    assert fate(letter)[0] == "sent"
    forgetting.forget_after(day=FIRST_DAY)
    assert (fate(letter), Delivery.objects.count()) == (("waiting", None), 0)
    assert compose_now() == 1


def test_a_letter_of_tomorrow_waits_for_its_day() -> None:
    letter_about(brought_in(), today=FIRST_DAY + timedelta(days=1))
    assert compose_now() == 0
    assert compose_now(days=1) == 1


def test_a_mail_goes_to_a_person_or_to_an_outsider_and_never_to_both_or_nobody() -> None:
    (letter,) = some_letters(1)
    person = UserFactory()
    given = {"mail": "digest", "day": FIRST_DAY, "send_after": NOW, "created_at": NOW}
    for wrong in ({"recipient": person, "letter": letter}, {"recipient": None, "letter": None}):
        with (
            pytest.raises(IntegrityError, match="to_one_person_or_one_outsider"),
            transaction.atomic(),
        ):
            Delivery.objects.create(key=f"k{wrong}"[:100], **given, **wrong)


def test_nothing_is_written_to_who_has_no_address_or_was_just_erased() -> None:
    without = brought_in(email="", wants_answer=False).contributor
    assert without is not None
    assert letters.write(contributor=without, kind=LetterKind.ANSWER, today=FIRST_DAY) is None
    gone = brought_in(1, consultation=without.consultation).contributor
    assert gone is not None
    erase_contributors(contributors=[gone], by=None, today=FIRST_DAY)
    gone.pk = 10_000 + (Contributor.objects.aggregate(last=Max("pk"))["last"] or 0)
    assert letters.write(contributor=gone, kind=LetterKind.ANSWER, today=FIRST_DAY) is None
