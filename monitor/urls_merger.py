"""Branches that merge and end, under ``landelijk/afdelingen/``."""

from __future__ import annotations

from django.urls import path

from monitor.views import branches

urlpatterns = [
    path("afdelingen/", branches.branches, name="branches"),
    path("afdelingen/nieuw/", branches.branch_new, name="branch_new"),
    path("afdelingen/samengaan/", branches.branch_merge, name="branch_merge"),
    path("afdelingen/<slug:slug>/beeindigen/", branches.branch_close, name="branch_close"),
]
