"""The world as a fixture: built once a module, and rolled back after it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.integration.access.cast import World, build_world


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Build the world in a transaction around the whole module."""
    del django_db_setup
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def _stay(*, day: date, seconds: float | None = None) -> None:
    """Take a move of the clock without moving."""
    del day, seconds


@pytest.fixture
def world(built: World, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return the world as it was built: what a test changes is rolled back."""
    del db
    # Thousands of denials, each a line: asked for here, so not worth telling.
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    cache.clear()
    # The sessions were made when the module began, however long ago that is on a slow machine.
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60
    # The clock of the tests stands still; to the pages it is one that a demonstration moves.
    monkeypatch.setattr("core.clock.is_movable", lambda: True)
    monkeypatch.setattr("core.clock.set_today", _stay)
    return built
