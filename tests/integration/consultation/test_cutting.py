"""Cutting one text that says two things, and making it whole again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branches.models import AuditEntry, User
from consultation.enums import Held, Status
from consultation.models import Consultation, Contribution
from consultation.services.assigning import assign
from consultation.services.correcting import correct, write_note
from consultation.services.cutting import MOST_PARTS, cut, undo_cut
from consultation.services.merging import merge
from consultation.services.receiving import Person
from consultation.services.statuses import set_status
from core.concurrency import Stale
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    person: User = UserFactory.create()
    return person


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


@pytest.fixture
def whole(consultation: Consultation) -> Contribution:
    return contribution_of(
        consultation,
        "Een fietspad.\nEn meer woningen.",
        person=Person(name="Riet", email="riet@voorbeeld.nl", wants_answer=True),
        theme=consultation.themes.all()[0],
        role="resident",
    )


def now(row: Contribution) -> Contribution:
    return Contribution.objects.get(pk=row.pk)


def parts_of(whole: Contribution, by: User, *texts: str) -> list[Contribution]:
    return cut(
        contribution=whole,
        texts=texts or ("Een fietspad.", "Meer woningen."),
        by=by,
        today=FIRST_DAY,
    )


def test_parts_stand_in_the_list_and_the_original_still_counts_as_one(
    whole: Contribution, by: User
) -> None:
    parts = parts_of(whole, by)
    assert list(Contribution.objects.listed().order_by("pk")) == parts
    assert list(Contribution.objects.came_in()) == [whole]
    assert now(whole).text == "Een fietspad.\nEn meer woningen."
    for part in parts:
        assert part.contributor == whole.contributor
        assert (part.theme, part.role, part.channel) == (whole.theme, "resident", whole.channel)
        assert part.stems


def test_cut_twice_the_same_it_is_cut_once(whole: Contribution, by: User) -> None:
    first = parts_of(whole, by)
    assert parts_of(whole, by) == first
    with pytest.raises(Refused):
        parts_of(whole, by, "Iets anders.", "Nog iets.")
    assert whole.parts.count() == 2
    assert AuditEntry.objects.filter(verb="contribution.cut").count() == 1


@pytest.mark.parametrize(
    "texts", [[], ["Een."], ["Een.", " "], [str(n) for n in range(MOST_PARTS + 1)]]
)
def test_one_part_or_far_too_many_are_no_cut(
    whole: Contribution, by: User, texts: list[str]
) -> None:
    with pytest.raises(Refused):
        cut(contribution=whole, texts=texts, by=by, today=FIRST_DAY)
    assert not now(whole).cut_up


def test_a_part_is_not_cut_again(whole: Contribution, by: User) -> None:
    part, _other = parts_of(whole, by)
    with pytest.raises(Refused):
        parts_of(part, by)
    assert not now(part).cut_up


def test_what_others_stand_behind_is_not_cut(
    whole: Contribution, consultation: Consultation, by: User
) -> None:
    merge(into=whole, others=[contribution_of(consultation)], by=by, today=FIRST_DAY)
    with pytest.raises(Refused):
        parts_of(whole, by)


def test_what_is_set_aside_is_not_cut(consultation: Consultation, by: User) -> None:
    with pytest.raises(Refused):
        parts_of(contribution_of(consultation, held=Held.TRAP), by)


def test_a_form_from_before_a_change_cuts_nothing(whole: Contribution, by: User) -> None:
    write_note(contribution=whole, note="Eerst bellen.", by=by, today=FIRST_DAY)
    with pytest.raises(Stale):
        cut(contribution=whole, texts=["Een.", "Twee."], by=by, today=FIRST_DAY, revision=0)
    assert not now(whole).cut_up


def test_made_whole_again_it_is_as_before(whole: Contribution, by: User) -> None:
    part, _other = parts_of(whole, by)
    again = undo_cut(contribution=part, by=by, today=FIRST_DAY)
    assert again == whole
    assert not again.cut_up
    assert list(Contribution.objects.all()) == [whole]
    undo_cut(contribution=whole, by=by, today=FIRST_DAY)
    assert AuditEntry.objects.filter(verb="contribution.uncut").count() == 1


def test_work_on_a_part_keeps_the_parts(
    whole: Contribution, consultation: Consultation, by: User
) -> None:
    part, other = parts_of(whole, by)
    acts: tuple[Callable[[], object], ...] = (
        lambda: set_status(contribution=part, status=Status.ADOPTED, by=by, today=FIRST_DAY),
        lambda: write_note(contribution=part, note="Ja.", by=by, today=FIRST_DAY),
        lambda: merge(into=contribution_of(consultation), others=[other], by=by, today=FIRST_DAY),
        lambda: merge(into=other, others=[contribution_of(consultation)], by=by, today=FIRST_DAY),
    )
    for act in acts:
        Contribution.objects.filter(split_from=whole).update(
            status="new", note="", merged_into=None
        )
        Contribution.objects.filter(merged_into=other).update(merged_into=None)
        act()
        with pytest.raises(Refused):
            undo_cut(contribution=whole, by=by, today=FIRST_DAY)
        assert whole.parts.count() == 2


def test_theme_and_who_has_it_are_no_work_that_would_be_lost(whole: Contribution, by: User) -> None:
    part, _other = parts_of(whole, by)
    correct(contribution=part, theme=None, role="", neighbourhood="", by=by, today=FIRST_DAY)
    assign(contribution=part, to=None, by=by, today=FIRST_DAY)
    assert not undo_cut(contribution=whole, by=by, today=FIRST_DAY).cut_up
