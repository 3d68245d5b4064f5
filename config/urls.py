"""Which address leads to which room."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config import bounces, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("branches.account_urls")),
    path("", include("branches.urls")),
    path("", include("process.urls")),
    path("", include("programmes.urls")),
    path("", include("evaluation.urls")),
    path("", include("consultation.urls")),
    path("", include("notifications.urls")),
    path("", include("monitor.branch_urls")),
    path("landelijk/", include("monitor.urls")),
]
urlpatterns += bounces.addresses()
if settings.DEMO:
    urlpatterns += [path("", include("demo.urls"))]

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"
