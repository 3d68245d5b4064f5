"""The branches of the national page as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest
from django.test import Client
from openpyxl import load_workbook

from monitor.views import national_export
from tests.factories import MunicipalityFactory
from tests.integration.monitor.national_stage import (
    ENGLISH,
    URL,
    colleague,
    looked_after,
    timeline,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client]) -> Client:
    return sign_in(client, colleague("Cas"))


def test_a_row_a_branch_with_what_is_filtered_and_each_milestone(office: Client) -> None:
    done = {"people_approached": date(2021, 1, 20)}
    place = MunicipalityFactory(population=41_000)
    made = timeline("Tiel", province="PV25", done=done, municipalities=[place])
    timeline("Elders", province="PV30")
    looked_after(made, colleague("Bo Beller"))
    response = office.get(f"{URL}export.xlsx?provincie=PV25", headers=ENGLISH)
    assert response["Content-Disposition"].startswith("attachment;")
    header, *rows = load_workbook(io.BytesIO(response.content)).active.values
    assert len(rows) == 1
    row = dict(zip(header, rows[0], strict=True))
    first = made.milestones.select_related("definition").order_by("position")[0].definition
    assert row["Branch"] == "Tiel"
    assert row["Province"] == "Gelderland"
    assert row["Inhabitants"] == 41_000
    assert row["Contact person"] == "Bo Beller"
    assert row[first.title_en] == "Done"
    assert row[f"{first.title_en}: day"] == "2021-01-20"
    assert len(header) == 9 + 2 * made.milestones.count()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_formula_leaves(office: Client, ending: str) -> None:
    for name in ("=1+1", "@som(A1)", "+31", "-2"):
        timeline(name)
    content = office.get(f"{URL}export.{ending}").content
    if ending == "csv":
        text = content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        assert "'=1+1" in cells
    else:
        book = load_workbook(io.BytesIO(content))
        kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
        assert "f" not in kinds


def test_another_kind_of_file_or_no_election_is_no_page(office: Client) -> None:
    assert office.get(f"{URL}export.csv").status_code == 404
    timeline("Tiel")
    assert office.get(f"{URL}export.pdf").status_code == 404
    assert office.get(f"{URL}export.csv?provincie=PV99&contact=x").status_code == 200


def test_a_large_file_is_sent_bit_by_bit_and_closed(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    timeline("Tiel")
    whole = office.get(f"{URL}export.csv").content
    monkeypatch.setattr(national_export, "IN_MEMORY", 100)
    response = office.get(f"{URL}export.csv")
    assert response.streaming
    assert b"".join(cast("Any", response).streaming_content) == whole
    assert response["Content-Disposition"].startswith("attachment;")
    response.close()
