"""The spreadsheet of the ten: out, filled in, looked at, told once, explained where it fails."""

from __future__ import annotations

from datetime import date

import pytest

from branches.models import AuditEntry, User
from core.kinds import Kind
from core.refusal import Refused
from evaluation.enums import Reason
from evaluation.enums_ten import PledgeStatus
from evaluation.models import ProgressUpdate, TopTen
from evaluation.rules.ten_sheet import NO, Column, Trouble
from evaluation.services.ten import sheets
from evaluation.sheets.ten_preview import refused
from evaluation.sheets.ten_words import HEADERS, words
from tests.evaluation_sheets import csv_of, grid_of
from tests.integration.evaluation.ten.ten_sheets import bring, filled_in, taken_out, tell_all
from tests.ten_factories import pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 1)


@pytest.fixture
def top_ten() -> TopTen:
    return top_ten_of()


@pytest.fixture
def person(top_ten: TopTen) -> User:
    owner = pledge_of(top_ten).owner
    assert owner is not None
    return owner


def word(choice: PledgeStatus | Reason) -> str:
    return str(choice.label)


def troubles(received: sheets.Received) -> list[tuple[int, Column | None, Trouble]]:
    return [(one.row, one.column, one.trouble) for one in received.reading.problems]


@pytest.mark.parametrize("kind", [Kind.CSV, Kind.XLSX])
def test_what_is_filled_in_becomes_updates_and_what_is_left_empty_says_nothing(
    top_ten: TopTen, person: User, kind: Kind
) -> None:
    content = taken_out(top_ten, person, today=TODAY, kind=kind)
    assert bring(top_ten, content, today=TODAY, kind=kind).entries == []
    received = bring(
        top_ten,
        filled_in(
            content,
            {
                2: {
                    "text": "De motie is ingediend.",
                    "status": word(PledgeStatus.STARTED).upper(),
                    "day": "23-5-2022",
                },
                3: {
                    "text": "Er is geen geld.",
                    "status": word(PledgeStatus.STUCK),
                    "reason": word(Reason.NO_MONEY),
                },
                4: {"text": "Voor ons zelf.", "public": words()[Column.PUBLIC][NO]},
            },
            kind,
        ),
        today=TODAY,
        kind=kind,
    )
    assert not received.reading.problems
    assert not ProgressUpdate.objects.exists(), "looking writes nothing"
    assert tell_all(received, top_ten, by=person, today=TODAY) == 3
    first, second, third = (pledge_of(top_ten, rank=rank) for rank in (1, 2, 3))
    assert (first.status, first.status_on) == (PledgeStatus.STARTED, date(2022, 5, 23))
    assert (second.status, second.reason) == (PledgeStatus.STUCK, Reason.NO_MONEY)
    assert (third.status, third.heard_on) == (PledgeStatus.AGREED, TODAY)
    assert AuditEntry.objects.filter(verb="ten.sheet_applied").get().params["count"] == 3


def test_the_same_sheet_twice_tells_nothing_twice_and_another_download_does(
    top_ten: TopTen, person: User
) -> None:
    typed = {2: {"text": "Niets nieuws."}}
    content = filled_in(taken_out(top_ten, person, today=TODAY), typed)
    received = bring(top_ten, content, today=TODAY)
    assert tell_all(received, top_ten, by=person, today=TODAY) == 1
    assert tell_all(received, top_ten, by=person, today=TODAY) == 0, "the button pressed twice"
    again = bring(top_ten, content, today=date(2022, 6, 9))
    assert [one.there for one in again.entries] == [True]
    assert tell_all(again, top_ten, by=person, today=date(2022, 6, 9)) == 0
    later = filled_in(taken_out(top_ten, person, today=TODAY), typed)
    assert not bring(top_ten, later, today=date(2022, 12, 1)).entries[0].there
    assert ProgressUpdate.objects.count() == 1


