"""What a branch still has to look at in a new version of the base programme (R72)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from branches.models import Branch
from branches.scope import Eyes
from programmes.enums import BaseChoice, ProgrammeKind
from programmes.models import BaseDecision, Measure, Programme
from programmes.queries import base as queries
from programmes.queries.base import WRITTEN_ON, BaseDocument
from programmes.rules.three_way import Standing, ThreeWay, same, standing, three_way

PUBLISHED_MEASURE = Q(
    programme__branch=None,
    programme__frozen_on__isnull=False,
    programme__next_version__frozen_on=None,
)
"""Stands in the last published version of a base programme."""


@dataclass(frozen=True, kw_only=True)
class BaseItem:
    """One measure of the base programme as it concerns a branch.

    Attributes:
        identity: of the measure, in every version of the base.
        old: as the branch took it over; ``None`` for one that it does not have.
        new: in the published version; ``None`` when it has lapsed.
        own: in the branch's programme; ``None`` when it is not (or no longer) there.
        decision: what the branch did with it at this version, if anything.
        number: in the published version; of a lapsed one the number that it had.
        is_fixed: the branch's programme is frozen: this is only to know.
    """

    identity: UUID
    old: Measure | None
    new: Measure | None
    own: Measure | None
    decision: BaseDecision | None
    is_fixed: bool

    @property
    def number(self) -> int:
        """See there."""
        shown = self.new or self.old
        return shown.number if shown else 0

    @property
    def is_new(self) -> bool:
        """Tell whether the branch never had it in its programme."""
        return self.old is None

    @property
    def standing(self) -> Standing:
        """How the own text stands; of a new one ``CLEAN``."""
        if self.old is None:
            return Standing.CLEAN
        own = self.own_text if self.own_text is not None else self.old.text
        return standing(old=self.old.text, new=self.new.text if self.new else None, own=own)

    @property
    def own_text(self) -> str | None:
        """The branch's own text: as it is, or as it was when it was decided about."""
        if self.decision is not None and self.decision.choice in (
            BaseChoice.TAKE,
            BaseChoice.RETIRE,
        ):
            return self.decision.own_text
        return self.own.text if self.own is not None else None

    @cached_property
    def texts(self) -> ThreeWay | None:
        """The three texts with what differs; ``None`` for one that the branch does not have."""
        if self.old is None or self.own_text is None:
            return None
        new = self.new.text if self.new else None
        return three_way(old=self.old.text, new=new, own=self.own_text)

    @property
    def choices(self) -> tuple[BaseChoice, ...]:
        """What the branch can do with it now, the first one proposed; nothing once it is fixed."""
        if self.is_fixed:
            return ()
        if self.own is None:
            left = self.decision is not None and self.decision.choice == BaseChoice.LEAVE
            add = (BaseChoice.ADD,) if self.new is not None else ()
            return add if left or self.old is not None else (*add, BaseChoice.LEAVE)
        if self.new is None:
            return (BaseChoice.KEEP, BaseChoice.RETIRE)
        if same(self.own.text, self.new.text):
            return (BaseChoice.TAKE,) if self.own.derived_from_id != self.new.pk else ()
        if self.standing is Standing.BOTH:
            return (BaseChoice.KEEP, BaseChoice.TAKE)
        return (BaseChoice.TAKE, BaseChoice.KEEP)


@dataclass(frozen=True, kw_only=True)
class Following:
    """How a branch stands towards the published base programme.

    Attributes:
        base: the published version; ``None``: there is none.
        programme: the branch's own programme; ``None``: it has none yet.
        items: what is changed or lapsed of what it took over, in the order of the base.
        news: what came new since then.
        uses: how many measures of its programme come from this base programme.
    """

    base: Programme | None
    programme: Programme | None
    items: Sequence[BaseItem] = ()
    news: Sequence[BaseItem] = ()
    uses: int = 0

    @property
    def looked_at(self) -> int:
        """How many of the items were decided about."""
        return sum(item.decision is not None for item in self.items)

    @property
    def open_items(self) -> list[BaseItem]:
        """Items that nobody decided about yet."""
        return [item for item in self.items if item.decision is None]

    @property
    def decided(self) -> list[BaseItem]:
        """Items that somebody decided about."""
        return [item for item in self.items if item.decision is not None]

    @property
    def open_news(self) -> list[BaseItem]:
        """New measures about which nothing was decided."""
        return [item for item in self.news if item.decision is None]

    @property
    def is_fixed(self) -> bool:
        """Tell whether the own programme can no longer change."""
        return self.programme is not None and self.programme.is_frozen


def own_programme(branch: Branch) -> Programme | None:
    """Return the programme that a branch writes on, or else its last one: one query.

    What it still writes on goes before what is fixed.
    """
    rows = list(
        Programme.objects.newest()
        .filter(branch=branch, kind__in=WRITTEN_ON)
        .select_related("branch")
        .order_by("-pk")
    )
    is_open = [row for row in rows if not row.is_frozen and row.kind == ProgrammeKind.DRAFT]
    return next(iter(is_open or rows), None)


