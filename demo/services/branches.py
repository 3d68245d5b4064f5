"""The branches of the demonstration: every municipality of October 2021 in exactly one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.text import slugify

from branches.facts.tables import municipalities_on, municipality
from branches.models import Branch, Municipality
from demo.data.groups import TOGETHER


def plan_branches(*, day: date) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return slug → name and CBS codes of every branch, in the order of their slugs."""
    grouped = {code for _name, codes in TOGETHER.values() for code in codes}
    plan = dict(TOGETHER)
    alone = [fact for fact in municipalities_on(day=day) if fact.code not in grouped]
    names = [fact.short_name for fact in alone]
    for fact in alone:
        # Two are called Bergen: they keep what CBS tells them apart with.
        twin = names.count(fact.short_name) > 1
        name = fact.name.replace(".)", ")") if twin else fact.short_name
        slug = slugify(name)
        if slug in plan:
            raise ValueError(f"two branches would be called {slug}")
        plan[slug] = (name, (fact.code,))
    return dict(sorted(plan.items()))


def make_branches(*, day: date, only: Collection[str] | None = None) -> dict[str, Branch]:
    """Write the branches (all, or those of the given slugs); return them by slug."""
    plan = {
        slug: what for slug, what in plan_branches(day=day).items() if only is None or slug in only
    }
    rows = {slug: _branch(slug, name, codes) for slug, (name, codes) in plan.items()}
    Branch.objects.bulk_create(rows.values())
    by_code = {row.code: row for row in Municipality.objects.all()}
    through = Branch.municipalities.through
    through.objects.bulk_create(
        through(branch_id=rows[slug].pk, municipality_id=by_code[code].pk)
        for slug, (_name, codes) in plan.items()
        for code in codes
    )
    return rows


def _branch(slug: str, name: str, codes: tuple[str, ...]) -> Branch:
    facts = [municipality(code=code) for code in codes]
    largest = max(facts, key=lambda fact: fact.population)
    return Branch(
        slug=slug,
        name=name,
        province=largest.province.value,
        school_region=largest.school_region.value.lower(),
        demonym=largest.demonym,
        # Statutes differ: most say two weeks, some three, one in ten four.
        notice_days=(14, 14, 14, 14, 14, 14, 21, 21, 21, 28)[int(largest.code[2:]) % 10],
    )
