"""Rows around the national page: its file, and the views saved of it."""

from __future__ import annotations

from tests.integration.access.row import OFFICE, PAGE, WRITE, Row, Scope, give, to

ROWS = [
    Row(
        name="monitor:national_export",
        scope=Scope.NATIONAL,
        permission="monitor.view",
        kwargs=lambda _world: {"ending": "csv"},
        get=give(PAGE, *OFFICE),
    ),
    Row(
        name="monitor:view_save",
        scope=Scope.NATIONAL,
        permission="monitor.view",
        methods=WRITE,
        post=give(to("monitor:national"), *OFFICE),
        data=lambda _world: {"name": "Gelderland", "query": "provincie=PV25"},
    ),
    Row(
        # One's own alone: of a colleague's it says that it is not there.
        name="monitor:view_remove",
        scope=Scope.NATIONAL,
        permission="monitor.view",
        methods=WRITE,
        kwargs=lambda world: {"pk": world.a.office.view.pk},
        post=give(to("monitor:national"), *OFFICE),
    ),
]
