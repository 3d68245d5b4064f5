"""The news of a top ten as an Atom feed (RFC 4287): an entry for each update, the newest first.

The name of an entry never changes (RFC 4151): a correction is the same entry, updated; one that was
withdrawn stays and says so, for who kept it. The same state is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.characters import shown
from core.mail import absolute
from evaluation.queries.ten.public_facts import PublicPledge, PublicTen, Shown, Told
from evaluation.ten_addresses import Asked

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
LONGEST: Final = 100
"""So many entries are in it, the newest; the others stand on the pages."""


class _Feed(Atom1Feed):
    """Atom whose own moment is a stored one, also without entries."""

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed."""
        moment: datetime = self.feed["changed"]
        return moment


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    name: str
    title: str
    link: str
    content: SafeString
    published: datetime
    updated: datetime
    category: str


def draw_feed(ten: PublicTen, asked: Asked) -> bytes:
    """Return the feed."""
    entries = sorted(_entries(ten, asked), key=lambda one: (one.updated, one.name), reverse=True)
    first = _moment(ten.public_since or ten.agreed_on)
    feed = _Feed(
        title=shown(_("The top ten of %(name)s") % {"name": ten.name}, many_lines=False),
        link=asked.canonical("public_ten"),
        description="",
        subtitle=shown(_("What we promised, and what comes of it."), many_lines=False),
        language=asked.language,
        author_name=shown(ten.name, many_lines=False),
        feed_url=absolute(asked.link("ten_atom")),
        feed_guid=_name(ten),
        changed=max((one.updated for one in entries), default=first),
    )
    for one in entries[:LONGEST]:
        feed.add_item(
            title=one.title,
            link=one.link,
            description=one.content,
            unique_id=one.name,
            pubdate=one.published,
            updateddate=one.updated,
            categories=[one.category],
        )
    text: str = feed.writeString("utf-8")
    return text.encode()


def _entries(ten: PublicTen, asked: Asked) -> Iterator[_Entry]:
    for pledge in ten.pledges:
        for told in pledge.told:
            yield _told(ten, pledge, told, asked)
    if ten.account_given_on is not None:
        moment = _moment(ten.account_given_on)
        yield _Entry(
            name=_name(ten, "eindbalans"),
            title=_("Our final account"),
            link=asked.canonical("public_ten"),
            content=_account(ten),
            published=moment,
            updated=moment,
            category=_("Final account"),
        )


def _told(ten: PublicTen, pledge: PublicPledge, told: Told, asked: Asked) -> _Entry:
    withdrawn = told.withdrawn_on is not None
    word = pgettext("update", "withdrawn") if withdrawn else told.status.label
    return _Entry(
        name=_name(ten, f"bericht/{told.pk}"),
        title=shown(f"{pledge.title}: {word}", many_lines=False),
        link=f"{asked.canonical('public_pledge', pledge.rank)}#bericht-{told.pk}",
        content=format_html("<p>{}</p>", _("We withdrew this update."))
        if withdrawn
        else _content(told, asked),
        published=_moment(told.first_on),
        # Corrected on the day itself it is newer, too.
        updated=_moment(told.changed_on) + timedelta(minutes=told.changes),
        category=shown(pledge.title, many_lines=False),
    )


def _content(told: Told, asked: Asked) -> SafeString:
    why = f": {told.reason.label}" if told.reason is not None else ""
    paragraphs = [line for line in shown(told.text).split("\n") if line.strip()]
    # The tool that finds texts does not look into the braces of an f-string.
    corrected = _("Corrected:")
    notes = [f"{corrected} {shown(one.note, many_lines=False)}" for one in told.earlier if one.note]
    return format_html(
        "<p><strong>{}{}</strong></p>{}{}{}",
        told.status.label,
        why,
        format_html_join("", "<p>{}</p>", ((line,) for line in paragraphs)),
        format_html_join("", "<p><em>{}</em></p>", ((note,) for note in notes)),
        format_html_join(
            "", '<p><a href="{}">{}</a></p>', (_link(one, asked) for one in told.evidence)
        ),
    )


def _link(one: Shown, asked: Asked) -> tuple[str, str]:
    address = absolute(asked.file_link(one.pk)) if one.is_file else one.url
    return address or asked.canonical("public_ten"), shown(one.title, many_lines=False)


def _account(ten: PublicTen) -> SafeString:
    rows = [
        (shown(one.title, many_lines=False), one.verdict.label)
        for one in ten.pledges
        if one.verdict is not None
    ]
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{}: {}</li>", rows))


def _name(ten: PublicTen, what: str = "") -> str:
    """Return a name that says nothing of host, title or day: those may change."""
    return f"tag:rodedraad,2021:tien/{ten.pk}" + (f"/{what}" if what else "")


def _moment(day: date) -> datetime:
    """Return noon of a day: of what people write, days are kept."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
