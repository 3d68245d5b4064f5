"""A's board hands in what belongs to B, wherever an id can be handed in: nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models, transaction
from django.forms import BaseForm
from django.forms.models import ModelChoiceField
from django.urls import reverse

from branches.models import User
from consultation.models import Channel, Cluster, PostIt, Theme
from process.models import Decision, Meeting
from programmes.models import Example, Programme
from tests.integration.access import fixtures
from tests.integration.access.cast import Persona, World
from tests.integration.access.house import House
from tests.integration.access.row import Row, Scope
from tests.integration.access.rows import BY_NAME, ROWS
from tests.integration.access.walk import belongings, changed, digest, path_of, routes

built, world = fixtures.built, fixtures.world

WITH_OBJECT = [
    row for row in ROWS if row.scope is Scope.BRANCH and "<int:pk>" in routes()[row.name]
]
ACTS = [row for row in ROWS if row.scope is Scope.BRANCH and row.allowed("POST")]
# Every choice of a row of the database in a form about a branch.
CHOICES = {
    ("branches:end", "to"),
    ("branches:leave", "to"),
    ("consultation:assign", "to"),
    ("consultation:contribution_add", "theme"),
    ("consultation:correct", "theme"),
    *(
        (f"consultation:{page}", field)
        for page in ("point", "points")
        for field in ("cluster", "example", "notes")
    ),
    ("consultation:lists", "channel"),
    ("consultation:notes_typed", "cluster"),
    ("consultation:session_add", "reporter"),
    ("consultation:session_add", "theme"),
    ("consultation:session_edit", "reporter"),
    ("consultation:session_edit", "theme"),
    ("consultation:status", "theme"),
    ("consultation:stakeholder_add", "asked_by"),
    ("consultation:stakeholder_add", "theme"),
    ("consultation:stakeholder_change", "asked_by"),
    ("consultation:stakeholder_change", "theme"),
    ("consultation:stakeholder_contribution", "theme"),
    ("evaluation:others_copy", "concept"),
    ("evaluation:pledge_hand_over", "deputy"),
    ("evaluation:pledge_hand_over", "owner"),
    ("evaluation:start", "programme"),
    ("evaluation:ten_start", "programme"),
    ("process:approached_edit", "asked_by"),
    ("process:approached_new", "asked_by"),
    ("process:decision_new", "meeting"),
    ("process:decision_replace", "meeting"),
    ("process:milestone_describe", "owner"),
    ("process:seat_new", "user"),
}
REFUSED = {200, 409, 422}


def name(row: Row) -> str:
    return row.name


def _of(house: House, model: type[models.Model]) -> list[int]:
    """The house's own rows of a model that a form lets choose from."""
    if issubclass(model, User):
        return [user.pk for user in house.people.values()]
    if model is Programme:
        return list(Programme.objects.filter(branch=house.branch).values_list("pk", flat=True))
    if model is Example:
        theirs = Example.objects.filter(chapter__programme__branch=house.branch)
        return list(theirs.values_list("pk", flat=True))
    if model in (Cluster, PostIt):
        of_session = model._default_manager.filter(session=house.input.session)
        return list(of_session.values_list("pk", flat=True))
    if model in (Channel, Theme):
        of_input = model._default_manager.filter(consultation__branch=house.branch)
        return list(of_input.values_list("pk", flat=True))
    assert model is Meeting, f"say here which {model} belong to a branch"
    return list(Meeting.objects.filter(branch=house.branch).values_list("pk", flat=True))


@pytest.fixture
def forms(monkeypatch: pytest.MonkeyPatch) -> list[BaseForm]:
    """Every form that a view looks at, in order."""
    seen: list[BaseForm] = []
    real = BaseForm.full_clean

    def watched(self: BaseForm) -> None:
        seen.append(self)
        real(self)

    monkeypatch.setattr(BaseForm, "full_clean", watched)
    return seen


@pytest.mark.parametrize("row", WITH_OBJECT, ids=name)
def test_their_object_is_not_found(row: Row, world: World) -> None:
    before, mirrored = digest(), world.mirrored()
    theirs = row.kwargs(mirrored)
    for slug in (world.a.slug, world.b.slug):
        path = reverse(row.name, kwargs=theirs | {"slug": slug})
        for persona in (Persona.BOARD, Persona.COMMITTEE, Persona.MEMBER):
            for method in sorted(row.methods):
                may = persona in row.allowed(method)
                expected = 404 if may or slug == world.b.slug else 403
                data = row.data(mirrored) if method == "POST" else None
                response = world.ask(persona, method, path, data)
                assert response.status_code == expected, (persona, method, slug)
    assert not changed(before)


