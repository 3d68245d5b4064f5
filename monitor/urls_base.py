"""The addresses of the base programme at the national office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Final, ParamSpec

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest
from core.pages import FORM_METHODS
from monitor.gate import national_page
from monitor.views import base
from programmes.views import correcting, importing, measures
from programmes.views.doors import DoorView

P = ParamSpec("P")

_LOOK: Final = ("GET", "HEAD")
_ACT: Final = ("POST",)


def through_office(
    view: DoorView[P], *, methods: Sequence[str] = FORM_METHODS
) -> Callable[..., HttpResponse]:
    """Make a page of the national office of a view that works on a programme."""

    @require_http_methods(list(methods))
    @national_page("monitor.edit_template")
    @wraps(view)
    def inner(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, base.office_door(), *args, **kwargs)

    return inner


_read_in = through_office(importing.import_new)
_file = through_office(importing.import_page, methods=_LOOK)
_correct = through_office(correcting.correct, methods=_ACT)
_take_back = through_office(correcting.take_back, methods=_ACT)
_save = through_office(correcting.save, methods=_ACT)
_undo = through_office(correcting.undo)
_discard = through_office(correcting.discard)
_add = through_office(measures.measure_add)
_measure = through_office(measures.measure)
_move = through_office(measures.measure_move, methods=_ACT)
_retire = through_office(measures.measure_retire, methods=_ACT)

_BASE = "basisprogramma"
_IMPORT = f"{_BASE}/inlezen/<int:pk>"
_MEASURE = f"{_BASE}/voorstel/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_BASE}/", base.base_programmes, name="base_programmes"),
    path(f"{_BASE}/<int:pk>/", base.base_programme, name="base_programme"),
    path(f"{_BASE}/<int:pk>/verschil/", base.base_changed, name="base_changed"),
    path(f"{_BASE}/<int:pk>/publiceren/", base.base_publish, name="base_publish"),
    path(f"{_BASE}/inlezen/", _read_in, name="base_import_new"),
    path(f"{_IMPORT}/", _file, name="base_import"),
    path(f"{_IMPORT}/verbeteren/", _correct, name="base_import_correct"),
    path(f"{_IMPORT}/terug/", _take_back, name="base_import_take_back"),
    path(f"{_IMPORT}/opslaan/", _save, name="base_import_save"),
    path(f"{_IMPORT}/ongedaan/", _undo, name="base_import_undo"),
    path(f"{_IMPORT}/weggooien/", _discard, name="base_import_discard"),
    path(f"{_BASE}/paragraaf/<int:pk>/voorstel/", _add, name="base_measure_add"),
    path(f"{_MEASURE}/", _measure, name="base_measure"),
    path(f"{_MEASURE}/verplaatsen/", _move, name="base_measure_move"),
    path(f"{_MEASURE}/schrappen/", _retire, name="base_measure_retire"),
]
