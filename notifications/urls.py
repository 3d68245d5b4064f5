"""The addresses of this room: one's own mail, stop links, the rules, the post of a branch."""

from __future__ import annotations

from django.urls import path

from notifications.views import post, preferences, rules, stopping

app_name = "notifications"

BRANCH_POST = "afdeling/<slug:slug>/leden/post"

urlpatterns = [
    path("ik/berichten/", preferences.preferences, name="preferences"),
    path("mail/stop/<str:token>/", stopping.stop, name="stop"),
    path("mail/stop/<str:token>/toch-wel/", stopping.resume, name="resume"),
    path("landelijk/herinneringen/", rules.rules, name="rules"),
    path(f"{BRANCH_POST}/", post.branch_post, name="branch_post"),
    path(
        f"{BRANCH_POST}/<int:pk>/opnieuw/",
        post.branch_post_retry,
        name="branch_post_retry",
    ),
]
