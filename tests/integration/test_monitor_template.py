"""The national template: reading, drafting, two people at once, publishing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry, NationalOfficer
from monitor.queries.template import week_words
from process.models import TemplateMilestone, TemplateVersion
from process.services.templates import current_template, start_draft
from tests.factories import NationalOfficerFactory
from tests.process_factories import template_version

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 4)
DRAFT = "/landelijk/sjabloon/concept/"


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    officer: NationalOfficer = NationalOfficerFactory()
    template_version()
    return sign_in(client, officer.user)


@pytest.fixture
def draft(office: Client) -> TemplateVersion:
    assert office.post(DRAFT).status_code == 302
    return TemplateVersion.objects.get(is_draft=True)


def edit_url(key: str) -> str:
    return reverse("monitor:template_milestone", args=[key])


def filled(office: Client, key: str) -> dict[str, Any]:
    """Return what the edit form holds when it is opened."""
    form = office.get(edit_url(key)).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def milestone(key: str) -> TemplateMilestone:
    return TemplateMilestone.objects.get(version__is_draft=True, key=key)


def test_the_version_in_force_is_shown_as_our_own_default(office: Client) -> None:
    text = office.get(
        reverse("monitor:template"), headers={"accept-language": "en"}
    ).content.decode()
    assert "our own default" in text
    assert "25 to 13 weeks before polling day, target 19" in text
    assert "By law: Polling day" in text


def test_without_a_template_the_page_says_so(
    client: Client, sign_in: Callable[..., Client]
) -> None:
    officer: NationalOfficer = NationalOfficerFactory()
    office = sign_in(client, officer.user)
    assert office.get(reverse("monitor:template")).status_code == 200
    assert office.post(DRAFT)["Location"] == reverse("monitor:template")
    assert not TemplateVersion.objects.exists()


def test_one_draft_at_a_time(office: Client, draft: TemplateVersion) -> None:
    office.post(DRAFT)
    assert TemplateVersion.objects.filter(is_draft=True).get() == draft
    assert office.get(DRAFT).status_code == 200
    assert draft.milestones.count() == template_version().milestones.count()


def test_a_milestone_is_edited_in_the_draft_only(office: Client, draft: TemplateVersion) -> None:
    data = filled(office, "programme_adopted") | {
        "title_nl": "Programma vastgesteld",
        "target_week": "-20",
    }
    labels = [name for name in data if name.startswith("part_") and name.endswith("_nl")]
    data[labels[0]] = "De uitnodiging"
    assert office.post(edit_url("programme_adopted"), data)["Location"] == DRAFT
    changed = milestone("programme_adopted")
    assert (changed.title_nl, changed.target_week) == ("Programma vastgesteld", -20)
    assert "De uitnodiging" in {part.label_nl for part in changed.parts.all()}
    published = current_template()
    assert published is not None
    assert published.milestones.get(key="programme_adopted").target_week == -19
    assert AuditEntry.objects.filter(verb="template.edited").count() == 1
    assert draft.number == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"start_week": "-10", "end_week": "-20"}, "end_week"),
        ({"target_week": "-40"}, "target_week"),
        ({"target_week": "0"}, "target_week"),
        ({"target_week": "veel"}, "target_week"),
        ({"start_week": "-99999"}, "start_week"),
        ({"title_nl": ""}, "title_nl"),
        ({"title_nl": "x" * 100_000}, "title_nl"),
        ({"why_nl": "x" * 100_000}, "why_nl"),
        ({"why_nl": "a\x00b"}, "why_nl"),
        ({"owner_role": "king"}, "owner_role"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    office: Client, draft: TemplateVersion, changed: dict[str, str], field: str
) -> None:
    data = filled(office, "programme_adopted") | changed
    response = office.post(edit_url("programme_adopted"), data)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert milestone("programme_adopted").target_week == -19
    draft.refresh_from_db()
    assert draft.revision == 0


def test_html_is_stored_as_text_and_shown_escaped(office: Client, draft: TemplateVersion) -> None:
    data = filled(office, "draft_sent") | {"title_nl": "<script>x</script>", "title_en": "<i>x</i>"}
    office.post(edit_url("draft_sent"), data)
    text = office.get(DRAFT).content.decode()
    assert "<script>x" not in text
    assert "<i>x</i>" not in text
    assert milestone("draft_sent").title_nl == "<script>x</script>"
    assert draft.is_draft


def test_two_people_at_one_milestone_the_second_sees_both_texts(
    office: Client, draft: TemplateVersion
) -> None:
    first = filled(office, "draft_sent")
    second = dict(first)
    office.post(edit_url("draft_sent"), first | {"title_nl": "Titel van Anna"})
    response = office.post(edit_url("draft_sent"), second | {"title_nl": "Titel van Bram"})
    assert response.status_code == 409
    text = response.content.decode()
    assert "Titel van Anna" in text
    assert "Titel van Bram" in text
    assert milestone("draft_sent").title_nl == "Titel van Anna"
    # The form on that page saves after all.
    form = response.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert office.post(edit_url("draft_sent"), data).status_code == 302
    assert milestone("draft_sent").title_nl == "Titel van Bram"
    assert draft.is_draft


def test_two_people_at_two_milestones_are_not_in_each_others_way(
    office: Client, draft: TemplateVersion
) -> None:
    first, second = filled(office, "draft_sent"), filled(office, "input_open")
    assert office.post(edit_url("draft_sent"), first | {"title_nl": "A"}).status_code == 302
    assert office.post(edit_url("input_open"), second | {"title_nl": "B"}).status_code == 302
    assert (milestone("draft_sent").title_nl, milestone("input_open").title_nl) == ("A", "B")
    draft.refresh_from_db()
    assert draft.revision == 2


def test_a_statutory_milestone_has_words_but_no_weeks(
    office: Client, draft: TemplateVersion
) -> None:
    data = filled(office, "polling_day")
    assert "target_week" not in data
    office.post(edit_url("polling_day"), data | {"title_nl": "Stemmen!", "target_week": "3"})
    changed = milestone("polling_day")
    assert (changed.title_nl, changed.target_week) == ("Stemmen!", None)
    assert draft.is_draft


def test_targets_the_wrong_way_round_are_warned_about(
    office: Client, draft: TemplateVersion
) -> None:
    assert office.get(DRAFT).context["warnings"] == []
    data = filled(office, "candidate_list_set") | {
        "start_week": "-30",
        "target_week": "-28",
        "end_week": "-11",
    }
    response = office.post(edit_url("candidate_list_set"), data, follow=True)
    assert len(response.context["warnings"]) == 1
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]
    publish = office.get(reverse("monitor:template_publish"))
    assert publish.context["warnings"] == response.context["warnings"]
    assert draft.is_draft


def test_publishing_freezes_the_version(office: Client, draft: TemplateVersion) -> None:
    url = reverse("monitor:template_publish")
    assert office.post(url, {"note": "", "revision": 0}).status_code == 200
    assert office.post(url, {"note": "Ruimer", "revision": 0}).status_code == 302
    draft.refresh_from_db()
    assert (draft.is_draft, draft.published_on, draft.note) == (False, TODAY, "Ruimer")
    assert current_template() == draft
    assert office.get(edit_url("draft_sent")).status_code == 404
    assert office.get(url).status_code == 404
    assert "Ruimer" in office.get(reverse("monitor:template")).content.decode()


def test_publishing_a_draft_that_changed_meanwhile_is_asked_again(
    office: Client, draft: TemplateVersion
) -> None:
    office.post(edit_url("draft_sent"), filled(office, "draft_sent") | {"title_nl": "Anders"})
    url = reverse("monitor:template_publish")
    response = office.post(url, {"note": "Ruimer", "revision": 0})
    assert response.status_code == 409
    draft.refresh_from_db()
    assert draft.is_draft
    again = response.context["form"]
    data = {name: again[name].value() for name in again.fields}
    assert office.post(url, data).status_code == 302


def test_a_draft_that_is_there_is_returned(office: Client, draft: TemplateVersion) -> None:
    officer = NationalOfficer.objects.get()
    assert start_draft(by=officer.user, today=TODAY) == draft
    assert office.get(edit_url("bestaat_niet")).status_code == 404


def test_weeks_in_words() -> None:
    assert week_words(0) != week_words(1)
    assert "1" in week_words(-1)
    assert "2" in week_words(2)
