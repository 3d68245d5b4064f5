"""A worker that stops between any two steps of letters to people outside, and two at once."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date

import pytest
from django.db import OperationalError, connection

from consultation.models import Contributor, Letter
from consultation.services.erasing import erase_contributors
from notifications.models import Delivery
from notifications.services import letters
from tests.at_once import at_once
from tests.clock import FIRST_DAY
from tests.integration.notifications.outside import compose_now, some_letters
from tests.integration.notifications.posting import NOW, send, states
from tests.integration.notifications.test_sending_stops import Killed, stopping
from tests.smtp_sink import Sink

PEOPLE = 2


def nothing_is_half_told() -> None:
    for row in Delivery.objects.select_related("letter"):
        assert row.letter is not None
        assert (row.state == "sent") == (row.letter.state == "sent")
        assert (row.letter.sent_on is not None) == (row.state == "sent")
        assert (row.leased_until is not None) == (row.state == "sending")


@pytest.mark.usefixtures("on_file")
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_worker_that_is_killed_at_any_statement_loses_no_letter(
    sink: Sink, *, after: bool
) -> None:
    at = 0
    reached = True
    while reached:
        at += 1
        Contributor.objects.all().delete()
        sink.kept.clear()
        some_letters(PEOPLE)
        with stopping(at, Killed, after=after) as counting:
            with suppress(Killed):
                compose_now()
                send()
            reached = counting.seen >= at
        # What a process held of the database ends with it.
        connection.close()
        nothing_is_half_told()
        # Another worker, once the lease ran out.
        compose_now()
        send(minutes=6)
        assert states() == ["sent"] * PEOPLE
        assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}
        copies = Counter(message["Message-ID"] for message in sink.mails)
        assert len(copies) == PEOPLE
        assert sum(copies.values()) <= PEOPLE + 1
    # Not fewer than it takes to make, to claim, to read and to mark each of them.
    assert at > PEOPLE * 6


@pytest.mark.usefixtures("on_file")
def test_a_full_disk_at_any_statement_leaves_letters_as_they_were(sink: Sink) -> None:
    def full() -> OperationalError:
        return OperationalError("database or disk is full")

    at = 0
    reached = True
    while reached:
        at += 1
        Contributor.objects.all().delete()
        sink.kept.clear()
        some_letters(1)
        sink.answers["RCPT"] = "550 5.1.1 no such user"
        with stopping(at, full, after=False) as counting:
            with suppress(OperationalError):
                compose_now()
                send()
            reached = counting.seen >= at
        connection.close()
        refused = Contributor.objects.filter(address_refused_on=FIRST_DAY).count()
        assert refused == Letter.objects.filter(state="refused").count()
        assert refused == Delivery.objects.filter(state="refused").count()
        sink.answers.clear()
        compose_now()
        send(minutes=6)
        assert refused + len(sink.kept) == 1


@pytest.mark.usefixtures("on_file")
def test_two_that_compose_at_once_make_one_mail_of_a_letter() -> None:
    some_letters(20)
    made = at_once(lambda _number: letters.compose(today=FIRST_DAY, now=NOW))
    assert sum(made) == Delivery.objects.count() == 20


@pytest.mark.usefixtures("on_file")
def test_people_who_are_erased_while_letters_are_composed_leave_nothing_behind() -> None:
    some_letters(30)
    people = list(Contributor.objects.order_by("pk"))

    def act(number: int) -> int:
        if number % 2:
            return letters.compose(today=FIRST_DAY, now=NOW)
        mine = people[number // 2 * 3 : number // 2 * 3 + 3]
        return sum(_erased(one, FIRST_DAY) for one in mine)

    done = at_once(act)
    assert [one for one in done if not isinstance(one, int)] == []
    assert sum(done[::2]) == len(people)
    letters.compose(today=FIRST_DAY, now=NOW)
    assert Contributor.objects.count() == 0
    assert Delivery.objects.count() == Letter.objects.count() == 0


def _erased(person: Contributor, today: date) -> int:
    return erase_contributors(contributors=[person], by=None, today=today)
