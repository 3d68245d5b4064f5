"""Invented branches that nobody plays do not fill the mailbox of the demonstration."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from branches.models import Membership
from demo.data.groups import WORKED
from demo.models import DemoPersona
from demo.services.build import build
from notifications.models import Delivery, Preference
from notifications.services.composing import compose
from notifications.services.planning import plan
from tests.clock import AMSTERDAM

pytestmark = pytest.mark.django_db
TODAY = date(2021, 10, 4)


def test_only_people_of_branches_that_somebody_plays_or_that_were_played_get_mail() -> None:
    build(seed=2022, small=True, today=TODAY, say=lambda _line: None)
    heard = {persona.branch_id for persona in DemoPersona.objects.exclude(branch=None)}
    quiet = Membership.objects.exclude(branch__in=heard).exclude(branch__slug__in=WORKED)
    pairs = set(quiet.values_list("user", "branch"))
    assert pairs
    assert set(Preference.objects.values_list("user", "branch")) == pairs
    now = datetime(2026, 11, 26, tzinfo=UTC)
    plan(today=TODAY, now=now)
    compose(local=datetime(2021, 10, 4, 12, tzinfo=AMSTERDAM), now=now)
    readers = set(Delivery.objects.values_list("recipient", flat=True))
    assert readers
    assert readers.isdisjoint({user for user, _branch in pairs})
    personas = DemoPersona.objects.filter(key__in=["board", "national"])
    assert readers >= set(personas.values_list("user", flat=True))
