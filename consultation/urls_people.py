"""The addresses of what is known of one person."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import privacy

_PRIVACY = "afdeling/<slug:slug>/inbreng/privacy"

urlpatterns: list[URLPattern] = [
    path(f"{_PRIVACY}/", privacy.privacy, name="privacy"),
    path(f"{_PRIVACY}/zoeken/", privacy.privacy_find, name="privacy_find"),
    path(f"{_PRIVACY}/meegeven/", privacy.privacy_export, name="privacy_export"),
    path(f"{_PRIVACY}/wissen/", privacy.privacy_erase, name="privacy_erase"),
]
