"""The first page of the input: before it began, and how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch, User
from consultation.enums import Held
from consultation.models import Channel, Consultation, Contribution, Theme
from process.models import Milestone
from process.services.milestones import record_part
from tests.clock import FIRST_DAY
from tests.consultation_factories import (
    channel_of,
    contribution_of,
    gathering_of,
    session_of,
)
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def words(text: str) -> str:
    return " ".join(text.split())


def address(branch: Branch, name: str = "overview", *args: int) -> str:
    return reverse(f"consultation:{name}", args=[branch.slug, *args])


def enter(client: Client, sign_in: SignIn, branch: Branch, role: Role) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return sign_in(client, MembershipFactory(branch=branch, role=role).user)


def test_without_a_timeline_nothing_can_begin(client: Client, sign_in: SignIn) -> None:
    branch = BranchFactory()
    board = enter(client, sign_in, branch, Role.BOARD)
    page = board.get(address(branch))
    assert page.status_code == 200
    assert "has not been laid out yet" in words(page.text)
    assert address(branch, "start") not in page.text
    assert board.post(address(branch, "start")).status_code == 409
    assert not Consultation.objects.exists()


def test_one_button_begins_it_and_twice_is_once(client: Client, sign_in: SignIn) -> None:
    branch = TimelineFactory().branch
    board = enter(client, sign_in, branch, Role.BOARD)
    assert "Begin to collect input" in board.get(address(branch)).text
    for _twice in range(2):
        page = board.post(address(branch, "start"), follow=True)
    assert Consultation.objects.get().branch == branch
    assert "No channel is open" in words(page.text)
    assert "Open the first channel" in page.text


def test_a_member_reads_that_it_has_not_begun_and_sees_no_button(
    client: Client, sign_in: SignIn
) -> None:
    branch = TimelineFactory().branch
    page = enter(client, sign_in, branch, Role.MEMBER).get(address(branch))
    assert "The committee or the board begins this" in page.text
    assert "Begin to collect input" not in page.text


def test_before_it_began_the_other_pages_are_not_there(client: Client, sign_in: SignIn) -> None:
    branch = TimelineFactory().branch
    board = enter(client, sign_in, branch, Role.BOARD)
    for name in ("channels", "stakeholders", "close_input", "theme_add", "channel_add"):
        assert board.get(address(branch, name)).status_code == 404


def test_it_says_what_came_in_when_from_where_and_what_is_empty(
    as_ans: Client, consultation: Consultation
) -> None:
    housing = consultation.themes.get(classic="housing")
    mail = channel_of(consultation, "mail")
    for days, channel in ((0, mail), (3, mail), (30, channel_of(consultation))):
        contribution_of(
            consultation, theme=housing, channel=channel, received_on=FIRST_DAY - timedelta(days)
        )
    contribution_of(consultation, "Zonder thema.")
    contribution_of(consultation, "Rommel", held=Held.LINKS)
    Contribution.objects.filter(channel=mail).update(status="considered")
    found = as_ans.get(address(consultation.branch)).context["page"]
    totals = found.totals
    assert (totals.all, totals.today, totals.week) == (4, 2, 3)
    assert (totals.listed, totals.untouched, totals.set_aside) == (4, 2, 1)
    assert {str(line.channel.kind): line.came_in for line in found.channels} == {
        "mail": 2,
        "form": 2,
        "meeting": 0,
    }
    numbers = {line.theme.classic: (line.came_in, line.untouched) for line in found.themes}
    assert numbers["housing"] == (3, 1)
    assert numbers["care"] == (0, 0)
    assert len(found.empty_themes) == 5
    assert found.no_theme == 1


def test_a_merged_one_counts_for_the_theme_of_the_one_it_went_into(
    as_ans: Client, consultation: Consultation
) -> None:
    care, work = (consultation.themes.get(classic=key) for key in ("care", "work"))
    lead = contribution_of(consultation, theme=care)
    merged = contribution_of(consultation, theme=work)
    Contribution.objects.filter(pk=merged.pk).update(merged_into=lead)
    found = as_ans.get(address(consultation.branch)).context["page"]
    numbers = {line.theme.classic: (line.came_in, line.listed) for line in found.themes}
    assert (numbers["care"], numbers["work"]) == ((2, 1), (0, 0))


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("facebook", "no way to take part face to face"), ("meeting", "no way to take part online")],
)
def test_a_clear_sentence_says_which_kind_of_channel_is_missing(
    as_ans: Client, consultation: Consultation, kind: str, sentence: str
) -> None:
    channel_of(consultation, kind)
    for name in ("overview", "channels"):
        assert sentence in words(as_ans.get(address(consultation.branch, name)).text)
    other = "meeting" if kind == "facebook" else "facebook"
    channel_of(consultation, other)
    assert "no way to take part" not in words(as_ans.get(address(consultation.branch)).text)


def test_the_next_gathering_and_the_last_day_are_told(
    as_ans: Client, consultation: Consultation
) -> None:
    gathering_of(consultation, day=FIRST_DAY - timedelta(days=9), status="held")
    later = gathering_of(consultation, day=date(2021, 11, 9))
    soon = gathering_of(consultation, day=date(2021, 10, 12))
    consultation.closes_on = date(2021, 12, 1)
    consultation.save()
    page = as_ans.get(address(consultation.branch))
    assert page.context["page"].next_gathering == soon
    assert page.context["page"].next_gathering != later
    assert "Input closes on" in words(page.text)


def test_members_and_the_others_see_totals_and_no_word_of_anybody(
    client: Client, sign_in: SignIn, consultation: Consultation
) -> None:
    theme = consultation.themes.get(classic="housing")
    contribution_of(consultation, "Een geheim van Piet.", theme=theme)
    member = enter(client, sign_in, consultation.branch, Role.MEMBER)
    for where in (
        address(consultation.branch),
        address(consultation.branch, "theme", theme.pk),
    ):
        page = member.get(where)
        assert page.status_code == 200
        assert "contribution came in" in words(page.text)
        assert "geheim" not in page.text
        assert address(consultation.branch, "channels") not in page.text
        assert "?thema=" not in page.text


def test_when_all_parts_are_there_it_leads_to_the_milestones_own_last_step(
    as_ans: Client, consultation: Consultation, ans: User
) -> None:
    row = Milestone.objects.select_related("definition", "timeline__branch").get(
        timeline=consultation.timeline, key="themes_and_channels"
    )
    close = "All of it is there: close this milestone"
    assert close not in as_ans.get(address(consultation.branch)).text
    for key in ("local_themes", "digital_channel", "physical_channel"):
        record_part(milestone=row, part_key=key, by=ans, today=FIRST_DAY)
    page = as_ans.get(address(consultation.branch))
    assert close in words(page.text)
    milestone = reverse("process:milestone", args=[consultation.branch.slug, row.pk])
    assert f"{milestone}#finish" in page.text
    assert 'id="finish"' in as_ans.get(milestone).text


@pytest.mark.parametrize("name", ["overview", "channels"])
def test_the_page_costs_the_same_however_much_there_is(
    as_ans: Client, consultation: Consultation, name: str
) -> None:
    costs = []
    for round_ in range(3):
        own = Theme.objects.create(consultation=consultation, name=f"Thema {round_}", position=9)
        channel = Channel.objects.create(
            consultation=consultation,
            kind="survey",
            nature="digital",
            name=f"E{round_}",
            opened_on=FIRST_DAY,
        )
        for _each in range(1 + 3 * round_):
            contribution_of(consultation, theme=own, channel=channel)
        session_of(gathering_of(consultation, day=date(2021, 11, 1)), theme=own)
        with CaptureQueriesContext(connection) as seen:
            assert as_ans.get(address(consultation.branch, name)).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] == costs[2]


def test_a_theme_tells_what_was_done_with_it_and_where_it_was_talked_about(
    as_ans: Client, consultation: Consultation
) -> None:
    row = consultation.themes.get(classic="care")
    for status in ("considered", "considered", "new"):
        Contribution.objects.filter(pk=contribution_of(consultation, theme=row).pk).update(
            status=status
        )
    gathering = gathering_of(consultation, day=date(2021, 11, 1))
    for _table in range(2):
        session_of(gathering, theme=row)
    page = as_ans.get(address(consultation.branch, "theme", row.pk))
    counts = {status.value: count for status, count in page.context["statuses"]}
    assert (counts["considered"], counts["new"], counts["adopted"]) == (2, 1, 0)
    assert list(page.context["gatherings"]) == [gathering]
    assert f"?thema={row.pk}" in page.text


def test_themes_and_channels_are_kept_from_the_browser(
    as_ans: Client, consultation: Consultation
) -> None:
    branch = consultation.branch
    as_ans.post(address(branch, "theme_add"), {"name": "Zonneveld"})
    own = Theme.objects.get(name="Zonneveld")
    assert as_ans.post(address(branch, "theme_add"), {"name": "zonneveld"}).status_code == 409
    assert as_ans.post(address(branch, "theme_add"), {"name": ""}).status_code == 422
    as_ans.post(address(branch, "theme_move", own.pk), {"way": "up"})
    as_ans.post(address(branch, "theme_move", own.pk), {"way": "sideways"})
    assert Theme.objects.get(pk=own.pk).position == 5
    as_ans.post(address(branch, "theme_close", own.pk))
    page = as_ans.get(address(branch, "channels"))
    assert [line.theme for line in page.context["closed_themes"]] == [own]
    as_ans.post(address(branch, "theme_reopen", own.pk))
    assert Theme.objects.get(pk=own.pk).closed_on is None
    sent = {"kind": "mail", "address": "geen adres"}
    assert as_ans.post(address(branch, "channel_add"), sent).status_code == 422
    as_ans.post(address(branch, "channel_add"), sent | {"address": "inbreng@voorbeeld.nl"})
    mail = Channel.objects.get(kind="mail")
    kinds = as_ans.get(address(branch, "channel_add")).context["form"].fields["kind"].choices
    assert not {"mail", "form"} & {value for value, _label in kinds}
    as_ans.post(address(branch, "channel_close", mail.pk))
    assert Channel.objects.get(pk=mail.pk).closed_on == FIRST_DAY
    form = Channel.objects.get(kind="form")
    page = as_ans.post(address(branch, "channel_open", form.pk), follow=True)
    assert "on its own page" in page.text
    assert Channel.objects.get(pk=form.pk).opened_on is None


def test_an_address_that_is_no_page_is_no_link(as_ans: Client, consultation: Consultation) -> None:
    channel_of(consultation, "other", address="javascript:alert(1)", name="Markt")
    channel_of(consultation, "facebook", address="https://voorbeeld.nl/afdeling")
    text = as_ans.get(address(consultation.branch, "channels")).text
    assert 'href="javascript' not in text
    assert 'href="https://voorbeeld.nl/afdeling"' in text


def test_the_last_day_is_chosen_and_a_second_saver_sees_both(
    as_ans: Client, consultation: Consultation
) -> None:
    where = address(consultation.branch, "close_input")
    assert as_ans.post(where, {"closes_on": "2021-12-01", "revision": 0}).status_code == 302
    second = as_ans.post(where, {"closes_on": "2021-12-24", "revision": 0})
    assert second.status_code == 409
    assert as_ans.post(where, {"closes_on": "2021-09-01", "revision": 1}).status_code == 409
    stored = Consultation.objects.get(pk=consultation.pk)
    assert stored.closes_on == date(2021, 12, 1)
    again = {"closes_on": "", "revision": stored.revision}
    assert as_ans.post(where, again).status_code == 302
    assert Consultation.objects.get(pk=consultation.pk).closes_on is None
