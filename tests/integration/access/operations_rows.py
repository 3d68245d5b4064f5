"""Rows of what keeps the installation running: the two health addresses and the operators' page."""

from __future__ import annotations

from jobs.models import Job
from notifications.models import Delivery
from tests.integration.access.cast import World
from tests.integration.access.row import (
    EVERYBODY,
    OFFICE,
    PAGE,
    WRITE,
    Row,
    Scope,
    give,
    to,
)


def _parked_job(_world: World) -> dict[str, object]:
    return {"pk": Job.objects.filter(state=Job.State.PARKED).latest("pk").pk}


def _mail(_world: World) -> dict[str, object]:
    return {"pk": Delivery.objects.latest("pk").pk if Delivery.objects.exists() else 1}


def _health(name: str) -> Row:
    # Machines ask them, whoever is signed in.
    return Row(name=name, scope=Scope.OPEN, second_step=False, get=give(PAGE, *EVERYBODY))


ROWS = [
    _health("healthz"),
    _health("readyz"),
    Row(
        name="monitor:operations",
        scope=Scope.NATIONAL,
        permission="monitor.operate",
        get=give(PAGE, *OFFICE),
    ),
    Row(
        name="monitor:retry_parked",
        scope=Scope.NATIONAL,
        permission="monitor.operate",
        methods=WRITE,
        post=give(to("monitor:operations"), *OFFICE),
    ),
    Row(
        name="monitor:job_retry",
        scope=Scope.NATIONAL,
        permission="monitor.operate",
        kwargs=_parked_job,
        methods=WRITE,
        post=give(to("monitor:operations"), *OFFICE),
    ),
    Row(
        name="monitor:delivery_retry",
        scope=Scope.NATIONAL,
        permission="monitor.operate",
        kwargs=_mail,
        methods=WRITE,
        post=give(to("monitor:operations"), *OFFICE),
    ),
]
