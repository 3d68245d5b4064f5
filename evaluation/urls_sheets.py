"""The addresses of the evaluation as a list and as a spreadsheet."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views import promise_list, sheets

_BRANCH = "afdeling/<slug:slug>"
_EVALUATION = f"{_BRANCH}/evaluatie/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_EVALUATION}/beloften/", promise_list.promises, name="promises"),
    path(f"{_EVALUATION}/rekenblad/", sheets.sheet_in, name="sheet_in"),
    path(f"{_EVALUATION}/rekenblad.<str:ending>", sheets.sheet_out, name="sheet_out"),
    path(f"{_BRANCH}/rekenblad/<int:pk>/", sheets.sheet, name="sheet"),
]
