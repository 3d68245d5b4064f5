"""Rows to measure on: branches, an election, people."""

from __future__ import annotations

from datetime import date

from branches.enums import Role, SchoolRegion
from branches.facts.provinces import Province
from branches.models import Branch, Membership, Municipality, NationalOfficer, User
from process.enums import ElectionKind
from process.models import Election, TemplateVersion
from process.services.elections import record_election
from process.services.templates import load_default_template

TODAY = date(2021, 10, 4)
REGIONS = list(SchoolRegion.values)
PROVINCES = [province.value for province in Province]


def election_and_template() -> tuple[Election, TemplateVersion]:
    """Return the election of 2022 and the template that comes with the product."""
    template = load_default_template(by=None, today=TODAY)
    election = Election.objects.filter(slug="gr2022").first() or record_election(
        by=None, today=TODAY, kind=ElectionKind.REGULAR, polling_day=date(2022, 3, 16)
    )
    return election, template


def branches(*, count: int, prefix: str) -> list[int]:
    """Make branches over one invented municipality each; return their ids."""
    municipalities = Municipality.objects.bulk_create(
        Municipality(
            code=f"{prefix}{number:05d}"[:6],
            name=f"Gemeente {prefix}{number}",
            short_name=f"Gemeente {prefix}{number}",
            province=PROVINCES[number % len(PROVINCES)],
            school_region=REGIONS[number % len(REGIONS)],
        )
        for number in range(count)
    )
    made = Branch.objects.bulk_create(
        Branch(
            slug=f"{prefix.lower()}{number}",
            name=f"Afdeling {prefix}{number}",
            province=municipality.province,
            school_region=municipality.school_region,
        )
        for number, municipality in enumerate(municipalities)
    )
    through = Branch.municipalities.through
    through.objects.bulk_create(
        through(branch_id=branch.pk, municipality_id=municipality.pk)
        for branch, municipality in zip(made, municipalities, strict=True)
    )
    return [branch.pk for branch in made]


def board_member(branch: Branch) -> User:
    """Return somebody on the board of a branch."""
    user = User.objects.create_user("bestuur@voorbeeld.nl", "Bo Bestuur")
    Membership.objects.create(user=user, branch=branch, role=Role.BOARD, started_on=TODAY)
    return user


def officer() -> User:
    """Return somebody of the national office."""
    user = User.objects.create_user("clb@voorbeeld.nl", "Cas Landelijk")
    NationalOfficer.objects.create(user=user, started_on=TODAY)
    return user
