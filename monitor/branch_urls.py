"""The addresses of this room under a branch: asking the office, and what branches do together."""

from __future__ import annotations

from monitor import urls_branch_help, urls_branch_together

app_name = "together"

urlpatterns = [
    *urls_branch_help.urlpatterns,
    *urls_branch_together.urlpatterns,
]
