"""The addresses of one contribution, and of typing one in."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import item, item_acts, item_measures, item_pages, typing_in

_INPUT = "afdeling/<slug:slug>/inbreng"
_ONE = f"{_INPUT}/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_INPUT}/toevoegen/", typing_in.contribution_add, name="contribution_add"),
    path(f"{_ONE}/", item.contribution, name="contribution"),
    path(f"{_ONE}/status/", item_acts.status, name="status"),
    path(f"{_ONE}/notitie/", item_acts.note, name="note"),
    path(f"{_ONE}/wie/", item_acts.assign, name="assign"),
    path(f"{_ONE}/los/", item_acts.take_apart, name="take_apart"),
    path(f"{_ONE}/samenvoegen/", item_pages.merge, name="merge"),
    path(f"{_ONE}/knippen/", item_pages.cut, name="cut"),
    path(f"{_ONE}/weer-heel/", item_acts.uncut, name="uncut"),
    path(f"{_ONE}/verbeteren/", item_pages.correct, name="correct"),
    path(f"{_ONE}/antwoord/", item_pages.answer, name="answer"),
    path(f"{_ONE}/voorstel/", item_measures.link_measure, name="link_measure"),
    path(f"{_ONE}/voorstel/los/", item_measures.unlink_measure, name="unlink_measure"),
]
