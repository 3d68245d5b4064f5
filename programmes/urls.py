"""The addresses of this room, all under a branch."""

from __future__ import annotations

from django.urls import URLPattern, path

from programmes.views import correcting, importing, listing, measures, programmes

app_name = "programmes"

_BRANCH = "afdeling/<slug:slug>"
_IMPORT = f"{_BRANCH}/inlezen/<int:pk>"
_PROGRAMME = f"{_BRANCH}/programma/<int:pk>"
_MEASURE = f"{_BRANCH}/voorstel/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_BRANCH}/programmas/", listing.programmes, name="programmes"),
    path(f"{_BRANCH}/programmas/inlezen/", importing.import_new, name="import_new"),
    path(f"{_IMPORT}/", importing.import_page, name="import"),
    path(f"{_IMPORT}/verbeteren/", correcting.correct, name="import_correct"),
    path(f"{_IMPORT}/terug/", correcting.take_back, name="import_take_back"),
    path(f"{_IMPORT}/opslaan/", correcting.save, name="import_save"),
    path(f"{_IMPORT}/ongedaan/", correcting.undo, name="import_undo"),
    path(f"{_IMPORT}/weggooien/", correcting.discard, name="import_discard"),
    path(f"{_PROGRAMME}/", programmes.programme, name="programme"),
    path(f"{_PROGRAMME}/vastzetten/", programmes.programme_freeze, name="programme_freeze"),
    path(f"{_PROGRAMME}/versie/", programmes.programme_version, name="programme_version"),
    path(f"{_BRANCH}/paragraaf/<int:pk>/voorstel/", measures.measure_add, name="measure_add"),
    path(f"{_MEASURE}/", measures.measure, name="measure"),
    path(f"{_MEASURE}/verplaatsen/", measures.measure_move, name="measure_move"),
    path(f"{_MEASURE}/schrappen/", measures.measure_retire, name="measure_retire"),
]
