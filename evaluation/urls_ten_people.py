"""The addresses of the top ten: people."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views.ten import people

_TEN = "afdeling/<slug:slug>/top-tien"

urlpatterns: list[URLPattern] = [
    path(f"{_TEN}/voorstel/<int:pk>/overdragen/", people.pledge_hand_over, name="pledge_hand_over"),
    path(f"{_TEN}/trekker-gezocht/", people.ten_orphans, name="ten_orphans"),
]
