"""The addresses of one pledge: its story, its updates, its steps, its documents."""

from __future__ import annotations

from django.urls import path

from evaluation.views.ten import evidence, pledge, steps, updates

_TEN = "afdeling/<slug:slug>/top-tien"
_PLEDGE = f"{_TEN}/voorstel/<int:pk>"
_UPDATE = f"{_TEN}/bericht/<int:pk>"
_STEP = f"{_TEN}/stap/<int:pk>"
_DOCUMENT = f"{_TEN}/stuk/<int:pk>"

urlpatterns = [
    path(f"{_PLEDGE}/", pledge.pledge, name="pledge"),
    path(f"{_PLEDGE}/bericht/", updates.update_add, name="update_add"),
    path(f"{_UPDATE}/verbeteren/", updates.update_correct, name="update_correct"),
    path(f"{_UPDATE}/intrekken/", updates.update_withdraw, name="update_withdraw"),
    path(f"{_PLEDGE}/stap/", steps.step_add, name="step_add"),
    path(f"{_STEP}/", steps.step, name="step"),
    path(f"{_STEP}/gedaan/", steps.step_done, name="step_done"),
    path(f"{_STEP}/weg/", steps.step_remove, name="step_remove"),
    path(f"{_PLEDGE}/stuk/", evidence.pledge_evidence_add, name="pledge_evidence_add"),
    path(f"{_DOCUMENT}/weg/", evidence.pledge_evidence_remove, name="pledge_evidence_remove"),
    path(f"{_DOCUMENT}/bestand/", evidence.pledge_evidence_file, name="pledge_evidence_file"),
]
