"""Who knows what: by layer and theme, after a yes, and gone when taken out (R52)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry
from monitor.models import Expert
from tests.clock import FIRST_DAY
from tests.integration.monitor.together_stage import branch, member, officer

pytestmark = pytest.mark.django_db

WIL: dict[str, Any] = {
    "name": "Wil Waterman",
    "layer": "water_board",
    "themes": ["housing", "sustainability"],
    "about": "Dijken en de heffing.",
    "email": "wil@voorbeeld.nl",
    "agreed_on": FIRST_DAY.isoformat(),
}


def test_who_said_yes_is_found_by_layer_theme_and_word(client: Client, sign_in: Any) -> None:
    sign_in(client, officer())
    for data in (
        WIL,
        WIL | {"name": "Sjoukje Staten", "layer": "province", "themes": ["care"], "about": "Zorg."},
    ):
        assert client.post(reverse("monitor:expert_new"), data).status_code == 302
    here = branch("Harlingen")
    sign_in(client, member(here))
    for asked, expected in (
        ("", {"Wil", "Sjoukje"}),
        ("?laag=province", {"Sjoukje"}),
        ("?thema=sustainability", {"Wil"}),
        ("?thema=housing&laag=province", set()),
        ("?zoek=dijken+heffing", {"Wil"}),
        ("?laag=maan&thema=kaas", {"Wil", "Sjoukje"}),
    ):
        text = client.get(reverse("together:experts", args=[here.slug]) + asked).content.decode()
        assert {name for name in ("Wil", "Sjoukje") if f"{name} " in text} == expected, asked


@pytest.mark.parametrize(
    "wrong",
    [
        {"agreed_on": ""},
        {"agreed_on": (FIRST_DAY + timedelta(days=1)).isoformat()},
        {"email": "", "phone": ""},
        {"phone": "bel maar"},
        {"themes": ["belastingen"]},
    ],
)
def test_nobody_is_added_without_a_yes_or_a_way_to_be_reached(
    wrong: dict[str, Any], client: Client, sign_in: Any
) -> None:
    sign_in(client, officer())
    assert client.post(reverse("monitor:expert_new"), WIL | wrong).status_code == 200
    assert not Expert.objects.exists()


def test_who_is_taken_out_leaves_nothing_behind(client: Client, sign_in: Any) -> None:
    sign_in(client, officer())
    client.post(reverse("monitor:expert_new"), WIL)
    row = Expert.objects.get()
    assert client.post(reverse("monitor:expert_remove", args=[row.pk])).status_code == 302
    assert not Expert.objects.exists()
    trail = " ".join(str(one.params) for one in AuditEntry.objects.all())
    assert "Wil" not in trail
    assert "wil@" not in trail
    assert AuditEntry.objects.filter(verb="together.expert_removed").count() == 1
    edit = reverse("monitor:expert_edit", args=[row.pk])
    assert client.post(edit, WIL | {"revision": 0}).status_code == 404


def test_the_second_saver_of_an_entry_sees_both_texts(client: Client, sign_in: Any) -> None:
    sign_in(client, officer())
    client.post(reverse("monitor:expert_new"), WIL)
    row = Expert.objects.get()
    address = reverse("monitor:expert_edit", args=[row.pk])
    assert client.post(address, WIL | {"themes": ["care"], "revision": 0}).status_code == 302
    answer = client.post(address, WIL | {"themes": ["work"], "revision": 0})
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.themes == ["care"]
