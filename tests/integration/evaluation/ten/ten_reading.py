"""Reading the public top ten as anybody does."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from evaluation.models import ProgressUpdate, TopTen
from evaluation.services.ten import standing
from tests.ten_factories import update_of

TODAY = date(2023, 5, 3)
NAMES = ("public_ten", "public_pledge", "ten_embed", "ten_atom", "ten_ical", "ten_image")


def address(top_ten: TopTen, name: str = "public_ten") -> str:
    args = [top_ten.branch.slug, 1] if name == "public_pledge" else [top_ten.branch.slug]
    return reverse(f"evaluation:{name}", args=args)


def read(top_ten: TopTen, name: str = "public_ten", query: str = "") -> str:
    answer = Client().get(f"{address(top_ten, name)}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def told(top_ten: TopTen, *, rank: int = 1, **fields: Any) -> ProgressUpdate:
    """Tell something as the services do: the pledge follows, and so does the edition."""
    made = update_of(top_ten.pledges.get(rank=rank), **fields)
    standing.new_edition(top_ten=top_ten)
    return made
