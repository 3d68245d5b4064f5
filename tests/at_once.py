"""Many people do something at the same moment: real threads, on a database that they share.

A test that uses it asks for the fixture ``on_file``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

AT_ONCE = 20


def at_once(act: Callable[[int], object]) -> list[Any]:
    """Run ``act`` in twenty threads that start together; return what each gave or raised."""
    answers: list[Any] = [None] * AT_ONCE
    gate = threading.Barrier(AT_ONCE)

    def run(number: int) -> None:
        gate.wait()
        try:
            answers[number] = act(number)
        except Exception as error:  # noqa: BLE001 - what it was is what the test looks at
            answers[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