def test_a_wrong_row_is_explained_and_holds_up_no_other(top_ten: TopTen, person: User) -> None:
    content = filled_in(
        taken_out(top_ten, person, today=TODAY),
        {
            2: {"text": "Vóór de verkiezingen.", "day": "15-3-2022"},
            3: {"text": "Morgen.", "day": "2022-06-02"},
            4: {"text": "Klaar.", "status": word(PledgeStatus.DONE)},
            5: {"status": word(PledgeStatus.STARTED)},
            6: {"text": "Hoe?", "status": "bijna"},
            7: {"text": "Vast.", "status": word(PledgeStatus.STUCK)},
            8: {"text": "Kijk.", "link": "javascript:alert(1)"},
            9: {"text": "Wie?", "public": ""},
            10: {"text": "Wanneer?", "day": "31-2-2022"},
            11: {"text": "Dit is goed."},
        },
    )
    received = bring(top_ten, content, today=TODAY)
    assert troubles(received) == [
        (2, Column.DAY, Trouble.TOO_EARLY),
        (3, Column.DAY, Trouble.FUTURE),
        (4, Column.LINK, Trouble.NO_EVIDENCE),
        (5, Column.TEXT, Trouble.NO_TEXT),
        (6, Column.STATUS, Trouble.UNKNOWN_WORD),
        (7, Column.REASON, Trouble.NO_REASON),
        (8, Column.LINK, Trouble.NO_LINK),
        (9, Column.PUBLIC, Trouble.NO_PUBLIC),
        (10, Column.DAY, Trouble.NO_DAY),
    ]
    assert [one.text for one in received.entries] == ["Dit is goed."]
    remarks = refused(received.reading)
    assert all(one.why.endswith(".") or one.why.endswith("?") for one in remarks)
    assert any(word(PledgeStatus.DONE) in one.why for one in remarks), (
        "it says which words there are"
    )


def test_done_is_told_with_a_link_that_everybody_sees(top_ten: TopTen, person: User) -> None:
    typed = {
        "text": "Het is klaar.",
        "status": word(PledgeStatus.DONE),
        "link": "https://voorbeeld.nl/besluit",
    }
    content = filled_in(taken_out(top_ten, person, today=TODAY), {2: typed})
    tell_all(bring(top_ten, content, today=TODAY), top_ten, by=person, today=TODAY)
    pledge = pledge_of(top_ten)
    assert pledge.status == PledgeStatus.DONE
    assert pledge.evidence.get().url == "https://voorbeeld.nl/besluit"


def test_an_empty_status_keeps_what_a_colleague_said_meanwhile(
    top_ten: TopTen, person: User
) -> None:
    content = filled_in(taken_out(top_ten, person, today=TODAY), {2: {"text": "Nog een gesprek."}})
    received = bring(top_ten, content, today=TODAY)
    update_of(pledge_of(top_ten), status=PledgeStatus.STUCK, reason=Reason.NO_MAJORITY, day=TODAY)
    tell_all(received, top_ten, by=person, today=TODAY)
    pledge = pledge_of(top_ten)
    assert (pledge.status, pledge.reason) == (PledgeStatus.STUCK, Reason.NO_MAJORITY)


def test_formulas_are_not_computed_and_what_looks_like_one_leaves_as_text(
    top_ten: TopTen, person: User
) -> None:
    update_of(pledge_of(top_ten), text="=HYPERLINK(1)", day=TODAY)
    top_ten.pledges.filter(rank=2).update(title="+31 straten")
    grid = grid_of(taken_out(top_ten, person, today=TODAY))
    assert not [cell for row in grid for cell in row if cell[:1] in "=+-@" and cell]
    received = bring(
        top_ten,
        filled_in(
            taken_out(top_ten, person, today=TODAY, kind=Kind.XLSX),
            {2: {"text": "=1+1"}},
            Kind.XLSX,
        ),
        today=TODAY,
        kind=Kind.XLSX,
    )
    assert troubles(received) == [(2, Column.TEXT, Trouble.FORMULA)]
    assert not received.reading.ignored, "what left as text came back as it left"


