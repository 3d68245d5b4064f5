"""The page on which somebody signs in, beside Django's own; and checking the code of a mail."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http import HTTPStatus
from statistics import median

from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from bench import urls
from bench.asking import questions
from bench.measure import Figure, seconds, side_by_side
from branches.models import User
from tests.signing_in import ask_code, enter, mailed_code, signed_in

_ROUNDS = 5


def figures(user: User) -> Iterator[Figure]:
    """Measure the page, and a code that is right.

    Args:
        user: whoever signs in.
    """
    address = reverse("account_login")
    client = Client()
    with questions() as asked:
        answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    urls.bare_text["text"] = "x" * len(answer.content)
    taken, floor = side_by_side(
        lambda: Client().get(address), lambda: Client().get("/bare/sign-in/")
    )
    yield Figure(
        name="sign-in page",
        ratio=floor / taken,
        floor="Django's own sign-in view, template of the same size",
        details={
            "milliseconds": round(taken * 1000, 1),
            "bare_milliseconds": round(floor * 1000, 1),
            "queries": len(asked),
        },
    )
    kept = seconds(lambda: Client().get("/bare/"), rounds=3)
    checked, statements = _code(user)
    yield Figure(
        name="sign-in code, checked",
        ratio=kept / checked,
        floor="a bare page",
        details={"milliseconds": round(checked * 1000, 1), "queries": statements},
    )


def _code(user: User) -> tuple[float, int]:
    """Return the seconds that the answer to the right code took, and its statements."""
    taken, statements = [], 0
    for _round in range(_ROUNDS):
        # Ten codes an hour for one address, and no more.
        caches["default"].clear()
        client = Client()
        ask_code(client, user.email)
        with questions() as asked:
            begin = time.perf_counter()
            enter(client, mailed_code())
            taken.append(time.perf_counter() - begin)
        assert signed_in(client)
        statements = len(asked)
    return median(taken), statements
