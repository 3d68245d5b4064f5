"""Recording elections: only such as the law knows, each once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from branches.models import AuditEntry, User
from process.enums import ElectionKind
from process.errors import Refused
from process.models import Election, TimetableOverride
from process.queries.timetables import statutory_timetable
from process.rules import timetable as law
from process.services.elections import record_election
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MunicipalityFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    user: User = UserFactory()
    return user


def record(by: User | None, polling_day: date, **given: Any) -> Election:
    given.setdefault("kind", ElectionKind.REGULAR)
    return record_election(by=by, today=FIRST_DAY, polling_day=polling_day, **given)


@pytest.mark.parametrize("day", [date(2022, 3, 16), date(2026, 3, 18), date(2030, 3, 20)])
def test_a_regular_election_gets_its_name_and_its_history(by: User, day: date) -> None:
    election = record(by, day)
    assert (election.slug, election.name) == (
        f"gr{day.year}",
        f"Gemeenteraadsverkiezing {day.year}",
    )
    assert (election.merger_on, election.polling_day) == (None, day)
    entry = AuditEntry.objects.get(verb="election.recorded")
    assert (entry.actor, entry.branch, entry.params["day"]) == (by, None, day.isoformat())


def test_the_program_itself_may_record_one_and_a_name_may_be_given() -> None:
    election = record(None, date(2022, 3, 16), name="Raad 2022")
    assert election.name == "Raad 2022"
    assert AuditEntry.objects.get().actor is None


def test_a_day_without_an_election_is_refused_with_the_nearest_one(by: User) -> None:
    with pytest.raises(Refused) as found:
        record(by, date(2022, 3, 23))
    assert "16" in found.value.sentence
    assert "23" in found.value.sentence
    assert not Election.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2999, 12, 31), date(2021, 11, 24)])
def test_days_out_of_all_reason_are_refused_too(by: User, day: date) -> None:
    with pytest.raises(Refused):
        record(by, day)
    assert not Election.objects.exists()


def test_the_same_election_twice_is_refused(by: User) -> None:
    record(by, date(2022, 3, 16))
    with pytest.raises(Refused):
        record(by, date(2022, 3, 16), name="anders")
    assert Election.objects.count() == 1


def test_a_merger_date_with_a_regular_election_is_left_out(by: User) -> None:
    assert record(by, date(2022, 3, 16), merger_on=date(2022, 1, 1)).merger_on is None


def merger(by: User, polling_day: date, merger_on: date | None, **given: Any) -> Election:
    return record(by, polling_day, kind=ElectionKind.MERGER, merger_on=merger_on, **given)


def test_a_merger_election_has_its_municipalities(by: User) -> None:
    places = MunicipalityFactory.create_batch(2)
    election = merger(by, date(2021, 11, 24), date(2022, 1, 1), municipalities=places)
    assert election.slug == "herindeling2022"
    assert election.name == "Herindelingsverkiezing 24-11-2021"
    assert set(election.municipalities.all()) == set(places)


def test_the_provincial_executive_may_have_shifted_the_day(by: User) -> None:
    election = merger(by, date(2021, 12, 1), date(2022, 1, 1))
    timetable = statutory_timetable(election=election)
    assert timetable.polling_day == date(2021, 12, 1)
    assert timetable[law.StatutoryKey.NEW_COUNCIL].date.year == 2022
    # Under the covid act the result of 24 November came on the 29th: it stays five days.
    assert timetable[law.StatutoryKey.RESULT].date == date(2021, 12, 6)


@pytest.mark.parametrize(
    ("polling_day", "merger_on"),
    [
        (date(2021, 11, 24), None),
        (date(2021, 11, 24), date(2022, 2, 1)),
        (date(2022, 1, 5), date(2022, 1, 1)),
        (date(2021, 10, 11), date(2022, 1, 1)),
        (date(1800, 11, 24), date(1801, 1, 1)),
    ],
)
def test_a_merger_that_cannot_be_is_refused(
    by: User, polling_day: date, merger_on: date | None
) -> None:
    with pytest.raises(Refused):
        merger(by, polling_day, merger_on)
    assert not Election.objects.exists()


def override(election: Election, day: date, **given: Any) -> TimetableOverride:
    return TimetableOverride.objects.create(
        election=election,
        key="new_council",
        date=day,
        reason="besluit",
        source="brief",
        reviewed_on=FIRST_DAY,
        **given,
    )


def council(election: Election, **given: Any) -> date:
    return statutory_timetable(election=election, **given)[law.StatutoryKey.NEW_COUNCIL].date


def test_stored_exceptions_hold_nationally_or_for_their_own_branch(by: User) -> None:
    election = record(by, date(2026, 3, 18))
    mine, other = BranchFactory(), BranchFactory()
    assert council(election) == date(2026, 4, 1)
    override(election, date(2026, 4, 2))
    override(election, date(2026, 4, 3), branch=mine)
    assert council(election) == date(2026, 4, 2)
    assert council(election, branch=other) == date(2026, 4, 2)
    assert council(election, branch=mine) == date(2026, 4, 3)
    assert council(election, branch=mine, rows=[]) == date(2026, 4, 1)


def test_what_the_office_records_for_a_branch_wins_over_what_is_known(by: User) -> None:
    election = record(by, date(2022, 3, 16))
    amsterdam = BranchFactory(municipalities=[MunicipalityFactory(code="GM0363")])
    override(election, date(2022, 3, 25), branch=amsterdam)
    assert council(election, branch=amsterdam) == date(2022, 3, 25)


def test_an_own_exception_for_the_result_is_not_moved_with_the_vote(by: User) -> None:
    election = merger(by, date(2021, 12, 1), date(2022, 1, 1))
    TimetableOverride.objects.create(
        election=election,
        key="result",
        date=date(2021, 12, 3),
        reason="besluit",
        source="brief",
        reviewed_on=FIRST_DAY,
    )
    timetable = statutory_timetable(election=election)
    assert timetable[law.StatutoryKey.RESULT].date == date(2021, 12, 3)


def test_amsterdam_had_its_council_early_also_when_the_vote_is_moved(by: User) -> None:
    election = record(by, date(2022, 3, 16))
    amsterdam = BranchFactory(municipalities=[MunicipalityFactory(code="GM0363")])
    assert council(election, branch=amsterdam) == date(2022, 3, 24)
    assert council(election) == date(2022, 3, 30)
    election.polling_day = date(2022, 3, 17)
    assert council(election, branch=amsterdam) == date(2022, 3, 24)


def test_a_recorded_exception_for_polling_day_wins_over_the_recorded_day(by: User) -> None:
    election = merger(by, date(2021, 12, 1), date(2022, 1, 1))
    for key, day in [("polling_day", date(2021, 12, 2)), ("result", date(2021, 12, 4))]:
        TimetableOverride.objects.create(
            election=election,
            key=key,
            date=day,
            reason="besluit",
            source="brief",
            reviewed_on=FIRST_DAY,
        )
    assert statutory_timetable(election=election).polling_day == date(2021, 12, 2)
