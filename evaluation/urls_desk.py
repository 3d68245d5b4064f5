"""The addresses of the evaluation: starting, dealing out, judging, settling."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views import dealing, desk, evidence, promises, starting

_BRANCH = "afdeling/<slug:slug>"
_EVALUATION = f"{_BRANCH}/evaluatie/<int:pk>"
_PROMISE = f"{_BRANCH}/belofte/<int:pk>"
_EVIDENCE = f"{_BRANCH}/bewijs/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_BRANCH}/evaluatie/beginnen/", starting.start, name="start"),
    path(f"{_EVALUATION}/verdelen/", dealing.deal, name="deal"),
    path(f"{_EVALUATION}/portefeuilles/", dealing.portfolios, name="portfolios"),
    path(f"{_EVALUATION}/beoordelen/", desk.desk, name="desk"),
    path(f"{_EVALUATION}/oneens/", promises.disputes, name="disputes"),
    path(f"{_PROMISE}/", promises.promise, name="promise"),
    path(f"{_PROMISE}/beoordelen/", desk.judge, name="judge"),
    path(f"{_PROMISE}/beslechten/", promises.settle, name="settle"),
    path(f"{_PROMISE}/reactie/", promises.comment, name="comment"),
    path(f"{_PROMISE}/beschrijven/", promises.promise_describe, name="promise_describe"),
    path(f"{_PROMISE}/bewijs/", evidence.evidence_add, name="evidence_add"),
    path(f"{_EVIDENCE}/weg/", evidence.evidence_remove, name="evidence_remove"),
    path(f"{_EVIDENCE}/bestand/", evidence.evidence_file, name="evidence_file"),
]
