"""Walking every route, asking for pages, and finding where an answer is not what a row promises."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection, models, transaction
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from branches.models import Branch
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import OTHERS, Row

# What a page may write while it is only looked at: who is signed in, and rate limits.
NOT_OURS = frozenset({"django_session", "django_cache"})
LOOKS = frozenset({"GET", "HEAD"})
FEW: dict[str, tuple[Persona, ...]] = {
    "HEAD": (Persona.ANONYMOUS, Persona.STRANGER, Persona.BOARD, Persona.NATIONAL)
} | dict.fromkeys(OTHERS, (Persona.ANONYMOUS, Persona.BOARD, Persona.NATIONAL))
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def routes() -> dict[str, str]:
    """Return every route: name with namespaces → pattern."""
    found: dict[str, str] = {}
    for name, pattern in _walk(get_resolver(), "", ""):
        # The same name at another address would hide from a table keyed by name.
        assert found.setdefault(name, pattern) == pattern, (name, pattern)
    return found


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        pattern = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one, pattern, inner)
        else:
            assert isinstance(one, URLPattern)
            yield f"{space}{one.name}", pattern


def path_of(row: Row, world: World) -> str:
    """Return the address of a row's real object."""
    return reverse(row.name, kwargs=row.kwargs(world))


def answer_of(response: Any) -> str:
    """Return the status, and for a redirect the name of the page it leads to."""
    if response.status_code not in REDIRECTS:
        return str(response.status_code)
    path = response["Location"].partition("?")[0].partition("#")[0]
    try:
        name = resolve(path).view_name
    except Resolver404:
        name = path
    return f"302 {name}"


def ask(world: World, row: Row, persona: Persona, method: str) -> str:
    """Ask once and return the answer; what was done is taken back, what looking did is not."""
    data = row.data(world) if method == "POST" else None
    # Fifty requests from one address would otherwise run into allauth's limits.
    cache.clear()
    with transaction.atomic():
        response = world.ask(persona, method, path_of(row, world), data)
        answer = answer_of(response)
        response.close()
        transaction.set_rollback(method not in LOOKS)
    return answer


def cells(
    row: Row,
    *,
    personas: Sequence[Persona] = tuple(Persona),
    methods: Sequence[str] = ("GET", "HEAD", "POST", *OTHERS),
) -> Iterator[tuple[Persona, str]]:
    """Return who asks how: GET and POST as everybody; the rest, decided before, as a few."""
    for method in methods:
        if row.of_allauth and method in OTHERS:
            continue  # allauth's views take PUT as an empty POST: a test of its own
        for persona in personas:
            if persona in FEW.get(method, personas):
                yield persona, method


def differences(
    world: World,
    rows: Iterable[Row],
    *,
    personas: Sequence[Persona] = tuple(Persona),
    methods: Sequence[str] = ("GET", "HEAD", "POST", *OTHERS),
) -> list[str]:
    """Return a line for every answer that is not the promised one."""
    wrong = []
    for row in rows:
        for persona, method in cells(row, personas=personas, methods=methods):
            expected = row.expected(persona, method)
            try:
                found = ask(world, row, persona, method)
            except Exception as error:  # noqa: BLE001 - a crash is an answer no row promises
                found = f"{type(error).__name__}: {error}"
            if found != expected:
                wrong.append(f"{method} {row.name} as {persona}: {found}, not {expected}")
    return wrong


def digest() -> dict[str, str]:
    """Return table → number and sum of its rows, for every table that is ours to keep."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            rows = sorted(map(repr, cursor.fetchall()))
            content = hashlib.blake2b("\n".join(rows).encode("utf-8", "backslashreplace"))
            found[table] = f"{len(rows)} {content.hexdigest()}"
    return found


def changed(before: dict[str, str]) -> list[str]:
    """Return the tables that hold something else than ``before``."""
    after = digest()
    return [table for table in after if after[table] != before[table]]


def belongings(branch: Branch) -> dict[str, str]:
    """Return table → all of its rows that belong to one branch."""
    found = {}
    for model in apps.get_models():
        manager: Any = getattr(model, "objects", None)
        path = getattr(manager.all(), "branch_path", None) if manager else None
        if path is not None:
            rows = manager.filter(**{f"{path}_id" if path else "pk": branch.pk})
            found[model._meta.db_table] = repr(list(rows.order_by("pk").values_list()))
    return found


def _tables() -> list[str]:
    kept: list[type[models.Model]] = list(apps.get_models(include_auto_created=True))
    names = {model._meta.db_table for model in kept if model._meta.managed}
    return sorted(names - NOT_OURS)
