"""The addresses of this room: under a branch, and the public page."""

from __future__ import annotations

from evaluation.urls_desk import urlpatterns as desk
from evaluation.urls_result import urlpatterns as result
from evaluation.urls_sheets import urlpatterns as sheets

app_name = "evaluation"
urlpatterns = [*desk, *result, *sheets]
