"""The addresses of this room: people, roles, history, settings."""

from __future__ import annotations

from django.urls import path

from branches.views import history, invitation, people, settings

app_name = "branches"

BRANCH = "afdeling/<slug:slug>"

urlpatterns = [
    path("ik/", settings.profile, name="profile"),
    path("uitnodiging/<str:token>/", invitation.invitation, name="invitation"),
    path(f"{BRANCH}/leden/", people.people, name="people"),
    path(f"{BRANCH}/leden/uitnodigen/", people.invite, name="invite"),
    path(
        f"{BRANCH}/leden/uitnodigingen/<int:pk>/opnieuw/",
        people.invite_again,
        name="invite_again",
    ),
    path(
        f"{BRANCH}/leden/uitnodigingen/<int:pk>/intrekken/",
        people.invite_withdraw,
        name="invite_withdraw",
    ),
    path(f"{BRANCH}/leden/<int:pk>/functie/", people.function, name="function"),
    path(f"{BRANCH}/leden/<int:pk>/beeindigen/", people.end, name="end"),
    path(f"{BRANCH}/vertrekken/", people.leave, name="leave"),
    path(f"{BRANCH}/geschiedenis/", history.history, name="history"),
    path(f"{BRANCH}/instellingen/", settings.branch_settings, name="settings"),
]
