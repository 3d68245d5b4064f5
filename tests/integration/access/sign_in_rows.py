"""Rows of signing in and of the second step, most of them allauth's own views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.integration.access.cast import Persona, World
from tests.integration.access.row import (
    BOTH,
    EVERYBODY,
    PAGE,
    SIGNED_IN,
    WRITE,
    Answers,
    Row,
    Scope,
    give,
    to,
)


def _entrance(name: str, *, get: Answers, post: Answers, **more: Any) -> Row:
    return Row(
        name=name, scope=Scope.OPEN, methods=BOTH, get=get, post=post, of_allauth=True, **more
    )


def _own(name: str, *, get: Answers, post: Mapping[Persona, str] | None = None, **more: Any) -> Row:
    return Row(
        name=name,
        scope=Scope.OWN,
        second_step=False,
        methods=BOTH if post is not None else frozenset({"GET"}),
        get=get,
        post=post or {},
        of_allauth=True,
        **more,
    )


VISITOR = (Persona.ANONYMOUS,)
ROWS: list[Row] = []
