"""The mails to who follows a top ten: do you want to, and what is new.

They know nothing of the reader but an address. Nothing in them counts who opens or clicks, and one
click stops them: in the mail itself, and in the head for mail programs (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.naming import public_name
from core import mail
from core.dates import day_words
from core.mail import host as site_host
from evaluation import ten_links
from evaluation.models import Bulletin, ProgressUpdate, TopTen
from evaluation.services.ten.following import UNCONFIRMED_KEPT
from evaluation.services.ten.telling import news_of
from notifications.mails.outside_parts import Button, say_who
from notifications.mails.parts import shown, shown_lines
from notifications.models import Delivery

MOST_NEWS: Final = 12
"""So many updates stand in one mail; of more it says how many, with a link."""
LONGEST_TEXT: Final = 500
"""Signs of one update; who wants to read on goes to the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One update.

    Attributes:
        pledge: which of the ten, with its number.
        url: its page.
        stands: how it stands, and of which day that is.
        text: what happened; keeps its line breaks.
        notes: that it corrects another one, or came from a resident.
    """

    pledge: str
    url: str
    stands: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowerMail:
    """A mail to a follower. Texts as in ``notifications.mails.parts``.

    Attributes:
        name: of its templates.
        branch: whose ten they are, at the top.
        news: what is new; may be empty.
        more: how many are left out, in words; may be empty.
        steps: what is good to know; may be empty.
        why: why the mail came.
        stop_words, stop: the way out.
    """

    name: str
    subject: str
    branch: str
    opening: str
    button: Button
    why: str
    stop_words: str
    stop: str
    news: tuple[News, ...] = ()
    more: str = ""
    steps: tuple[str, ...] = ()


def message_for(*, delivery: Delivery) -> EmailMultiAlternatives | None:
    """Return a mail to a follower in his language; None: nothing is left to say.

    Who stopped is gone, and so is a page that the branch took down.

    Raises:
        KeyError: no mail is of this kind.
        core.mail.BadAddress: the address is none.
    """
    write = WRITERS[delivery.mail]
    rows = Bulletin.objects.select_related(
        "follower__top_ten__branch", "follower__top_ten__timeline"
    )
    bulletin = rows.filter(
        delivery=delivery.pk, follower__top_ten__in=TopTen.objects.alive()
    ).first()
    if bulletin is None:
        return None
    language = ten_links.language_of(bulletin.follower)
    with translation.override(language):
        content = write(bulletin, language)
        return _message(content, delivery=delivery, bulletin=bulletin) if content else None


def bulletin_confirm(bulletin: Bulletin, language: str) -> FollowerMail:
    """Do you want to follow this? To be answered from one's own mailbox."""
    follower, top_ten = bulletin.follower, bulletin.follower.top_ten
    names = {"branch": shown(public_name(top_ten.branch)), "day": day_words(follower.asked_on)}
    stop = ten_links.stop_address(follower)
    if follower.confirmed_on is not None:
        return FollowerMail(
            name="bulletin_confirm",
            subject=_("You follow the top ten of %(branch)s already") % names,
            branch=names["branch"],
            opening=_(
                "Somebody filled in this address to follow the top ten of %(branch)s. You follow "
                "it already, so you need not do anything."
            )
            % names,
            button=Button(
                words=_("Look at the ten"), url=ten_links.ten_address(top_ten, language=language)
            ),
            why=_why(names),
            stop_words=_("Stop following"),
            stop=stop,
        )
    days = ngettext("%(count)s day", "%(count)s days", UNCONFIRMED_KEPT.days) % {
        "count": UNCONFIRMED_KEPT.days
    }
    return FollowerMail(
        name="bulletin_confirm",
        subject=_("Do you want to follow the top ten of %(branch)s?") % names,
        branch=names["branch"],
        opening=_(
            "On %(day)s this address was filled in to follow the top ten of %(branch)s: ten "
            "proposals, and what comes of them. Was that you? Then one press of a button is left."
        )
        % names,
        button=Button(words=_("Yes, I want to follow"), url=ten_links.confirm_address(follower)),
        steps=(
            _("When there is news you get one mail, never more than one a day."),
            _("We keep your address and your language, and nothing else."),
            _("You stop with one click. Then your address is deleted."),
        ),
        why=_(
            "Was it not you? Then do nothing: the address is deleted after %(days)s, and no other "
            "mail comes."
        )
        % {"days": days},
        stop_words=_("Delete my address now"),
        stop=stop,
    )


