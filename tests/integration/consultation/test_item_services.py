"""Status, measure, who has it, note, and putting right (R92, R93)."""

from __future__ import annotations

import pytest

from branches.enums import Role
from branches.models import AuditEntry, User
from consultation.enums import Status
from consultation.models import Consultation, Contribution, MeasureLink
from consultation.queries.measures import suggested, taken_up_by, taken_up_counts
from consultation.services.assigning import assign
from consultation.services.correcting import correct, text_may_change, write_note
from consultation.services.linking import link, unlink
from consultation.services.merging import merge
from consultation.services.receiving import Incoming, receive
from consultation.services.sorting import sort_out
from consultation.services.statuses import set_status
from core.concurrency import Stale
from core.refusal import Refused
from process.models import Milestone
from programmes.enums import ProgrammeKind
from programmes.models import Measure
from programmes.services.versions import freeze, new_version
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of, contribution_of
from tests.factories import MembershipFactory, UserFactory
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db

CHAPTERS = {"Verkeer": ["Overal veilige fietspaden naar scholen.", "Minder auto's in het centrum."]}


@pytest.fixture
def by() -> User:
    person: User = UserFactory.create()
    return person


@pytest.fixture
def row() -> Contribution:
    return contribution_of(consultation_of())


def reader_of(consultation: Consultation, role: str = Role.COMMITTEE) -> User:
    person: User = MembershipFactory.create(branch=consultation.branch, role=role).user
    return person


def measure_for(consultation: Consultation, kind: str = ProgrammeKind.DRAFT) -> Measure:
    programme = programme_with(CHAPTERS, branch=consultation.branch, kind=kind)
    return programme.measures.get(number=1)


def test_a_status_has_a_name_and_a_day(row: Contribution, by: User) -> None:
    said = set_status(contribution=row, status=Status.CONSIDERED, by=by, today=FIRST_DAY)
    assert (said.status, said.status_by, said.status_on) == (Status.CONSIDERED, by, FIRST_DAY)
    milestone = Milestone.objects.get(timeline=row.consultation.timeline, key="input_closed")
    assert (milestone.progress_done, milestone.progress_total) == (1, 1)


@pytest.mark.parametrize("status", [Status.PARTLY, Status.NOT_ADOPTED])
def test_no_asks_for_a_because(row: Contribution, by: User, status: str) -> None:
    with pytest.raises(Refused):
        set_status(contribution=row, status=status, reason="  ", by=by, today=FIRST_DAY)
    said = set_status(contribution=row, status=status, reason="Te duur.", by=by, today=FIRST_DAY)
    assert said.reason == "Te duur."


def test_any_status_may_follow_any_other(row: Contribution, by: User) -> None:
    for status in (*Status.values, *reversed(Status.values)):
        said = set_status(contribution=row, status=status, reason="Zo.", by=by, today=FIRST_DAY)
        assert said.status == status
    assert said.reason == ""
    assert (said.status_by, said.status_on) == (None, None)


def test_the_same_status_is_said_once(row: Contribution, by: User) -> None:
    for _time in range(2):
        set_status(contribution=row, status=Status.ADOPTED, by=by, today=FIRST_DAY)
    assert AuditEntry.objects.filter(verb="contribution.status.adopted").count() == 1


def test_an_unknown_status_is_refused(row: Contribution, by: User) -> None:
    with pytest.raises(Refused):
        set_status(contribution=row, status="misschien", by=by, today=FIRST_DAY)


def test_a_source_has_the_status_of_its_lead(row: Contribution, by: User) -> None:
    source = contribution_of(row.consultation)
    merge(into=row, others=[source], by=by, today=FIRST_DAY)
    with pytest.raises(Refused) as refused:
        set_status(contribution=source, status=Status.ADOPTED, by=by, today=FIRST_DAY)
    assert str(row.pk) in refused.value.sentence


def test_the_second_saver_is_told(row: Contribution, by: User) -> None:
    set_status(contribution=row, status=Status.ADOPTED, by=by, today=FIRST_DAY, revision=0)
    with pytest.raises(Stale):
        set_status(contribution=row, status=Status.CONSIDERED, by=by, today=FIRST_DAY, revision=0)
    assert Contribution.objects.get(pk=row.pk).status == Status.ADOPTED


def test_status_and_theme_are_saved_together_or_not(row: Contribution, by: User) -> None:
    ours, theirs = row.consultation.themes.all()[0], consultation_of().themes.all()[0]
    with pytest.raises(Refused):
        sort_out(
            contribution=row,
            status=Status.ADOPTED,
            reason="",
            theme=theirs,
            by=by,
            today=FIRST_DAY,
            revision=0,
        )
    row.refresh_from_db()
    assert (row.status, row.theme, row.revision) == (Status.NEW, None, 0)
    # The same form a second time says nothing new.
    for revision in (0, 0):
        said = sort_out(
            contribution=row,
            status=Status.ADOPTED,
            reason="Mooi.",
            theme=ours,
            by=by,
            today=FIRST_DAY,
            revision=revision,
        )
    assert (said.status, said.theme) == (Status.ADOPTED, ours)
    with pytest.raises(Stale):
        sort_out(
            contribution=row,
            status=Status.ADOPTED,
            reason="Mooi.",
            theme=None,
            by=by,
            today=FIRST_DAY,
            revision=0,
        )