def test_a_sheet_that_was_sorted_in_part_or_changed_is_seen(top_ten: TopTen, person: User) -> None:
    grid = grid_of(taken_out(top_ten, person, today=TODAY))
    stand, title, rank = (len(grid[0]) - 1, 2, 1)
    text = grid[0].index(str(HEADERS[Column.TEXT]))
    grid[1][text] = grid[2][text] = grid[3][text] = "Er gebeurde iets."
    # Two rows of which only the visible half was sorted, one without its stand, one renamed.
    for column in (rank, title):
        grid[1][column], grid[2][column] = grid[2][column], grid[1][column]
    grid[3][stand] = grid[3][stand][:-1] + "x"
    grid[4][title] = "Een andere naam"
    received = bring(top_ten, csv_of(grid), today=TODAY)
    assert [one[2] for one in troubles(received)] == [
        Trouble.TORN,
        Trouble.TORN,
        Trouble.NO_STAND,
    ]
    assert received.reading.ignored == {Column.TITLE: [5]}
    assert received.entries == []


def test_rows_sorted_as_a_whole_and_columns_of_ones_own_change_nothing(
    top_ten: TopTen, person: User
) -> None:
    content = filled_in(taken_out(top_ten, person, today=TODAY), {2: {"text": "Het eerste."}})
    header, *rows = grid_of(content)
    grid = [[*header[::-1], "Notitie"], *([*row[::-1], "van mij"] for row in reversed(rows))]
    received = bring(top_ten, csv_of(grid), today=TODAY)
    assert [(one.pledge, one.row) for one in received.entries] == [(pledge_of(top_ten).pk, 11)]
    assert not received.reading.problems
    assert not received.reading.ignored


def test_a_sheet_of_another_ten_and_a_preview_of_somebody_else_are_refused(
    top_ten: TopTen, person: User
) -> None:
    other = top_ten_of()
    content = filled_in(taken_out(top_ten, person, today=TODAY), {2: {"text": "Gedaan."}})
    with pytest.raises(Refused):
        bring(other, content, today=TODAY)
    packed = sheets.pack(
        entries=bring(top_ten, content, today=TODAY).entries, top_ten=top_ten, by=person
    )
    stranger = pledge_of(other).owner
    assert stranger is not None
    for given, whose, by in (
        (packed, top_ten, stranger),
        (packed, other, person),
        (f"{packed}x", top_ten, person),
        ("", top_ten, person),
    ):
        with pytest.raises(Refused):
            sheets.apply(top_ten=whose, packed=given, by=by, today=TODAY)
    assert not ProgressUpdate.objects.exists()


def test_a_row_that_can_no_longer_be_told_holds_back_all_of_it(
    top_ten: TopTen, person: User
) -> None:
    content = filled_in(
        taken_out(top_ten, person, today=TODAY),
        {2: {"text": "Het eerste."}, 3: {"text": "Het tweede."}},
    )
    received = bring(top_ten, content, today=TODAY)
    with pytest.raises(Refused, match="3"):
        # The clock of this one stands before the day that the preview was made for.
        tell_all(
            sheets.Received(
                entries=[received.entries[0], *_of_tomorrow(received)],
                reading=received.reading,
                sheet=received.sheet,
            ),
            top_ten,
            by=person,
            today=TODAY,
        )
    assert not ProgressUpdate.objects.exists()


def _of_tomorrow(received: sheets.Received) -> list[sheets.Entry]:
    second = received.entries[1]
    values = {name: getattr(second, name) for name in sheets.Entry.__dataclass_fields__}
    return [sheets.Entry(**values | {"day": date(2022, 6, 2)})]


def test_too_many_rows_at_once_are_no_sheet_of_ten(top_ten: TopTen, person: User) -> None:
    header, first, *_rest = grid_of(taken_out(top_ten, person, today=TODAY))
    text = header.index(str(HEADERS[Column.TEXT]))
    many = [[*first[:text], f"Bericht {number}.", *first[text + 1 :]] for number in range(101)]
    with pytest.raises(Refused, match="100"):
        bring(top_ten, csv_of([header, *many]), today=TODAY)
