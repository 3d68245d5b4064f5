"""The addresses of the top ten: following by mail, and what residents saw."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views.ten import following, proposals, proposing

_TEN = "afdeling/<slug:slug>/top-tien"
_PUBLIC = "tien/<slug:slug>"
_PROPOSAL = f"{_TEN}/van-bewoner/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("tien/volgen/<str:key>/", following.follow_confirm, name="follow_confirm"),
    path("tien/stop/<str:key>/", following.follow_stop, name="follow_stop"),
    path(f"{_PUBLIC}/volgen/", following.follow, name="follow"),
    path(f"{_PUBLIC}/<int:rank>/zelf-gezien/", proposing.propose_update, name="propose_update"),
    path(f"{_TEN}/<int:pk>/van-bewoners/", proposals.ten_proposals, name="ten_proposals"),
    path(f"{_PROPOSAL}/overnemen/", proposals.proposal_accept, name="proposal_accept"),
    path(f"{_PROPOSAL}/niet-overnemen/", proposals.proposal_refuse, name="proposal_refuse"),
]
