"""Which units are headings, and of what: chapter, section, group."""

from __future__ import annotations

from collections import Counter
from typing import Final

from programmes.rules.blocks import Role
from programmes.rules.document import Why
from programmes.rules.recognise import language, refrains
from programmes.rules.recognise.candidates import Candidate, Looks
from programmes.rules.recognise.contents import Contents
from programmes.rules.recognise.fronts import after_forewords, take_title, without_subtitle
from programmes.rules.recognise.kinds import Rank, Ranks
from programmes.rules.recognise.units import Shape, Unit, words

_GROUP_SHARE: Final = 0.6
_LONG: Final = 40
_WIDE: Final = 3
_FRONT: Final = 60
_LONGEST: Final = 80
_OFTEN: Final = 3


_ROLES: Final = {
    Role.TITLE: Rank.TITLE,
    Role.CHAPTER: Rank.CHAPTER,
    Role.SECTION: Rank.SECTION,
    Role.GROUP: Rank.GROUP,
}


def rank(units: list[Unit], contents: Contents, labels: set[int], listed: set[int]) -> Ranks:
    """Rank the headings.

    The table of contents decides what a chapter is, where there is one; otherwise the looks do
    (heading level, size, weight, capitals, numbers, white space): the highest look that occurs
    more than once is that of chapters, the next that of sections.
    """
    ranks: dict[int, Rank] = dict.fromkeys(labels, Rank.LABEL)
    ranks.update(dict.fromkeys(listed, Rank.LISTED))
    for place, unit in enumerate(units):
        if unit.role is Role.TITLE and unit.shape is not Shape.OUT:
            ranks[place] = Rank.TITLE
        elif unit.entry is not None:
            above = contents.entries[unit.entry].level
            ranks[place] = Rank.SECTION if above else Rank.CHAPTER
        elif _is(unit, language.COLOPHON):
            ranks.update(dict.fromkeys(_colophon(units, place), Rank.COLOPHON))
        elif is_examples(unit):
            ranks[place] = Rank.EXAMPLES
    forced = {place for place, unit in enumerate(units) if unit.role is not None}
    # A corrected heading still says what headings look like: the others stay what they were.
    looks = Looks(units, taken=set(ranks) - forced)
    candidates = _without_groups(units, looks, looks.candidates(), ranks)
    repeated = refrains.by_look(units, candidates)
    if repeated and (len(repeated) < len(candidates) or contents.chapters_found > 1):
        _set_refrains(units, [candidate.place for candidate in repeated], ranks)
        looks = Looks(units, taken=set(ranks) - forced)
        candidates = _without_groups(units, looks, looks.candidates(), ranks)
    if contents.chapters_found >= 2:  # noqa: PLR2004 - one may be a coincidence
        _below_contents(units, looks, candidates, ranks)
    else:
        _by_looks(units, looks, candidates, ranks)
    chapters = sorted(place for place, known in ranks.items() if known is Rank.CHAPTER)
    sections = sorted(place for place, known in ranks.items() if known is Rank.SECTION)
    _set_refrains(units, sorted(refrains.by_chapter(units, sections, chapters)), ranks)
    for place in forced:
        role = units[place].role
        if role in _ROLES and units[place].shape is not Shape.OUT:
            ranks[place] = _ROLES[role]
        else:
            ranks.pop(place, None)
    return Ranks(ranks)


def _set_refrains(units: list[Unit], places: list[int], ranks: dict[int, Rank]) -> None:
    for place, listed in refrains.before_list(units, places).items():
        ranks[place] = Rank.LABEL if listed else Rank.REFRAIN


def _colophon(units: list[Unit], start: int) -> list[int]:
    """Return the places of a colophon: up to white space, a page's end, or what is no address."""
    places = [start]
    before = units[start]
    for place in range(start + 1, len(units)):
        unit = units[place]
        if unit.shape is Shape.OUT:
            if unit.why is Why.CONTENTS:
                break
            continue
        lines = (unit.first.line or 0) - (before.last.line or 0)
        if (
            unit.entry is not None
            or unit.role is not None
            or unit.shape is Shape.HEADING
            or words(unit.text) > _LONG
            or (places[1:] and (lines >= _WIDE or unit.first.page != before.last.page))
        ):
            break
        places.append(place)
        before = unit
    return places


