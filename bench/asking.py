"""What a page asks the database: taken down, and asked again by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Question:
    """One statement, its values, and the seconds that it took."""

    sql: str
    values: Any
    seconds: float


@contextmanager
def questions() -> Iterator[list[Question]]:
    """Yield a list that gathers every statement of the block."""
    found: list[Question] = []

    def noted(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's own signature
        begin = time.perf_counter()
        answer = execute(sql, values, many, context)
        found.append(Question(sql, values, time.perf_counter() - begin))
        return answer

    with connection.execute_wrapper(noted):
        yield found


def ask_again(asked: Iterable[Question]) -> None:
    """Ask the same, and read every row."""
    with connection.cursor() as cursor:
        for one in asked:
            cursor.execute(one.sql, one.values)
            if cursor.description is not None:
                cursor.fetchall()
