"""The pages of merging, and what everybody reads of a branch that is no longer there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch, User
from consultation.models import Consultation
from core.refusal import Refused
from evaluation.models import Evaluation, TopTen
from evaluation.services.starting import start as look_back
from monitor.queries.branches import at_hand, covered
from programmes.enums import ProgrammeKind
from programmes.models import Programme
from programmes.services.inheriting import inherit
from tests.consultation_factories import consultation_of
from tests.evaluation_factories import evaluation_of
from tests.factories import BranchFactory, MembershipFactory, MunicipalityFactory
from tests.integration.monitor.merger_stage import TODAY, Stage, build_stage, over
from tests.process_factories import MeetingFactory
from tests.programme_factories import programme_with
from tests.ten_factories import top_ten_of

pytestmark = pytest.mark.django_db

Act = Callable[[User], Client]


@pytest.fixture
def stage() -> Stage:
    return build_stage()


@pytest.fixture
def as_(client: Client, sign_in: Callable[..., Client]) -> Act:
    return lambda user: sign_in(client, user)


def given(**more: str) -> dict[str, str]:
    return {
        "branches": "Rheden\nrozendaal",
        "name": "Veluwezoom",
        "day": TODAY.isoformat(),
        "because": "Beide vergaderingen besloten het.",
    } | more


def test_first_a_look_then_the_act(stage: Stage, as_: Act) -> None:
    coming = MeetingFactory(branch=stage.rheden, day=date(2021, 11, 12))
    office = as_(stage.lotte)
    address = reverse("monitor:branch_merge")
    first = office.get(
        address, {"afdeling": [str(stage.rheden.pk), str(stage.rozendaal.pk), "x", "9" * 30]}
    )
    assert first.context["form"].initial["branches"] == "Rheden\nRozendaal"
    look = office.post(address, given())
    assert look.status_code == 200
    assert coming.title in look.content.decode()
    assert dict(look.context["given"])["branches"].split() == ["Rheden", "rozendaal"]
    assert not Branch.objects.filter(name="Veluwezoom").exists()
    sure = office.post(address, dict(look.context["given"]) | {"zeker": "1"})
    assert (sure.status_code, sure["Location"]) == (302, reverse("monitor:branches"))
    made = Branch.objects.get(name="Veluwezoom")
    assert Branch.objects.filter(merged_into=made).count() == 2
    again = office.post(address, given(zeker="1"))
    assert again.status_code == 422
    assert "Rheden" in str(again.context["form"].errors["branches"])


@pytest.mark.parametrize(
    ("more", "status", "field"),
    [
        ({"branches": "Rheden"}, 409, "__all__"),
        ({"branches": "Nergenshuizen"}, 422, "branches"),
        ({"municipalities": "Nergenshuizen"}, 422, "municipalities"),
        ({"day": (TODAY + timedelta(days=3)).isoformat()}, 409, "__all__"),
        ({"day": "morgen"}, 422, "day"),
        ({"branches": "\n".join(str(n) for n in range(99))}, 422, "branches"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_question(
    stage: Stage, as_: Act, more: dict[str, str], status: int, field: str
) -> None:
    answer = as_(stage.lotte).post(
        reverse("monitor:branch_merge"), given(name="Samen", zeker="1", **more)
    )
    assert answer.status_code == status
    assert field in answer.context["form"].errors
    assert not Branch.objects.exclude(closed_on=None).exists()


def test_the_list_tells_where_each_went_and_keeps_its_number_of_queries(
    stage: Stage, as_: Act, django_assert_max_num_queries: Any
) -> None:
    stage.merge()
    for number in range(3):
        BranchFactory(name=f"Andere {number}", closed_on=TODAY, closed_because="Er is niemand.")
    office = as_(stage.lotte)
    with django_assert_max_num_queries(14):
        page = office.get(reverse("monitor:branches")).content.decode()
    assert page.count("Veluwezoom") >= 3
    assert "Er is niemand." in page
    gone = office.get(reverse("monitor:branches"), {"stand": "was", "naam": "rheden", "page": "x"})
    assert [row.name for row in gone.context["page"]] == ["Rheden"]


def test_municipalities_that_merge_point_at_their_branches() -> None:
    # The tables know: Brielle, Hellevoetsluis and Westvoorne became Voorne aan Zee in 2023.
    for code in ("GM0501", "GM0530", "GM0614"):
        BranchFactory(name=code, municipalities=over(code))
    MunicipalityFactory(code="GM1992", short_name="Voorne aan Zee")
    (one,) = at_hand(today=date(2022, 5, 1))
    assert (one.into, one.polling_day) == ("Voorne aan Zee", date(2022, 11, 23))
    assert [branch.name for branch in one.branches] == ["GM0501", "GM0530", "GM0614"]
    codes = {row.code for row in covered(one.branches, today=date(2022, 5, 1))}
    assert codes == {"GM0501", "GM0530", "GM0614", "GM1992"}
    assert not at_hand(today=date(2025, 5, 1))


def test_a_new_branch_and_one_that_ends(stage: Stage, as_: Act) -> None:
    office = as_(stage.lotte)
    place = MunicipalityFactory(name="Nieuwstad", province="PV25", school_region="midden")
    made = office.post(
        reverse("monitor:branch_new"), {"name": "Rhéden", "municipalities": "nieuwstad"}
    )
    branch = Branch.objects.get(name="Rhéden")
    assert made["Location"] == reverse("branches:people", args=[branch.slug])
    # Its address is its own, though its name reads the same without accents.
    assert (branch.slug, branch.province, branch.school_region) == ("rheden-2", "PV25", "midden")
    assert list(branch.municipalities.all()) == [place]
    ends = reverse("monitor:branch_close", args=["rheden"])
    form = {"day": TODAY.isoformat(), "because": "Er is niemand meer."}
    assert office.post(ends, form).status_code == 200
    assert office.post(ends, form | {"zeker": "1"}).status_code == 302
    twice = office.post(ends, form | {"zeker": "1"})
    assert twice.status_code == 409
    stage.rheden.refresh_from_db()
    assert stage.rheden.closed_on == TODAY
    own = as_(stage.anna).get(reverse("process:timeline", args=["rheden"]))
    assert own.status_code == 404


def test_who_goes_along_reads_what_was_and_writes_nothing_there(stage: Stage, as_: Act) -> None:
    programme_with({"Wonen": ["We bouwen."]}, branch=stage.rheden, title="Samen thuis")
    new = stage.merge().branch
    board = as_(stage.bram)
    today = board.get(reverse("process:today", args=[new.slug])).content.decode()
    assert reverse("process:timeline", args=["rheden"]) in today
    page = board.get(reverse("process:timeline", args=["rheden"]))
    assert page.status_code == 200
    assert reverse("process:today", args=[new.slug]) in page.content.decode()
    assert "Samen thuis" in (
        board.get(reverse("programmes:programmes", args=["rheden"])).content.decode()
    )
    refused = board.post(reverse("process:meeting_new", args=["rheden"]), {"title": "Toch"})
    assert refused.status_code == 409
    assert new.name in refused.content.decode()
    assert not stage.rheden.meetings.exists()


def test_what_a_predecessor_promised_is_taken_over_once_and_looked_back_at(stage: Stage) -> None:
    old = programme_with(
        {"Wonen": ["We bouwen.", "We planten."]}, branch=stage.rheden, year=2018, title="Thuis"
    )
    stranger = BranchFactory()
    new = stage.merge().branch
    made = inherit(programme=old, into=new, by=stage.anna, today=TODAY)
    assert (made.branch, made.kind, made.year) == (new, ProgrammeKind.PREVIOUS, 2018)
    assert made.origin.endswith("Rheden")
    assert list(made.measures.order_by("number").values_list("derived_from__text", flat=True)) == [
        "We bouwen.",
        "We planten.",
    ]
    evaluation = look_back(programme=made, timeline=new.timelines.get(), by=stage.anna, today=TODAY)
    assert evaluation.promises.count() == 2
    for wrong in (new, stranger):
        with pytest.raises(Refused):
            inherit(programme=old, into=wrong, by=stage.anna, today=TODAY)
    assert Programme.objects.count() == 2


def test_public_pages_stay_with_a_word_of_where_it_went_on_and_end_with_who_ends(
    stage: Stage, client: Client
) -> None:
    ten = top_ten_of(stage.way, public_since=TODAY)
    result = evaluation_of(branch=stage.rheden, public_since=TODAY)
    input_ = consultation_of(stage.way)
    Consultation.objects.update(outcome_public_since=TODAY, form_open_since=TODAY)
    pages = [
        reverse("evaluation:public_ten", args=["rheden"]),
        reverse("evaluation:public_pledge", args=["rheden", 1]),
        reverse("evaluation:public", args=["rheden", result.pk]),
        reverse("consultation:outcome", args=["rheden"]),
    ]
    asking = [
        reverse("evaluation:follow", args=["rheden"]),
        reverse("evaluation:propose_update", args=["rheden", 1]),
        reverse("evaluation:preference", args=[ten.preference_key]),
        reverse("consultation:form", args=["rheden"]),
    ]
    assert [client.get(path).status_code for path in pages] == [200] * 4
    new = stage.merge().branch
    there = reverse("process:public_meetings", args=[new.slug])
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert there in answer.content.decode(), path
        assert asking[0] not in answer.content.decode(), path
    assert [client.get(path).status_code for path in asking] == [404] * 4
    meetings = client.get(reverse("process:public_meetings", args=["rheden"]))
    assert (meetings.status_code, meetings["Location"]) == (302, there)
    assert client.get(reverse("process:feed_public", args=["rheden"])).status_code == 200
    # Who dissolves leaves nothing standing.
    Branch.objects.filter(pk=stage.rheden.pk).update(merged_into=None, heir=None)
    assert [client.get(path).status_code for path in pages] == [404] * 4
    assert input_.branch == stage.rheden


def test_the_board_that_goes_on_can_take_a_page_of_before_down(stage: Stage, as_: Act) -> None:
    row = evaluation_of(branch=stage.rheden, public_since=TODAY)
    top_ten = top_ten_of(stage.way, public_since=TODAY)
    new = stage.merge().branch
    down = reverse("evaluation:unpublish", args=["rheden", row.pk])
    member = MembershipFactory(branch=new, role=Role.MEMBER).user
    assert as_(member).post(down).status_code == 403
    board = as_(stage.bram)
    assert board.post(down, {"revision": row.revision}).status_code == 302
    away = reverse("evaluation:ten_unpublish", args=["rheden", top_ten.pk])
    assert board.post(away, {"revision": top_ten.revision}).status_code == 302
    assert Evaluation.objects.get(pk=row.pk).public_since is None
    assert TopTen.objects.get(pk=top_ten.pk).public_since is None