def _without_groups(
    units: list[Unit], looks: Looks, candidates: list[Candidate], ranks: dict[int, Rank]
) -> list[Candidate]:
    """Take the headings of groups away: they stand between a label and its list.

    Where lists have labels, a short line between two lists is one too.
    """
    labelled = sum(known is Rank.LABEL for known in ranks.values()) >= _OFTEN
    rest: list[Candidate] = []
    for candidate in candidates:
        before = looks.place_before(candidate.place)
        known = None if before is None else ranks.get(before)
        after_list = before is not None and units[before].shape is Shape.BULLET
        unit = units[candidate.place]
        plain = unit.shape is Shape.TEXT and not looks.styled
        if candidate.before_bullet and (known is Rank.LABEL or (labelled and after_list and plain)):
            ranks[candidate.place] = Rank.GROUP
        else:
            rest.append(candidate)
    return _alike(units, candidates, rest, ranks)


def _alike(
    units: list[Unit], candidates: list[Candidate], rest: list[Candidate], ranks: dict[int, Rank]
) -> list[Candidate]:
    """Give headings of one level one role: groups if most stand in a row after a label."""
    level = Shape.HEADING
    heading = [candidate for candidate in candidates if units[candidate.place].shape is level]
    grouped: Counter[int] = Counter()
    total: Counter[int] = Counter()
    prose: set[int] = set()
    after: set[int] = set()  # the levels of which a group has been met under this heading
    for candidate in heading:
        heavy = candidate.weight
        after = {weight for weight in after if weight >= heavy}
        if ranks.get(candidate.place) is Rank.GROUP:
            after.add(heavy)
        total[heavy] += 1
        grouped[heavy] += heavy in after
        if not candidate.before_bullet:
            prose.add(heavy)
    for candidate in heading:
        heavy = candidate.weight
        if not grouped[heavy]:
            continue
        if heavy not in prose and grouped[heavy] * 2 >= total[heavy]:
            ranks[candidate.place] = Rank.GROUP
        elif ranks.get(candidate.place) is Rank.GROUP:
            del ranks[candidate.place]
    if not grouped:
        return rest
    return [candidate for candidate in candidates if ranks.get(candidate.place) is not Rank.GROUP]


def _is(unit: Unit, known: frozenset[str]) -> bool:
    short = unit.shape in {Shape.TEXT, Shape.HEADING} and len(unit.text) <= _LONGEST
    return short and unit.role is None and language.key(unit.text) in known


def is_examples(unit: Unit) -> bool:
    """Say whether a unit is the heading above good examples from elsewhere."""
    return (
        unit.shape in {Shape.TEXT, Shape.HEADING}
        and unit.role is None
        and len(unit.text) <= _LONGEST
        and language.EXAMPLES.fullmatch(language.key(unit.text)) is not None
    )


