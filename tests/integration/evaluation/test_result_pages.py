"""The overview at first glance, what is next for whom, the weights, and the public page."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry, User
from core.concurrency import Stale
from evaluation.enums import CarryOver, EvidenceKind, Verdict
from evaluation.models import Assignment, Evaluation, Evidence, Promise
from evaluation.services.carrying import decide
from evaluation.services.publishing import publish, withdraw
from evaluation.services.weighing import weigh
from process.models import Milestone
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.factories import BranchFactory, MembershipFactory
from tests.integration.evaluation.judging import promise_of
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


def address(name: str, evaluation: Evaluation, pk: int | None = None) -> str:
    return reverse(f"evaluation:{name}", args=[evaluation.branch.slug, pk or evaluation.pk])


def overview(client: Client, evaluation: Evaluation) -> Any:
    path = reverse("evaluation:evaluation", args=[evaluation.branch.slug])
    return client.get(path, headers=ENGLISH)


def labels(answer: Any) -> list[str]:
    return [action.label for action in answer.context["actions"]]


def test_before_anything_is_judged_there_is_no_score(
    evaluation: Evaluation, as_board: Client
) -> None:
    answer = overview(as_board, evaluation)
    page = answer.content.decode()
    assert "3 promises are ready" in page
    assert "of 3 promises delivered" not in page
    assert labels(answer) == ["Deal the promises out"]


def test_the_number_comes_with_its_base_and_unknown_apart(
    evaluation: Evaluation, as_board: Client
) -> None:
    Promise.objects.filter(measure__number=1).update(verdict=Verdict.DELIVERED)
    page = " ".join(overview(as_board, evaluation).content.decode().split())
    assert '<span class="result-number">1</span> of 3 promises delivered' in page
    assert "2 have not been assessed yet" in page
    assert "Of the 1 that could be judged: 100% delivered." in page


def test_every_page_counts_the_decisions_from_the_same_base(
    evaluation: Evaluation, as_board: Client, ans: User
) -> None:
    for number, verdict in ((1, Verdict.DELIVERED), (2, Verdict.NOT_DELIVERED)):
        promise = promise_of(evaluation, number)
        Promise.objects.filter(pk=promise.pk).update(verdict=verdict)
    promise = promise_of(evaluation, 2)
    decide(promise=promise, carry_over=CarryOver.CARRY, by=ans, today=FIRST_DAY)
    milestone = Milestone.objects.get(timeline=evaluation.timeline, key="carry_over_decided")
    pages = [
        reverse("evaluation:evaluation", args=[evaluation.branch.slug]),
        address("carry_over", evaluation),
        address("report", evaluation),
        reverse("process:milestone", args=[evaluation.branch.slug, milestone.pk]),
    ]
    for path in pages:
        text = " ".join(as_board.get(path, headers=ENGLISH).content.decode().split())
        assert "Decided about 1 of 2 promises (those delivered left aside)" in text, path


def test_a_branch_that_looks_back_at_two_programmes_is_told_that_steps_count_both(
    evaluation: Evaluation, as_board: Client
) -> None:
    told = "these three steps count all of them together"
    assert told not in overview(as_board, evaluation).content.decode()
    second = programme_with({"Water": ["Een brug."]}, branch=evaluation.branch)
    Evaluation.objects.filter(pk=evaluation_of(second).pk).update(timeline=evaluation.timeline)
    assert told in overview(as_board, evaluation).content.decode()


def test_everybody_is_told_what_is_theirs_to_do_next(
    evaluation: Evaluation, as_board: Client, as_ans: Client, ans: User
) -> None:
    Promise.objects.filter(measure__number=1).update(verdict=Verdict.NOT_DELIVERED)
    Promise.objects.filter(measure__number=2).update(disputed=True)
    Assignment.objects.create(promise=promise_of(evaluation, 3), person=ans, assigned_on=FIRST_DAY)
    managing = ["Settle 1 disagreement", "Decide whether 1 promise goes on"]
    report = "Open the report for the members"
    assert labels(overview(as_board, evaluation)) == [*managing, report]
    assert labels(overview(as_ans, evaluation)) == [
        "Judge the 1 promise that is yours",
        *managing,
        report,
    ]


def test_a_member_reads_and_is_asked_nothing(
    evaluation: Evaluation, client: Client, sign_in: Any
) -> None:
    member = MembershipFactory(branch=evaluation.branch, role=Role.MEMBER).user
    Promise.objects.update(verdict=Verdict.NOT_DELIVERED)
    answer = overview(sign_in(client, member), evaluation)
    assert labels(answer) == ["Open the report for the members"]
    assert "Tell it by weight too" not in answer.content.decode()


def test_the_thread_of_the_evaluation_has_its_three_milestones(
    evaluation: Evaluation, as_board: Client
) -> None:
    steps = overview(as_board, evaluation).context["steps"]
    assert len(steps) == 3
    evaluation.timeline = None
    evaluation.save()
    assert overview(as_board, evaluation).context["steps"] == []


def test_a_branch_without_evaluation_is_told_how_to_begin(
    evaluation: Evaluation, client: Client, sign_in: Any
) -> None:
    del evaluation
    branch = BranchFactory()
    path = reverse("evaluation:evaluation", args=[branch.slug])
    board = sign_in(client, MembershipFactory(branch=branch, role=Role.BOARD).user)
    assert reverse("programmes:import_new", args=[branch.slug]) in board.get(path).content.decode()
    programme_with({"Wonen": ["Huizen"]}, branch=branch, title="Toen")
    page = board.get(path).content.decode()
    assert reverse("evaluation:start", args=[branch.slug]) in page
    assert "Toen" in page
    member = sign_in(Client(), MembershipFactory(branch=branch, role=Role.MEMBER).user)
    assert reverse("evaluation:start", args=[branch.slug]) not in member.get(path).content.decode()


def test_an_earlier_evaluation_stays_within_reach(evaluation: Evaluation, as_board: Client) -> None:
    later = evaluation_of(
        programme_with({"Zorg": ["Huisarts"]}, branch=evaluation.branch, title="Later"),
        started_on=FIRST_DAY.replace(year=2022),
    )
    page = overview(as_board, evaluation).content.decode()
    assert later.programme.title in page
    assert address("result", evaluation) in page
    assert as_board.get(address("result", evaluation)).status_code == 200


def test_the_overview_asks_as_often_for_thirty_as_for_three(
    evaluation: Evaluation, as_ans: Client
) -> None:
    larger = evaluation_of(
        programme_with(
            {f"Hoofdstuk {n}": [f"{n}.{m}" for m in range(10)] for n in range(3)},
            branch=evaluation.branch,
        ),
        timeline=evaluation.timeline,
    )
    Promise.objects.update(verdict=Verdict.PARTLY)
    counts = []
    for one in (evaluation, larger):
        with CaptureQueriesContext(connection) as found:
            assert as_ans.get(address("result", one)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


# Weights ---------------------------------------------------------------------------------------


def test_weights_are_switched_on_and_off_and_kept(evaluation: Evaluation, as_board: Client) -> None:
    Promise.objects.filter(measure__number=1).update(verdict=Verdict.DELIVERED, weight=3)
    as_board.post(address("weigh", evaluation), {"weighted": "on", "revision": 0})
    page = overview(as_board, evaluation).content.decode()
    assert "3 of 3 points delivered, 100%" in page
    as_board.post(address("weigh", evaluation), {"revision": 1})
    assert "points delivered" not in overview(as_board, evaluation).content.decode()
    assert promise_of(evaluation, 1).weight == 3
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert [verb for verb in verbs if "weigh" in verb] in (
        ["evaluation.weighed", "evaluation.unweighed"],
        ["evaluation.unweighed", "evaluation.weighed"],
    )


def test_a_stale_switch_changes_nothing(
    evaluation: Evaluation, as_board: Client, board: User
) -> None:
    weigh(evaluation=evaluation, weighted=True, by=board, today=FIRST_DAY, revision=0)
    as_board.post(address("weigh", evaluation), {"revision": 0})
    evaluation.refresh_from_db()
    assert evaluation.weighted
    weigh(evaluation=evaluation, weighted=True, by=board, today=FIRST_DAY, revision=1)
    assert AuditEntry.objects.filter(verb="evaluation.weighed").count() == 1


# The public page -------------------------------------------------------------------------------


@pytest.fixture
def secretive(evaluation: Evaluation, ans: User) -> Evaluation:
    """A promise with everything that is for the branch alone, marked."""
    row = promise_of(evaluation, 1)
    Promise.objects.filter(pk=row.pk).update(
        verdict=Verdict.NOT_DELIVERED,
        explanation="Uitleg voor bewoners",
        portfolio="binnenskamers portefeuille",
        settled_because="binnenskamers beslecht",
        settled_by=ans,
        carry_over=CarryOver.DROP,
        carry_reason="binnenskamers reden",
        carried_by=ans,
    )
    row.assessments.create(
        assessor=ans, verdict="partly", note="binnenskamers notitie", assessed_on=FIRST_DAY
    )
    row.comments.create(author=ans, text="binnenskamers reactie", written_on=FIRST_DAY)
    shown = {"kind": EvidenceKind.LINK, "added_by": ans, "added_on": FIRST_DAY}
    row.evidence.create(
        title="Raadsbesluit",
        url="https://voorbeeld.nl/besluit",
        note="binnenskamers bij de link",
        **shown,
    )
    row.evidence.create(title="binnenskamers bewijs", public=False, **shown)
    Promise.objects.filter(measure__number=2).update(disputed=True)
    return evaluation


def switch_on(evaluation: Evaluation, board: User, text: str = "") -> None:
    publish(
        evaluation=evaluation,
        text=text,
        by=board,
        today=FIRST_DAY,
        revision=evaluation.revision,
    )


def test_anybody_reads_the_page_once_it_is_on_and_only_then(
    secretive: Evaluation, board: User
) -> None:
    page = address("public", secretive)
    assert Client().get(page).status_code == 404
    switch_on(secretive, board, "Dit <b>deden</b> we.\n\nEn dit niet.")
    answer = Client().get(page)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Dit &lt;b&gt;deden&lt;/b&gt; we." in text
    for word in ("Uitleg voor bewoners", "Raadsbesluit", "https://voorbeeld.nl/besluit"):
        assert word in text
    withdraw(evaluation=secretive, by=board, today=FIRST_DAY, revision=secretive.revision)
    assert Client().get(page).status_code == 404
    secretive.refresh_from_db()
    assert secretive.public_text.startswith("Dit <b>")


def test_nothing_of_the_branch_alone_and_no_name_is_on_it(
    secretive: Evaluation, board: User, ans: User, bram: User
) -> None:
    switch_on(secretive, board)
    text = Client().get(address("public", secretive), headers=ENGLISH).content.decode()
    assert "binnenskamers" not in text
    assert not [person for person in (ans, bram, board) if person.name in text]
    assert "differ" not in text, "a disagreement is not yet assessed, and no more than that"


def test_a_shared_cache_may_keep_it_and_nothing_of_the_reader_is_in_it(
    secretive: Evaluation, board: User, as_board: Client
) -> None:
    switch_on(secretive, board)
    page = address("public", secretive)
    visitor, signed_in = Client().get(page), as_board.get(page)
    for answer in (visitor, signed_in):
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies
        assert b"csrf" not in answer.content.lower()
        assert "noindex" not in str(answer.headers) + answer.content.decode()
    assert visitor.content == signed_in.content


def test_it_is_found_under_its_own_branch_only_and_not_of_a_closed_one(
    secretive: Evaluation, board: User
) -> None:
    switch_on(secretive, board)
    other = BranchFactory()
    assert (
        Client().get(reverse("evaluation:public", args=[other.slug, secretive.pk])).status_code
        == 404
    )
    secretive.branch.closed_on = FIRST_DAY
    secretive.branch.save()
    assert Client().get(address("public", secretive)).status_code == 404


def _file(promise: Promise, **fields: Any) -> Evidence:
    row: Evidence = promise.evidence.create(
        kind=EvidenceKind.FILE,
        title="Besluit",
        file=ContentFile(b"inhoud", name="f.txt"),
        file_name="besluit.txt",
        added_on=FIRST_DAY,
        **fields,
    )
    return row


def test_a_file_is_given_to_anybody_while_it_and_its_page_are_public(
    secretive: Evaluation, board: User
) -> None:
    shown = _file(promise_of(secretive, 1))
    hidden = _file(promise_of(secretive, 1), public=False)
    link = secretive.promises.get(measure__number=1).evidence.filter(kind="link").first()
    assert link is not None
    assert Client().get(address("public_evidence", secretive, shown.pk)).status_code == 404
    switch_on(secretive, board)
    answer = Client().get(address("public_evidence", secretive, shown.pk))
    assert answer.content == b"inhoud"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (
        address("public_evidence", secretive, shown.pk)
        in Client().get(address("public", secretive)).content.decode()
    )
    for row in (hidden, link):
        assert Client().get(address("public_evidence", secretive, row.pk)).status_code == 404


def test_the_board_sees_it_first_and_switches_it(secretive: Evaluation, as_board: Client) -> None:
    preview = as_board.get(address("public_preview", secretive)).content.decode()
    assert "Uitleg voor bewoners" in preview
    assert "binnenskamers" not in preview
    switch = address("publish", secretive)
    as_board.post(switch, {"public_text": "Welkom", "revision": 0})
    assert address("public", secretive) in as_board.get(switch).content.decode()
    assert Client().get(address("public", secretive)).status_code == 200
    as_board.post(switch, {"public_text": "Welkom allemaal", "revision": 1})
    assert "Welkom allemaal" in Client().get(address("public", secretive)).content.decode()
    as_board.post(address("unpublish", secretive), {"revision": 0})
    assert Client().get(address("public", secretive)).status_code == 200, "it was stale"
    as_board.post(address("unpublish", secretive), {"revision": 2})
    assert Client().get(address("public", secretive)).status_code == 404
    verbs = AuditEntry.objects.filter(
        verb__startswith="evaluation.", verb__contains="publi"
    ).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "evaluation.published",
        "evaluation.public_text_changed",
        "evaluation.unpublished",
    ]


def test_the_second_text_overwrites_nothing(
    secretive: Evaluation, as_board: Client, board: User
) -> None:
    switch_on(secretive, board, "Van Greet")
    answer = as_board.post(address("publish", secretive), {"public_text": "Van mij", "revision": 0})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Greet" in page
    assert "Van mij" in page
    with pytest.raises(Stale):
        withdraw(evaluation=secretive, by=board, today=FIRST_DAY, revision=0)
    too_long = {"public_text": "x" * 5001, "revision": 1}
    assert as_board.post(address("publish", secretive), too_long).status_code == 422
