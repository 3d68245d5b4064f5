"""The addresses of the evaluation: the result, what goes on, the report, the public page."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views import carrying, publishing, report, result

_BRANCH = "afdeling/<slug:slug>"
_EVALUATION = f"{_BRANCH}/evaluatie/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_BRANCH}/evaluatie/", result.evaluation, name="evaluation"),
    path(f"{_EVALUATION}/", result.result, name="result"),
    path(f"{_EVALUATION}/wegen/", result.weigh, name="weigh"),
    path(f"{_EVALUATION}/meenemen/", carrying.carry_over, name="carry_over"),
    path(f"{_EVALUATION}/meenemen/alle/", carrying.carry_many, name="carry_many"),
    path(f"{_EVALUATION}/meenemen/concept/", carrying.carry_draft, name="carry_draft"),
    path(f"{_BRANCH}/belofte/<int:pk>/meenemen/", carrying.carry, name="carry"),
    path(f"{_EVALUATION}/verslag/", report.report, name="report"),
    path(f"{_EVALUATION}/verslag/docx/", report.report_docx, name="report_docx"),
    path(f"{_EVALUATION}/verslag/pdf/", report.report_pdf, name="report_pdf"),
    path(f"{_EVALUATION}/verslag/xlsx/", report.result_xlsx, name="result_xlsx"),
    path(f"{_EVALUATION}/openbaar/", publishing.publish, name="publish"),
    path(f"{_EVALUATION}/openbaar/uit/", publishing.unpublish, name="unpublish"),
    path(f"{_EVALUATION}/openbaar/voorbeeld/", publishing.public_preview, name="public_preview"),
    path("openbaar/<slug:slug>/evaluatie/<int:pk>/", publishing.public, name="public"),
    path("openbaar/<slug:slug>/bewijs/<int:pk>/", publishing.public_file, name="public_evidence"),
]
