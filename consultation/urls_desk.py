"""The addresses of the desk: all contributions, what is double and what was set aside."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import desk, desk_export, doubles, held

_INPUT = "afdeling/<slug:slug>/inbreng/"

urlpatterns: list[URLPattern] = [
    path(f"{_INPUT}alles/", desk.desk, name="desk"),
    path(f"{_INPUT}alles/samen/", desk.desk_many, name="desk_many"),
    path(f"{_INPUT}alles/bestand.<str:ending>", desk_export.desk_export, name="desk_export"),
    path(
        f"{_INPUT}alles/namen.<str:ending>",
        desk_export.desk_export_names,
        name="desk_export_names",
    ),
    path(f"{_INPUT}dubbel/", doubles.doubles, name="doubles"),
    path(f"{_INPUT}apart/", held.held, name="held"),
]
