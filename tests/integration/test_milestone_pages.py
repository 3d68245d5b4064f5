"""One milestone: what must be there, what is, who does it, done in one tap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from branches.models import AuditEntry, Branch, User
from process.enums import DecisionKind, MilestoneStatus
from process.models import Milestone, PartRecord, Timeline
from process.queries.pages import part_mark
from process.services import milestones as services
from tests.clock import FixedClock
from tests.factories import BranchFactory, MembershipFactory, NationalOfficerFactory, UserFactory
from tests.process_factories import BOTH, TimelineFactory, decide, ready_to_adopt

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
ENGLISH = {"accept-language": "en"}
UNPROCESSABLE = 422
CONFLICT = 409


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(slug="harlingen", name="Harlingen")


@pytest.fixture
def timeline(branch: Branch) -> Timeline:
    return TimelineFactory(branch=branch)


@pytest.fixture
def anna(branch: Branch) -> User:
    user: User = UserFactory(name="Anna de Boer")
    MembershipFactory(branch=branch, role=Role.BOARD, user=user)
    return user


@pytest.fixture
def board(client: Client, sign_in: SignIn, anna: User) -> Client:
    return sign_in(client, anna)


def of(timeline: Timeline, key: str) -> Milestone:
    return timeline.milestones.select_related("definition", "timeline__branch").get(key=key)


def address(milestone: Milestone, tail: str = "") -> str:
    return f"/afdeling/{milestone.timeline.branch.slug}/mijlpaal/{milestone.pk}/{tail}"


def get(client: Client, milestone: Milestone, status: int = 200) -> str:
    answer = client.get(address(milestone), headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, milestone: Milestone, tail: str, **data: object) -> Any:
    return client.post(address(milestone, tail), data, headers=ENGLISH)


def there(milestone: Milestone, by: User) -> None:
    for part in milestone.definition.parts.filter(decision_kind=""):
        services.record_part(milestone=milestone, part_key=part.key, by=by, today=date(2021, 9, 1))


# What the page tells


def test_the_page_tells_what_must_be_there_why_and_how(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "people_approached")
    text = get(board, milestone)
    definition = milestone.definition
    for words in (definition.title_en, definition.why_en, definition.how_en):
        assert words in text
    for part in definition.parts.all():
        assert part.label_en in text
    assert "0 of 2 there" in text
    assert "This is how you can do it" in text
    assert "Choose another day" in text


def test_a_dutch_reader_gets_the_dutch_title(board: Client, timeline: Timeline) -> None:
    answer = board.get(
        address(of(timeline, "people_approached")), headers={"accept-language": "nl"}
    )
    assert "Mensen gevraagd, binnen en buiten de partij" in answer.content.decode()


def test_a_part_that_needs_a_decision_leads_to_the_decision_form(
    board: Client, timeline: Timeline
) -> None:
    text = get(board, of(timeline, "programme_adopted"))
    assert "besluit/nieuw/?soort=adopt_programme" in text


def test_what_stands_in_the_way_is_said_before_trying(board: Client, timeline: Timeline) -> None:
    text = get(board, of(timeline, "draft_sent"))
    assert "Before this is done" in text
    assert "The committee and its commission comes before the draft to the members" in text
    assert "disabled" in text


def test_a_day_of_the_law_has_no_forms(board: Client, timeline: Timeline) -> None:
    text = get(board, of(timeline, "nomination"))
    assert "The law fixes this day" in text
    for tail in ("klaar/", "vervalt/", "verzetten/"):
        assert address(of(timeline, "nomination"), tail) not in text


def test_history_is_told_in_sentences_to_who_works_on_it(
    board: Client, timeline: Timeline, anna: User, sign_in: SignIn
) -> None:
    milestone = of(timeline, "people_approached")
    there(milestone, anna)
    text = get(board, milestone)
    assert "What happened here" in text
    assert "Anna de Boer recorded" in text
    sign_in(board, MembershipFactory(branch=timeline.branch, role=Role.MEMBER).user)
    assert "What happened here" not in get(board, milestone)


def test_the_number_of_queries_does_not_grow_with_parts_and_history(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    first = milestone.definition.parts.first()
    assert first is not None
    services.record_part(milestone=milestone, part_key=first.key, by=anna, today=date(2021, 9, 1))
    get(board, milestone)
    with CaptureQueriesContext(connection) as one:
        get(board, milestone)
    for n in range(3):
        there(milestone, UserFactory(name=f"Helper {n}"))
    with CaptureQueriesContext(connection) as many:
        get(board, milestone)
    assert len(one) == len(many)


# Parts


def test_a_part_is_recorded_in_one_tap_and_praised(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "people_approached")
    parts = list(milestone.definition.parts.all())
    answer = board.post(
        address(milestone, f"onderdeel/{parts[0].key}/"), {"seen": ""}, follow=True, headers=ENGLISH
    )
    text = answer.content.decode()
    assert "Well done, 1 to go." in text
    assert "1 of 2 there" in text
    assert of(timeline, "people_approached").status == MilestoneStatus.STARTED
    answer = board.post(
        address(milestone, f"onderdeel/{parts[1].key}/"),
        {"note": "Op de lijst staan 14 mensen.", "link": "voorbeeld.nl/lijst"},
        follow=True,
        headers=ENGLISH,
    )
    text = answer.content.decode()
    assert "Everything is there now!" in text
    assert "Op de lijst staan 14 mensen." in text
    assert "https://voorbeeld.nl/lijst" in text
    assert "Yes, this is done" in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"note": "x" * 100_000}, "This is too long: 100000 characters"),
        ({"note": "nul\x00nul"}, "holds a character that cannot be kept"),
        ({"link": "javascript:alert(1)"}, "It begins with https://"),
        ({"link": "https://voorbeeld.nl/" + "x" * 100_000}, "at most 200"),
    ],
)
def test_bad_input_at_a_part_keeps_what_was_typed_and_changes_nothing(
    board: Client, timeline: Timeline, data: dict[str, str], sentence: str
) -> None:
    milestone = of(timeline, "people_approached")
    part = milestone.definition.parts.all()[0]
    answer = post(board, milestone, f"onderdeel/{part.key}/", **{"note": "Mijn tekst", **data})
    assert answer.status_code == UNPROCESSABLE
    text = answer.content.decode()
    assert sentence in text
    if "link" in data:
        assert "Mijn tekst" in text
    assert not PartRecord.objects.exists()


def test_html_in_a_note_is_shown_as_text(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "people_approached")
    part = milestone.definition.parts.all()[0]
    post(board, milestone, f"onderdeel/{part.key}/", note="<img src=x onerror=alert(1)>")
    text = get(board, milestone)
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_two_people_changing_one_part_see_both_texts(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    part = milestone.definition.parts.all()[0]
    services.record_part(
        milestone=milestone,
        part_key=part.key,
        by=anna,
        today=date(2021, 9, 1),
        note="Tekst van Anna",
    )
    answer = post(board, milestone, f"onderdeel/{part.key}/", note="Tekst van Piet", seen="")
    assert answer.status_code == CONFLICT
    text = answer.content.decode()
    assert "Tekst van Anna" in text
    assert "Tekst van Piet" in text
    record = PartRecord.objects.get()
    assert record.note == "Tekst van Anna"
    assert part_mark(record) in text
    answer = post(
        board,
        milestone,
        f"onderdeel/{part.key}/",
        note="Tekst van Piet",
        seen=part_mark(record),
    )
    assert answer.status_code == 302
    assert PartRecord.objects.get().note == "Tekst van Piet"


def test_a_part_can_be_taken_back(board: Client, timeline: Timeline, anna: User) -> None:
    milestone = of(timeline, "people_approached")
    there(milestone, anna)
    part = milestone.definition.parts.all()[0]
    assert post(board, milestone, f"onderdeel/{part.key}/weg/").status_code == 302
    assert not PartRecord.objects.filter(part_key=part.key).exists()
    assert "0 of 2 there" not in get(board, milestone)


def test_a_part_of_a_decision_is_not_recorded_by_hand_and_not_taken_back(
    board: Client, timeline: Timeline
) -> None:
    milestone = of(timeline, "programme_adopted")
    answer = post(board, milestone, "onderdeel/adoption_decided/", note="toch")
    assert answer.status_code == UNPROCESSABLE
    assert "met by recording the decision" in answer.content.decode()
    assert not PartRecord.objects.exists()
    decide(timeline, *BOTH, day=date(2021, 3, 20))
    committee = of(timeline, "committee_and_commission")
    key = committee.definition.parts.get(decision_kind=DecisionKind.SET_COMMISSION).key
    answer = post(board, committee, f"onderdeel/{key}/weg/")
    assert answer.status_code == UNPROCESSABLE
    assert "A decision stays" in answer.content.decode()
    assert PartRecord.objects.filter(part_key=key).exists()


@pytest.mark.parametrize("tail", ["onderdeel/no-such-part/", "onderdeel/no-such-part/weg/"])
def test_an_unknown_part_is_404(board: Client, timeline: Timeline, tail: str) -> None:
    assert post(board, of(timeline, "people_approached"), tail).status_code == 404


# Done, and back


def test_done_in_one_tap_when_everything_is_there(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    there(milestone, anna)
    assert "Yes, this is done" in get(board, milestone)
    answer = board.post(address(milestone, "klaar/"), {"revision": 0}, follow=True, headers=ENGLISH)
    assert "is done. Well done, all of you!" in answer.content.decode()
    milestone.refresh_from_db()
    assert (milestone.status, milestone.done_on, milestone.done_by) == (
        MilestoneStatus.DONE,
        FixedClock.day,
        anna,
    )


def test_done_on_an_earlier_day_and_never_on_a_later_one(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    there(milestone, anna)
    answer = post(board, milestone, "klaar/", revision=0, day="2021-10-05")
    assert answer.status_code == UNPROCESSABLE
    assert "A day in the future cannot be done yet" in answer.content.decode()
    assert 'value="2021-10-05"' in answer.content.decode()
    assert post(board, milestone, "klaar/", revision=0, day="2021-02-01").status_code == 302
    milestone.refresh_from_db()
    assert milestone.done_on == date(2021, 2, 1)


def test_finishing_too_early_says_what_is_missing(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, "klaar/", revision=0)
    assert answer.status_code == UNPROCESSABLE
    text = answer.content.decode()
    assert "Not everything is there yet" in text
    for part in milestone.definition.parts.all():
        assert part.label_en in text
    milestone.refresh_from_db()
    assert milestone.status == MilestoneStatus.PLANNED
    assert milestone.revision == 0


def test_finishing_in_the_wrong_order_names_both_dates(
    board: Client, timeline: Timeline, anna: User
) -> None:
    decide(timeline, *BOTH, day=date(2021, 3, 20))
    timeline.milestones.filter(key="input_closed").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 9, 20)
    )
    timeline.milestones.filter(key="carry_over_decided").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 6, 20)
    )
    milestone = of(timeline, "draft_sent")
    there(milestone, anna)
    answer = post(board, milestone, "klaar/", revision=0, day="2021-09-10")
    assert answer.status_code == UNPROCESSABLE
    text = answer.content.decode()
    assert "Mon 20 September 2021" in text
    assert "Fri 10 September 2021" in text
    milestone.refresh_from_db()
    assert milestone.status == MilestoneStatus.STARTED


def test_the_day_of_a_decision_wins(board: Client, timeline: Timeline, anna: User) -> None:
    ready_to_adopt(timeline)
    decide(timeline, DecisionKind.ADOPT_PROGRAMME, day=date(2021, 10, 1))
    milestone = of(timeline, "programme_adopted")
    there(milestone, anna)
    milestone.refresh_from_db()
    assert post(board, milestone, "klaar/", revision=milestone.revision).status_code == 302
    milestone.refresh_from_db()
    assert milestone.done_on == date(2021, 10, 1)


def test_opening_again_asks_why_and_tells_what_waited_for_it(
    board: Client, timeline: Timeline
) -> None:
    timeline.milestones.filter(key="people_approached").update(
        status=MilestoneStatus.DONE, done_on=date(2021, 1, 30)
    )
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, "heropenen/", revision=0, reason=" ")
    assert answer.status_code == UNPROCESSABLE
    assert of(timeline, "people_approached").status == MilestoneStatus.DONE
    answer = post(board, milestone, "heropenen/", revision=0, reason="Er kwamen mensen bij")
    assert answer.status_code == 302
    assert of(timeline, "people_approached").status == MilestoneStatus.STARTED
    ready_to_adopt(timeline)
    draft = of(timeline, "input_closed")
    answer = post(board, draft, "heropenen/", revision=draft.revision, reason="Nog een brief")
    assert answer.status_code == UNPROCESSABLE
    text = answer.content.decode()
    assert "the draft to the members" in text
    assert "Nog een brief" in text


def test_leaving_out_and_putting_back(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "base_update_seen")
    answer = post(board, milestone, "vervalt/", revision=0, reason="Geen <b>update</b> gekomen")
    assert answer.status_code == 302
    text = get(board, milestone)
    assert "Geen &lt;b&gt;update&lt;/b&gt; gekomen" in text
    milestone.refresh_from_db()
    answer = post(board, milestone, "terug/", revision=milestone.revision)
    assert answer.status_code == 302
    milestone.refresh_from_db()
    assert milestone.status == MilestoneStatus.PLANNED


def test_what_every_branch_needs_cannot_be_left_out(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "programme_adopted")
    assert "This does not apply to us" not in get(board, milestone)
    answer = post(board, milestone, "vervalt/", revision=0, reason="Geen zin")
    assert answer.status_code == UNPROCESSABLE
    assert "Every branch needs this step" in answer.content.decode()


@pytest.mark.parametrize("tail", ["klaar/", "heropenen/", "vervalt/", "terug/", "wie/", "volgen/"])
@pytest.mark.parametrize("revision", ["", "9" * 40, "een", "\x00"])
def test_a_forged_revision_changes_nothing(
    board: Client, timeline: Timeline, tail: str, revision: str
) -> None:
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, tail, revision=revision, reason="omdat", note="nieuw")
    assert answer.status_code == UNPROCESSABLE
    milestone.refresh_from_db()
    assert (milestone.status, milestone.note) == (MilestoneStatus.PLANNED, "")


@pytest.mark.parametrize(
    ("tail", "status"),
    [("klaar/", "planned"), ("heropenen/", "done"), ("vervalt/", "planned"), ("terug/", "dropped")],
)
def test_the_second_to_act_sees_what_the_first_did(
    board: Client, timeline: Timeline, tail: str, status: str
) -> None:
    timeline.milestones.filter(key="people_approached").update(
        status=status,
        done_on=date(2021, 2, 1) if status == "done" else None,
        dropped_reason="niet nodig" if status == "dropped" else "",
        note="Piet was net klaar",
        revision=3,
    )
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, tail, revision=2, reason="Mijn reden")
    assert answer.status_code == CONFLICT
    text = answer.content.decode()
    assert "Piet was net klaar" in text
    assert 'name="revision" value="3"' in text
    if tail in ("heropenen/", "vervalt/"):
        assert "Mijn reden" in text
    milestone.refresh_from_db()
    assert milestone.status == status


# Who does it, and the note


def test_note_and_owner_are_saved_and_told(board: Client, timeline: Timeline, anna: User) -> None:
    milestone = of(timeline, "people_approached")
    answer = board.post(
        address(milestone, "wie/"),
        {"revision": 0, "note": "Bijna rond.", "owner": anna.pk},
        follow=True,
        headers=ENGLISH,
    )
    text = answer.content.decode()
    assert "Now everybody knows where this stands" in text
    assert "Bijna rond." in text
    milestone.refresh_from_db()
    assert milestone.owner == anna
    assert AuditEntry.objects.filter(verb="milestone.described").count() == 1


def test_two_people_editing_one_milestone_both_see_both_texts(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    piet = MembershipFactory(
        branch=timeline.branch, role=Role.BOARD, user=UserFactory(name="Piet Hoekstra")
    ).user
    services.describe(
        milestone=milestone,
        by=piet,
        today=FixedClock.day,
        note="Tekst van Piet",
        owner=piet,
        revision=0,
    )
    answer = post(board, milestone, "wie/", revision=0, note="Tekst van Anna", owner=anna.pk)
    assert answer.status_code == CONFLICT
    text = answer.content.decode()
    for words in ("Tekst van Piet", "Tekst van Anna", "Piet Hoekstra", "Anna de Boer"):
        assert words in text
    assert 'name="revision" value="1"' in text
    milestone.refresh_from_db()
    assert (milestone.note, milestone.owner) == ("Tekst van Piet", piet)
    answer = post(board, milestone, "wie/", revision=1, note="Tekst van Anna", owner=anna.pk)
    assert answer.status_code == 302
    milestone.refresh_from_db()
    assert milestone.note == "Tekst van Anna"


@pytest.mark.parametrize("note", ["nul\x00nul", "x" * 100_000])
def test_a_note_that_cannot_be_kept_is_refused(
    board: Client, timeline: Timeline, note: str
) -> None:
    milestone = of(timeline, "people_approached")
    answer = post(board, milestone, "wie/", revision=0, note=note)
    assert answer.status_code == UNPROCESSABLE
    assert "What you typed is still here" in answer.content.decode()
    milestone.refresh_from_db()
    assert milestone.note == ""


def test_the_owner_comes_from_the_fitting_roles_of_this_branch(
    board: Client, timeline: Timeline
) -> None:
    milestone = of(timeline, "draft_sent")
    fits = MembershipFactory(branch=timeline.branch, role=Role.COMMITTEE).user
    wrong = [
        MembershipFactory(branch=timeline.branch, role=Role.MEMBER).user,
        MembershipFactory(branch=timeline.branch, role=Role.COUNCIL_GROUP).user,
        MembershipFactory(role=Role.COMMITTEE).user,
        MembershipFactory(
            branch=timeline.branch, role=Role.COMMITTEE, ended_on=date(2021, 9, 1)
        ).user,
    ]
    text = get(board, milestone)
    assert f'value="{fits.pk}"' in text
    for user in wrong:
        assert f'<option value="{user.pk}"' not in text
        answer = post(board, milestone, "wie/", revision=0, owner=user.pk)
        assert answer.status_code == UNPROCESSABLE
        assert "no role here that fits" in answer.content.decode()
    milestone.refresh_from_db()
    assert milestone.owner is None


# Who may


@pytest.mark.parametrize(
    ("role", "key", "may"),
    [
        (Role.BOARD, "draft_sent", True),
        (Role.COMMITTEE, "draft_sent", True),
        (Role.COUNCIL_GROUP, "draft_sent", False),
        (Role.MEMBER, "draft_sent", False),
        (Role.COMMITTEE, "people_approached", False),
        (Role.COUNCIL_GROUP, "promises_assessed", True),
        (Role.COUNCIL_GROUP, "top_ten_agreed", True),  # as its second role
    ],
)
def test_who_works_on_a_milestone(
    client: Client, sign_in: SignIn, timeline: Timeline, role: Role, key: str, *, may: bool
) -> None:
    milestone = of(timeline, key)
    sign_in(client, MembershipFactory(branch=timeline.branch, role=role).user)
    text = get(client, milestone)
    assert (address(milestone, "wie/") in text) is may
    expected = 302 if may else 403
    assert post(client, milestone, "wie/", revision=0, note="Hoi").status_code == expected
    milestone.refresh_from_db()
    assert milestone.note == ("Hoi" if may else "")


def test_an_owner_works_on_it_whatever_the_role(
    client: Client, sign_in: SignIn, timeline: Timeline
) -> None:
    user = MembershipFactory(branch=timeline.branch, role=Role.COUNCIL_GROUP).user
    timeline.milestones.filter(key="draft_sent").update(owner=user)
    milestone = of(timeline, "draft_sent")
    sign_in(client, user)
    assert post(client, milestone, "wie/", revision=0, note="Hoi").status_code == 302
    # Dropping and moving stay with the board.
    assert post(client, milestone, "vervalt/", revision=1, reason="x").status_code == 403
    assert client.get(address(milestone, "verzetten/")).status_code == 403


TAILS = (
    "onderdeel/reasons_listed/",
    "onderdeel/reasons_listed/weg/",
    "klaar/",
    "heropenen/",
    "vervalt/",
    "terug/",
    "wie/",
    "verzetten/",
    "volgen/",
)


@pytest.mark.parametrize("tail", TAILS)
def test_the_national_office_reads_only(
    client: Client, sign_in: SignIn, timeline: Timeline, tail: str
) -> None:
    milestone = of(timeline, "people_approached")
    sign_in(client, NationalOfficerFactory().user)
    get(client, milestone)
    answer = post(client, milestone, tail, revision=0, reason="x", dag="2021-11-01")
    assert answer.status_code == 403


@pytest.mark.parametrize("tail", ["", *TAILS])
def test_a_milestone_of_another_branch_is_404_and_untouched(
    board: Client, timeline: Timeline, tail: str
) -> None:
    other = of(TimelineFactory(), "people_approached")
    path = f"/afdeling/{timeline.branch.slug}/mijlpaal/{other.pk}/{tail}"
    if tail in ("", "verzetten/"):
        assert board.get(path).status_code == 404
    if tail:
        data = {"revision": 0, "reason": "x", "note": "x", "dag": "2021-11-01"}
        assert board.post(path, data).status_code == 404
    own = address(other, tail)
    assert (board.post(own, {"revision": 0}) if tail else board.get(own)).status_code == 404
    before = (other.status, other.note, other.target, other.revision)
    other.refresh_from_db()
    assert (other.status, other.note, other.target, other.revision) == before


@pytest.mark.parametrize("pk", ["0", "9" * 30, "9" * 5000])
def test_an_impossible_number_is_404(board: Client, timeline: Timeline, pk: str) -> None:
    assert timeline.pk
    assert board.get(f"/afdeling/harlingen/mijlpaal/{pk}/").status_code == 404


@pytest.mark.parametrize("tail", [tail for tail in TAILS if tail != "verzetten/"])
def test_a_link_alone_changes_nothing(board: Client, timeline: Timeline, tail: str) -> None:
    assert board.get(address(of(timeline, "people_approached"), tail)).status_code == 405