def test_a_measure_of_the_own_draft_takes_it_up_once(row: Contribution, by: User) -> None:
    measure = measure_for(row.consultation)
    first = link(contribution=row, measure=measure, by=by, today=FIRST_DAY)
    assert link(contribution=row, measure=measure, by=by, today=FIRST_DAY) == first
    assert taken_up_counts(measure.programme) == {measure.pk: 1}
    unlink(contribution=row, measure=measure, by=by, today=FIRST_DAY)
    unlink(contribution=row, measure=measure, by=by, today=FIRST_DAY)
    assert not MeasureLink.objects.exists()
    verbs = ["contribution.linked", "contribution.unlinked"]
    assert AuditEntry.objects.filter(verb__in=verbs).count() == 2


def test_another_branch_or_an_old_programme_takes_up_nothing(row: Contribution, by: User) -> None:
    for measure in (
        measure_for(consultation_of()),
        measure_for(row.consultation, ProgrammeKind.PREVIOUS),
        measure_for(row.consultation, ProgrammeKind.BASE),
    ):
        with pytest.raises(Refused):
            link(contribution=row, measure=measure, by=by, today=FIRST_DAY)
    assert not MeasureLink.objects.exists()


def test_a_later_version_shows_what_the_frozen_one_took_up(row: Contribution, by: User) -> None:
    measure = measure_for(row.consultation)
    freeze(programme=measure.programme, by=by, today=FIRST_DAY)
    link(contribution=row, measure=measure, by=by, today=FIRST_DAY)
    later = new_version(programme=measure.programme, by=by, today=FIRST_DAY)
    copy = later.measures.get(identity=measure.identity)
    assert [one.measure for one in taken_up_by(row)] == [copy]
    assert taken_up_counts(later) == {copy.pk: 1}
    link(contribution=row, measure=copy, by=by, today=FIRST_DAY)
    assert MeasureLink.objects.count() == 1
    unlink(contribution=row, measure=copy, by=by, today=FIRST_DAY)
    assert taken_up_by(row) == []


def test_a_measure_counts_every_source_behind_it(row: Contribution, by: User) -> None:
    measure = measure_for(row.consultation)
    link(contribution=row, measure=measure, by=by, today=FIRST_DAY)
    merge(into=row, others=[contribution_of(row.consultation)], by=by, today=FIRST_DAY)
    assert taken_up_counts(measure.programme) == {measure.pk: 2}


def test_a_measure_that_was_taken_out_is_not_chosen(row: Contribution, by: User) -> None:
    measure = measure_for(row.consultation)
    measure.retired_on = FIRST_DAY
    measure.save()
    with pytest.raises(Refused):
        link(contribution=row, measure=measure, by=by, today=FIRST_DAY)


def test_the_closest_measures_come_up(row: Contribution) -> None:
    measure = measure_for(row.consultation)
    assert suggested(row, measure.programme)[:1] == [measure]


def test_somebody_who_may_read_it_takes_care_of_it(row: Contribution, by: User) -> None:
    for role in (Role.BOARD, Role.COMMITTEE, Role.COUNCIL_GROUP):
        person = reader_of(row.consultation, role)
        given = assign(contribution=row, to=person, by=by, today=FIRST_DAY)
        assert (given.assigned_to, given.assigned_by, given.assigned_on) == (
            person,
            by,
            FIRST_DAY,
        )
    freed = assign(contribution=row, to=None, by=by, today=FIRST_DAY)
    assert (freed.assigned_to, freed.assigned_by, freed.assigned_on) == (None, None, None)


def test_a_member_or_somebody_of_another_branch_does_not(row: Contribution, by: User) -> None:
    for person in (
        reader_of(row.consultation, Role.MEMBER),
        reader_of(consultation_of()),
        UserFactory.create(),
    ):
        with pytest.raises(Refused):
            assign(contribution=row, to=person, by=by, today=FIRST_DAY)
    assert Contribution.objects.get(pk=row.pk).assigned_to is None


def test_a_note_is_for_each_other(row: Contribution, by: User) -> None:
    noted = write_note(contribution=row, note=" Bel Riet. ", by=by, today=FIRST_DAY)
    assert noted.note == "Bel Riet."
    assert "Riet" not in str(AuditEntry.objects.get(verb="contribution.noted").params)
    with pytest.raises(Stale):
        write_note(contribution=row, note="Nee.", by=by, today=FIRST_DAY, revision=0)


def test_peoples_own_words_are_never_changed(row: Contribution, by: User) -> None:
    assert not text_may_change(row)
    with pytest.raises(Refused):
        correct(
            contribution=row,
            theme=None,
            role="",
            neighbourhood="",
            text="Iets anders.",
            by=by,
            today=FIRST_DAY,
        )
    assert Contribution.objects.get(pk=row.pk).text == row.text


def test_a_slip_of_the_pen_of_a_volunteer_is_mended(by: User) -> None:
    consultation = consultation_of()
    typed = receive(
        consultation=consultation,
        channel=channel_of(consultation, "door_to_door"),
        incoming=Incoming(text="Een veilig fietspat."),
        by=by,
        today=FIRST_DAY,
    )
    mended = correct(
        contribution=typed,
        theme=consultation.themes.all()[0],
        role="resident",
        neighbourhood=" Centrum ",
        text="Een veilig fietspad.",
        by=by,
        today=FIRST_DAY,
    )
    assert mended.text == "Een veilig fietspad."
    assert "fietspad" in mended.stems
    assert (mended.role, mended.neighbourhood) == ("resident", "Centrum")
    assert AuditEntry.objects.filter(verb="contribution.text_corrected").count() == 1