def bulletin_news(bulletin: Bulletin, language: str) -> FollowerMail | None:
    """What is new; None: all of it was taken back."""
    follower, top_ten = bulletin.follower, bulletin.follower.top_ten
    rows = list(news_of(bulletin=bulletin)[: MOST_NEWS + 1])
    if not rows:
        return None
    told = tuple(_news(row, top_ten, language) for row in rows[:MOST_NEWS])
    total = len(rows) if len(rows) <= MOST_NEWS else news_of(bulletin=bulletin).count()
    names = {"branch": shown(public_name(top_ten.branch)), "count": total, "what": told[0].pledge}
    left_out = total - len(told)
    return FollowerMail(
        name="bulletin_news",
        subject=_("News of the top ten of %(branch)s: %(what)s") % names
        if total == 1
        else _("%(count)s news items of the top ten of %(branch)s") % names,
        branch=str(names["branch"]),
        opening=ngettext(
            "Something happened with one of the ten proposals that you follow.",
            "There is news of the ten proposals that you follow.",
            total,
        ),
        news=told,
        more=ngettext(
            "There is %(count)s more: you find it on the page.",
            "There are %(count)s more: you find them on the page.",
            left_out,
        )
        % {"count": left_out}
        if left_out
        else "",
        button=Button(
            words=_("Look at the ten"), url=ten_links.ten_address(top_ten, language=language)
        ),
        why=_why(names),
        stop_words=_("Stop following"),
        stop=ten_links.stop_address(follower),
    )


Writer = Callable[[Bulletin, str], FollowerMail | None]

WRITERS: Final[Mapping[str, Writer]] = {
    "bulletin_confirm": bulletin_confirm,
    "bulletin_news": bulletin_news,
}
"""``Delivery.mail`` → who writes it."""


def _news(row: ProgressUpdate, top_ten: TopTen, language: str) -> News:
    pledge = row.pledge
    stands = {"status": capfirst(row.get_status_display()), "day": day_words(row.day)}
    notes = []
    if row.corrects is not None and row.corrects.public:
        notes.append(_("This corrects an earlier update."))
    if row.proposal_id is not None:
        notes.append(_("After a tip from a resident."))
    return News(
        pledge=f"{pledge.rank}. {shown(pledge.title)}",
        url=ten_links.pledge_address(pledge, top_ten=top_ten, language=language),
        stands=_("%(status)s, %(day)s") % stands,
        text=_cut(shown_lines(row.text)),
        notes=tuple(notes),
    )


def _cut(text: str) -> str:
    """Return how a text begins, in whole words, with its line breaks."""
    if len(text) <= LONGEST_TEXT:
        return text
    words = text[:LONGEST_TEXT].rpartition(" ")[0] or text[:LONGEST_TEXT]
    return f"{words.rstrip(' ,;:.')}…"


def _why(names: Mapping[str, object]) -> str:
    return (
        _("You get this mail because you follow the top ten of %(branch)s with this address.")
        % names
    )


def _message(
    content: FollowerMail, *, delivery: Delivery, bulletin: Bulletin
) -> EmailMultiAlternatives:
    host, name = site_host(), content.name.replace("_", "-")
    message = mail.build(
        name=content.name,
        to=bulletin.follower.email,
        language=ten_links.language_of(bulletin.follower),
        key=delivery.key,
        context={"mail": content, "subject": content.subject},
        headers={
            # RFC 8058: one POST, without signing in.
            "List-Unsubscribe": f"<{content.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"Rode Draad <{name}.{host}>",
            "Feedback-ID": f"{name}:rodedraad:{host}",
        },
    )
    say_who(message, content.branch)
    return message


__all__ = ["WRITERS", "FollowerMail", "News", "message_for"]
