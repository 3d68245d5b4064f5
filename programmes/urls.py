"""The addresses of this room, all under a branch."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from programmes.views import base, correcting, importing, inheriting, listing, measures, programmes
from programmes.views.doors import under_branch

app_name = "programmes"

_BRANCH = "afdeling/<slug:slug>"
_IMPORT = f"{_BRANCH}/inlezen/<int:pk>"
_PROGRAMME = f"{_BRANCH}/programma/<int:pk>"
_BASE = f"{_BRANCH}/basisprogramma"
_MEASURE = f"{_BRANCH}/voorstel/<int:pk>"

_VIEW: Final = "programmes.view_programmes"
_READ_IN: Final = "programmes.import_programme"
_EDIT: Final = "programmes.edit_programme"
_LOOK: Final = ("GET", "HEAD")
_ACT: Final = ("POST",)

_read_in = under_branch(importing.import_new, _READ_IN)
_file = under_branch(importing.import_page, _READ_IN, methods=_LOOK)
_correct = under_branch(correcting.correct, _READ_IN, methods=_ACT)
_take_back = under_branch(correcting.take_back, _READ_IN, methods=_ACT)
_save = under_branch(correcting.save, _READ_IN, methods=_ACT)
_undo = under_branch(correcting.undo, _READ_IN)
_discard = under_branch(correcting.discard, _READ_IN)
_programme = under_branch(programmes.programme, _VIEW, methods=_LOOK)
_freeze = under_branch(programmes.programme_freeze, _EDIT)
_version = under_branch(programmes.programme_version, _EDIT)
_changes = under_branch(base.base_changes, _VIEW, methods=_LOOK)
_change = under_branch(base.base_change, _VIEW, methods=_LOOK)
_decide = under_branch(base.base_decide, _EDIT, methods=_ACT)
_add = under_branch(measures.measure_add, _EDIT)
_measure = under_branch(measures.measure, _EDIT)
_move = under_branch(measures.measure_move, _EDIT, methods=_ACT)
_retire = under_branch(measures.measure_retire, _EDIT, methods=_ACT)

urlpatterns: list[URLPattern] = [
    path(f"{_BRANCH}/programmas/", listing.programmes, name="programmes"),
    path(f"{_BRANCH}/programmas/inlezen/", _read_in, name="import_new"),
    path(f"{_IMPORT}/", _file, name="import"),
    path(f"{_IMPORT}/verbeteren/", _correct, name="import_correct"),
    path(f"{_IMPORT}/terug/", _take_back, name="import_take_back"),
    path(f"{_IMPORT}/opslaan/", _save, name="import_save"),
    path(f"{_IMPORT}/ongedaan/", _undo, name="import_undo"),
    path(f"{_IMPORT}/weggooien/", _discard, name="import_discard"),
    path(f"{_PROGRAMME}/", _programme, name="programme"),
    path(f"{_PROGRAMME}/vastzetten/", _freeze, name="programme_freeze"),
    path(
        f"{_BRANCH}/programmas/voorganger/<int:pk>/",
        inheriting.programme_inherit,
        name="programme_inherit",
    ),
    path(f"{_PROGRAMME}/versie/", _version, name="programme_version"),
    path(f"{_BASE}/", _changes, name="base_changes"),
    path(f"{_BASE}/<uuid:identity>/", _change, name="base_change"),
    path(f"{_BASE}/<uuid:identity>/kiezen/", _decide, name="base_decide"),
    path(f"{_BRANCH}/paragraaf/<int:pk>/voorstel/", _add, name="measure_add"),
    path(f"{_MEASURE}/", _measure, name="measure"),
    path(f"{_MEASURE}/verplaatsen/", _move, name="measure_move"),
    path(f"{_MEASURE}/schrappen/", _retire, name="measure_retire"),
]
