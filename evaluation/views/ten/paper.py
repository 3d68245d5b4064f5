"""The ten-point version of the programme: a page to print, a Word document and a PDF (R46)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.paper.docx import CONTENT_TYPE as WORD
from core.paper.pdf import CONTENT_TYPE as PDF
from core.paper.pdf import can_draw
from evaluation.models import TopTen
from evaluation.printing.ten_paper import as_docx, as_pdf, paper_context
from evaluation.queries.ten.paper import TenPaper, paper_of
from evaluation.views.ten.loading import get_top_ten, page

PEOPLE = "mensen"
STANDING = "stand"
_NO_PDF_HERE = 503


@require_safe
@branch_page("evaluation.view_ten")
def ten_paper(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the ten, ready to print; the address says with what (``?mensen=1&stand=1``)."""
    return _page(request, branch, get_top_ten(request, branch, pk))


@require_safe
@branch_page("evaluation.view_ten")
def ten_paper_docx(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the ten as a Word document."""
    paper = _paper(request, get_top_ten(request, branch, pk))
    content = as_docx(paper, today=request.viewer.today)
    return _file(request, branch, content, kind=WORD, ending="docx")


@require_safe
@branch_page("evaluation.view_ten")
def ten_paper_pdf(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the ten as a PDF, drawn while somebody waits: ten points are short."""
    top_ten = get_top_ten(request, branch, pk)
    if not can_draw():
        return _page(request, branch, top_ten, status=_NO_PDF_HERE)
    content = as_pdf(_paper(request, top_ten), today=request.viewer.today)
    return _file(request, branch, content, kind=PDF, ending="pdf")


def _page(
    request: ViewerRequest, branch: Branch, top_ten: TopTen, *, status: int = 200
) -> HttpResponse:
    paper = _paper(request, top_ten)
    return page(
        request,
        branch,
        "evaluation/ten/paper/page.html",
        {
            **paper_context(paper, today=request.viewer.today),
            "query": urlencode(_asked(request)),
            "no_pdf": status == _NO_PDF_HERE,
        },
        top_ten=top_ten,
        tab="paper",
        status=status,
    )


def _paper(request: ViewerRequest, top_ten: TopTen) -> TenPaper:
    asked = _asked(request)
    return paper_of(top_ten, people=PEOPLE in asked, standing=STANDING in asked)


def _asked(request: ViewerRequest) -> dict[str, str]:
    """Return what the address asks for, known names only."""
    return {name: "1" for name in (PEOPLE, STANDING) if request.GET.get(name) == "1"}


def _file(
    request: ViewerRequest, branch: Branch, content: bytes, *, kind: str, ending: str
) -> HttpResponse:
    what = _("top-ten")
    name = f"{what}-{branch.slug}-{request.viewer.today.isoformat()}.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
