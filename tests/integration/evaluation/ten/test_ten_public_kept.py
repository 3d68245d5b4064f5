"""The public top ten is kept by its state: fast, small, and never old (R59)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from branches.models import User
from evaluation.enums_ten import PledgeStatus
from evaluation.models import PledgeEvidence, Step, TopTen
from evaluation.services.ten import standing
from tests.clock import FixedClock
from tests.integration.evaluation.ten.ten_reading import NAMES, TODAY, address, read, told
from tests.ten_factories import top_ten_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may() -> None:
    FixedClock.set_today(TODAY)


@pytest.fixture
def top_ten() -> TopTen:
    return top_ten_of(public_since=date(2022, 4, 1), public_text="Dit beloofden we.")


def test_a_burst_of_a_thousand_shows_an_update_at_the_very_next_request(top_ten: TopTen) -> None:
    client = Client()
    path = address(top_ten)
    first = client.get(path)
    for _time in range(499):
        assert client.get(path).content == first.content
    told(top_ten, text="Zojuist gebeurd.")
    second = client.get(path)
    assert "Zojuist gebeurd." in second.content.decode()
    assert second["ETag"] != first["ETag"]
    for _time in range(499):
        assert client.get(path).content == second.content


def test_a_page_that_was_kept_asks_one_question_and_a_new_one_as_many_for_much_as_for_little(
    top_ten: TopTen,
) -> None:
    client = Client()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(top_ten)).status_code == 200
        return len(queries)

    told(top_ten, text="Eén.")
    little = asked()
    assert asked() == 1
    for rank in range(1, 11):
        for day in range(1, 4):
            update = told(top_ten, rank=rank, day=date(2022, 5, day), text=f"Dag {day}.")
            PledgeEvidence.objects.create(
                pledge=update.pledge, update=update, kind="link", title="Stuk", added_on=TODAY
            )
            Step.objects.create(pledge=update.pledge, title="Stap", added_on=TODAY)
    assert asked() == little == 6
    assert asked() == 1


def test_who_has_it_already_is_told_so_and_nothing_is_kept_unasked(top_ten: TopTen) -> None:
    standing.new_edition(top_ten=top_ten)
    for name in NAMES:
        path, client = address(top_ten, name), Client()
        first = client.get(path)
        assert first["Cache-Control"] == "public, no-cache"
        assert "Last-Modified" in first
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert not again.content
        zipped = client.get(path, headers={"accept-encoding": "gzip"})
        assert zipped["Content-Encoding"] == "gzip"
        assert zipped["ETag"] != first["ETag"]
        # Drawn again in another process it is the same to the byte.
        caches["pages"].clear()
        assert client.get(path)["ETag"] == first["ETag"]
        told(top_ten, rank=1, status=PledgeStatus.UNDER_WAY, text=f"Nieuws {name}.")
        changed = client.get(path).content != first.content
        assert changed or name in {"ten_ical", "ten_embed", "ten_image"}
        asked = client.get(path, headers={"if-none-match": f"W/{first['ETag']}"})
        assert asked.status_code == (200 if changed else 304)
        assert not client.cookies


def test_a_name_that_changes_is_seen_at_the_next_request_without_an_edition(
    top_ten: TopTen,
) -> None:
    owner = User.objects.filter(pk__in=top_ten.pledges.filter(rank=1).values("owner"))
    owner.update(name="Oude Naam")
    assert "Oude Naam" in read(top_ten)
    owner.update(name="Nieuwe Naam")
    assert "Oude Naam" not in read(top_ten)
    owner.delete()
    assert "Nieuwe Naam" not in read(top_ten)


def test_it_is_small_enough_for_an_old_phone(top_ten: TopTen) -> None:
    for rank in range(1, 11):
        for month in range(1, 13):
            told(top_ten, rank=rank, day=date(2022, month, 28), text="Een bericht. " * 40)
    page = Client().get(address(top_ten), headers={"accept-encoding": "gzip"})
    assert len(page.content) < 20_000
    assert len(read(top_ten)) < 52_000


# Picture, feed, block ---------------------------------------------------------------------------


def test_the_picture_has_the_size_that_others_show(top_ten: TopTen) -> None:
    for rank, status in enumerate(PledgeStatus.values, start=1):
        told(top_ten, rank=rank, status=status, day=date(2022, 10, rank))
    answer = Client().get(address(top_ten, "ten_image"))
    picture = Image.open(BytesIO(answer.content))
    assert answer["Content-Type"] == "image/png"
    assert picture.format == "PNG"
    assert picture.size == (1200, 630)
    assert len(answer.content) < 100_000
