"""A new version of the base programme comes, and a branch looks at it (R72)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry, Branch, User
from branches.viewer import Viewer
from core.refusal import Refused
from programmes.enums import BaseChoice
from programmes.models import BaseDecision, Measure, Programme
from programmes.queries.base import changes_of
from programmes.queries.base_following import following
from programmes.rules.three_way import Fate
from programmes.services import versions
from tests.clock import FIRST_DAY
from tests.factories import MembershipFactory
from tests.integration.programmes.base_stage import (
    DOCTOR,
    HOUSES,
    TREES,
    draft_from,
    first_version,
    publish,
    second_version,
)
from tests.integration.programmes.looking import text_of
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_follows(settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = []


@pytest.fixture
def base() -> Programme:
    return first_version()


@pytest.fixture
def draft(base: Programme, branch: Branch) -> Programme:
    return draft_from(base, branch)


def url(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["harlingen", *args])


def identity(programme: Programme, text: str) -> UUID:
    return UUID(str(programme.measures.get(text=text).identity))


def choose(visitor: Client, draft: Programme, which: UUID, choice: str, **more: Any) -> Any:
    draft.refresh_from_db()
    data = {"choice": choice, "revision": draft.revision} | more
    return visitor.post(url("base_decide", which), data)


def own(draft: Programme, which: UUID) -> Measure:
    return Measure.objects.get(programme=draft, derived_from__identity=which)


def test_what_a_branch_took_over_is_shown_with_what_became_of_it(
    visitor: Client, base: Programme, draft: Programme
) -> None:
    page = text_of(visitor.get(url("base_changes"), headers={"accept-language": "en"}))
    assert "Nothing is changed in what you took over" in page
    second_version(base)
    response = visitor.get(url("base_changes"), headers={"accept-language": "en"})
    page = text_of(response)
    assert "You looked at 0 of 2 changes." in page
    assert "Rita Redactie" in page
    found = response.context["found"]
    assert [item.old.text for item in found.items] == [HOUSES, TREES]
    assert [item.new.text for item in found.news] == ["Een school erbij."]
    assert draft.measures.current().count() == 3


def test_three_texts_stand_side_by_side_with_the_words_that_differ(
    visitor: Client, base: Programme, draft: Programme
) -> None:
    which = identity(base, HOUSES)
    Measure.objects.filter(pk=own(draft, which).pk).update(text="In Harlingen: 200 <woningen>.")
    second_version(base)
    page = text_of(visitor.get(url("base_change", which)))
    assert "We bouwen <del>200</del> woningen." in page
    assert "We bouwen <ins>300 sociale</ins> woningen." in page
    assert "&lt;" in page
    assert "<woningen>" not in page
    assert visitor.get(url("base_change", uuid4())).status_code == 404


def test_the_new_text_is_taken_over_and_remembers_its_version(
    visitor: Client, base: Programme, draft: Programme, person: User
) -> None:
    which = identity(base, HOUSES)
    new = second_version(base)
    response = choose(visitor, draft, which, "take")
    assert response["Location"] == url("base_change", identity(base, TREES))
    mine = own(draft, which)
    assert mine.text == "We bouwen 300 sociale woningen."
    assert mine.derived_from == new.measures.get(identity=which)
    decision = BaseDecision.objects.get()
    assert (decision.choice, decision.own_text, decision.decided_by) == (
        BaseChoice.TAKE,
        HOUSES,
        person,
    )
    assert AuditEntry.objects.filter(verb="base_programme.take", branch=draft.branch).exists()
    page = text_of(visitor.get(url("base_changes"), headers={"accept-language": "en"}))
    assert "You looked at 1 of 2 changes." in page
    # What was there before can be read back.
    assert "<del>200</del>" in text_of(visitor.get(url("base_change", which)))


def test_what_lapsed_is_taken_out_or_kept_and_the_same_is_not_asked_twice(
    visitor: Client, base: Programme, draft: Programme, viewer_for: Callable[..., Viewer]
) -> None:
    houses, trees = identity(base, HOUSES), identity(base, TREES)
    new = second_version(base)
    assert choose(visitor, draft, trees, "retire").status_code == 302
    assert own(draft, trees).retired_on == FIRST_DAY
    response = choose(visitor, draft, houses, "keep")
    assert response["Location"] == url("base_changes")
    assert own(draft, houses).text == HOUSES
    page = text_of(visitor.get(url("base_changes"), headers={"accept-language": "en"}))
    assert "You looked at 2 of 2 changes." in page
    assert "All done." in page
    third = versions.new_version(programme=new, by=None, today=FIRST_DAY)
    third.measures.filter(text=DOCTOR).update(text="Twee huisartsen.")
    publish(third)
    viewer = viewer_for(BaseDecision.objects.all()[0].decided_by)
    assert draft.branch is not None
    found = following(viewer=viewer, branch=draft.branch)
    assert [item.old.text for item in found.items if item.old] == [DOCTOR]


def test_new_measures_are_taken_over_or_left(
    visitor: Client, base: Programme, draft: Programme
) -> None:
    new = second_version(base)
    school = identity(new, "Een school erbij.")
    assert choose(visitor, draft, school, "leave").status_code == 302
    assert not visitor.get(url("base_changes")).context["news"].object_list
    # Who thinks better of it can still take it over.
    assert choose(visitor, draft, school, "add").status_code == 302
    copy = own(draft, school)
    assert copy.text == "Een school erbij."
    assert copy.section is not None
    assert copy.section.chapter.title == "Zorg"
    assert BaseDecision.objects.get().choice == BaseChoice.ADD


def test_nothing_is_chosen_from_a_page_that_is_overtaken(
    visitor: Client, base: Programme, draft: Programme
) -> None:
    which = identity(base, HOUSES)
    second_version(base)
    for data, status in (
        ({"revision": draft.revision + 7, "choice": "take"}, 409),
        ({"choice": "retire"}, 409),
        ({"choice": "leave"}, 409),
        ({"choice": "weg"}, 422),
        ({"choice": "take", "revision": "x"}, 422),
    ):
        response = choose(visitor, draft, which, str(data.pop("choice")), **data)
        assert response.status_code == status, data
    assert own(draft, which).text == HOUSES
    assert not BaseDecision.objects.exists()


def test_after_adoption_it_is_only_to_know(
    visitor: Client, base: Programme, draft: Programme
) -> None:
    which = identity(base, HOUSES)
    second_version(base)
    versions.freeze(programme=draft, by=None, today=FIRST_DAY)
    page = text_of(visitor.get(url("base_change", which), headers={"accept-language": "en"}))
    assert "After adoption; only to know." in page
    assert 'name="choice"' not in page
    assert choose(visitor, draft, which, "take").status_code == 409
    assert own(draft, which).text == HOUSES


def test_members_read_it_and_choose_nothing(
    client: Client,
    sign_in: Callable[..., Client],
    branch: Branch,
    base: Programme,
    draft: Programme,
) -> None:
    second_version(base)
    member = MembershipFactory(branch=branch, role=Role.MEMBER).user
    visitor = sign_in(client, member)
    assert 'name="choice"' not in text_of(visitor.get(url("base_changes")))
    assert choose(visitor, draft, identity(base, HOUSES), "take").status_code == 403


def test_pages_without_a_base_or_a_programme_say_what_to_do(
    visitor: Client, branch: Branch
) -> None:
    english = {"accept-language": "en"}
    page = text_of(visitor.get(url("base_changes"), headers=english))
    assert "There is no base programme yet" in page
    base = first_version()
    page = text_of(visitor.get(url("base_changes"), headers=english))
    assert "You took nothing over from it yet" in page
    which = identity(base, HOUSES)
    assert "no draft yet" in text_of(visitor.get(url("base_change", which), headers=english))
    response = visitor.post(url("base_decide", which), {"choice": "add", "revision": 0})
    assert response.status_code == 409
    # With a draft any measure of the base can be taken over, also one that is not new.
    draft = draft_from(base, branch, TREES)
    assert url("base_change", which) in text_of(visitor.get(url("programme", base.pk)))
    assert choose(visitor, draft, which, "add").status_code == 302
    assert own(draft, which).text == HOUSES


def test_what_is_not_published_is_not_there(
    visitor: Client, base: Programme, draft: Programme
) -> None:
    coming = second_version(base, is_published=False)
    assert draft.measures.exists()
    assert not visitor.get(url("base_changes")).context["found"].items
    assert visitor.get(url("programme", coming.pk)).status_code == 404
    page = text_of(visitor.get(url("programme", base.pk)))
    assert url("programme", coming.pk) not in page
    assert "Basisprogramma" in text_of(visitor.get(url("programmes")))


def test_a_version_says_what_it_changes_and_for_how_many_branches(base: Programme) -> None:
    draft_from(base, MembershipFactory().branch, HOUSES)
    draft_from(base, MembershipFactory().branch, HOUSES, DOCTOR)
    draft_from(base, MembershipFactory().branch, DOCTOR)
    new = second_version(base, is_published=False)
    found = changes_of(new)
    assert {fate: [(c.before or c.after, c.users) for c in found.of(fate)] for fate in Fate} == {
        Fate.SAME: [],
        Fate.CHANGED: [(HOUSES, 2)],
        Fate.NEW: [("Een school erbij.", 0)],
        Fate.LAPSED: [(TREES, 0)],
    }
    assert (found.same, found.users, found.touched) == (2, 3, 2)


def test_publishing_is_refused_where_it_makes_no_sense(branch: Branch) -> None:
    own_base = programme_with({"Wonen": ["Een."]}, branch=branch, kind="base")
    with pytest.raises(Refused):
        publish(own_base)
    empty = programme_with({}, branch=branch, kind="base")
    Programme.objects.filter(pk=empty.pk).update(branch=None)
    with pytest.raises(Refused):
        publish(empty)
    with pytest.raises(Refused):
        publish(first_version())
    assert not Programme.objects.filter(branch=branch, frozen_on__isnull=False).exists()


@pytest.mark.parametrize("names", [1, 30])
def test_the_number_of_questions_does_not_grow_with_the_measures(
    visitor: Client, branch: Branch, names: int
) -> None:
    texts = [f"Voorstel {number}." for number in range(names)]
    base = programme_with({"Wonen": texts}, branch=branch, kind="base")
    Programme.objects.filter(pk=base.pk).update(branch=None)
    base.refresh_from_db()
    publish(base)
    draft_from(base, branch, *texts)
    new = versions.new_version(programme=base, by=None, today=FIRST_DAY)
    for row in new.measures.all():
        Measure.objects.filter(pk=row.pk).update(text=f"{row.text} En meer.")
    publish(new)
    with CaptureQueriesContext(connection) as queries:
        response = visitor.get(url("base_changes"))
    assert len(response.context["found"].items) == names
    assert len(queries) <= 22
