"""Points of a session: made of sub-themes and post-its, with every source kept (R83 … R90, R97)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry, User
from consultation.enums import Status
from consultation.models import Cluster, Contribution, Point, PostIt, Session
from consultation.queries.gathering_report import report_of
from consultation.services import points
from consultation.services.points import PointPlan
from consultation.services.statuses import set_status
from core.concurrency import Stale
from core.refusal import Refused
from programmes.models import Chapter, Example
from tests.clock import FIRST_DAY
from tests.consultation_factories import (
    consultation_of,
    contribution_of,
    gathering_of,
    session_of,
)
from tests.factories import MembershipFactory, UserFactory
from tests.programme_factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    user: User = UserFactory.create()
    return user


@pytest.fixture
def session() -> Session:
    return session_of(gathering_of(consultation_of()), question="Wat eerst?")


def note(session: Session, text: str, cluster: Cluster | None = None) -> PostIt:
    row = contribution_of(session.gathering.consultation, text, channel=session.gathering.channel)
    return PostIt.objects.create(session=session, contribution=row, cluster=cluster)


def cluster_of(session: Session, title: str = "Bomen", *notes: str, **fields: Any) -> Cluster:
    cluster = Cluster.objects.create(
        session=session, title=title, position=session.clusters.count(), **fields
    )
    for text in notes:
        note(session, text, cluster)
    return cluster


def add(session: Session, text: str, by: User, **more: Any) -> Point:
    notes = more.pop("post_its", ())
    submission = more.pop("submission", None)
    return points.add(
        session=session,
        plan=PointPlan(text=text, **more),
        post_its=notes,
        submission=submission,
        by=by,
        today=FIRST_DAY,
    )


def came_in() -> int:
    return Contribution.objects.came_in().count()


def test_a_subtheme_becomes_a_point_that_counts_its_notes_and_not_itself(
    session: Session, by: User
) -> None:
    cluster = cluster_of(session, "Bomen", "meer bomen", "schaduw", discussed=False)
    assert came_in() == 2
    point = points.make_of_cluster(cluster=cluster, by=by, today=FIRST_DAY)
    point.contribution.refresh_from_db()
    assert point.contribution.sources == 2
    assert point.contribution.text == "Bomen"
    assert point.cluster == cluster
    assert not point.discussed
    assert came_in() == 2
    assert list(Contribution.objects.listed()) == [point.contribution]
    # What people wrote stays as it was.
    assert sorted(one.text for one in points.gathered(point)) == ["meer bomen", "schaduw"]


def test_tapped_twice_it_is_one_point_and_later_notes_join_it(session: Session, by: User) -> None:
    cluster = cluster_of(session, "Bomen", "meer bomen")
    first = points.make_of_cluster(cluster=cluster, by=by, today=FIRST_DAY)
    note(session, "ook struiken", cluster)
    assert points.make_of_cluster(cluster=cluster, by=by, today=FIRST_DAY) == first
    assert Point.objects.count() == 1
    assert len(points.gathered(first)) == 2


def test_a_point_without_notes_is_something_brought_in(session: Session, by: User) -> None:
    point = add(session, "Een bankje.", by, kind="proposal", support="one", addressee="province")
    assert point.contribution.counts
    assert came_in() == 1
    assert point.contribution.received_on == session.gathering.meeting.day
    assert AuditEntry.objects.filter(verb="point.added", actor=by).exists()


def test_sent_twice_it_is_one_point(session: Session, by: User) -> None:
    number = uuid.uuid4()
    first = add(session, "Een bankje.", by, submission=number)
    assert add(session, "Een bankje.", by, submission=number) == first
    assert Point.objects.count() == 1


def test_changing_lets_notes_come_and_go_with_their_own_words(session: Session, by: User) -> None:
    one, other = note(session, "eerste"), note(session, "tweede")
    point = add(session, "Samen.", by, post_its=[one])
    changed = points.change(
        point=point,
        plan=PointPlan(text="Samen beter.", support="divided"),
        post_its=[other],
        revision=Contribution.objects.get(pk=point.contribution_id).revision,
        by=by,
        today=FIRST_DAY,
    )
    assert [row.text for row in points.gathered(changed)] == ["tweede"]
    one.contribution.refresh_from_db()
    assert one.contribution.merged_into is None
    assert changed.contribution.sources == 1
    assert " beter " in changed.contribution.stems
    # Without notes it is something brought in by itself.
    points.change(
        point=changed,
        plan=PointPlan(text="Samen beter."),
        post_its=[],
        revision=Contribution.objects.get(pk=point.contribution_id).revision,
        by=by,
        today=FIRST_DAY,
    )
    row = Contribution.objects.get(pk=point.contribution_id)
    assert (row.counts, row.sources) == (True, 1)
    assert came_in() == 3


def test_who_saves_second_is_told_and_nothing_is_overwritten(session: Session, by: User) -> None:
    point = add(session, "Eén.", by)
    opened = point.contribution.revision
    plan = PointPlan(text="Twee.")
    points.change(point=point, plan=plan, post_its=[], revision=opened, by=by, today=FIRST_DAY)
    with pytest.raises(Stale):
        points.change(
            point=point,
            plan=PointPlan(text="Drie."),
            post_its=[],
            revision=opened,
            by=by,
            today=FIRST_DAY,
        )
    assert Contribution.objects.get(pk=point.contribution_id).text == "Twee."


def test_nothing_of_another_session_or_branch_is_taken(session: Session, by: User) -> None:
    elsewhere = session_of(gathering_of(consultation_of()))
    foreign = note(elsewhere, "van een ander")
    point = add(session, "Ons punt.", by, post_its=[foreign])
    assert points.gathered(point) == []
    assert point.contribution.counts
    with pytest.raises(Refused):
        add(session, "Ons punt.", by, cluster=cluster_of(elsewhere))
    programme = ProgrammeFactory.create()
    chapter = Chapter.objects.create(programme=programme, position=0, title="Wonen")
    example = Example.objects.create(chapter=chapter, position=0, title="Bieb", municipality="Ede")
    with pytest.raises(Refused):
        add(session, "Ons punt.", by, example=example)
    programme.branch = session.gathering.consultation.branch
    programme.save()
    assert add(session, "Ons punt.", by, example=example).example == example


def test_a_note_that_stands_behind_one_point_is_not_taken_by_another(
    session: Session, by: User
) -> None:
    one = note(session, "eerste")
    first = add(session, "Eén.", by, post_its=[one])
    second = add(session, "Twee.", by, post_its=[one])
    assert len(points.gathered(first)) == 1
    assert points.gathered(second) == []


def test_points_change_places_within_their_subtheme(session: Session, by: User) -> None:
    cluster = cluster_of(session)
    names = ["a", "los", "b", "c"]
    rows = {
        name: add(session, name, by, cluster=None if name == "los" else cluster) for name in names
    }
    points.move(point=rows["c"], up=True, by=by, today=FIRST_DAY)
    points.move(point=rows["a"], up=True, by=by, today=FIRST_DAY)
    points.move(point=rows["c"], up=False, by=by, today=FIRST_DAY)
    points.move(point=rows["c"], up=True, by=by, today=FIRST_DAY)
    part = report_of(session.gathering).sessions[0]
    assert [line.text for line in part.subthemes[0].points] == ["a", "c", "b"]
    assert [line.text for line in part.points] == ["los"]


def test_a_point_that_goes_leaves_its_notes(session: Session, by: User) -> None:
    cluster = cluster_of(session, "Bomen", "meer bomen")
    point = points.make_of_cluster(cluster=cluster, by=by, today=FIRST_DAY)
    points.remove(point=point, by=by, today=FIRST_DAY)
    assert not Point.objects.exists()
    assert [row.text for row in Contribution.objects.listed()] == ["meer bomen"]


def test_a_point_that_the_desk_worked_on_stays(session: Session, by: User) -> None:
    point = add(session, "Een bankje.", by)
    set_status(contribution=point.contribution, status=Status.ADOPTED, by=by, today=FIRST_DAY)
    with pytest.raises(Refused):
        points.remove(point=point, by=by, today=FIRST_DAY)
    assert Point.objects.exists()


# Pages ------------------------------------------------------------------------------------------


@pytest.fixture
def client_of(session: Session, client: Client, by: User) -> Client:
    MembershipFactory.create(
        user=by, branch=session.gathering.consultation.branch, role=Role.COMMITTEE
    )
    client.force_login(by)
    return client


def address(name: str, session: Session, pk: int | None = None) -> str:
    slug = session.gathering.consultation.branch.slug
    return reverse(f"consultation:{name}", args=[slug, pk or session.pk])


def test_the_reporter_makes_a_point_on_a_phone(session: Session, client_of: Client) -> None:
    cluster = cluster_of(session, "Bomen", "meer bomen")
    made = client_of.post(address("point_of_cluster", session, cluster.pk))
    point = Point.objects.get()
    assert made.url == address("point", session, point.pk)  # type: ignore[attr-defined]
    page = client_of.get(made.url).content.decode()  # type: ignore[attr-defined]
    assert "meer bomen" in page
    behind = PostIt.objects.get()
    answer = client_of.post(
        made.url,  # type: ignore[attr-defined]
        {
            "text": "Plant bomen waar het heet is.",
            "cluster": cluster.pk,
            "kind": "proposal",
            "support": "most",
            "support_note": "twee mensen vrezen wortels",
            "addressee": "municipality",
            "discussed": "on",
            "notes": [behind.pk],
            "revision": Contribution.objects.get(point=point).revision,
        },
    )
    assert answer.status_code == 302
    page = client_of.get(address("points", session)).content.decode()
    assert "Plant bomen waar het heet is." in page
    assert "twee mensen vrezen wortels" in page
    assert len(points.gathered(Point.objects.get())) == 1


def test_an_empty_point_and_a_foreign_subtheme_are_refused_on_the_page(
    session: Session, client_of: Client
) -> None:
    cluster_of(session)
    foreign = cluster_of(session_of(gathering_of(consultation_of())))
    data = {
        "text": "Iets",
        "cluster": foreign.pk,
        "kind": "remark",
        "addressee": "other",
        "submission": str(uuid.uuid4()),
    }
    assert client_of.post(address("points", session), data).status_code == 422
    assert client_of.post(address("points", session), data | {"text": " "}).status_code == 422
    assert not Point.objects.exists()


def test_the_summary_is_saved_once_and_a_second_saver_sees_both(
    session: Session, client_of: Client
) -> None:
    where = address("session_summary", session)
    data = {"summary": "Het ging over groen.", "revision": session.revision}
    assert client_of.post(where, data).status_code == 302
    assert client_of.post(where, data | {"summary": "Nee, grijs."}).status_code == 409
    session.refresh_from_db()
    assert session.summary == "Het ging over groen."
