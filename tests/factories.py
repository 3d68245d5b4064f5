"""Real rows for tests: people, branches, roles. The other rooms have their own factories."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from branches.enums import Role, SchoolRegion
from branches.models import (
    Branch,
    Invitation,
    Membership,
    Municipality,
    NationalOfficer,
    User,
)
from tests.clock import FIRST_DAY


class UserFactory(DjangoModelFactory):  # type: ignore[misc]
    """A person with an account and no role anywhere."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.nl")
    name = factory.Sequence(lambda n: f"Persoon {n}")
    password = "!geen-wachtwoord"


class MunicipalityFactory(DjangoModelFactory):  # type: ignore[misc]
    """A municipality that always existed."""

    class Meta:
        model = Municipality

    # Like no real one: these have elections and timetables of their own by their code.
    code = factory.Sequence(lambda n: f"ZZ{n % 10000:04d}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")
    short_name = factory.SelfAttribute("name")
    province = "PV21"
    school_region = SchoolRegion.NORTH
    population = 20_000


class BranchFactory(DjangoModelFactory):  # type: ignore[misc]
    """A branch over one new municipality, or over those given as ``municipalities=[…]``."""

    class Meta:
        model = Branch
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"afdeling-{n}")
    name = factory.Sequence(lambda n: f"Afdeling {n}")
    province = "PV21"
    school_region = SchoolRegion.NORTH

    @factory.post_generation  # type: ignore[untyped-decorator]
    def municipalities(self: Branch, create: bool, given: Any, **_: Any) -> None:
        if create:
            self.municipalities.set([MunicipalityFactory()] if given is None else given)


class MembershipFactory(DjangoModelFactory):  # type: ignore[misc]
    """A role in force since the start of 2021."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    branch = factory.SubFactory(BranchFactory)
    role = Role.BOARD
    started_on = FIRST_DAY.replace(month=1, day=1)


class NationalOfficerFactory(DjangoModelFactory):  # type: ignore[misc]
    """Somebody of the national office since the start of 2021."""

    class Meta:
        model = NationalOfficer

    user = factory.SubFactory(UserFactory)
    started_on = FIRST_DAY.replace(month=1, day=1)


class InvitationFactory(DjangoModelFactory):  # type: ignore[misc]
    """An invitation of today that has not been mailed yet."""

    class Meta:
        model = Invitation

    branch = factory.SubFactory(BranchFactory)
    email = factory.Sequence(lambda n: f"gevraagd{n}@voorbeeld.nl")
    name = factory.Sequence(lambda n: f"Gevraagde {n}")
    role = Role.COMMITTEE
    invited_by = factory.SubFactory(UserFactory)
    invited_on = FIRST_DAY
    expires_on = FIRST_DAY.replace(day=18)
