"""The addresses of the top ten: public."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views.ten import public, public_files, publishing

_TEN = "afdeling/<slug:slug>/top-tien/<int:pk>/openbaar"
_PUBLIC = "tien/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path(f"{_TEN}/", publishing.ten_publish, name="ten_publish"),
    path(f"{_TEN}/uit/", publishing.ten_unpublish, name="ten_unpublish"),
    path(f"{_TEN}/voorbeeld/", publishing.ten_preview, name="ten_preview"),
    path(f"{_PUBLIC}/", public.public_ten, name="public_ten"),
    path(f"{_PUBLIC}/<int:rank>/", public.public_pledge, name="public_pledge"),
    path(f"{_PUBLIC}/los/", public.ten_embed, name="ten_embed"),
    path(f"{_PUBLIC}/berichten.atom", public_files.ten_atom, name="ten_atom"),
    path(f"{_PUBLIC}/stappen.ics", public_files.ten_ical, name="ten_ical"),
    path(f"{_PUBLIC}/beeld.png", public_files.ten_image, name="ten_image"),
    path(f"{_PUBLIC}/bestand/<int:pk>/", public_files.ten_file, name="ten_file"),
]
