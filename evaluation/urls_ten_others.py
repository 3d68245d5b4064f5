"""The addresses of the top ten: what other branches agreed."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views.ten import others

_OTHERS = "afdeling/<slug:slug>/top-tien/van-anderen"

urlpatterns: list[URLPattern] = [
    path(f"{_OTHERS}/", others.others, name="ten_others"),
    path(f"{_OTHERS}/<int:pk>/overnemen/", others.others_copy, name="others_copy"),
]
