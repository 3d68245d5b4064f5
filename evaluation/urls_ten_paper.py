"""The addresses of the top ten: on paper, and the final account."""

from __future__ import annotations

from django.urls import URLPattern, path

from evaluation.views.ten import account, paper

_PAGES = "afdeling/<slug:slug>/top-tien"
_TEN = f"{_PAGES}/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_TEN}/papier/", paper.ten_paper, name="ten_paper"),
    path(f"{_TEN}/papier/docx/", paper.ten_paper_docx, name="ten_paper_docx"),
    path(f"{_TEN}/papier/pdf/", paper.ten_paper_pdf, name="ten_paper_pdf"),
    path(f"{_TEN}/eindbalans/", account.ten_account, name="ten_account"),
    path(f"{_TEN}/eindbalans/beginnen/", account.ten_account_begin, name="ten_account_begin"),
    path(f"{_TEN}/eindbalans/geven/", account.ten_account_give, name="ten_account_give"),
    path(f"{_PAGES}/voorstel/<int:pk>/oordeel/", account.pledge_verdict, name="pledge_verdict"),
]
