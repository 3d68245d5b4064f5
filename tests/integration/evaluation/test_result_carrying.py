"""Deciding what goes on: one at a time, all of a list, and into a draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.models import AuditEntry, User
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums import CarryOver, Verdict
from evaluation.models import Evaluation, Promise
from evaluation.queries.carrying import draft_of
from evaluation.services.carrying import decide, decide_many
from evaluation.services.drafting import put_in_draft
from process.models import Milestone
from programmes.models import Measure, Programme
from programmes.services.versions import freeze
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.integration.evaluation.judging import promise_of
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(evaluation: Evaluation) -> Evaluation:
    """One delivered, one not, one that nobody judged."""
    for number, verdict in ((1, Verdict.DELIVERED), (2, Verdict.NOT_DELIVERED)):
        Promise.objects.filter(evaluation=evaluation, measure__number=number).update(
            verdict=verdict
        )
    return evaluation


def carry(promise: Promise, *, by: User, **fields: Any) -> Promise:
    fields.setdefault("carry_over", CarryOver.CARRY)
    return decide(promise=promise, by=by, today=FIRST_DAY, **fields)


def count_of_decisions(evaluation: Evaluation) -> tuple[int | None, int | None]:
    row = Milestone.objects.get(timeline=evaluation.timeline, key="carry_over_decided")
    return row.progress_done, row.progress_total


def test_a_promise_goes_on_without_a_reason_and_says_who_decided(
    judged: Evaluation, ans: User
) -> None:
    row = carry(promise_of(judged, 2), by=ans, good=True, topical=True)
    assert (row.carry_over, row.carried_by, row.carried_on) == (CarryOver.CARRY, ans, FIRST_DAY)
    assert (row.good, row.topical) == (True, True)
    assert AuditEntry.objects.latest("pk").verb == "promise.carry_over.carry"
    assert count_of_decisions(judged) == (1, 2), "of what is not delivered, judged or not"


def test_a_promise_is_dropped_with_a_reason_only(judged: Evaluation, ans: User) -> None:
    promise = promise_of(judged, 2)
    for reason in ("", "  \n "):
        with pytest.raises(Refused, match="leden vragen ernaar"):
            carry(promise, by=ans, carry_over=CarryOver.DROP, reason=reason)
    assert promise_of(judged, 2).carry_over == CarryOver.OPEN
    row = carry(promise, by=ans, carry_over=CarryOver.DROP, reason="De provincie doet het nu.")
    assert row.carry_reason == "De provincie doet het nu."
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=row.pk).update(carry_reason="")


def test_what_has_no_verdict_yet_cannot_be_decided(judged: Evaluation, ans: User) -> None:
    with pytest.raises(Refused, match="Eerst het oordeel"):
        carry(promise_of(judged, 3), by=ans)
    assert promise_of(judged, 3).carry_over == CarryOver.OPEN


def test_what_was_delivered_may_go_on_and_counts_for_no_milestone(
    judged: Evaluation, ans: User
) -> None:
    carry(promise_of(judged, 1), by=ans)
    assert promise_of(judged, 1).carry_over == CarryOver.CARRY
    assert count_of_decisions(judged) == (0, 2)


def test_the_same_decision_twice_is_one(judged: Evaluation, ans: User) -> None:
    first = carry(promise_of(judged, 2), by=ans, reason="Nog nodig", revision=0)
    again = carry(promise_of(judged, 2), by=ans, reason="Nog nodig", revision=0)
    assert again.revision == first.revision == 1
    assert AuditEntry.objects.filter(verb__startswith="promise.carry_over").count() == 1


def test_a_second_saver_overwrites_nothing(judged: Evaluation, ans: User, bram: User) -> None:
    carry(promise_of(judged, 2), by=ans, revision=0)
    with pytest.raises(Stale) as stale:
        carry(promise_of(judged, 2), by=bram, carry_over=CarryOver.DROP, reason="Nee", revision=0)
    assert next(iter(stale.value.current.values())) == "carry"
    assert promise_of(judged, 2).carried_by == ans


def test_answers_change_without_signing_the_decision_anew(
    judged: Evaluation, ans: User, bram: User
) -> None:
    carry(promise_of(judged, 2), by=ans, good=True)
    row = carry(promise_of(judged, 2), by=bram, topical=False)
    assert (row.carried_by, row.good, row.topical) == (ans, True, False)
    assert AuditEntry.objects.latest("pk").verb == "promise.looked_back"


def test_a_decision_is_taken_back_with_its_reason(judged: Evaluation, ans: User) -> None:
    carry(promise_of(judged, 2), by=ans, carry_over=CarryOver.DROP, reason="Nee")
    row = carry(promise_of(judged, 2), by=ans, carry_over=CarryOver.OPEN)
    assert (row.carry_reason, row.carried_by, row.carried_on) == ("", None, None)


def test_an_unknown_choice_is_refused(judged: Evaluation, ans: User) -> None:
    with pytest.raises(Refused):
        carry(promise_of(judged, 2), by=ans, carry_over="misschien")


def test_many_at_once_leaves_out_what_has_no_verdict(judged: Evaluation, ans: User) -> None:
    changed = decide_many(
        promises=judged.promises.all(), carry_over=CarryOver.CARRY, by=ans, today=FIRST_DAY
    )
    assert changed == 2
    states = judged.promises.order_by("measure__number").values_list("carry_over", flat=True)
    assert list(states) == ["carry", "carry", "open"]
    again = decide_many(
        promises=judged.promises.all(), carry_over=CarryOver.CARRY, by=ans, today=FIRST_DAY
    )
    assert again == 0
    assert AuditEntry.objects.filter(verb="evaluation.carry_over.carry").count() == 1


@pytest.mark.parametrize("size", [1, 3])
def test_many_at_once_asks_as_often_for_one_as_for_three(
    size: int, ans: User, django_assert_num_queries: Any
) -> None:
    more = evaluation_of(programme_with({"Wonen": [f"Belofte {n}" for n in range(size)]}))
    more.promises.update(verdict=Verdict.PARTLY)
    with django_assert_num_queries(6):
        decide_many(promises=list(more.promises.all()), carry_over="carry", by=ans, today=FIRST_DAY)


# Into a draft ----------------------------------------------------------------------------------


def test_what_goes_on_comes_in_a_draft_in_its_chapter_and_remembers_its_origin(
    judged: Evaluation, ans: User
) -> None:
    carry(promise_of(judged, 2), by=ans)
    drafted = put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY)
    copy = Measure.objects.get(programme=drafted.draft)
    old = promise_of(judged, 2).measure
    assert (copy.text, copy.derived_from) == (old.text, old)
    assert copy.section is not None
    assert old.section is not None
    assert copy.section.chapter.title == old.section.chapter.title
    assert (drafted.added, drafted.draft.kind, drafted.draft.branch) == (1, "draft", judged.branch)
    assert draft_of(judged) == drafted.draft


def test_the_button_twice_puts_nothing_in_twice_and_later_decisions_are_added(
    judged: Evaluation, ans: User
) -> None:
    carry(promise_of(judged, 2), by=ans)
    first = put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY)
    again = put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY)
    assert (again.draft, again.added) == (first.draft, 0)
    carry(promise_of(judged, 1), by=ans)
    third = put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY)
    assert (third.draft, third.added) == (first.draft, 1)
    assert Measure.objects.filter(programme=first.draft).count() == 2


def test_what_the_writers_took_out_does_not_come_back(judged: Evaluation, ans: User) -> None:
    carry(promise_of(judged, 2), by=ans)
    draft = put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY).draft
    Measure.objects.filter(programme=draft).update(retired_on=FIRST_DAY)
    assert put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY).added == 0


def test_a_frozen_draft_is_left_as_it_is(judged: Evaluation, ans: User) -> None:
    carry(promise_of(judged, 2), by=ans)
    frozen = put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY).draft
    freeze(programme=frozen, by=ans, today=FIRST_DAY)
    assert put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY).draft == frozen
    carry(promise_of(judged, 1), by=ans)
    drafted = put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY)
    assert drafted.draft != frozen
    assert drafted.added == 1


def test_there_is_no_draft_of_nothing(judged: Evaluation, ans: User) -> None:
    with pytest.raises(Refused, match="gaat nog niets mee"):
        put_in_draft(evaluation=judged, by=ans, today=FIRST_DAY)
    assert not Programme.objects.filter(kind="draft").exists()


# The pages -------------------------------------------------------------------------------------


def url(name: str, evaluation: Evaluation, pk: int | None = None) -> str:
    return reverse(f"evaluation:{name}", args=[evaluation.branch.slug, pk or evaluation.pk])


def test_one_by_one_ends_at_the_list(judged: Evaluation, as_ans: Client) -> None:
    Promise.objects.filter(evaluation=judged, measure__number=3).update(verdict=Verdict.PARTLY)
    second, third = promise_of(judged, 2), promise_of(judged, 3)
    page = as_ans.get(url("carry", judged, second.pk))
    assert second.measure.text in page.content.decode()
    data = {"carry_over": "carry", "revision": 0, "good": "yes", "topical": "no"}
    answer = as_ans.post(url("carry", judged, second.pk), data)
    assert answer["Location"] == url("carry", judged, third.pk)
    answer = as_ans.post(
        url("carry", judged, third.pk), {"carry_over": "drop", "reason": "Te duur", "revision": 0}
    )
    assert answer["Location"] == url("carry_over", judged)
    assert "Everything that was judged is decided" in _english(as_ans, answer["Location"])
    assert promise_of(judged, 2).topical is False


def test_dropping_without_a_reason_keeps_what_was_filled_in(
    judged: Evaluation, as_ans: Client
) -> None:
    row = promise_of(judged, 2)
    data = {"carry_over": "drop", "reason": "", "revision": 0, "good": "yes"}
    answer = as_ans.post(url("carry", judged, row.pk), data)
    assert answer.status_code == 422
    assert answer.context["form"]["good"].value() == "yes"
    assert "reason" in answer.context["form"].errors


def test_the_second_saver_gets_both_and_can_save_after_all(
    judged: Evaluation, as_ans: Client, bram: User
) -> None:
    row = promise_of(judged, 2)
    carry(row, by=bram, carry_over=CarryOver.DROP, reason="Van Bram")
    data = {"carry_over": "carry", "reason": "Van Ans", "revision": 0}
    answer = as_ans.post(url("carry", judged, row.pk), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Bram" in page
    assert "Van Ans" in page
    assert as_ans.post(url("carry", judged, row.pk), data | {"revision": 1}).status_code == 302
    assert promise_of(judged, 2).carry_reason == "Van Ans"


def test_a_decision_can_be_taken_back_on_its_page(
    judged: Evaluation, as_ans: Client, bram: User
) -> None:
    row = carry(promise_of(judged, 2), by=bram)
    answer = as_ans.post(url("carry", judged, row.pk), {"undo": "1", "revision": 1})
    assert answer.status_code == 302
    assert promise_of(judged, 2).carry_over == CarryOver.OPEN


def test_without_a_verdict_the_page_says_what_comes_first(
    judged: Evaluation, as_ans: Client
) -> None:
    row = promise_of(judged, 3)
    page = _english(as_ans, url("carry", judged, row.pk))
    assert "First the verdict" in page
    data = {"carry_over": "carry", "revision": 0}
    assert as_ans.post(url("carry", judged, row.pk), data).status_code == 422


def test_filters_choose_and_nonsense_chooses_nothing(
    judged: Evaluation, as_ans: Client, ans: User
) -> None:
    carry(promise_of(judged, 1), by=ans)
    texts = {number: promise_of(judged, number).measure.text for number in (1, 2, 3)}
    for query, shown in (
        ("", {2}),
        ("?welke=gerealiseerd", {1}),
        ("?welke=mee", {1}),
        ("?welke=weg", set()),
        ("?welke=alle&oordeel=not_delivered", {2}),
        ("?welke=alle&oordeel=partly", set()),
        ("?welke=onzin&hoofdstuk=x&oordeel=y&page=zz", {2}),
        ("?hoofdstuk=999999", set()),
    ):
        page = as_ans.get(f"{url('carry_over', judged)}{query}").content.decode()
        assert {number for number, text in texts.items() if text in page} == shown, query


def test_all_of_a_list_touches_only_what_was_undecided(
    judged: Evaluation, as_ans: Client, bram: User
) -> None:
    judged.promises.update(verdict=Verdict.PARTLY)
    carry(promise_of(judged, 1), by=bram)
    data = {"carry_over": "drop", "reason": "Achterhaald", "count": 2}
    answer = as_ans.post(f"{url('carry_many', judged)}?welke=alle", data)
    assert answer.status_code == 302
    states = judged.promises.order_by("measure__number").values_list("carry_over", flat=True)
    assert list(states) == ["carry", "drop", "drop"]


def test_all_of_a_list_that_changed_meanwhile_is_looked_at_first(
    judged: Evaluation, as_ans: Client
) -> None:
    data = {"carry_over": "carry", "count": 7}
    answer = as_ans.post(url("carry_many", judged), data)
    assert answer.status_code == 409
    assert answer.context["many"]["count"].value() == "1"
    assert promise_of(judged, 2).carry_over == CarryOver.OPEN
    for wrong in ({}, {"carry_over": "drop", "count": 1}, {"carry_over": "open", "count": 1}):
        assert as_ans.post(url("carry_many", judged), wrong).status_code == 422


def test_the_draft_is_made_and_opened_or_said_to_be_empty(
    judged: Evaluation, as_ans: Client, ans: User
) -> None:
    answer = as_ans.post(url("carry_draft", judged))
    assert answer["Location"] == url("carry_over", judged)
    carry(promise_of(judged, 2), by=ans)
    answer = as_ans.post(url("carry_draft", judged))
    draft = draft_of(judged)
    assert draft is not None
    assert answer["Location"] == reverse(
        "programmes:programme", args=[judged.branch.slug, draft.pk]
    )
    assert as_ans.post(url("carry_draft", judged))["Location"] == answer["Location"]


def test_the_list_asks_as_often_for_thirty_as_for_three(judged: Evaluation, as_ans: Client) -> None:
    def asked(evaluation: Evaluation) -> int:
        with CaptureQueriesContext(connection) as found:
            assert as_ans.get(url("carry_over", evaluation)).status_code == 200
        return len(found)

    larger = evaluation_of(
        programme_with(
            {f"Hoofdstuk {n}": [f"{n}.{m}" for m in range(10)] for n in range(3)},
            branch=judged.branch,
        )
    )
    for one in (judged, larger):
        one.promises.update(verdict=Verdict.PARTLY)
    assert asked(judged) == asked(larger)


def _english(client: Client, path: str) -> str:
    return client.get(path, headers={"accept-language": "en"}).content.decode()
