"""The invented programme of 2018 reads well, and every verdict in the story names one promise."""

from __future__ import annotations

from collections import Counter

import pytest

from core.kinds import Kind
from demo.data import verdicts, verdicts_oirschot
from demo.data.looking_back import Look
from demo.services.looking_back import DATA, document
from evaluation.rules.outcome import outcome
from evaluation.rules.verdict import Finding, Verdict
from programmes.reading import read
from programmes.rules.document import Document, Measure, Why

LOOKS = (verdicts.LOOK, verdicts_oirschot.LOOK)
PROMISES = {
    "Voorwoord": 0,
    "Wonen en buurten": 9,
    "Zorg dichtbij": 9,
    "Werk en inkomen": 8,
    "Haven en Waddenzee": 9,
    "Leren en opgroeien": 7,
    "Energie en klimaat": 7,
    "Onderweg en veilig": 8,
    "Cultuur, sport en bestuur": 7,
}


@pytest.fixture
def programme() -> Document:
    return document(verdicts.LOOK.file)


def measures(programme: Document) -> list[Measure]:
    return [
        measure
        for chapter in programme.chapters
        for section in chapter.sections
        for measure in section.measures
    ]


def test_every_chapter_has_its_promises(programme: Document) -> None:
    found = {
        chapter.title: sum(len(section.measures) for section in chapter.sections)
        for chapter in programme.chapters
    }
    assert found == PROMISES
    assert programme.title == "Samen aan de kade"
    assert programme.remarks == ()


def test_each_line_with_a_bullet_is_one_promise(programme: Document) -> None:
    text = (DATA / verdicts.LOOK.file).read_text(encoding="utf-8").partition("## Voorwoord")[2]
    written = [
        line.removeprefix("- ").partition("[^")[0].replace("**", "")
        for line in text.splitlines()
        if line.startswith("- ")
    ]
    assert [measure.text for measure in measures(programme)] == written
    assert len(set(written)) == len(written) == 64


def test_it_has_what_a_real_programme_has(programme: Document) -> None:
    chapters = {chapter.title: chapter for chapter in programme.chapters}
    assert sum(len(chapter.footnotes) for chapter in programme.chapters) == 3
    noted = [measure for measure in measures(programme) if measure.footnotes]
    assert [measure.footnotes for measure in noted] == [(1,), (2,), (3,)]
    (example,) = chapters["Werk en inkomen"].examples
    assert example.links == ("https://waterstede.example.org/kledingbank",)
    references = [
        one.chapter for measure in measures(programme) for one in measure.cross_references
    ]
    assert references == ["Wonen en buurten", "Onderweg en veilig"]
    groups = {measure.group for measure in measures(programme)} - {None}
    assert groups == {"Openbaar vervoer", "Fiets"}


def test_nothing_of_the_file_disappears(programme: Document) -> None:
    reasons = Counter(left.why for left in programme.left_out)
    assert set(reasons) == {Why.TITLE_PAGE, Why.CONTENTS, Why.LIST_LABEL}
    blocks = read((DATA / verdicts.LOOK.file).read_bytes(), Kind.MARKDOWN)
    labels = sum(block.text in {"Dit gaan we doen:", "Goed voorbeeld"} for block in blocks)
    assert reasons[Why.LIST_LABEL] == labels


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.file)
def test_every_name_in_a_story_is_that_of_one_promise(look: Look) -> None:
    names = [name for one in (*look.found, *look.settled) for name in one.promises]
    names += [*look.second_eyes, *look.explained, *look.heavy, *look.carried, *look.dropped]
    names += [shown.promise for shown in look.evidence]
    names += [said.promise for said in look.remarks]
    names += [*look.not_good, *look.not_topical]
    programme = document(look.file)
    texts = [measure.text for measure in measures(programme)]
    assert {name for name in names if sum(name in text for text in texts) != 1} == set()
    with_promises = {c.title for c in programme.chapters if any(s.measures for s in c.sections)}
    assert set(look.chapters) == with_promises


def test_about_two_thirds_are_judged_and_four_are_in_dispute(programme: Document) -> None:
    outcomes = [
        outcome(
            [
                Finding(verdict=Verdict(one.verdict))
                for one in verdicts.FOUND
                if any(name in measure.text for name in one.promises)
            ]
        )
        for measure in measures(programme)
    ]
    assert sum(found.disputed for found in outcomes) == 4 + len(verdicts.SETTLED.promises)
    judged = sum(found.verdict is not Verdict.NOT_ASSESSED for found in outcomes)
    assert judged + len(verdicts.SETTLED.promises) == 44
    assert {found.verdict for found in outcomes} == set(Verdict)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.file)
def test_what_was_dropped_has_a_reason_and_is_not_carried_as_well(look: Look) -> None:
    assert all(look.dropped.values())
    assert not look.dropped.keys() & look.carried.keys()


def test_no_link_of_the_story_leads_anywhere() -> None:
    links = [shown.url for look in LOOKS for shown in look.evidence if shown.url]
    assert len(links) > 10
    for link in links:
        host = link.split("/")[2]
        assert host.endswith((".example", ".example.org")), host
