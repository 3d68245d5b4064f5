"""Ten thousand inputs that nobody meant, to every form and every address: no crash.

``make fuzz`` sends more; ``FUZZ_SEED`` repeats a run. What single known nasty values do to each
form stands in ``test_hostile_input``; here they come mixed, as a machine that tries all sends them.
"""

from __future__ import annotations

import os
import random
import traceback
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.fuzzing import STRANGE, Spoiler, encoded
from tests.integration.access import fixtures
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import Row
from tests.integration.access.rows import ROWS
from tests.integration.access.walk import path_of
from tests.integration.test_hostile_input import ASKED, FORM, persona_for, valid

built, world = fixtures.built, fixtures.world

INPUTS = int(os.environ.get("FUZZ_INPUTS", "10000"))
SEED = int(os.environ.get("FUZZ_SEED", "20261127"))
# Each share is a test of its own, so that workers divide them.
SHARES = 40
# Sessions that end, keys that are made: they would leave nobody to ask as.
NOT_TWICE = {"account_logout"}
ACTS = [row for row in ROWS if row.allowed("POST") and row.name not in NOT_TWICE]
LOOKS = [row for row in ROWS if row.allowed("GET")]
# One in so many is asked as somebody who may not.
ANYBODY = 8


def _asks(world: World, spoiler: Spoiler) -> tuple[str, Any]:
    """Send one input; return what was sent, in words, and the answer."""
    chance = spoiler.chance
    row: Row = chance.choice(ACTS if chance.random() < 0.6 else LOOKS)
    acts = row in ACTS and (row not in LOOKS or chance.random() < 0.7)
    method = "POST" if acts else "GET"
    persona = persona_for(row, method)
    if chance.randrange(ANYBODY) == 0:
        persona = chance.choice(list(Persona))
    path = path_of(row, world)
    if chance.randrange(3) == 0:
        path = f"{path}?{spoiler.query(ASKED)}"
    if not acts:
        return f"GET {path} as {persona}", world.ask(persona, "GET", path)
    body = encoded(spoiler.form(valid(row, world)))
    return f"POST {path} as {persona}: {body!r}", world.ask(
        persona, "POST", path, body, content_type=FORM
    )


@pytest.mark.parametrize("share", range(SHARES))
def test_inputs_that_nobody_meant(share: int, world: World) -> None:
    world.client.raise_request_exception = False
    values = [value for row in ACTS for value in valid(row, world).values()]
    spoiler = Spoiler(
        chance=random.Random(f"{SEED}-{share}"),  # noqa: S311 - a test that can be run again
        values=[*values, *STRANGE],
    )
    for number in range(INPUTS // SHARES):
        cache.clear()
        with transaction.atomic():
            told, answer = _asks(world, spoiler)
            crash = "".join(traceback.format_exception(*(answer.exc_info or (None,) * 3))[-3:])
            assert 200 <= answer.status_code < 500, f"{SEED}, {share}, {number}: {told}\n{crash}"
            assert answer["Content-Security-Policy"], told
            answer.close()
            transaction.set_rollback(True)