def following(*, viewer: Eyes, branch: Branch) -> Following:
    """Return what the published base programme has in store for a branch.

    A constant number of queries, however many measures there are.

    Args:
        viewer: who looks; may see the branch.
        branch: whose programme.
    """
    programme = own_programme(branch)
    owned = _owned(programme)
    document = _document(owned)
    base = document.published if document else None
    if document is None or base is None:
        return Following(base=None, programme=programme)
    versions = {row.pk: row.version for row in document.versions}
    mine = {
        row.derived_from.identity: row
        for row in owned
        if row.derived_from and row.derived_from.programme_id in versions
    }
    decisions = _decisions(viewer, branch, versions)
    current = _measures_of(base)
    is_fixed = programme is not None and programme.is_frozen
    items = [
        item
        for identity in dict.fromkeys([*mine, *decisions])
        if (item := _item(identity, mine, current, decisions, base, is_fixed=is_fixed)) is not None
    ]
    began = _began(mine, decisions, versions)
    earlier = _identities(document, versions, began)
    seen = {item.identity for item in items}
    news = [
        BaseItem(
            identity=identity,
            old=None,
            new=measure,
            own=mine.get(identity),
            decision=_of_version(decisions.get(identity, []), base),
            is_fixed=is_fixed,
        )
        for identity, measure in current.items()
        if began is not None and identity not in earlier and identity not in seen
    ]
    return Following(
        base=base,
        programme=programme,
        items=sorted(items, key=lambda item: item.number),
        news=news,
        uses=len(mine),
    )


def item_of(*, viewer: Eyes, branch: Branch, identity: UUID) -> tuple[Following, BaseItem | None]:
    """Return one measure of the base for a branch, whether it changed or not.

    ``None``: no version that is there for everybody has such a measure.
    """
    found = following(viewer=viewer, branch=branch)
    for item in (*found.items, *found.news):
        if item.identity == identity:
            return found, item
    # Also of another base programme than the one that most comes from.
    new = (
        Measure.objects.current()
        .filter(PUBLISHED_MEASURE, identity=identity)
        .select_related("section__chapter", "programme")
        .first()
    )
    if new is None:
        return found, None
    own = next(
        (
            row
            for row in _owned(found.programme)
            if row.derived_from and row.derived_from.identity == identity
        ),
        None,
    )
    return found, BaseItem(
        identity=identity,
        old=own.derived_from if own else None,
        new=new,
        own=own,
        decision=None,
        is_fixed=found.is_fixed,
    )


def _owned(programme: Programme | None) -> list[Measure]:
    """Return the measures of a programme that come from a base programme: one query."""
    if programme is None:
        return []
    return list(
        programme.measures.current()
        .filter(derived_from__programme__branch=None)
        .select_related(
            "programme__branch",
            "derived_from__programme",
            "derived_from__section__chapter",
        )
        .order_by("-number")
    )


def _document(owned: Sequence[Measure]) -> BaseDocument | None:
    """Return the base programme that most comes from, or else the newest that is published."""
    published = [document for document in queries.documents() if document.published]
    counts: dict[int, int] = {}
    for row in owned:
        if row.derived_from:
            pk = row.derived_from.programme_id
            counts[pk] = counts.get(pk, 0) + 1
    # The first of the most: documents come the latest first.
    return max(
        published,
        key=lambda document: sum(counts.get(row.pk, 0) for row in document.versions),
        default=None,
    )


def _decisions(
    viewer: Eyes, branch: Branch, versions: Mapping[int, int]
) -> dict[UUID, list[BaseDecision]]:
    """Return the branch's decisions per measure, the one about the latest version first."""
    rows = (
        BaseDecision.objects.for_viewer(viewer)
        .filter(branch=branch, base__in=versions)
        .select_related("decided_by", "old__section__chapter", "old__programme")
        .order_by("-base__version")
    )
    found: dict[UUID, list[BaseDecision]] = {}
    for row in rows:
        found.setdefault(row.identity, []).append(row)
    return found


def _measures_of(base: Programme) -> dict[UUID, Measure]:
    rows = base.measures.current().select_related("section__chapter", "programme")
    return {row.identity: row for row in rows.order_by("number", "pk")}


def _item(
    identity: UUID,
    mine: Mapping[UUID, Measure],
    current: Mapping[UUID, Measure],
    decisions: Mapping[UUID, Sequence[BaseDecision]],
    base: Programme,
    *,
    is_fixed: bool,
) -> BaseItem | None:
    """Return what there is to say of a measure that the branch has or had; ``None``: nothing."""
    own, new = mine.get(identity), current.get(identity)
    past = decisions.get(identity, [])
    decision = _of_version(past, base)
    old = decision.old if decision else own.derived_from if own else None
    if old is None:
        return None
    if decision is None:
        # What somebody decided about an earlier version holds while the base says the same.
        last = past[0].base_text if past else old.text
        if same(last, new.text if new else ""):
            return None
    return BaseItem(
        identity=identity, old=old, new=new, own=own, decision=decision, is_fixed=is_fixed
    )


def _of_version(past: Sequence[BaseDecision], base: Programme) -> BaseDecision | None:
    return next((row for row in past if row.base_id == base.pk), None)


def _began(
    mine: Mapping[UUID, Measure],
    decisions: Mapping[UUID, Sequence[BaseDecision]],
    versions: Mapping[int, int],
) -> int | None:
    """Return the number of the first version that anything was taken over from."""
    sources = [row.derived_from for row in mine.values()]
    sources += [row.old for past in decisions.values() for row in past]
    return min((versions[row.programme_id] for row in sources if row is not None), default=None)


def _identities(
    document: BaseDocument, versions: Mapping[int, int], began: int | None
) -> set[UUID]:
    """Return the measures that stood in the base when the branch began to take over from it."""
    then = [row.pk for row in document.versions if versions[row.pk] == began]
    rows = Measure.objects.current().filter(programme__in=then)
    return set(rows.values_list("identity", flat=True))
