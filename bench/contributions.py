"""The list of all that came in, with few and with ten thousand of them: pages, search, doubles."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F
from django.test import Client
from django.urls import reverse

from bench.data import TODAY
from bench.measure import Figure, page, seconds
from branches.enums import Role
from branches.models import Branch, Membership, User
from consultation.models import Channel, Consultation, Contribution, Theme
from consultation.queries.doubles import alike, doubles
from consultation.services.receiving import Incoming, Person, receive_many
from consultation.services.starting import start
from process.models import Timeline

FEW, MANY = 50, 10_000
_WHAT = (
    "fietspad",
    "speeltuin",
    "bushalte",
    "jongerencentrum",
    "woningbouw",
    "buurthuis",
    "zwembad",
    "bibliotheek",
    "groenstrook",
    "parkeerplaats",
    "huisartsenpost",
    "sporthal",
    "marktplein",
    "schoolplein",
    "volkstuin",
    "windmolen",
    "zonnedak",
    "warmtenet",
    "kinderopvang",
    "ouderenzorg",
    "mantelzorg",
    "dierenpark",
    "straatverlichting",
    "wandelpad",
    "riolering",
    "voedselbank",
    "taalles",
    "sportclub",
    "muziekschool",
    "stembureau",
)
_WHERE = [
    f"{first}{last}"
    for first in ("Zonne", "Molen", "Kerk", "School", "Dorps", "Haven", "Linde", "Eiken", "Veld")
    for last in ("straat", "weg", "plein", "laan", "wijk", "kade", "hof", "dijk", "park", "buurt")
]
_HOW = (
    "Maak het {what} bij de {where} veiliger voor kinderen.",
    "Er is behoefte aan een {what} in de {where}, vooral voor wie slecht ter been is.",
    "Waarom is er in de {where} nog steeds geen {what}? Wij vragen er al jaren om.",
    "Graag meer aandacht voor de {what} rond de {where}; die is verwaarloosd en donker.",
    "Houd de {what} aan de {where} open, ook in het weekend.",
    "Mijn buren en ik willen dat de gemeente geld vrijmaakt voor {what} op de {where}.",
)
_SEARCHES = {
    "all": "",
    "newest of a theme": "thema={theme}&status=new",
    "a search": "zoek=fietsen+veilig",
    "a search for what is not there": "zoek=olifant",
    "most named, waiting for an answer": "antwoord=on&volgorde=vaakst",
    "channel, neighbourhood and period": "hoe=digital&buurt=molen&vanaf=2021-08-01",
}


def committee_member(few: Branch, many: Branch) -> User:
    """Return somebody who is in the committees of two branches."""
    user = User.objects.create_user("commissie@voorbeeld.nl", "Cor Commissie")
    for branch in (few, many):
        Membership.objects.create(user=user, branch=branch, role=Role.COMMITTEE, started_on=TODAY)
    return user


def input_of(branch: Branch, *, count: int, person: User) -> Consultation:
    """Return a collecting of input with so many contributions, each thirtieth behind another."""
    consultation = start(timeline=Timeline.objects.get(branch=branch), by=None, today=TODAY)
    Channel.objects.filter(consultation=consultation).update(opened_on=TODAY)
    channel = Channel.objects.filter(consultation=consultation).earliest("pk")
    themes = [None, *Theme.objects.filter(consultation=consultation)]
    chance = random.Random(5)  # noqa: S311 - the same texts each time
    rows = receive_many(
        consultation=consultation,
        channel=channel,
        incoming=[_one(chance, themes) for _number in range(count)],
        by=person,
        today=TODAY,
    )
    behind = [row.pk for row in rows[1::30]]
    leads = Contribution.objects.filter(pk__in=[row.pk for row in rows[::30]][: len(behind)])
    leads.update(sources=F("sources") + 1)
    Contribution.objects.filter(pk__in=behind).update(merged_into=F("pk") - 1)
    Contribution.objects.filter(pk__in=[row.pk for row in rows[::3]]).update(status="considered")
    return consultation


def _one(chance: random.Random, themes: list[Theme | None]) -> Incoming:
    said = " ".join(
        chance.choice(_HOW).format(what=chance.choice(_WHAT), where=chance.choice(_WHERE))
        for _sentence in range(chance.choice((1, 1, 1, 2, 4)))
    )
    asks = chance.random() < 0.4  # noqa: PLR2004 - four of ten
    return Incoming(
        text=said,
        theme=chance.choice(themes),
        neighbourhood=chance.choice(_WHERE[:40]),
        received_on=TODAY - timedelta(days=chance.randrange(120)),
        person=Person(email="inwoner@voorbeeld.nl", wants_answer=asks),
    )


def pages(client: Client, few: Consultation, many: Consultation) -> Iterator[Figure]:
    """Measure the list with few and with many, whole, filtered and searched."""
    for name, query in _SEARCHES.items():
        figures = [
            page(client, _address(one, query), name=f"input, {name}, {count:,}")
            for one, count in ((few, FEW), (many, MANY))
        ]
        yield figures[1]
        small, large = (figure.details for figure in figures)
        yield Figure(
            name=f"input, {name}, {FEW} beside {MANY:,}",
            ratio=small["milliseconds"] / large["milliseconds"],
            floor=f"the same page with {FEW}",
            details={"queries": f"{small['queries']} and {large['queries']}"},
        )


def likeness(many: Consultation) -> Iterator[Figure]:
    """Measure what suggesting doubles costs, beside only reading the words it looks at."""
    rows = Contribution.objects.listed().filter(consultation=many)
    floor = seconds(lambda: [text.split() for text in rows.values_list("stems", flat=True)])
    one = rows.earliest("pk")
    for name, taken in (
        ("beside one contribution", seconds(lambda: alike(contribution=one), rounds=3)),
        ("over the whole list", seconds(lambda: doubles(consultation=many), rounds=3)),
    ):
        yield Figure(
            name=f"doubles {name}, {MANY:,}",
            ratio=floor / taken,
            floor="reading and splitting the same words",
            details={"milliseconds": round(taken * 1000, 1)},
        )


def _address(consultation: Consultation, query: str) -> str:
    theme = consultation.themes.earliest("pk").pk
    address = reverse("consultation:desk", args=[consultation.branch.slug])
    return f"{address}?{query.format(theme=theme)}"
