"""The branches as they are filtered in the address, as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from django.http import FileResponse, Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest
from core.kinds import CONTENT_TYPES, Kind
from monitor.forms.national import ADDRESS, election_asked, read_filter
from monitor.gate import national_page
from monitor.national_file import KINDS, Full, write
from monitor.queries import national as queries
from monitor.queries import national_grid, national_lists
from monitor.queries.national import Row
from monitor.queries.national_filter import population

AT_ONCE = 500
"""So many branches are in memory at a time."""

IN_MEMORY = 2_000_000
"""Bytes of a file that stay in memory; a larger one is written to disk first."""


@require_safe
@national_page("monitor.view")
def national_export(request: ViewerRequest, ending: str) -> HttpResponse | FileResponse:
    """Send all branches that fit the filters, on however many pages they stand."""
    if ending not in KINDS:
        raise Http404(ending)
    kind, today = Kind(ending), request.viewer.today
    lists = national_lists.read(
        person=request.user.pk, today=today, asked=request.GET.get(ADDRESS["election"], "")
    ).lists
    election = election_asked(request.GET, lists=lists, today=today)
    if election is None:
        raise Http404
    form, _remarks = read_filter(request.GET, lists=lists, election=election)
    wanted = form.wanted(person=request.user.pk, today=today)
    timelines = queries.timelines(election=election, today=today).annotate(people=population())
    rows = queries.in_order(rows=timelines, wanted=wanted, more=("people",))
    name = slugify(f"{_('branches')} {election.slug} {today:%Y-%m-%d}")
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - see _answer
    write(
        _in_parts(rows.iterator(chunk_size=AT_ONCE)),
        target=target,
        kind=kind,
        heads=national_grid.all_columns(lists=lists, election=election),
        officers=lists.officers,
        today=today,
    )
    return _answer(target, name=f"{name}.{kind}", content_type=CONTENT_TYPES[kind])


def _answer(target: IO[bytes], *, name: str, content_type: str) -> HttpResponse | FileResponse:
    """Answer with a written file: a small one at once, a large one bit by bit from disk."""
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    large = target.tell() > IN_MEMORY
    target.seek(0)
    if large:
        # Closed by the answer when it was sent.
        return FileResponse(
            target, as_attachment=True, filename=name, content_type=content_type, headers=headers
        )
    with target:
        return HttpResponse(
            target.read(),
            content_type=content_type,
            headers=headers | {"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _in_parts(rows: Iterable[Any]) -> Iterator[Full]:
    """Add their milestones to the branches, a query for each part."""
    several = iter(rows)
    while part := list(islice(several, AT_ONCE)):
        found = [(Row(*values[:-1]), values[-1]) for values in part]
        knots = national_grid.knots_of([row.pk for row, _people in found])
        for row, people in found:
            yield row, people, knots[row.pk]
