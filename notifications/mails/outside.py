"""The mails to people outside: we have it, this became of it, this is the report.

They read it on a phone, know none of our words, and have no account. What they wrote themselves is
told them only in the answer, which a person of the branch wrote: anybody can fill in somebody
else's address in a form, and must not be able to have us mail a text of theirs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from consultation import links
from consultation.models import Letter
from core import mail
from core.dates import day_words
from notifications.mails.outcome import begin_of, outcomes_of, own_words
from notifications.mails.outside_parts import (
    Button,
    OutsideMail,
    greeting,
    reply_address,
    say_who,
)
from notifications.mails.parts import shown
from notifications.models import Delivery

_WITH: Final = (
    "contributor__consultation__branch",
    "contributor__consultation__timeline__election",
    "contributor__consultation__mailbox",
    "contribution",
    "gathering__meeting",
)


def message_for(*, delivery: Delivery, today: date) -> EmailMultiAlternatives | None:
    """Return a letter as it is to be sent, in its reader's language; ``None``: it was erased.

    Raises:
        KeyError: no letter is of this kind.
        core.mail.BadAddress: the address is none.
    """
    letter = Letter.objects.select_related(*_WITH).filter(delivery=delivery.pk).first()
    if letter is None:
        return None
    write = WRITERS[delivery.mail]
    with translation.override(_language(letter)):
        return write(delivery=delivery, letter=letter, today=today)


def letter_received(*, delivery: Delivery, letter: Letter, today: date) -> EmailMultiAlternatives:
    """What somebody sent has arrived: thanks, and what happens with it."""
    person = letter.contributor
    contribution = letter.contribution
    names = {
        "branch": shown(person.consultation.branch.name),
        "day": day_words(contribution.received_on if contribution else letter.written_on),
    }
    steps = [
        _("The people who write the programme read everything that comes in."),
        _(
            "They take it along for consideration. It is not a position of ours yet: later our "
            "members decide on the programme."
        ),
    ]
    if person.wants_answer:
        steps.append(
            _("You asked what becomes of it: once we know, you get one more mail about it.")
        )
    else:
        steps.append(_("You need not do anything. We send you no other mail about it."))
    return _message(
        OutsideMail(
            subject=_("Thank you for your input (%(branch)s)") % names,
            branch=names["branch"],
            hello=greeting(person.name),
            opening=_(
                "Thank you! What you sent us on %(day)s has arrived at the branch %(branch)s."
            )
            % names,
            heading=_("This is what happens now"),
            steps=tuple(steps),
            why=_("Was it not you? Then somebody filled in your address. The link removes it."),
            kept=_kept(letter, today=today),
            forget=links.forget_address(person),
        ),
        name="letter_received",
        delivery=delivery,
        letter=letter,
    )


def letter_answer(*, delivery: Delivery, letter: Letter, today: date) -> EmailMultiAlternatives:
    """What became of what somebody brought in (R92, R93)."""
    person = letter.contributor
    branch = shown(person.consultation.branch.name)
    own = own_words(letter)
    names = {"branch": branch, "day": day_words(own.day) if own.day else ""}
    return _message(
        OutsideMail(
            subject=_("What became of your input (%(branch)s)") % names,
            branch=branch,
            hello=greeting(person.name),
            opening=_(
                "On %(day)s you told the branch %(branch)s what you think should change. Thank "
                "you! You asked what became of it. Here is the answer."
            )
            % names
            if own.day
            else _(
                "You told the branch %(branch)s what you think should change. Thank you! You asked "
                "what became of it. Here is the answer."
            )
            % names,
            quotes=tuple(begin_of(text) for text in own.texts),
            heading=_("This became of it"),
            outcomes=outcomes_of(letter),
            why=_("You get this mail because you asked for an answer. No other follows."),
            kept=_kept(letter, today=today),
            forget=links.forget_address(person),
        ),
        name="letter_answer",
        delivery=delivery,
        letter=letter,
    )


def letter_report(*, delivery: Delivery, letter: Letter, today: date) -> EmailMultiAlternatives:
    """The report of a gathering, for who took part (R91 … R96).

    Raises:
        ValueError: the letter is about no gathering.
    """
    gathering = letter.gathering
    if gathering is None:
        raise ValueError(letter.pk)
    person, meeting = letter.contributor, gathering.meeting
    names = {
        "branch": shown(person.consultation.branch.name),
        "title": shown(meeting.title),
        "day": day_words(meeting.day),
        "who": shown(gathering.contact_name),
        "email": gathering.contact_email,
    }
    steps = [
        _("All points in it are for consideration. They are no positions of ours."),
        _("The people who write the programme take them along. Later our members decide."),
    ]
    if gathering.contact_email:
        more = (
            _("Is something missing, or do you have more to say? Mail %(who)s: %(email)s.")
            if names["who"]
            else _("Is something missing, or do you have more to say? Mail it to %(email)s.")
        )
        steps.append(more % names)
    elif reply_address(letter):
        steps.append(_("Is something missing, or do you have more to say? Answer this mail."))
    closes_on = gathering.closes_on
    if closes_on is not None and closes_on >= today and len(steps) > 2:  # noqa: PLR2004 - the two above
        steps[-1] += " " + _("That is possible until %(day)s.") % {"day": day_words(closes_on)}
    return _message(
        OutsideMail(
            subject=_("The report of %(title)s, %(day)s") % names,
            branch=names["branch"],
            hello=greeting(person.name),
            opening=_(
                "Thank you for taking part in “%(title)s” of the branch %(branch)s on %(day)s. The "
                "report is there: read whether what you said is in it."
            )
            % names,
            button=Button(words=_("Read the report"), url=links.report_address(gathering)),
            heading=_("Good to know"),
            steps=tuple(steps),
            why=_("You get this mail because you left your address there, for the report."),
            kept=_kept(letter, today=today),
            forget=links.forget_address(person),
        ),
        name="letter_report",
        delivery=delivery,
        letter=letter,
        reply_to=gathering.contact_email,
    )


Writer = Callable[..., EmailMultiAlternatives]

WRITERS: Final[Mapping[str, Writer]] = {
    "letter_received": letter_received,
    "letter_answer": letter_answer,
    "letter_report": letter_report,
}
"""``Delivery.mail`` → who writes it."""


def _language(letter: Letter) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    language = letter.contributor.language
    return language if language in known else settings.LANGUAGE_CODE


def _kept(letter: Letter, *, today: date) -> str:
    """Say until when the details are kept; nothing once that day is over."""
    until = letter.contributor.delete_on
    if until < today:
        return ""
    return _("We keep your details until %(day)s. Then they are deleted by themselves.") % {
        "day": day_words(until)
    }


def _message(
    content: OutsideMail, *, name: str, delivery: Delivery, letter: Letter, reply_to: str = ""
) -> EmailMultiAlternatives:
    answers_to = reply_to or reply_address(letter)
    message = mail.build(
        name=name,
        to=letter.contributor.email,
        language=_language(letter),
        key=delivery.key,
        context={"mail": content, "subject": content.subject, "can_reply": bool(answers_to)},
        headers={"Reply-To": answers_to} if answers_to else {},
    )
    say_who(message, content.branch)
    return message


__all__ = ["WRITERS", "letter_answer", "letter_received", "letter_report", "message_for"]
