"""The addresses of the top ten: desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views.ten import desk, round_pages, sheets

_TEN = "afdeling/<slug:slug>/top-tien/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_TEN}/werk/", desk.ten_desk, name="ten_desk"),
    path(f"{_TEN}/ronde/", round_pages.ten_round, name="ten_round"),
    path(f"{_TEN}/raad/", desk.ten_standing, name="ten_standing"),
    path(f"{_TEN}/rekenblad/", sheets.ten_sheet_in, name="ten_sheet_in"),
    path(f"{_TEN}/rekenblad.<str:ending>", sheets.ten_sheet_out, name="ten_sheet_out"),
]
