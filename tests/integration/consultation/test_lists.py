"""Surveys and lists: looked at, taken over at once, undone as a whole (R26)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from branches.enums import Role
from branches.models import AuditEntry, User
from consultation.enums import ListState, Status
from consultation.forms.lists import KINDS
from consultation.models import Consultation, Contribution, Contributor, ListImport
from consultation.rules.columns import Meaning
from consultation.services import lists
from core.concurrency import Stale
from core.refusal import Refused
from core.spreadsheets import Column, Sheet, xlsx
from core.uploads import inspect
from jobs.models import Job
from jobs.services import run
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

HEADER = "E-mail;Naam;Thema;Wat kan er beter in uw wijk?"
ROWS = (
    "jan@voorbeeld.nl;Jan;Wonen;Er moeten meer kleine huizen komen.",
    ";;Zorg;Een huisarts in het dorp, alsjeblieft.",
    "an@voorbeeld.nl;An;;",
)


def bring(consultation: Consultation, *rows: str, header: str = HEADER, **more: Any) -> ListImport:
    content = "\n".join([header, *(rows or ROWS)]).encode(more.pop("encoding", "utf-8"))
    file = SimpleUploadedFile("enquete.csv", content)
    return lists.bring(
        consultation=consultation,
        channel=channel_of(consultation, "survey"),
        document=inspect(file=file, kinds=KINDS),
        by=more.pop("by", None) or UserFactory.create(),
        today=FIRST_DAY,
    )


def take_over(listing: ListImport, by: User | None = None) -> ListImport:
    return lists.take_over(
        listing=listing,
        revision=listing.revision,
        by=by or UserFactory.create(),
        today=FIRST_DAY,
        now=timezone.now(),
    )


def test_nothing_comes_in_before_somebody_says_yes() -> None:
    listing = bring(consultation_of())
    assert not Contribution.objects.exists()
    found = lists.result_of(listing, today=FIRST_DAY)
    assert [one.row for one in found.taken] == [2, 3]
    assert [row for row, _why in found.left_out] == [4]


def test_taken_over_every_answer_is_a_contribution_and_the_rows_are_gone() -> None:
    consultation = consultation_of()
    listing = take_over(bring(consultation))
    rows = list(Contribution.objects.order_by("id"))
    assert [row.text for row in rows] == [
        "Er moeten meer kleine huizen komen.",
        "Een huisarts in het dorp, alsjeblieft.",
    ]
    assert [str(row.theme and row.theme.classic) for row in rows] == ["housing", "care"]
    assert rows[0].contributor is not None
    assert rows[0].contributor.email == "jan@voorbeeld.nl"
    assert rows[1].contributor is None
    listing.refresh_from_db()
    assert (listing.state, listing.rows) == (ListState.APPLIED, [])
    assert "jan" not in str(listing.remarks).lower()
    assert AuditEntry.objects.get(verb="list.taken_over").params["count"] == 2


def test_taken_over_twice_comes_in_once() -> None:
    listing = bring(consultation_of())
    again = ListImport.objects.get(pk=listing.pk)
    take_over(listing)
    with pytest.raises(Stale):
        take_over(again)
    assert Contribution.objects.count() == 2


def test_the_columns_are_remembered_for_the_next_file() -> None:
    consultation = consultation_of()
    listing = bring(consultation)
    mapping = {0: Meaning.IGNORE, 1: Meaning.TEXT, 2: Meaning.IGNORE, 3: Meaning.IGNORE}
    lists.choose_columns(
        listing=listing,
        mapping=mapping,
        revision=0,
        by=UserFactory.create(),
        today=FIRST_DAY,
    )
    assert lists.meanings(bring(consultation, header=HEADER.upper())) == mapping
    assert lists.meanings(bring(consultation_of())) != mapping


@pytest.mark.parametrize(
    "mapping",
    [
        {0: Meaning.EMAIL, 1: Meaning.NAME},
        {0: Meaning.TEXT, 1: Meaning.NAME, 2: Meaning.NAME},
    ],
)
def test_columns_that_cannot_be_are_refused(mapping: dict[int, Meaning]) -> None:
    listing = bring(consultation_of())
    before = listing.mapping
    with pytest.raises(Refused):
        lists.choose_columns(
            listing=listing, mapping=mapping, revision=0, by=UserFactory.create(), today=FIRST_DAY
        )
    listing.refresh_from_db()
    assert listing.mapping == before


def test_undone_all_of_it_goes_with_its_people() -> None:
    listing = take_over(bring(consultation_of()))
    undone = lists.undo(
        listing=listing, revision=listing.revision, by=UserFactory.create(), today=FIRST_DAY
    )
    assert (undone.removed, undone.kept) == (2, 0)
    assert not Contribution.objects.exists()
    assert not Contributor.objects.exists()


def test_undone_what_somebody_worked_on_stays() -> None:
    listing = take_over(bring(consultation_of()))
    worked_on = Contribution.objects.filter(contributor__name="Jan")
    worked_on.update(status=Status.CONSIDERED)
    undone = lists.undo(
        listing=listing, revision=listing.revision, by=UserFactory.create(), today=FIRST_DAY
    )
    assert (undone.removed, undone.kept) == (1, 1)
    assert Contributor.objects.get().name == "Jan"


def test_a_long_list_is_work_for_later_and_comes_in_whole() -> None:
    consultation = consultation_of()
    many = [f";;;Het is hier nummer {n} en het kan beter." for n in range(lists.AT_ONCE + 1)]
    listing = take_over(bring(consultation, *many))
    assert listing.state == ListState.RUNNING
    assert not Contribution.objects.exists()
    job = Job.objects.get(handler="consultation.take_over_list")
    assert run(job.pk, now=timezone.now())
    assert Contribution.objects.count() == len(many)
    listing.refresh_from_db()
    assert listing.state == ListState.APPLIED
    assert "voorbeeld" not in str(job.payload)


def test_the_same_rows_again_are_warned_about() -> None:
    consultation = consultation_of()
    first = take_over(bring(consultation))
    assert lists.taken_over_before(bring(consultation)) == first
    assert lists.taken_over_before(bring(consultation, "a@b.nl;Iets;;Heel iets anders.")) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_any_encoding_reads_the_same(encoding: str) -> None:
    listing = bring(consultation_of(), ";;;Een café en een crèche erbij.", encoding=encoding)
    assert listing.rows[0][-1] == "Een café en een crèche erbij."


def test_a_formula_is_never_computed_nor_kept() -> None:
    consultation = consultation_of()
    content = xlsx(
        Sheet(
            title="A",
            columns=[Column(header="Idee"), Column(header="Naam")],
            rows=[["=HYPERLINK(1)", "Jan"], ["Een gewoon antwoord", "An"]],
        )
    )
    file = SimpleUploadedFile("enquete.xlsx", content)
    listing = lists.bring(
        consultation=consultation,
        channel=channel_of(consultation, "survey"),
        document=inspect(file=file, kinds=KINDS),
        by=UserFactory.create(),
        today=FIRST_DAY,
    )
    assert listing.rows[0][1] == "=HYPERLINK(1)"  # text, as it was typed


class TestPages:
    """The way through the pages."""

    @pytest.fixture
    def consultation(self, client: Any) -> Consultation:
        """A branch's input, seen by somebody of its committee."""
        consultation = consultation_of()
        membership = MembershipFactory.create(branch=consultation.branch, role=Role.COMMITTEE)
        client.force_login(membership.user)
        return consultation

    def test_from_file_to_undone(self, client: Any, consultation: Consultation) -> None:
        slug = consultation.branch.slug
        file = io.BytesIO("\n".join([HEADER, *ROWS]).encode())
        file.name = "enquete.csv"
        answer = client.post(
            reverse("consultation:lists", args=[slug]), {"document": file, "name": "Krant"}
        )
        listing = ListImport.objects.get()
        address = reverse("consultation:list", args=[slug, listing.pk])
        assert answer.url == address
        assert listing.channel.name == "Krant"
        assert "kleine huizen" in client.get(address).text
        act = reverse("consultation:list_act", args=[slug, listing.pk])
        client.post(act, {"action": "take_over", "revision": listing.revision})
        assert Contribution.objects.count() == 2
        listing.refresh_from_db()
        client.post(act, {"action": "undo", "revision": listing.revision})
        assert not Contribution.objects.exists()

    def test_a_file_that_is_none_says_so_in_a_sentence(
        self, client: Any, consultation: Consultation
    ) -> None:
        file = io.BytesIO(b"alleen een kop")
        file.name = "enquete.csv"
        answer = client.post(
            reverse("consultation:lists", args=[consultation.branch.slug]), {"document": file}
        )
        assert answer.status_code == 422
        assert not ListImport.objects.exists()

    def test_columns_of_an_old_page_change_nothing(
        self, client: Any, consultation: Consultation
    ) -> None:
        listing = bring(consultation)
        address = reverse("consultation:list_columns", args=[consultation.branch.slug, listing.pk])
        chosen = {f"column_{place}": "ignore" for place in range(4)}
        answer = client.post(address, chosen | {"column_3": "text", "revision": 7})
        assert answer.status_code == 409
        listing.refresh_from_db()
        assert listing.mapping["2"] == "theme"
