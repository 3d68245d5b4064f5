"""Mistakes that are better told at start-up than found out by a volunteer at night."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's own name
from django.utils.module_loading import import_string


def names_exist(**_kwargs: Any) -> list[CheckMessage]:
    """Every dotted name in our own settings leads to something."""
    found: list[CheckMessage] = []
    for path in _dotted_names():
        try:
            import_string(path)
        except ImportError as error:
            found.append(Error(f"The setting names {path}: {error}", id="rodedraad.E001"))
    return found


def engine(**_kwargs: Any) -> list[CheckMessage]:
    """The engine is one that we know, has what it needs, and all that it runs by itself exists."""
    found: list[CheckMessage] = []
    if settings.TASK_ENGINE not in settings.TASK_ENGINES:
        known = " or ".join(settings.TASK_ENGINES)
        found.append(
            Error(
                f"TASK_ENGINE is {settings.TASK_ENGINE!r}; it can be {known}.", id="rodedraad.E005"
            )
        )
    if settings.TASK_ENGINE == "celery" and not settings.REDIS_URL:
        found.append(
            Error(
                "TASK_ENGINE is celery, which needs REDIS_URL, for example redis://localhost:6379/0",
                id="rodedraad.E006",
            )
        )
    found += [
        Error(f"SCHEDULES names {name}, which is not in JOB_HANDLERS.", id="rodedraad.E007")
        for name in sorted(set(settings.SCHEDULES) - set(settings.JOB_HANDLERS))
    ]
    if min(settings.JOBS_LEASE_SECONDS, settings.MAIL_LEASE_SECONDS) <= settings.TASK_SECONDS:
        found.append(
            Error(
                "JOBS_LEASE_SECONDS and MAIL_LEASE_SECONDS must be longer than TASK_SECONDS: else "
                "what still runs is started a second time.",
                id="rodedraad.E008",
            )
        )
    return found


def deployment(**_kwargs: Any) -> list[CheckMessage]:
    """What a real server must not have."""
    found: list[CheckMessage] = []
    if settings.DEMO or settings.CLOCK != "core.clock.SystemClock":
        found.append(
            Error(
                "The demonstration or its clock is on: anybody could step into any role.",
                id="rodedraad.E002",
            )
        )
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            Error(
                "SITE_URL must be an https address: it stands in every mail.", id="rodedraad.E003"
            )
        )
    caches: dict[str, dict[str, Any]] = settings.CACHES
    backend = caches["default"]["BACKEND"]
    if "locmem" in backend or "dummy" in backend:
        found.append(
            Error(
                "Sign-in limits need a cache that all processes share (database or Redis).",
                id="rodedraad.E004",
            )
        )
    if "@localhost" in settings.DEFAULT_FROM_EMAIL:
        found.append(Warning("DEFAULT_FROM_EMAIL has no address of yours.", id="rodedraad.W001"))
    return found


def _dotted_names() -> Iterable[str]:
    yield settings.CLOCK
    yield from settings.TASK_ENGINES.values()
    yield from [settings.JOBS_NUDGE] if settings.JOBS_NUDGE else []
    yield from settings.JOB_HANDLERS.values()
    yield from settings.OWNERSHIP
    yield from settings.PERSONAL_DATA
    yield settings.MEETING_POST
    yield settings.MEASURE_INPUT
    yield from settings.PROGRAMME_FOLLOWERS
    yield from settings.TIMELINE_FOLLOWERS
    yield from settings.BRANCH_FOLLOWERS
    yield from settings.AUDIT_WORDS
    if settings.CLOCK_TRAVELLER:
        yield settings.CLOCK_TRAVELLER
