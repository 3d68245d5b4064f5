"""The addresses of the top ten: what other branches agreed."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views.ten import library

_OTHERS = "afdeling/<slug:slug>/top-tien/van-anderen"

urlpatterns: list[URLPattern] = [
    path(f"{_OTHERS}/", library.library, name="ten_library"),
    path(f"{_OTHERS}/<int:pk>/overnemen/", library.library_copy, name="library_copy"),
]
