"""A row of the matrix: one route, and what each persona is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tests.integration.access.cast import INSIDERS, OUTSIDERS, VISITORS, Persona, World

PAGE = "200"
FORBIDDEN = "403"
NOT_FOUND = "404"
NO_SUCH_METHOD = "405"
SIGN_IN = "302 account_login"
SET_UP = "302 mfa_index"

READ = frozenset({"GET"})
WRITE = frozenset({"POST"})
BOTH = READ | WRITE
# Methods that no page of ours answers.
OTHERS = ("PUT", "PATCH", "DELETE")

Answers = Mapping[Persona, str]


class Scope(Enum):
    """Who is turned away how, where a row says nothing."""

    BRANCH = "branch"  # outsiders 404, insiders and the national office 403
    NATIONAL = "national office"  # everybody 403: that these pages exist is no secret
    OWN = "own"  # signed-in people, each about themselves
    OPEN = "open"  # nothing is asked; a row says each answer


def _no_kwargs(_world: World) -> dict[str, object]:
    return {}


def _nothing(_world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One route.

    Attributes:
        name: of the route, with its namespace.
        scope: decides how somebody is denied whom the row does not list.
        kwargs: from the world, the address of a real object of branch A.
        methods: what the route answers at all; HEAD goes with GET.
        get: persona → answer; whoever is not listed is denied.
        post: the same for a valid form.
        data: from the world, that valid form.
        permission: the rule that the view asks.
        otherwise: the denial of signed-in people whom the row does not list, if not the scope's.
        looking_writes: tables that looking may write, with the reason beside the row.
        second_step: whether the national office is sent to its second factor first.
        of_allauth: a view of allauth, where PUT is an empty POST.
    """

    name: str
    scope: Scope = Scope.BRANCH
    kwargs: Callable[[World], dict[str, object]] = _no_kwargs
    methods: frozenset[str] = READ
    get: Answers = field(default_factory=dict)
    post: Answers = field(default_factory=dict)
    data: Callable[[World], dict[str, Any]] = _nothing
    permission: str = ""
    otherwise: str = ""
    looking_writes: frozenset[str] = frozenset()
    second_step: bool = True
    of_allauth: bool = False

    def expected(self, persona: Persona, method: str) -> str:
        """Return the answer that this row promises, as ``walk.answer_of`` writes it."""
        if self.scope is not Scope.OPEN and persona in VISITORS:
            return SIGN_IN
        if self.second_step and persona is Persona.NATIONAL_BARE:
            return SET_UP
        asked = "GET" if method == "HEAD" else method
        if asked not in self.methods:
            return NO_SUCH_METHOD
        listed = self.get if asked == "GET" else self.post
        return listed.get(persona) or self._denied(persona)

    def _denied(self, persona: Persona) -> str:
        if self.scope is Scope.BRANCH and persona in OUTSIDERS:
            return NOT_FOUND
        return self.otherwise or FORBIDDEN

    def allowed(self, method: str) -> list[Persona]:
        """Return the personas to whom this row gives something."""
        if method not in self.methods:
            return []
        return list(self.get if method == "GET" else self.post)


def give(answer: str, *personas: Persona) -> dict[Persona, str]:
    """Let these personas have the same answer."""
    return dict.fromkeys(personas, answer)


def to(name: str) -> str:
    """Return the answer "go to that page"."""
    return f"302 {name}"


BOARD = (Persona.BOARD,)
COMMITTEE = (Persona.BOARD, Persona.COMMITTEE)
WORKING = (Persona.BOARD, Persona.COMMITTEE, Persona.COUNCIL_GROUP)
OFFICE = (Persona.NATIONAL,)
SIGNED_IN = tuple(one for one in Persona if one not in VISITORS)
EVERYBODY = tuple(Persona)
INSIDE = INSIDERS
