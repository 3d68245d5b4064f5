"""What a report says around its points, the same in every format."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.enums import Addressee, PointKind, Support
from consultation.models import Gathering
from consultation.queries.gathering_report import GatheringReport, PointLine
from core.dates import day_words


def title(report: GatheringReport) -> str:
    """Name the report."""
    return _("What we heard: %(title)s") % {"title": report.gathering.meeting.title}


def of_what(report: GatheringReport) -> str:
    """Say whose report it is, and of which day and place."""
    meeting = report.gathering.meeting
    parts = [report.gathering.consultation.branch.name, day_words(meeting.day), meeting.place]
    return " · ".join(filter(None, parts))


def thanks(report: GatheringReport) -> str:
    """Thank those who were there (R91)."""
    if not report.people:
        return _("Thank you for being there and for what you brought in!")
    return ngettext(
        "Thank you for what you brought in! %(count)s person took part.",
        "Thank you for what you brought in! %(count)s people took part.",
        report.people,
    ) % {"count": report.people}


def statement() -> str:
    """Say that points are no positions (R92); it stands on every report."""
    return _(
        "What stands here are no positions of the party. They are insights, remarks and "
        "proposals of the people who were there. The programme committee takes them along for "
        "consideration; what becomes of them is decided later."
    )


def more(gathering: Gathering) -> list[str]:
    """Say how to send more, to whom, and until when (R94 … R96); nothing without an address."""
    said: list[str] = []
    name, address = gathering.contact_name, gathering.contact_email
    if address:
        said.append(
            _("Were you not there, or do you have more to say? Write to %(name)s: %(address)s.")
            % {"name": name, "address": address}
            if name
            else _("Were you not there, or do you have more to say? Write to %(address)s.")
            % {"address": address}
        )
    elif name:
        said.append(
            _("Were you not there, or do you have more to say? Ask for %(name)s.") % {"name": name}
        )
    if gathering.closes_on is not None:
        said.append(
            _("You can do so until %(day)s. What comes later is read too, and marked as late.")
            % {"day": day_words(gathering.closes_on)}
        )
    elif said:
        said.append(_("There is no closing date."))
    return said


def about(line: PointLine) -> str:
    """Say what a point is, how many were behind it, and whom it is aimed at, on one line.

    Nothing of a plain remark of which nothing more was said: most points of an evening are.
    """
    point = line.point
    parts = [str(PointKind(point.kind).label)]
    if not point.discussed:
        parts.append(_("not talked about"))
    if point.support:
        parts.append(_("behind it: %(who)s") % {"who": Support(point.support).label})
    if point.support_note:
        parts.append(_("but: %(note)s") % {"note": point.support_note})
    if point.addressee != Addressee.MUNICIPALITY:
        parts.append(_("aimed at %(whom)s") % {"whom": Addressee(point.addressee).label})
    if line.notes:
        parts.append(
            ngettext("from %(count)s post-it", "from %(count)s post-its", line.notes)
            % {"count": line.notes}
        )
    plain = len(parts) == 1 and point.kind == PointKind.REMARK
    return "" if plain else " · ".join(parts)


def example(line: PointLine) -> str:
    """Say which example from elsewhere belongs to a point (R99), or nothing."""
    found = line.point.example
    if found is None:
        return ""
    where = f" ({found.municipality})" if found.municipality else ""
    return _("Example from elsewhere: %(title)s") % {"title": f"{found.title}{where}"}


def follow_up(report: GatheringReport) -> str:
    """Say on how many points something was decided."""
    total = len(report.all_points)
    return ngettext(
        "On %(settled)s of %(total)s point something was decided.",
        "On %(settled)s of %(total)s points something was decided.",
        total,
    ) % {"settled": report.settled, "total": total}


def notes_head(*, under: bool, beside: bool) -> str:
    """Say above post-its that stand behind no point what they are.

    Args:
        under: they hang under a sub-theme.
        beside: points stand above them.
    """
    if not under:
        return _("Post-its under no sub-theme:")
    return _("Also on post-its:") if beside else _("On post-its:")


def paragraphs(text: str) -> list[str]:
    """Return a text as its paragraphs."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]
