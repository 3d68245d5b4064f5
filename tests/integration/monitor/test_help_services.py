"""Asking the office and answering: whose turn it is, who is told, and nothing twice or lost."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from branches.models import AuditEntry, Branch, Membership, NationalOfficer, User
from core.refusal import Refused
from monitor.enums_helping import HelpState
from monitor.models import HelpMessage, HelpRequest
from monitor.queries import help as queries
from monitor.services import help as services
from notifications.models import Delivery, Message
from tests.clock import FIRST_DAY
from tests.integration.monitor.help_stage import Stage, build_stage, expert

pytestmark = pytest.mark.django_db
TUESDAY, THURSDAY = FIRST_DAY + timedelta(days=1), FIRST_DAY + timedelta(days=3)


@pytest.fixture
def stage() -> Stage:
    return build_stage()


def readers(message: HelpMessage) -> set[User]:
    """Return to whom a mail about this message is on its way."""
    rows = Delivery.objects.filter(message__key__startswith=f"help:{message.pk}:")
    return {row.recipient for row in rows.select_related("recipient") if row.recipient}


def leave_office(person: User) -> None:
    NationalOfficer.objects.filter(user=person).update(ended_on=FIRST_DAY)


def test_a_question_waits_and_stands_in_the_history_of_the_branch(stage: Stage) -> None:
    row = stage.ask(today=TUESDAY)
    assert (row.state, row.waiting_since, row.asked_on) == (HelpState.WAITING, TUESDAY, TUESDAY)
    # The product's day, also where a demonstration's clock stands elsewhere than the machine's.
    assert timezone.localdate(row.asked_at) == TUESDAY
    assert row.messages.get().text == "Wij komen er niet uit."
    entry = AuditEntry.objects.get(verb="helping.asked")
    assert (entry.branch, entry.actor) == (stage.branch, stage.board)
    assert row.subject not in str(entry.params)


def test_pressing_twice_asks_once_and_another_branch_with_that_number_asks_too(
    stage: Stage,
) -> None:
    number = uuid.uuid4()
    first, second = stage.ask(submission=number), stage.ask(submission=number)
    assert first == second
    assert Message.objects.count() == 1
    assert build_stage().ask(submission=number) != first
    assert HelpRequest.objects.count() == 2


def test_an_answer_gives_the_turn_back_and_is_nobodys_no_more(stage: Stage) -> None:
    row = stage.ask()
    done = stage.answer(row, today=TUESDAY)
    row.refresh_from_db()
    assert (row.state, row.waiting_since, row.last_on) == (HelpState.ANSWERED, None, TUESDAY)
    assert row.handler == stage.lotte
    assert done.is_new
    assert not done.colleagues
    first = row.first_answered_at
    stage.answer(row, "En nog iets.", by=stage.bas, today=THURSDAY)
    row.refresh_from_db()
    assert row.first_answered_at == first, "the first answer is the one that counts"
    assert row.handler == stage.lotte


def test_sending_an_answer_twice_is_one_answer(stage: Stage) -> None:
    row, number = stage.ask(), uuid.uuid4()
    for is_new in (True, False):
        done = services.answer(
            request=row,
            text="Zo.",
            expert=None,
            seen=row.messages.latest("pk").pk,
            submission=number,
            by=stage.lotte,
            today=FIRST_DAY,
            now=timezone.now(),
        )
        assert done.is_new is is_new
    assert row.messages.filter(from_office=True).count() == 1


def test_writing_again_waits_from_the_first_unanswered_message(stage: Stage) -> None:
    row = stage.ask()
    stage.answer(row)
    stage.write(row, today=TUESDAY)
    stage.write(row, "En dit.", today=THURSDAY)
    row.refresh_from_db()
    assert (row.state, row.waiting_since) == (HelpState.WAITING, TUESDAY)


def test_who_closes_can_open_again_by_writing(stage: Stage) -> None:
    row = stage.ask()
    assert services.close(request=row, by=stage.board, today=TUESDAY)
    assert not services.close(request=row, by=stage.lotte, today=TUESDAY)
    row.refresh_from_db()
    assert (row.state, row.closed_on, row.waiting_since) == (HelpState.CLOSED, TUESDAY, None)
    stage.write(row, today=THURSDAY)
    row.refresh_from_db()
    assert (row.state, row.closed_on, row.waiting_since) == (HelpState.WAITING, None, THURSDAY)
    assert AuditEntry.objects.filter(verb="helping.reopened").count() == 1


def test_two_colleagues_who_answer_at_once_both_keep_their_words_and_the_second_is_told(
    stage: Stage,
) -> None:
    row = stage.ask()
    seen = row.messages.get().pk
    first = stage.answer(row, "Van Lotte.", seen=seen)
    second = stage.answer(row, "Van Bas.", by=stage.bas, seen=seen)
    assert not first.colleagues
    assert second.colleagues == [first.message]
    assert list(row.messages.filter(from_office=True).values_list("text", flat=True)) == [
        "Van Lotte.",
        "Van Bas.",
    ]


def test_what_the_branch_wrote_while_an_answer_was_typed_still_waits(stage: Stage) -> None:
    row = stage.ask()
    seen = row.messages.get().pk
    later = stage.write(row, "Wacht, dit ook.", today=TUESDAY)
    done = stage.answer(row, seen=seen, today=THURSDAY)
    row.refresh_from_db()
    assert done.branch == [later]
    assert (row.state, row.waiting_since) == (HelpState.WAITING, TUESDAY)


def test_a_question_goes_to_its_handler_else_the_contact_person_else_everybody(
    stage: Stage,
) -> None:
    row = stage.ask()
    assert readers(row.messages.get()) == {stage.lotte, stage.bas}
    stage.look_after(stage.bas)
    assert readers(stage.write(row)) == {stage.bas}
    services.take(request=row, to=stage.lotte, seen=None, by=stage.lotte, today=FIRST_DAY)
    assert readers(stage.write(row)) == {stage.lotte}
    # Who left is told nothing any more, as handler and as contact person.
    leave_office(stage.lotte)
    assert readers(stage.write(row)) == {stage.bas}


def test_an_answer_goes_to_who_wrote_with_its_words_and_the_way_there(stage: Stage) -> None:
    row = stage.ask(by=stage.committee)
    done = stage.answer(row, "Zo doe je dat.", expert=expert())
    assert readers(done.message) == {stage.committee}
    mail = Message.objects.get(key__startswith=f"help:{done.message.pk}:")
    for words in ("Zo doe je dat.", "Wil Waterman", "wil@waterschap.voorbeeld.nl", "06 1234"):
        assert words in mail.text
    assert mail.link == f"/afdeling/{stage.branch.slug}/hulp/{row.pk}/"
    assert row.subject in mail.subject


def test_an_answer_to_somebody_who_left_goes_to_the_board(stage: Stage) -> None:
    row = stage.ask(by=stage.committee)
    Membership.objects.filter(user=stage.committee).update(ended_on=FIRST_DAY)
    assert readers(stage.answer(row).message) == {stage.board}


def test_each_reads_the_mail_in_their_own_language(stage: Stage) -> None:
    User.objects.filter(pk=stage.bas.pk).update(language="en")
    message = stage.ask(text="Onze eigen woorden.").messages.get()
    mails = {row.key[-2:]: row for row in Message.objects.filter(key__startswith="help:")}
    assert set(mails) == {"nl", "en"}
    assert mails["en"].subject.startswith(f"Question of {stage.branch.name}")
    assert all(message.text in row.text for row in mails.values())


def test_who_takes_a_question_that_a_colleague_just_took_is_told(stage: Stage) -> None:
    row = stage.ask()
    services.take(request=row, to=stage.lotte, seen=None, by=stage.lotte, today=FIRST_DAY)
    with pytest.raises(Refused, match="Lotte"):
        services.take(request=row, to=stage.bas, seen=None, by=stage.bas, today=FIRST_DAY)
    row.refresh_from_db()
    assert row.handler == stage.lotte
    # Whoever saw whose it was may hand it on.
    services.take(request=row, to=stage.bas, seen=stage.lotte.pk, by=stage.lotte, today=FIRST_DAY)
    row.refresh_from_db()
    assert row.handler == stage.bas
    with pytest.raises(Refused):
        services.take(request=row, to=stage.board, seen=stage.bas.pk, by=stage.bas, today=FIRST_DAY)


def test_what_a_colleague_leaves_behind_is_nobodys_and_on_top(stage: Stage) -> None:
    oldest = stage.ask("De oudste")
    left = stage.ask("Van wie vertrekt", today=TUESDAY)
    newest = stage.ask("De nieuwste", today=THURSDAY)
    answered = stage.ask("Beantwoord", today=FIRST_DAY)
    stage.answer(answered, by=stage.bas, today=THURSDAY)
    services.take(request=left, to=stage.lotte, seen=None, by=stage.lotte, today=TUESDAY)
    services.take(request=oldest, to=stage.bas, seen=None, by=stage.bas, today=TUESDAY)
    leave_office(stage.lotte)
    rows = list(queries.desk(today=THURSDAY))
    assert rows == [left, oldest, newest, answered]
    assert [row.orphaned for row in rows] == [True, False, False, False]
    assert queries.handler_of(left, today=THURSDAY) is None
    assert queries.numbers(today=THURSDAY) == {"waiting": 3, "nobodys": 2}


def test_mine_are_those_i_took_and_the_untaken_ones_of_my_branches(stage: Stage) -> None:
    other = build_stage()
    mine, untaken, others = other.ask("Van mij"), stage.ask("Ongepakt"), stage.ask("Van Lotte")
    stage.look_after(stage.bas)
    services.take(request=mine, to=stage.bas, seen=None, by=stage.bas, today=FIRST_DAY)
    services.take(request=others, to=stage.lotte, seen=None, by=stage.lotte, today=FIRST_DAY)
    wanted = queries.Wanted(mine=stage.bas)
    assert set(queries.asked(queries.desk(today=FIRST_DAY), wanted)) == {mine, untaken}


def test_a_branch_that_ended_gets_no_answer(stage: Stage) -> None:
    row = stage.ask()
    Branch.objects.filter(pk=stage.branch.pk).update(closed_on=FIRST_DAY)
    with pytest.raises(Refused):
        stage.answer(row)
    assert not row.messages.filter(from_office=True).exists()
    assert services.close(request=row, by=stage.lotte, today=FIRST_DAY)


def test_a_first_answer_counts_in_its_own_month(stage: Stage) -> None:
    for asked, answered in (
        (date(2021, 9, 29), date(2021, 9, 29)),
        (date(2021, 9, 30), date(2021, 10, 1)),
        (date(2021, 10, 1), date(2021, 10, 8)),
        (date(2021, 8, 1), date(2021, 8, 2)),
    ):
        stage.answer(stage.ask(today=asked), today=answered)
    months = queries.months(today=date(2021, 10, 20))
    assert (months.before.answered, months.before.quick, months.before.median) == (1, 1, 0)
    assert (months.now.answered, months.now.quick, months.now.median) == (2, 1, 3)
