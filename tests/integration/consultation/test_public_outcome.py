"""What happened with the input, in totals; opening the form; and the way out for a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry, User
from consultation.enums import LetterKind, Status
from consultation.links import forget_address
from consultation.models import (
    Channel,
    Consultation,
    Contribution,
    Contributor,
    Letter,
    MeasureLink,
)
from consultation.queries.outcome import outcome_of
from consultation.services import forms_open, letters
from consultation.services.cutting import cut
from consultation.services.merging import merge
from consultation.services.outcome import publish, withdraw
from consultation.services.receiving import Person
from core.concurrency import Stale
from core.masking import mask
from process.models import Milestone
from programmes.models import Measure
from tests.clock import FIRST_DAY
from tests.consultation_factories import channel_of, consultation_of, contribution_of
from tests.factories import MembershipFactory, UserFactory
from tests.integration.consultation.public_form import address, open_consultation
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db


def _settle(row: Contribution, status: Status) -> Contribution:
    Contribution.objects.filter(pk=row.pk).update(status=status, reason="Kan niet uit de begroting")
    row.refresh_from_db()
    return row


def _link(row: Contribution, measure: Measure) -> None:
    MeasureLink.objects.create(contribution=row, measure=measure, linked_on=FIRST_DAY)


def _measures(consultation: Consultation) -> list[Measure]:
    texts = [f"Voorstel {n}" for n in range(3)]
    return list(programme_with({"Wonen": texts}, branch=consultation.branch).measures.all())


def _board(consultation: Consultation, role: Role = Role.BOARD) -> User:
    user: User = UserFactory.create()
    MembershipFactory.create(user=user, branch=consultation.branch, role=role)
    return user


def test_totals_follow_what_was_merged_and_cut() -> None:
    consultation, by = consultation_of(), UserFactory.create()
    theme = consultation.themes.all()[0]
    rows = [contribution_of(consultation, f"Punt {n}", theme=theme) for n in range(4)]
    contribution_of(consultation, "Nooit", held="links")
    lead = merge(into=rows[0], others=rows[1:3], by=by, today=FIRST_DAY)
    _settle(lead, Status.ADOPTED)
    parts = cut(contribution=rows[3], texts=["Een", "Twee"], by=by, today=FIRST_DAY)
    _settle(parts[0], Status.NOT_ADOPTED)
    found = outcome_of(consultation)
    assert (found.came_in, found.points) == (4, 3)
    line = found.themes[0]
    assert line.points == 3
    assert [cell.count for cell in line.cells] == [1, 0, 1, 0, 1]
    assert [theme.points for theme in found.themes[1:]] == [0] * 5
    assert [line.count for line in found.channels] == [4]


def test_measures_tell_how_many_stand_behind_them() -> None:
    consultation, by = consultation_of(), UserFactory.create()
    rows = [contribution_of(consultation, f"Punt {n}") for n in range(6)]
    lead = merge(into=rows[0], others=rows[1:3], by=by, today=FIRST_DAY)
    parts = cut(contribution=rows[3], texts=["Een", "Twee"], by=by, today=FIRST_DAY)
    first, second, third = _measures(consultation)[:3]
    for row in (lead, *parts):
        _link(_settle(row, Status.PARTLY), first)
    _link(_settle(rows[4], Status.ADOPTED), second)
    # Linked, but only for consideration: nothing is promised with it.
    _link(_settle(rows[5], Status.CONSIDERED), third)
    found = [(one.text, one.behind) for one in outcome_of(consultation).measures]
    assert found == [(first.text, 4), (second.text, 1)]


def test_fewer_than_five_are_not_named() -> None:
    consultation = consultation_of()
    for number in range(5):
        contribution_of(consultation, neighbourhood=["Zuid", "zuid "][number % 2], role="resident")
    for _number in range(4):
        contribution_of(consultation, neighbourhood="Kerkstraat 12", role="alderman")
    found = outcome_of(consultation)
    assert found.neighbourhoods[0].name == "Zuid"
    assert [line.count for line in found.neighbourhoods] == [5, 4]
    assert "Kerkstraat" not in repr(found)
    assert len(found.roles) == 2


def test_no_word_of_a_person_stands_on_the_page() -> None:
    consultation = open_consultation(outcome_public_since=FIRST_DAY, outcome_text="Dank <b>je</b>")
    row = contribution_of(
        consultation, "Mijn buurman is boos", person=Person(name="Bep", email="bep@voorbeeld.nl")
    )
    _settle(row, Status.NOT_ADOPTED)
    Contribution.objects.filter(pk=row.pk).update(answer="Beste Bep", note="Bep belt vaak")
    answer = Client().get(address(consultation, "outcome"))
    page = answer.content.decode()
    assert answer.status_code == 200
    for word in ("buurman", "Bep", "bep@", "begroting", "belt"):
        assert word not in page
    assert "Dank &lt;b&gt;je" in page
    assert "max-age=300" in answer["Cache-Control"]
    assert "geen standpunt" in page or "not a position" in page


def test_the_page_asks_the_same_number_of_questions_however_much_came_in() -> None:
    consultation = open_consultation(outcome_public_since=FIRST_DAY)
    measures = _measures(consultation)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address(consultation, "outcome")).status_code == 200
        return len(queries)

    counts = []
    for number in range(3):
        row = contribution_of(consultation, f"Punt {number}", neighbourhood=f"Buurt {number}")
        _link(_settle(row, Status.ADOPTED), measures[number])
        counts.append(asked())
    assert len(set(counts)) == 1


def test_the_branch_looks_first_then_publishes_and_takes_it_back(
    client: Client, sign_in: Any
) -> None:
    consultation = consultation_of()
    sign_in(client, _board(consultation, Role.COMMITTEE))
    here = reverse("consultation:outcome_settings", args=[consultation.branch.slug])
    preview = reverse("consultation:outcome_preview", args=[consultation.branch.slug])
    assert Client().get(address(consultation, "outcome")).status_code == 404
    assert client.get(preview)["Cache-Control"] == "private, no-store"
    client.post(here, {"outcome_text": "Dank je wel", "revision": consultation.revision})
    assert "Dank je wel" in Client().get(address(consultation, "outcome")).content.decode()
    consultation.refresh_from_db()
    client.post(here, {"act": "withdraw", "revision": consultation.revision})
    assert Client().get(address(consultation, "outcome")).status_code == 404
    verbs = AuditEntry.objects.filter(verb__startswith="outcome").order_by("pk")
    assert [row.verb for row in verbs] == ["outcome.published", "outcome.unpublished"]


def test_two_people_at_the_result_both_see_their_words() -> None:
    consultation, by = consultation_of(), UserFactory.create()
    seen = consultation.revision
    publish(consultation=consultation, text="Een", by=by, today=FIRST_DAY, revision=seen)
    with pytest.raises(Stale):
        publish(consultation=consultation, text="Twee", by=by, today=FIRST_DAY, revision=seen)
    with pytest.raises(Stale):
        withdraw(consultation=consultation, by=by, today=FIRST_DAY, revision=seen)
    consultation.refresh_from_db()
    assert consultation.outcome_text == "Een"


# The form of the branch -----------------------------------------------------------------------


def test_opening_the_form_opens_its_channel_and_tells_the_milestone(
    client: Client, sign_in: Any
) -> None:
    consultation = consultation_of()
    sign_in(client, _board(consultation))
    here = reverse("consultation:form_settings", args=[consultation.branch.slug])
    assert client.get(here).status_code == 200
    client.post(here, {"introduction": "Wat speelt er?", "revision": consultation.revision})
    consultation.refresh_from_db()
    channel = Channel.objects.get(consultation=consultation, kind="form")
    assert consultation.form_open_since == channel.opened_on == FIRST_DAY
    milestone = Milestone.objects.get(timeline=consultation.timeline, key="input_open")
    assert milestone.progress_done == 1
    page = client.get(here).content.decode()
    assert address(consultation) in page
    assert "&lt;iframe" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="qr"' in page
    assert "Wat speelt er?" in Client().get(address(consultation)).content.decode()
    client.post(here, {"act": "close", "revision": consultation.revision})
    channel.refresh_from_db()
    consultation.refresh_from_db()
    assert (consultation.form_open_since, channel.closed_on) == (None, FIRST_DAY)
    # Open again: the channel is the one that it was.
    forms_open.open_form(
        consultation=consultation,
        introduction="",
        by=UserFactory.create(),
        today=FIRST_DAY,
        revision=consultation.revision,
    )
    channel.refresh_from_db()
    assert (channel.opened_on, channel.closed_on) == (FIRST_DAY, None)
    verbs = AuditEntry.objects.filter(verb__startswith="form.").order_by("pk")
    assert [row.verb for row in verbs] == ["form.opened", "form.closed", "form.opened"]


def test_the_second_saver_of_the_introduction_gets_both_texts(client: Client, sign_in: Any) -> None:
    consultation = open_consultation()
    sign_in(client, _board(consultation))
    here = reverse("consultation:form_settings", args=[consultation.branch.slug])
    answer = client.post(here, {"introduction": "Anders", "revision": 0})
    assert answer.status_code == 409
    assert "Anders" in answer.content.decode()
    assert "Zeg het ons." in answer.content.decode()
    client.post(here, {"act": "close", "revision": 0})
    consultation.refresh_from_db()
    assert consultation.form_open_since == FIRST_DAY


def test_poster_and_code_lead_to_the_form(client: Client, sign_in: Any) -> None:
    consultation = open_consultation()
    sign_in(client, _board(consultation, Role.MEMBER))
    slug = consultation.branch.slug
    poster = client.get(reverse("consultation:poster", args=[slug])).content.decode()
    assert f"/meedoen<wbr>/{slug}" in poster
    assert 'role="img"' in poster
    code = client.get(reverse("consultation:form_qr", args=[slug]))
    assert code["Content-Type"] == "image/svg+xml"
    assert b"style" not in code.content


# The way out ----------------------------------------------------------------------------------


def _known(consultation: Consultation) -> tuple[Contribution, str]:
    person = Person(name="Bep", email="bep@voorbeeld.nl", consent="Ja.")
    row = contribution_of(
        consultation, "Mijn buurman", channel=channel_of(consultation), person=person
    )
    assert row.contributor is not None
    letters.write(
        contributor=row.contributor, kind=LetterKind.RECEIVED, contribution=row, today=FIRST_DAY
    )
    return row, forget_address(row.contributor).partition("//")[2].partition("/")[2]


def test_looking_at_the_link_changes_nothing_and_one_press_takes_the_person_out() -> None:
    row, path = _known(open_consultation())
    strict = Client(enforce_csrf_checks=True)
    for _time in range(2):
        page = strict.get(f"/{path}")
        assert page.status_code == 200
        assert "Bep" not in page.content.decode()
    assert Contributor.objects.exists()
    for _time in range(2):
        answer = strict.post(f"/{path}")
        assert answer.status_code == 302
        assert strict.get(answer["Location"]).status_code == 200
        assert not answer.cookies
    row.refresh_from_db()
    assert (row.text, row.stems, row.contributor) == ("", "", None)
    assert row.erased_on == FIRST_DAY
    assert not Contributor.objects.exists()
    assert not Letter.objects.exists()
    assert Contribution.objects.came_in().count() == 1
    entry = AuditEntry.objects.get(verb="contributor.erased")
    assert entry.params == {"count": 1}
    assert page["Referrer-Policy"] == "strict-origin"
    assert page["X-Robots-Tag"] == "noindex"


def test_one_press_takes_out_all_that_came_with_the_same_address() -> None:
    first, path = _known(open_consultation())
    consultation = first.consultation
    again = contribution_of(
        consultation, "En mijn zus", person=Person(name="Bep V.", email="BEP@voorbeeld.nl")
    )
    other = contribution_of(
        consultation, "Van een ander", person=Person(name="Bep", email="ander@voorbeeld.nl")
    )
    elsewhere = contribution_of(consultation_of(), person=Person(email="bep@voorbeeld.nl"))
    Client().post(f"/{path}")
    for row in (first, again, other, elsewhere):
        row.refresh_from_db()
    assert (first.text, again.text) == ("", "")
    assert other.text
    assert elsewhere.text
    assert set(Contributor.objects.values_list("pk", flat=True)) == {
        other.contributor_id,
        elsewhere.contributor_id,
    }


@pytest.mark.parametrize("token", ["1:verzonnen", "x", "1", "9" * 400])
def test_a_link_that_is_not_ours_is_a_calm_page(token: str) -> None:
    _known(open_consultation())
    path = reverse("consultation:forget", args=[token])
    for answer in (Client().get(path), Client().post(path)):
        assert answer.status_code == 404
        assert "<h1>" in answer.content.decode()
    assert Contributor.objects.exists()


def test_the_key_in_the_link_is_masked_in_logs() -> None:
    _row, path = _known(open_consultation())
    key = path.rstrip("/").rpartition("/")[2]
    assert key not in mask(f"Not Found: /{path}")
    assert mask("/meedoen/weg/1:x/") == "/meedoen/weg/[key]"
