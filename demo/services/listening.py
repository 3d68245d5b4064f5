"""A branch collects input: an invented list comes in through every channel, as it would."""

from __future__ import annotations

import csv
import io
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from branches.models import User
from consultation import consent
from consultation.enums import ChannelKind, Held, LetterState, Status
from consultation.enums import StakeholderAnswer as Answer
from consultation.enums import StakeholderKind as Kind
from consultation.mailreading.values import ReadMail
from consultation.models import Channel, Contribution, Letter, Theme
from consultation.services import (
    answering,
    channels,
    forms_open,
    linking,
    lists,
    mails,
    merging,
    progress,
    stakeholders,
    statuses,
    themes,
)
from consultation.services.receiving import NOBODY, Incoming, Person, receive
from consultation.services.starting import start
from core.kinds import Kind as FileKind
from core.uploads import inspect
from demo.data.names import FIRST_NAMES, LAST_NAMES
from demo.services.stage import Stage
from programmes.models import Measure

DATA = Path(__file__).parents[1] / "data"
MARK = "local:"
# Of ten people three do not say whether they are a member, and of the others a quarter is one.
_UNSAID, _MEMBERS = 0.3, 0.25
_NAMELESS = 0.5
_TYPED_IN = {
    "x": ChannelKind.X,
    "facebook": ChannelKind.FACEBOOK,
    "market": ChannelKind.MEETING,
    "door_to_door": ChannelKind.DOOR_TO_DOOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an invented list: what somebody brought in, and how."""

    channel: str
    theme: str
    role: str
    place: str
    text: str


def lines(file: str) -> list[Line]:
    """Return the lines of a list in ``demo/data``."""
    rows = (DATA / file).read_text(encoding="utf-8").splitlines()
    found = [row.split("|", 4) for row in rows if row and not row.startswith("#")]
    return [
        Line(channel=channel, theme=theme, role=role, place=place, text=text.strip())
        for channel, theme, role, place, text in found
    ]


class Listening:
    """The input of one branch; every method is what its committee does on a day."""

    def __init__(self, stage: Stage, file: str, *, day: date, introduction: str) -> None:
        """Begin: the six themes and the local ones of the list, the form open, channels chosen."""
        self.stage, self.lines = stage, lines(file)
        self.lead: User = stage.crew.committee[0]
        self.chance = random.Random(f"listening:{stage.crew.branch.slug}")  # noqa: S311 - invented
        names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
        self.people = cycle(self.chance.sample(names, 80))
        self.consultation = start(timeline=stage.timeline, by=self.lead, today=day)
        for name in dict.fromkeys(line.theme for line in self.lines if line.theme.startswith(MARK)):
            themes.add_theme(
                consultation=self.consultation,
                answers=themes.Answers(name=name.removeprefix(MARK)),
                by=self.lead,
                today=day,
            )
        self.themes: dict[str, Theme] = {
            theme.classic or f"{MARK}{theme.name}": theme
            for theme in self.consultation.themes.all()
        }
        forms_open.open_form(
            consultation=self.consultation,
            introduction=introduction,
            by=self.lead,
            today=day,
            revision=self.consultation.revision,
        )

    def come_in(self, *, first: date, last: date) -> None:
        """Let the whole list come in between two days; post-its wait for their gathering."""
        surveyed = [line for line in self.lines if line.channel == "survey"]
        others = [line for line in self.lines if line.channel not in {"survey", "postit"}]
        # In the order of their days, whatever their place in the list.
        days = sorted(self.chance.randrange((last - first).days + 1) for _line in others)
        for line, after in zip(self.chance.sample(others, len(others)), days, strict=True):
            self._bring(line, day=first + timedelta(days=after))
        if surveyed:
            self._survey(surveyed, day=first + (last - first) / 2)
        progress.report(consultation=self.consultation, today=last)

    def robots(self, texts: tuple[str, ...], *, day: date) -> None:
        """Leave what robots fill in; the form sets it aside."""
        for text in texts:
            receive(
                consultation=self.consultation,
                channel=self._channel(ChannelKind.FORM, day=day),
                incoming=Incoming(text=text, held=Held.LINKS),
                today=day,
            )

    def merge(self, same: Mapping[str, tuple[str, ...]], *, day: date) -> None:
        """Put together what says the same."""
        for lead, others in same.items():
            merging.merge(
                into=self.named(lead),
                others=[self.named(other) for other in others],
                by=self.lead,
                today=day,
            )

    def settle(
        self,
        begin: str,
        *,
        status: Status,
        day: date,
        reason: str = "",
        answer: str = "",
        measure: Measure | None = None,
    ) -> None:
        """Say what becomes of one, link it to a measure, and answer who asked."""
        row = self.named(begin)
        if measure is not None:
            linking.link(contribution=row, measure=measure, by=self.lead, today=day)
        statuses.set_status(contribution=row, status=status, reason=reason, by=self.lead, today=day)
        if answer:
            answering.answer(contribution=self.named(begin), text=answer, by=self.lead, today=day)

    def consider_the_rest(self, *, day: date) -> None:
        """Look at whatever is left."""
        rows = Contribution.objects.listed().filter(
            consultation=self.consultation, status=Status.NEW
        )
        for row in rows:
            statuses.set_status(contribution=row, status=Status.CONSIDERED, by=self.lead, today=day)

    def post_left(self, *, day: date) -> None:
        """Take it that all mails so far arrived: nobody waits for them in the mailbox today."""
        Letter.objects.filter(
            contributor__consultation=self.consultation, state=LetterState.WAITING
        ).update(state=LetterState.SENT, sent_on=day)

    def named(self, begin: str) -> Contribution:
        """Return the one contribution that begins like this.

        Raises:
            Contribution.DoesNotExist, Contribution.MultipleObjectsReturned: none does, or several.
        """
        return Contribution.objects.select_related(
            "consultation__branch", "consultation__timeline__election", "channel", "theme"
        ).get(consultation=self.consultation, text__startswith=begin)

    def _bring(self, line: Line, *, day: date) -> None:
        if line.channel == "organisation":
            self._organisation(line, day=day)
        elif line.channel == "mail":
            self._mail(line, day=day)
        else:
            form = line.channel == "form"
            receive(
                consultation=self.consultation,
                channel=self._channel(
                    ChannelKind.FORM if form else _TYPED_IN[line.channel], day=day
                ),
                incoming=self._incoming(line, person=self._somebody(day) if form else NOBODY),
                by=None if form else self.lead,
                today=day,
                report=False,
            )

    def _mail(self, line: Line, *, day: date) -> None:
        name = next(self.people)
        sender = f"{name.lower().replace(' ', '.')}@post.example"
        mail = ReadMail(
            message_id=f"<{uuid.uuid5(uuid.NAMESPACE_DNS, line.text)}@post.example>",
            sender_name=name,
            sender_email=sender,
            subject=line.text.split(".")[0][:80],
            text=line.text,
        )
        mails.keep(
            consultation=self.consultation,
            channel=self._channel(ChannelKind.MAIL, day=day),
            mail=mails.Mail(raw=line.text.encode(), read=mail, received_on=day),
            today=day,
        )
        Contribution.objects.filter(consultation=self.consultation, text=line.text).update(
            theme=self.themes.get(line.theme), role=line.role, neighbourhood=line.place
        )

    def _organisation(self, line: Line, *, day: date) -> None:
        name = f"Vereniging {next(self.people).split()[1]}"
        row = stakeholders.add_stakeholder(
            consultation=self.consultation,
            details=stakeholders.Details(
                kind=Kind.ORGANISATION,
                name=name,
                answer=Answer.YES,
                reason="Zij weten wat er achter de voordeuren speelt.",
                theme=self.themes.get(line.theme),
                contact_name=next(self.people),
                asked_by=self.lead,
            ),
            by=self.lead,
            today=day,
        )
        stakeholders.add_contribution(
            stakeholder=row,
            text=line.text,
            theme=self.themes.get(line.theme),
            received_on=day,
            wants_answer=False,
            consent="",
            submission=None,
            by=self.lead,
            today=day,
        )

    def _survey(self, found: list[Line], *, day: date) -> None:
        target = io.StringIO()
        writer = csv.writer(target, delimiter=";")
        writer.writerow(["Tijdstempel", "Thema", "Wijk", "Lid", "Wat moet er anders?"])
        for line in found:
            theme = self.themes.get(line.theme)
            member = self.chance.choice(["ja", "nee", "nee"])
            writer.writerow([day.isoformat(), theme or "", line.place, member, line.text])
        file = SimpleUploadedFile("enquete.csv", target.getvalue().encode())
        listing = lists.bring(
            consultation=self.consultation,
            channel=None,
            survey=lists.Survey(name="Enquête in de wijkkrant", partner="Rode Nest"),
            document=inspect(file=file, kinds=(FileKind.CSV,)),
            by=self.lead,
            today=day,
        )
        lists.take_over(
            listing=listing, revision=listing.revision, by=self.lead, today=day, now=now()
        )

    def _incoming(self, line: Line, *, person: Person) -> Incoming:
        unsaid = not line.role or self.chance.random() < _UNSAID
        member = line.role == "member" or self.chance.random() < _MEMBERS
        return Incoming(
            text=line.text,
            theme=self.themes.get(line.theme),
            role=line.role,
            is_member=None if unsaid else member,
            neighbourhood=line.place,
            person=person,
        )

    def _somebody(self, day: date) -> Person:
        """Return somebody with a name and an address, or nobody: half the people leave none."""
        if self.chance.random() < _NAMELESS:
            return Person(consent=consent.sentence(self.consultation, today=day))
        name = next(self.people)
        return Person(
            name=name,
            email=f"{name.lower().replace(' ', '.')}@post.example",
            wants_answer=True,
            consent=consent.sentence(self.consultation, today=day),
        )

    def _channel(self, kind: ChannelKind, *, day: date) -> Channel:
        return channels.ready(consultation=self.consultation, kind=kind, by=self.lead, today=day)
