"""The addresses of calls, encouragements and contact persons, under ``landelijk/``."""

from __future__ import annotations

from django.urls import path

from monitor.views import branch_card, calls, contacts, nudges

urlpatterns = [
    path("afdeling/<slug:slug>/", branch_card.branch_card, name="branch_card"),
    path("afdeling/<slug:slug>/gesprek/", calls.call_log, name="call_log"),
    path("bellen/", calls.calls, name="calls"),
    path("bellen/<int:pk>/gedaan/", calls.call_done, name="call_done"),
    path("aanmoedigen/", nudges.nudges, name="nudges"),
    path("aanmoedigen/nieuw/", nudges.nudge, name="nudge"),
    path("contactpersonen/", contacts.contacts, name="contacts"),
    path("contactpersonen/toewijzen/", contacts.contact_assign, name="contact_assign"),
]