@pytest.mark.parametrize("row", WITH_OBJECT, ids=name)
def test_nor_for_the_national_office_under_the_wrong_branch(row: Row, world: World) -> None:
    before = digest()
    path = reverse(row.name, kwargs=row.kwargs(world.mirrored()) | {"slug": world.a.slug})
    for method in sorted(row.methods):
        data = row.data(world) if method == "POST" else None
        response = world.ask(Persona.NATIONAL, method, path, data)
        assert response.status_code == (
            404 if row.allowed(method) and _office(row, method) else 403
        )
    assert not changed(before)


def _office(row: Row, method: str) -> bool:
    return Persona.NATIONAL in row.allowed(method)


def _choices(form: BaseForm) -> Iterator[tuple[str, ModelChoiceField[Any]]]:
    for field_name, field in form.fields.items():
        if isinstance(field, ModelChoiceField):
            yield field_name, field


@pytest.mark.parametrize("row", ACTS, ids=name)
def test_their_rows_cannot_be_chosen(row: Row, world: World, forms: list[BaseForm]) -> None:
    path = path_of(row, world)
    with transaction.atomic():
        world.ask(Persona.BOARD, "POST", path, row.data(world))
        found = {
            field_name: (field.queryset.model, set(field.queryset.values_list("pk", flat=True)))
            for form in forms
            for field_name, field in _choices(form)
            if field.queryset is not None
        }
        transaction.set_rollback(True)
    assert {(row.name, field) for field in found} == {one for one in CHOICES if one[0] == row.name}
    for field, (model, offered) in found.items():
        assert not offered & set(_of(world.b, model)), "their rows are offered"
        before = digest()
        for pk in _of(world.b, model):
            response = world.ask(Persona.BOARD, "POST", path, row.data(world) | {field: pk})
            assert response.status_code in REFUSED, (field, pk)
        assert not changed(before), field


@pytest.mark.parametrize("row", ACTS, ids=name)
def test_fields_that_the_form_does_not_have_do_nothing(row: Row, world: World) -> None:
    theirs = belongings(world.b.branch)
    extra = {
        "branch": world.b.branch.pk,
        "branch_id": world.b.branch.pk,
        "slug": world.b.slug,
        "timeline": world.b.timeline.pk,
        "timeline_id": world.b.timeline.pk,
        "pk": world.b.past_meeting.pk,
        "id": world.b.past_meeting.pk,
        "membership": world.b.memberships["board"].pk,
        "user": world.b.people["board"].pk,
        "by": world.b.people["board"].pk,
        "recorded_by": world.b.people["board"].pk,
        "closed_on": "2021-10-04",
        "is_superuser": "1",
    }
    data = row.data(world)
    given = {key: value for key, value in extra.items() if (row.name, key) not in CHOICES}
    response = world.ask(Persona.BOARD, "POST", path_of(row, world), given | data)
    expected = row.expected(Persona.BOARD, "POST").partition(" ")[0]
    assert str(response.status_code) == expected
    assert belongings(world.b.branch) == theirs
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_number_of_their_form_records_and_tells_nothing(world: World) -> None:
    """A submission number is a secret; whoever has it learns no more than that it was used."""
    number = str(Decision.objects.filter(timeline=world.b.timeline).latest("pk").submission)
    for row_name in ("process:decision_new", "process:decision_replace"):
        row, before = BY_NAME[row_name], digest()
        data = row.data(world) | {"submission": number}
        response = world.ask(Persona.BOARD, "POST", path_of(row, world), data)
        assert response.status_code == 409
        assert "kanarie" not in response.content.decode()
        assert not changed(before)


def test_an_exception_is_not_withdrawn_under_another_election(world: World) -> None:
    before = digest()
    path = reverse(
        "monitor:override_withdraw", args=[world.empty_election.slug, world.a.override.pk]
    )
    assert world.ask(Persona.NATIONAL, "POST", path).status_code == 404
    assert not changed(before)


@pytest.mark.parametrize("row_name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_a_key_of_somebody_else_is_not_found(row_name: str, world: World) -> None:
    before, row = digest(), BY_NAME[row_name]
    path = path_of(row, world.mirrored())
    for persona in (Persona.BOARD, Persona.NATIONAL):
        for method in ("GET", "POST"):
            response = world.ask(persona, method, path, {"name": "van mij"})
            assert response.status_code == 404
    assert not changed(before)


def test_the_belongings_that_are_compared_are_all_of_them(world: World) -> None:
    mine = belongings(world.b.branch)
    assert {table for table, rows in mine.items() if rows != "[]"} >= {
        "branches_auditentry",
        "branches_branch",
        "branches_invitation",
        "branches_membership",
        "process_approachedperson",
        "process_committeeseat",
        "process_decision",
        "process_meeting",
        "process_milestone",
        "process_timeline",
    }
