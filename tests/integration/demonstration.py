"""A small demonstration for the tests of a file: made once, and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from demo.services.build import build

BEGIN = date(2021, 10, 4)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the demonstration once, in a transaction around the whole module."""
    del django_db_setup
    with (
        override_settings(DEMO=True, EMAIL_BACKEND="demo.mailbox.MailboxBackend"),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        build(seed=2022, small=True, today=BEGIN, say=lambda _line: None)
        yield
        transaction.set_rollback(True)