def _below_contents(
    units: list[Unit], looks: Looks, candidates: list[Candidate], ranks: dict[int, Rank]
) -> None:
    """Chapters are known; the rest of the headings are sections, or chapters that it forgot."""
    chapters = [place for place, known in ranks.items() if known is Rank.CHAPTER]
    first = min(chapters)
    weights = sorted(looks.weight(units[place]) for place in chapters)
    usual = weights[len(weights) // 2]
    distance = min(looks.distance(place) for place in chapters)
    in_examples = _examples_regions(units, ranks)
    rest: list[Candidate] = []
    for candidate in candidates:
        place, heavy = candidate.place, candidate.weight
        key = language.key(units[place].text)
        if place < first:
            if key in language.UNNUMBERED:
                ranks[place] = Rank.CHAPTER
        elif (heavy >= usual and heavy > looks.plainest) or (
            not looks.styled
            and distance >= looks.widest
            and looks.distance(place) >= distance
            and (place not in in_examples or candidate.before_list)
        ):
            ranks[place] = Rank.CHAPTER
        elif place in in_examples and not candidate.before_list:
            ranks[place] = Rank.SECTION  # the title of an example: the walk knows
        else:
            rest.append(candidate)
    sections = [p for p, known in ranks.items() if known is Rank.SECTION and p not in in_examples]
    named = [looks.weight(units[place]) for place in sections if units[place].role is None]
    _divide(rest, ranks, min(named) if named else None)


def _by_looks(
    units: list[Unit], looks: Looks, candidates: list[Candidate], ranks: dict[int, Rank]
) -> None:
    """Nothing is named anywhere: the heaviest look is that of chapters."""
    candidates = take_title(units, looks, candidates, ranks)
    candidates = without_subtitle(units, looks, candidates, ranks)
    candidates = _without_examples(units, looks, candidates, ranks)
    if not candidates:
        return
    for candidate in candidates:
        key = language.key(units[candidate.place].text)
        plain = candidate.weight <= looks.plainest and looks.styled
        if key in language.FRONT or (plain and key in language.UNNUMBERED):
            ranks[candidate.place] = Rank.CHAPTER
    candidates = [candidate for candidate in candidates if candidate.place not in ranks]
    if not candidates:
        return
    counts = Counter([c.weight for c in candidates] + looks.left_by_hand())
    often = [heavy for heavy, count in counts.items() if count > 1]
    chapter = max(often) if often else max(counts)
    for candidate in candidates:
        if candidate.weight >= chapter:
            ranks[candidate.place] = Rank.CHAPTER
    chapters = [place for place, known in ranks.items() if known is Rank.CHAPTER]
    first = min(chapters, default=-1)
    ranks.update(dict.fromkeys(after_forewords(units, candidates, ranks), Rank.CHAPTER))
    # What stands before the first chapter with nothing under it belongs to the title page.
    below = [c for c in candidates if ranks.get(c.place) is not Rank.CHAPTER]
    _divide([c for c in below if c.place > first or looks.content_follows(c.place)], ranks, None)


def _without_examples(
    units: list[Unit], looks: Looks, candidates: list[Candidate], ranks: dict[int, Rank]
) -> list[Candidate]:
    """Take the titles of examples away: no list stands under them before the next heading."""
    starts = sorted(place for place, known in ranks.items() if known is Rank.EXAMPLES)
    rest: list[Candidate] = []
    above: int | None = None
    passed = 0
    for candidate in candidates:
        while passed < len(starts) and starts[passed] < candidate.place:
            above = looks.weight(units[starts[passed]])
            passed += 1
        heavier = above is not None and candidate.weight > max(above, looks.plainest)
        if heavier or candidate.before_list:
            above = None
        if above is None:
            rest.append(candidate)
    return rest


def _divide(candidates: list[Candidate], ranks: dict[int, Rank], section: int | None) -> None:
    """Give the headings below chapters their rank; the lower looks are of groups."""
    if not candidates:
        return
    if section is None:
        counts = Counter(candidate.weight for candidate in candidates)
        often = [heavy for heavy, count in counts.items() if count > 1]
        section = max(often) if often else max(counts)
    lower = [candidate for candidate in candidates if candidate.weight < section]
    grouped = sum(candidate.before_bullet for candidate in lower) >= _GROUP_SHARE * len(lower)
    for candidate in candidates:
        is_group = candidate.weight < section and grouped
        ranks[candidate.place] = Rank.GROUP if is_group else Rank.SECTION


def _examples_regions(units: list[Unit], ranks: dict[int, Rank]) -> set[int]:
    """Return the places after "Goede voorbeelden" up to the next known chapter."""
    inside = False
    found: set[int] = set()
    for place in range(len(units)):
        known = ranks.get(place)
        if known is Rank.EXAMPLES:
            inside = True
        elif known is Rank.CHAPTER:
            inside = False
        if inside:
            found.add(place)
    return found
