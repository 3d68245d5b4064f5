"""The addresses of what comes in by mail."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import mail_files, mailbox

_INPUT = "afdeling/<slug:slug>/inbreng"

urlpatterns: list[URLPattern] = [
    path(f"{_INPUT}/postbus/", mailbox.mailbox, name="mailbox"),
    path(f"{_INPUT}/postbus/kijken/", mailbox.mailbox_look, name="mailbox_look"),
    path(f"{_INPUT}/postbus/weg/", mailbox.mailbox_remove, name="mailbox_remove"),
    path(f"{_INPUT}/postbus/terzijde/", mailbox.mail_aside, name="mail_aside"),
    path(f"{_INPUT}/postbus/terzijde/<int:pk>/", mailbox.mail_take, name="mail_take"),
    path(f"{_INPUT}/postbus/bestand/", mail_files.mail_upload, name="mail_upload"),
    path(f"{_INPUT}/postbus/bestand/<int:pk>/", mail_files.mail_uploaded, name="mail_uploaded"),
    path(f"{_INPUT}/bijlage/<int:pk>/", mail_files.attachment, name="attachment"),
]
