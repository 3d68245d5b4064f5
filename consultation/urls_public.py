"""The addresses of the public form, its poster, and the public result."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import form_settings, outcome_settings, public_form, public_outcome

_INPUT = "afdeling/<slug:slug>/inbreng"
_PUBLIC = "meedoen/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path(f"{_INPUT}/formulier/", form_settings.form_settings, name="form_settings"),
    path(f"{_INPUT}/formulier/poster/", form_settings.poster, name="poster"),
    path(f"{_INPUT}/formulier/qr.svg", form_settings.form_qr, name="form_qr"),
    path(f"{_INPUT}/uitkomst/", outcome_settings.outcome_settings, name="outcome_settings"),
    path(f"{_INPUT}/uitkomst/bekijken/", outcome_settings.preview, name="outcome_preview"),
    path(f"{_PUBLIC}/", public_form.form, name="form"),
    path(f"{_PUBLIC}/los/", public_form.form_embedded, name="form_embedded"),
    path(f"{_PUBLIC}/bedankt/", public_form.thanks, name="thanks"),
    path(f"{_PUBLIC}/uitkomst/", public_outcome.outcome, name="outcome"),
    # Logs and error reports mask what follows meedoen/weg/: it is a key.
    path("meedoen/weg/<str:token>/", public_outcome.forget, name="forget"),
]
