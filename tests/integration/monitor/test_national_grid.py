"""The national page milestone by milestone: cells lead to a milestone, and that one back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from process.models import Milestone, TemplateMilestone, TemplateVersion, Timeline
from process.queries.timelines import state_of
from process.services import pulse
from tests.clock import FIRST_DAY
from tests.factories import MembershipFactory
from tests.integration.monitor.national_stage import ENGLISH, URL, colleague, timeline
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

GRID = f"{URL}?beeld=raster"
CELL = re.compile(r'<td><a href="([^"]*)" title="([^"]*)" class="(\w+)">')


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, colleague("Cas"))


def cells(client: Client, address: str = GRID) -> list[tuple[str, str, str]]:
    text = client.get(address, headers=ENGLISH).content.decode()
    return [(unescape(href), unescape(title), state) for href, title, state in CELL.findall(text)]


def test_each_milestone_is_a_cell_with_its_words_its_shape_and_its_own_page(
    office: Client,
) -> None:
    made = timeline("Tiel & co", done={"people_approached": date(2021, 1, 20)})
    rows = list(made.milestones.select_related("definition").order_by("position"))
    shown = cells(office)
    assert len(shown) == len(rows)
    for row, (href, title, state) in zip(rows, shown, strict=True):
        address = reverse("process:milestone", args=[made.branch.slug, row.pk])
        assert urlsplit(href).path == address
        assert state == state_of(row, today=FIRST_DAY).value
        assert title.startswith(f"Tiel & co: {row.definition.title_en}, ")
    text = office.get(GRID).content.decode()
    assert {state for _href, _title, state in shown} <= set(re.findall(r'id="cel-(\w+)"', text))
    assert shown[0][1].endswith(", done (Wed 20 January 2021)")


def test_heads_say_the_whole_title_and_nothing_takes_the_order_of_tab(office: Client) -> None:
    made = timeline("Tiel")
    text = office.get(GRID, headers=ENGLISH).content.decode()
    heads = re.findall(r'<th scope="col"\s+class="grid-head"[^>]*>\s*<span>([^<]*)</span>', text)
    titles = made.template.milestones.order_by("position").values_list("title_en", flat=True)
    assert [unescape(head) for head in heads] == list(titles)
    assert text.count('scope="colgroup"') == 7
    assert f'<tr id="rij-{made.branch.slug}"><th scope="row">' in text
    assert not re.search(r'tabindex="[1-9]', text)


def test_the_number_of_queries_is_eight_with_one_branch_and_with_three(office: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            office.get(GRID)
        return len(seen)

    timeline("Tiel")
    one = asked()
    for name in ("Zutphen", "Aalten"):
        timeline(name)
    assert one == asked() <= 8


def test_from_a_cell_to_the_milestone_and_back_to_the_same_row_of_the_same_filters(
    office: Client,
) -> None:
    made = timeline("Tiel", province="PV25")
    href, *_rest = cells(office, f"{GRID}&provincie=PV25&volgorde=naam")[0]
    page = office.get(href, headers=ENGLISH).content.decode()
    found = re.search(r'<a href="([^"]*)">Back to all branches</a>', page)
    assert found
    back = urlsplit(unescape(found[1]))
    assert back.path == URL
    assert back.fragment == f"rij-{made.branch.slug}"
    assert parse_qs(back.query) == {
        "beeld": ["raster"],
        "provincie": ["PV25"],
        "volgorde": ["naam"],
    }
    assert office.get(f"{back.path}?{back.query}").status_code == 200


@pytest.mark.parametrize(
    "terug",
    ["https://kwaad.voorbeeld/", "//kwaad.voorbeeld", "x%22%3E%3Cb%3E", "%2F..%2F", "%F0%9F", ""],
)
def test_the_way_back_leads_to_the_national_page_whatever_the_address_says(
    office: Client, terug: str
) -> None:
    made = timeline("Tiel")
    address = reverse("process:milestone", args=[made.branch.slug, made.milestones.all()[0].pk])
    page = office.get(f"{address}?terug={terug}", headers=ENGLISH).content.decode()
    found = re.search(r'<a href="([^"]*)">Back to all branches</a>', page)
    assert found
    assert urlsplit(unescape(found[1])).path == URL
    assert not urlsplit(unescape(found[1])).netloc
    assert "<b>" not in page


def test_only_the_office_is_offered_the_way_back(
    client: Client, sign_in: Callable[..., Client]
) -> None:
    made = timeline("Tiel")
    board = MembershipFactory(branch=made.branch, role=Role.BOARD)
    address = reverse("process:milestone", args=[made.branch.slug, made.milestones.all()[0].pk])
    page = sign_in(client, board.user).get(f"{address}?terug=beeld%3Draster", headers=ENGLISH)
    assert page.status_code == 200
    assert "Back to all branches" not in page.content.decode()


def test_a_branch_on_an_older_template_has_its_cells_under_their_own_heads(
    office: Client,
) -> None:
    old = timeline("Oudstad")
    newer = TemplateVersion.objects.create(number=2, is_draft=False, published_on=FIRST_DAY)
    for row in TemplateMilestone.objects.filter(version=old.template):
        if row.key == "base_update_seen":
            continue
        row.pk, row.version = None, newer
        row.position = {"input_open": 6, "input_closed": 5}.get(row.key, row.position)
        row.save()
    made = TimelineFactory(template=newer, branch__name="Nieuwstad")
    shown = cells(office, f"{GRID}&volgorde=naam")
    text = office.get(f"{GRID}&volgorde=naam", headers=ENGLISH).content.decode()
    heads = [
        unescape(head)
        for head in re.findall(r'class="grid-head"[^>]*>\s*<span>([^<]*)</span>', text)
    ]
    assert len(heads) == old.milestones.count() == made.milestones.count() + 1
    new, before = text.split('<tr id="rij-')[1:]
    for body, whose in ((new, made), (before, old)):
        for place, cell in enumerate(re.findall(r"<td>(.*?)</td>", body.split("<td class=")[0])):
            title = re.search(r'title="[^:]*: (.*?), (?:done|now|planned|late)', cell)
            assert (unescape(title[1]) if title else "") in {heads[place], ""}, whose
    assert "not in this timeline" in new
    assert len(shown) == old.milestones.count() + made.milestones.count()


def test_a_day_that_a_branch_moved_is_the_day_that_its_cell_says(office: Client) -> None:
    made = timeline("Tiel")
    day = FIRST_DAY + timedelta(days=40)
    Milestone.objects.filter(timeline=made, key="draft_sent").update(target=day, deadline=day)
    pulse.refresh(timeline=Timeline.objects.get(pk=made.pk), today=FIRST_DAY)
    (title,) = (title for _href, title, _state in cells(office) if "Sat 13 November 2021" in title)
    assert title.startswith("Tiel: ")
