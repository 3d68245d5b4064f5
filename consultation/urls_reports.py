"""The addresses of points, of the report of a gathering, and of one that comes in from a file."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import gathering_report, points, report_import

_HERE = "afdeling/<slug:slug>/inbreng/"
_GATHERING = f"{_HERE}bijeenkomst/<int:pk>/verslag/"
_SESSION = f"{_HERE}sessie/<int:pk>/"
_POINT = f"{_HERE}punt/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{_SESSION}verslag/", points.points, name="points"),
    path(f"{_SESSION}samenvatting/", points.session_summary, name="session_summary"),
    path(f"{_HERE}onderwerp/<int:pk>/punt/", points.point_of_cluster, name="point_of_cluster"),
    path(_POINT, points.point, name="point"),
    path(f"{_POINT}plaats/", points.point_move, name="point_move"),
    path(f"{_POINT}weg/", points.point_remove, name="point_remove"),
    path(
        f"{_HERE}bijeenkomsten/verslag-inlezen/", report_import.report_import, name="report_import"
    ),
    path(_GATHERING, gathering_report.report, name="report"),
    path(f"{_GATHERING}word/", gathering_report.report_docx, name="report_docx"),
    path(f"{_GATHERING}pdf/", gathering_report.report_pdf, name="report_pdf"),
    path(f"{_GATHERING}versturen/", gathering_report.report_send, name="report_send"),
    path(f"{_GATHERING}openbaar/", gathering_report.report_publish, name="report_publish"),
    path(f"{_GATHERING}ongedaan/", report_import.report_undo, name="report_undo"),
    path("verslag/<str:token>/", gathering_report.shared_report, name="shared_report"),
]
