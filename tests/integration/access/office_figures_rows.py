"""Rows of the figures of the country: the line, comparisons, monthly reports."""

from __future__ import annotations

from typing import Any

from tests.integration.access.cast import World
from tests.integration.access.row import BOTH, OFFICE, PAGE, WRITE, Answers, Row, Scope, give, to


def _figures(name: str, permission: str = "view", **more: Any) -> Row:
    given: dict[str, Answers] = {"get": give(PAGE, *OFFICE), **more}
    return Row(
        name=f"monitor:{name}",
        scope=Scope.NATIONAL,
        permission=f"monitor.{permission}",
        **given,  # type: ignore[arg-type]
    )


def _report(world: World) -> dict[str, object]:
    return {"pk": world.a.office.report.pk}


def _xlsx(_world: World) -> dict[str, object]:
    return {"ending": "xlsx"}


ROWS = [
    _figures("figures"),
    _figures("figures_export", kwargs=_xlsx),
    _figures("benchmarks"),
    _figures("benchmarks_export", kwargs=_xlsx),
    _figures("reports"),
    _figures("report", kwargs=_report),
    _figures("report_pdf", kwargs=_report),
    _figures(
        "report_make", "report", methods=WRITE, get={}, post=give(to("monitor:report"), *OFFICE)
    ),
    _figures(
        "report_remark",
        "report",
        methods=BOTH,
        get=give(to("monitor:report"), *OFFICE),
        post=give(to("monitor:report"), *OFFICE),
        kwargs=_report,
        data=lambda world: {
            "remark": "Het gaat goed.",
            "revision": world.a.office.report.revision,
        },
    ),
]
