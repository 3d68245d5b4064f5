"""The invented programme of 2018 reads well, and every verdict in the story names one promise."""

from __future__ import annotations

from collections import Counter

import pytest

from core.kinds import Kind
from demo.data import carrying, verdicts
from demo.services.looking_back import PROGRAMME, document
from evaluation.rules.outcome import outcome
from evaluation.rules.verdict import Finding, Verdict
from programmes.reading import read
from programmes.rules.document import Document, Measure, Why

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
    return document()


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
    text = PROGRAMME.read_text(encoding="utf-8").partition("## Voorwoord")[2]
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
    blocks = read(PROGRAMME.read_bytes(), Kind.MARKDOWN)
    labels = sum(block.text in {"Dit gaan we doen:", "Goed voorbeeld"} for block in blocks)
    assert reasons[Why.LIST_LABEL] == labels


def test_every_name_in_the_story_is_that_of_one_promise(programme: Document) -> None:
    names = [name for one in verdicts.FOUND for name in one.promises]
    names += [*verdicts.SETTLED.promises, *verdicts.SECOND_EYES, *verdicts.EXPLAINED]
    names += [*verdicts.HEAVY, *carrying.CARRIED, *carrying.DROPPED]
    names += [shown.promise for shown in verdicts.EVIDENCE]
    names += [words for words, *_rest in verdicts.COMMENTS]
    names += [*carrying.NOT_GOOD, *carrying.NOT_TOPICAL]
    texts = [measure.text for measure in measures(programme)]
    assert {name for name in names if sum(name in text for text in texts) != 1} == set()


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


def test_what_was_dropped_has_a_reason_and_is_not_carried_as_well() -> None:
    assert all(carrying.DROPPED.values())
    assert not carrying.DROPPED.keys() & carrying.CARRIED.keys()


def test_no_link_of_the_story_leads_anywhere() -> None:
    links = [shown.url for shown in verdicts.EVIDENCE if shown.url]
    assert len(links) > 10
    for link in links:
        host = link.split("/")[2]
        assert host.endswith((".example", ".example.org")), host
