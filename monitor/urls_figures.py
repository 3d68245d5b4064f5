"""The addresses of the figures of the country: the line, comparisons and monthly reports."""

from __future__ import annotations

from django.urls import path

from monitor.views import benchmarks, figures, reports

urlpatterns = [
    path("cijfers/", figures.figures, name="figures"),
    path("cijfers/export.<str:ending>", figures.figures_export, name="figures_export"),
    path("vergelijken/", benchmarks.benchmarks, name="benchmarks"),
    path(
        "vergelijken/export.<str:ending>",
        benchmarks.benchmarks_export,
        name="benchmarks_export",
    ),
    path("rapport/", reports.reports, name="reports"),
    path("rapport/maken/", reports.report_make, name="report_make"),
    path("rapport/<int:pk>/", reports.report, name="report"),
    path("rapport/<int:pk>/pdf/", reports.report_pdf, name="report_pdf"),
    path("rapport/<int:pk>/opmerking/", reports.report_remark, name="report_remark"),
]
