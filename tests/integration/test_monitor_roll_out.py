"""One act for all branches: a start, a moved polling day, a changed template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import AuditEntry, Branch, NationalOfficer
from jobs.models import Job
from jobs.services import MAX_ATTEMPTS, run
from process.enums import RollOutState, TargetOrigin
from process.errors import Refused
from process.models import Election, Milestone, RollOut, Timeline
from process.services import pulse, roll_out
from process.services.templates import publish_draft, start_draft
from tests.factories import BranchFactory, MunicipalityFactory, NationalOfficerFactory
from tests.process_factories import ElectionFactory, TimelineFactory, template_version

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 4)
Capture = Callable[..., Any]


@pytest.fixture
def officer() -> NationalOfficer:
    made: NationalOfficer = NationalOfficerFactory()
    return made


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], officer: NationalOfficer) -> Client:
    return sign_in(client, officer.user)


@pytest.fixture
def election() -> Election:
    made: Election = ElectionFactory()
    return made


@pytest.fixture
def branches() -> list[Branch]:
    template_version()
    return [
        BranchFactory(name=name, municipalities=[MunicipalityFactory(code=code, name=name)])
        for code, name in (("GM0363", "Amsterdam"), ("GM0518", "Den Haag"), ("GM0599", "Rotterdam"))
    ]


@pytest.fixture
def merger() -> Election:
    """The election of 24 November 2021 for the new municipality Land van Cuijk, rolled out."""
    made = Election.objects.create(
        slug="herindeling2022",
        name="Herindelingsverkiezing 24-11-2021",
        kind="municipal_merger",
        polling_day=date(2021, 11, 24),
        merger_on=date(2022, 1, 1),
    )
    for name in ("Boxmeer", "Cuijk", "Grave"):
        TimelineFactory(branch=BranchFactory(name=name), election=made)
    return made


def test_a_start_is_looked_at_asked_for_and_done(
    office: Client,
    election: Election,
    branches: list[Branch],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    url = reverse("monitor:roll_out_preview", args=[election.slug])
    preview = office.get(url)
    assert preview.context["preview"].new == len(branches)
    assert not Timeline.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(url)
    row = RollOut.objects.get()
    assert response["Location"] == reverse("monitor:roll_out", args=[row.pk])
    assert row.state == RollOutState.DONE
    assert row.result == {"created": 3, "kept": 0}
    done = office.get(response["Location"], headers={"accept-language": "en"}).content.decode()
    assert "3 branches have a timeline now" in done
    assert "http-equiv" not in done
    assert "hx-trigger" not in done
    again = office.get(url)
    assert again.context["preview"].new == 0
    assert again.context["preview"].existing == 3


def test_a_roll_out_done_twice_changes_nothing_the_second_time(
    election: Election, branches: list[Branch], officer: NationalOfficer
) -> None:
    row = roll_out.request_roll_out(
        by=officer.user,
        today=TODAY,
        now=timezone.now(),
        election=election,
        template=template_version(),
        kind=RollOut.Kind.START,
    )
    first = roll_out.carry_out(roll_out=row, today=TODAY)
    stamp = list(Milestone.objects.order_by("pk").values_list("pk", "revision"))
    assert roll_out.carry_out(roll_out=RollOut.objects.get(), today=TODAY) == first
    assert list(Milestone.objects.order_by("pk").values_list("pk", "revision")) == stamp
    assert Timeline.objects.count() == len(branches)
    # A second one finds its work done.
    second = roll_out.request_roll_out(
        by=officer.user,
        today=TODAY,
        now=timezone.now(),
        election=election,
        template=template_version(),
        kind=RollOut.Kind.START,
    )
    assert roll_out.carry_out(roll_out=second, today=TODAY) == {"created": 0, "kept": 3}


def fail_for_good(monkeypatch: pytest.MonkeyPatch, row: RollOut) -> Job:
    """Interrupt a roll-out halfway until its job is parked."""

    def interrupted(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr("process.services.roll_out.audit.record_many", interrupted)
        moment = timezone.now()
        job = Job.objects.get(key=f"process.roll_out:{row.pk}")
        for _ in range(MAX_ATTEMPTS):
            assert not run(job.pk, now=moment)
            moment += timedelta(hours=1)
    job.refresh_from_db()
    assert job.state == Job.State.PARKED
    return job


def test_interrupted_nothing_is_half_done_and_it_can_be_tried_again(
    *,
    office: Client,
    officer: NationalOfficer,
    election: Election,
    branches: list[Branch],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    row = roll_out.request_roll_out(
        by=officer.user,
        today=TODAY,
        now=timezone.now(),
        election=election,
        template=template_version(),
        kind=RollOut.Kind.START,
    )
    page = reverse("monitor:roll_out", args=[row.pk])
    waiting = office.get(page).content.decode()
    assert '<meta http-equiv="refresh" content="3">' in waiting
    assert 'hx-trigger="every 2s"' in waiting
    fail_for_good(monkeypatch, row)
    assert not Timeline.objects.exists()
    assert not Milestone.objects.exists()
    failed = office.get(page)
    assert failed.context["failed"]
    retry = reverse("monitor:roll_out_retry", args=[row.pk])
    assert retry in failed.content.decode()
    assert "power cut" not in failed.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(retry)["Location"] == page
    row.refresh_from_db()
    assert row.state == RollOutState.DONE
    assert Timeline.objects.count() == len(branches)
    assert AuditEntry.objects.filter(verb="roll_out.retried").count() == 1
    # Once more is refused in a sentence, and changes nothing.
    assert office.post(retry).status_code == 302
    assert AuditEntry.objects.filter(verb="roll_out.retried").count() == 1


def test_a_roll_out_that_waits_cannot_be_retried_or_doubled(
    office: Client, officer: NationalOfficer, election: Election, branches: list[Branch]
) -> None:
    row = roll_out.request_roll_out(
        by=officer.user,
        today=TODAY,
        now=timezone.now(),
        election=election,
        template=template_version(),
        kind=RollOut.Kind.START,
    )
    with pytest.raises(Refused):
        roll_out.retry(by=officer.user, today=TODAY, now=timezone.now(), roll_out=row)
    response = office.post(reverse("monitor:roll_out_preview", args=[election.slug]), follow=True)
    assert RollOut.objects.count() == 1
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert len(branches) == 3


def test_a_refused_roll_out_tells_its_reason(
    office: Client, officer: NationalOfficer, merger: Election
) -> None:
    row = roll_out.request_roll_out(
        by=officer.user,
        today=TODAY,
        now=timezone.now(),
        election=merger,
        template=template_version(),
        kind=RollOut.Kind.POLLING_DAY,
        new_polling_day=date(2021, 12, 1),
    )
    # Meanwhile a branch agrees its top ten on the new day.
    Timeline.objects.filter(election=merger, branch__name="Grave").update(
        top_ten_agreed_on=date(2021, 12, 1), polling_day=date(2021, 12, 8)
    )
    job = Job.objects.get(key=f"process.roll_out:{row.pk}")
    run(job.pk, now=timezone.now())
    row.refresh_from_db()
    assert row.state == RollOutState.FAILED
    response = office.get(reverse("monitor:roll_out", args=[row.pk]))
    assert response.context["refused"] == row.result["reason"]
    assert not response.context["may_retry"]
    merger.refresh_from_db()
    assert merger.polling_day == date(2021, 11, 24)


def test_moving_polling_day_keeps_what_was_set_by_hand_and_what_is_done(
    office: Client, merger: Election, django_capture_on_commit_callbacks: Capture
) -> None:
    hand, done, plain = Timeline.objects.filter(election=merger).order_by("branch__name")
    own_day = date(2021, 10, 20)
    hand.milestones.filter(key="candidates_endorse").update(
        target=own_day, target_origin=TargetOrigin.BRANCH
    )
    done.milestones.filter(key="candidates_endorse").update(status="done", done_on=own_day)
    for row in (hand, done):
        pulse.refresh(timeline=row, today=TODAY, activity=False)
    before = plain.milestones.get(key="candidates_endorse").target
    url = reverse("monitor:polling_day", args=[merger.slug])
    assert office.get(url).status_code == 200

    preview = office.get(url, {"dag": "2021-12-01"})
    lines = {line.key: line for line in preview.context["lines"]}
    endorse = lines["candidates_endorse"]
    assert (endorse.by_hand, endorse.done, endorse.moves) == (1, 1, 1)
    assert endorse.new == before + timedelta(weeks=1)
    assert Timeline.objects.filter(polling_day=date(2021, 11, 24)).count() == 3

    with django_capture_on_commit_callbacks(execute=True):
        office.post(url, {"dag": "2021-12-01"})
    assert RollOut.objects.get().state == RollOutState.DONE
    merger.refresh_from_db()
    assert merger.polling_day == date(2021, 12, 1)
    assert set(merger.timelines.values_list("polling_day", flat=True)) == {date(2021, 12, 1)}
    assert hand.milestones.get(key="candidates_endorse").target == own_day
    finished = done.milestones.get(key="candidates_endorse")
    assert (finished.target, finished.done_on) == (before, own_day)
    assert plain.milestones.get(key="candidates_endorse").target == before + timedelta(weeks=1)
    vote = plain.milestones.get(key="polling_day")
    assert vote.target == date(2021, 12, 1)
    # The packed rows of the national page follow.
    hand.refresh_from_db()
    assert f"/{(own_day - date(2021, 12, 1)).days}/" in hand.packed


@pytest.mark.parametrize(
    "day", ["2021-11-24", "2022-03-01", "morgen", "", "0001-01-01", "9999-12-31", "<b>"]
)
def test_an_impossible_polling_day_is_refused_in_a_sentence(
    office: Client, merger: Election, day: str
) -> None:
    url = reverse("monitor:polling_day", args=[merger.slug])
    response = office.get(url, {"dag": day})
    assert "lines" not in response.context
    assert response.context["form"].errors
    office.post(url, {"dag": day})
    assert not RollOut.objects.exists()


def test_a_preview_says_when_nothing_moves(office: Client, merger: Election) -> None:
    nothing = "Er schuift niets"
    page = office.get(reverse("monitor:template_roll_out", args=[merger.slug]))
    assert page.context["moving"] == 0
    assert nothing in page.content.decode()
    later = office.get(reverse("monitor:polling_day", args=[merger.slug]), {"dag": "2021-12-01"})
    assert later.context["moving"] > 0
    assert nothing not in later.content.decode()


def test_a_polling_day_that_is_no_wednesday_is_asked_about(
    office: Client, merger: Election
) -> None:
    url = reverse("monitor:polling_day", args=[merger.slug])
    asked = "woensdag, en"
    assert asked not in office.get(url, {"dag": "2021-12-01"}).content.decode()
    assert asked in office.get(url, {"dag": "2021-11-25"}).content.decode()


def test_a_new_template_reaches_the_timelines_by_a_roll_out_only(
    office: Client,
    officer: NationalOfficer,
    merger: Election,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    draft = start_draft(by=officer.user, today=TODAY)
    changed = draft.milestones.get(key="candidates_endorse")
    changed.start_week, changed.target_week, changed.end_week = -9, -6, -3
    changed.save()
    publish_draft(version=draft, by=officer.user, today=TODAY, note="later", revision=0)
    before = Milestone.objects.filter(key="candidates_endorse").first()
    assert before is not None
    url = reverse("monitor:template_roll_out", args=[merger.slug])
    preview = office.get(url)
    lines = {line.key: line for line in preview.context["lines"]}
    assert lines["candidates_endorse"].moves == 3
    assert lines["candidates_endorse"].old != lines["candidates_endorse"].new
    assert lines["name_registration"].moves == 0
    assert set(merger.timelines.values_list("template__number", flat=True)) == {1}
    with django_capture_on_commit_callbacks(execute=True):
        office.post(url)
    assert set(merger.timelines.values_list("template__number", flat=True)) == {2}
    after = Milestone.objects.get(pk=before.pk)
    assert (after.window_end - before.window_end).days == 35
    page = office.get(reverse("monitor:roll_out", args=[RollOut.objects.get().pk]))
    assert page.context["result"]


def test_without_a_template_nothing_can_be_rolled_out(office: Client, election: Election) -> None:
    for name in ("roll_out_preview", "polling_day", "template_roll_out"):
        assert office.get(reverse(f"monitor:{name}", args=[election.slug])).status_code == 409


def test_unknown_things_are_not_found(office: Client) -> None:
    for name in ("election", "polling_day", "roll_out_preview", "template_roll_out"):
        assert office.get(reverse(f"monitor:{name}", args=["gr1900"])).status_code == 404
    assert office.get(reverse("monitor:roll_out", args=[12345])).status_code == 404
    assert office.post(reverse("monitor:roll_out_retry", args=[12345])).status_code == 404
