"""A whole programme of some 130 pages, read and held against what a careful reader counted in it.

The file is not ours and stays outside the repository: here stand numbers, places and the first
words of a few texts. The totals were counted by eye, chapter by chapter, and again by line.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from programmes.reading.text import read_text
from programmes.rules.blocks import Block
from programmes.rules.document import Chapter, Document, Doubt, Measure, Section, Why
from programmes.rules.recognise import recognise
from tests.conservation import missing

SEEDS = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds"
PROGRAMME = SEEDS / "000_7fde0d069d2e2d77.txt"
REPORT = SEEDS / "001_95d11ff12a494cc9.txt"
pytestmark = pytest.mark.skipif(
    not PROGRAMME.is_file() and os.environ.get("CI") != "true",
    reason="the shared programmes are not here",
)

# Chapter: its passages; titled sections; passages in sections; measures; footnotes; examples,
# their passages and links; placeholders, references and footnote marks in measures.
TOTALS = {
    "Voorwoord": (18, 0, 0, 0, 0, (0, 0, 0), (0, 0, 0)),
    "Wonen": (7, 9, 9, 91, 6, (2, 3, 2), (27, 2, 6)),
    "Werk en inkomen": (7, 7, 5, 58, 3, (6, 8, 5), (1, 2, 3)),
    "Zorg en jeugdzorg": (8, 9, 10, 68, 6, (4, 5, 7), (0, 2, 3)),
    "Armoede en schulden": (7, 10, 5, 60, 6, (6, 9, 12), (3, 2, 5)),
    "Zeggenschap en juridische bijstand": (3, 3, 4, 23, 0, (0, 0, 0), (0, 0, 0)),
    "Duurzaamheid": (4, 11, 5, 87, 7, (3, 4, 6), (12, 2, 7)),
    "Onderwijs": (5, 11, 3, 78, 5, (4, 4, 4), (6, 7, 5)),
    "Sport": (6, 0, 0, 10, 0, (0, 0, 0), (0, 1, 0)),
    "Cultuur": (3, 0, 0, 12, 1, (0, 0, 0), (0, 3, 1)),
    "Inclusie, emancipatie en integratie": (3, 6, 1, 46, 2, (4, 5, 9), (2, 2, 1)),
    "Economie": (4, 2, 1, 24, 3, (0, 0, 0), (1, 0, 3)),
    "Veiligheid": (5, 8, 2, 47, 1, (1, 1, 2), (4, 4, 0)),
    "Lokale democratie": (2, 4, 0, 29, 1, (2, 2, 3), (3, 2, 1)),
    "Tips": (5, 1, 14, 0, 0, (0, 0, 0), (0, 0, 0)),
}
# Measures per section, in the order of the document; a chapter without sections has one.
PER_SECTION = {
    "Wonen": [16, 9, 15, 9, 10, 11, 9, 7, 5],
    "Werk en inkomen": [11, 11, 7, 9, 13, 4, 3],
    "Zorg en jeugdzorg": [8, 8, 3, 3, 13, 7, 13, 4, 9],
    "Armoede en schulden": [4, 5, 3, 17, 5, 5, 4, 4, 7, 6],
    "Zeggenschap en juridische bijstand": [7, 3, 13],
    "Duurzaamheid": [7, 5, 7, 7, 6, 4, 5, 11, 3, 7, 25],
    "Onderwijs": [13, 9, 10, 5, 2, 12, 8, 4, 5, 6, 4],
    "Sport": [10],
    "Cultuur": [12],
    "Inclusie, emancipatie en integratie": [12, 6, 10, 13, 3, 2],
    "Economie": [21, 3],
    "Veiligheid": [2, 15, 3, 8, 7, 5, 2, 5],
    "Lokale democratie": [7, 8, 11, 3],
    "Tips": [0],
}
# Where a measure was torn: the lines it stands on.
TORN = [(262, 264), (298, 302), (392, 394), (410, 412), (776, 778), (1276, 1280)]


@cache
def blocks() -> list[Block]:
    return read_text(PROGRAMME.read_bytes())


@cache
def document() -> Document:
    return recognise(blocks())


def lines(sources: tuple[str, ...]) -> tuple[int, ...]:
    by_key = {block.key: block.line or 0 for block in blocks()}
    return tuple(by_key[key] for key in sources)


def chapter(title: str) -> Chapter:
    return next(chapter for chapter in document().chapters if chapter.title == title)


def measures_of(part: Chapter) -> list[Measure]:
    return [measure for section in part.sections for measure in section.measures]


def all_measures() -> list[Measure]:
    return [measure for part in document().chapters for measure in measures_of(part)]


def measure_on(line: int) -> Measure:
    return next(measure for measure in all_measures() if line in lines(measure.sources))


def test_nothing_of_it_disappears() -> None:
    assert missing(blocks(), document()) == []


def test_its_chapters_are_those_of_its_contents() -> None:
    assert [part.title for part in document().chapters] == list(TOTALS)
    assert document().title.startswith("Ons plan voor")
    assert document().title.endswith("[plaatsnaam]")


@pytest.mark.parametrize("title", TOTALS)
def test_the_totals_of_each_chapter_are_those_a_reader_counted(title: str) -> None:
    part = chapter(title)
    found = measures_of(part)
    assert (
        len(part.introduction),
        sum(section.title is not None for section in part.sections),
        sum(len(section.introduction) for section in part.sections),
        len(found),
        len(part.footnotes),
        (
            len(part.examples),
            sum(len(example.text) for example in part.examples),
            sum(len(example.links) for example in part.examples),
        ),
        (
            sum(len(measure.placeholders) for measure in found),
            sum(len(measure.cross_references) for measure in found),
            sum(len(measure.footnotes) for measure in found),
        ),
    ) == TOTALS[title]
    assert [len(section.measures) for section in part.sections] == PER_SECTION.get(title, [])
    assert [note.number for note in part.footnotes] == list(range(1, len(part.footnotes) + 1))


def test_it_has_633_measures_and_each_begins_a_sentence_and_ends_one() -> None:
    found = all_measures()
    assert len(found) == document().measure_count == 633
    assert all(measure.text[0].isupper() for measure in found)
    ends = {measure.text.rstrip("'\")")[-1] for measure in found}
    assert ends == {".", ";"}
    assert [lines(m.sources)[0] for m in found if m.text.endswith(";")] == [1858]


def test_only_the_torn_measures_are_joined_and_of_one_line_each_otherwise() -> None:
    joined = [lines(measure.sources) for measure in all_measures() if len(measure.sources) > 1]
    assert joined == TORN
    passages = [
        lines(passage.sources)
        for part in document().chapters
        for passage in (
            *part.introduction,
            *(p for section in part.sections for p in section.introduction),
            *(p for example in part.examples for p in example.text),
        )
        if len(passage.sources) > 1
    ]
    assert passages == [(142, 144), (526, 530)]


def test_no_text_keeps_a_footnote_mark_or_a_sign_of_emphasis() -> None:
    for measure in all_measures():
        assert not set(measure.text) & set("⁰¹³⁴⁵⁶⁷⁸⁹*►")
        assert measure.text.count("²") == measure.text.count("m²")
    assert {lines(m.sources)[0] for m in all_measures() if "m²" in m.text} == {261, 262}
    assert {lines(m.sources)[0] for m in all_measures() if "CO₂" in m.text} == {1171, 1172}


def test_words_torn_at_a_hyphen_are_whole() -> None:
    care = chapter("Zorg en jeugdzorg").introduction[2].text
    assert "jeugdzorg" in care
    assert "jeugd-" not in care
    assert "maatschappelijke- en" in chapter("Wonen").introduction[5].text


def test_footnotes_stand_with_the_measures_that_name_them() -> None:
    where = {
        lines(measure.sources)[0]: measure.footnotes
        for part in document().chapters
        for measure in measures_of(part)
        if measure.footnotes
    }
    assert where == {
        154: (1,),
        164: (2,),
        168: (3,),
        222: (4,),
        242: (5,),
        289: (6,),
        368: (1,),
        417: (2,),
        466: (3,),
        626: (3,),
        668: (5,),
        683: (6,),
        755: (2,),
        784: (3,),
        787: (4,),
        789: (5,),
        868: (6,),
        1031: (1,),
        1045: (2,),
        1062: (3,),
        1072: (4,),
        1123: (5,),
        1139: (6,),
        1148: (7,),
        1261: (1,),
        1295: (2,),
        1331: (3,),
        1351: (4,),
        1360: (5,),
        1478: (1,),
        1545: (1,),
        1658: (1,),
        1660: (2,),
        1662: (3,),
        1840: (1,),
    }


def test_footnotes_after_a_later_heading_and_of_a_title_belong_to_their_chapter() -> None:
    assert [lines(note.sources) for note in chapter("Wonen").footnotes][-1] == (300,)
    assert [lines(note.sources) for note in chapter("Zorg en jeugdzorg").footnotes][-1] == (699,)
    assert [lines(note.sources) for note in chapter("Veiligheid").footnotes] == [(1715,)]
    assert "Voorkomen is beter dan genezen" in [s.title for s in chapter("Veiligheid").sections]


def section_on(line: int) -> Section:
    return next(
        section
        for part in document().chapters
        for section in part.sections
        if section.sources and lines(section.sources) == (line,)
    )


def test_groups_prose_after_a_label_and_a_sentence_that_only_looks_like_a_heading() -> None:
    groups = [measure.group for measure in section_on(1160).measures]
    assert groups == ["Binnen de bebouwde kom"] * 13 + ["Buiten de bebouwde kom"] * 12
    assert {m.group for m in all_measures()} == {None, *groups}
    assert [lines(passage.sources) for passage in section_on(1698).introduction] == [(1702,)]
    assert lines(chapter("Armoede en schulden").introduction[-1].sources) == (747,)


def test_the_bullets_of_foreword_introduction_and_tips_are_passages() -> None:
    assert [lines(p.sources)[0] for p in chapter("Voorwoord").introduction][7:16] == [
        *(79, 81, 83, 85, 87, 89),
        *(92, 93, 94),
    ]
    assert [lines(p.sources)[0] for p in chapter("Zorg en jeugdzorg").introduction][4:7] == [
        *(534, 535, 536),
    ]
    (tips,) = chapter("Tips").sections
    assert tips.title == "Onze tips"
    assert len(tips.introduction) == 14


def test_letters_on_photographs_and_names_are_no_content() -> None:
    out: dict[Why, list[int]] = {}
    for item in document().left_out:
        out.setdefault(item.why, []).append(item.line or 0)
    assert out[Why.CAPTION] == [109, 110, 112, 116, 118, 122, 124, 125, 126, 127, 128, 946]
    assert out[Why.SIGNATURE] == [100, 102, 103]
    assert out[Why.TITLE_PAGE] == [7, 12, 14]
    assert out[Why.CONTENTS] == [43, *range(45, 60)]
    assert out[Why.COLOPHON] == list(range(17, 42, 2))
    assert len(out[Why.LONE_MARK]) == 39
    assert len(out[Why.LIST_LABEL]) == 92  # 83 above measures, 9 above examples
    assert set(out) == {
        *(Why.CAPTION, Why.SIGNATURE, Why.TITLE_PAGE, Why.CONTENTS, Why.COLOPHON),
        *(Why.LONE_MARK, Why.LIST_LABEL),
    }


def test_links_over_two_lines_and_in_markdown_are_whole() -> None:
    links = [link for part in document().chapters for e in part.examples for link in e.links]
    assert len(links) == 50
    assert all(" " not in link and "](" not in link for link in links)
    deventer = next(e for e in chapter("Armoede en schulden").examples if "Deventer" in e.title)
    assert deventer.links[0].endswith("/2020/6/12/meer-grip-op-schuldenproblematiek")
    assert len(deventer.links) == 2
    stress = chapter("Armoede en schulden").examples[0]
    assert [link.split("/")[-1] for link in stress.links] == [
        "",
        "SF-2019-stress-sensitief-werken.pdf",
    ]
    last = chapter("Armoede en schulden").examples[-1]
    assert (len(last.text), len(last.links)) == (2, 3)


def test_two_references_in_one_measure_and_placeholders_in_their_order() -> None:
    culture = measure_on(1482).cross_references
    assert [(one.chapter, one.page) for one in culture] == [
        ("Onderwijs", 83),
        ("Armoede en schulden", 49),
    ]
    assert all(r.page for m in all_measures() for r in m.cross_references)
    assert {r.chapter for m in all_measures() for r in m.cross_references} <= set(TOTALS)
    assert measure_on(1057).placeholders == ("[naam invullen]", "[naam invullen]")
    assert measure_on(1086).placeholders == ("[...]",) * 4
    assert measure_on(1756).placeholders == ("[getal]",)


def test_the_only_doubt_is_a_sentence_without_full_stop() -> None:
    assert [(remark.doubt, remark.source) for remark in document().remarks] == [
        (Doubt.TORN_SENTENCE, chapter("Onderwijs").introduction[0].sources[0])
    ]


def test_a_report_of_an_evening_is_no_programme_but_nothing_of_it_is_lost() -> None:
    report = read_text(REPORT.read_bytes())
    found = recognise(report, name="verslag")
    assert missing(report, found) == []
    assert [part.title.split()[0] for part in found.chapters] == ["Uitkomst", "Sessie"]
