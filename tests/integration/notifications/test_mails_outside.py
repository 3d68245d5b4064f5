"""The three mails to people outside, as they arrive."""

from __future__ import annotations

from datetime import date, timedelta
from email.message import EmailMessage as Mime
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest

from consultation import links
from consultation.enums import LetterKind
from consultation.models import Contribution, Gathering, Letter, Mailbox, MeasureLink
from consultation.services import letters
from consultation.services.receiving import Person
from notifications.mails import message_for
from notifications.mails.outcome import begin_of
from notifications.mails.outside import WRITERS
from notifications.mails.outside_parts import greeting
from process.models import Timeline
from programmes.models import Measure, Programme
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of, gathering_of
from tests.integration.notifications.outside import brought_in, letter_about, mail_to
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db
ADOPTED_ON = date(2021, 11, 20)


def read(letter: Letter, *, today: date = FIRST_DAY) -> Mime:
    """Return the mail of a letter as a receiving program reads it."""
    message = message_for(delivery=mail_to(letter), reminders=[], today=today)
    assert message is not None
    found = BytesParser(policy=default).parsebytes(message.message().as_bytes())
    assert isinstance(found, Mime)
    return found


def texts(mail: Mime) -> tuple[str, str]:
    """Return the text and the HTML, each on one line."""
    found = []
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part is not None
        found.append(" ".join(str(part.get_content()).split()))
    return found[0], found[1]


def body_of(mail: Mime) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def english(**person: Any) -> Contribution:
    return brought_in(language="en", **person)


def settle(contribution: Contribution, status: str, **values: Any) -> Contribution:
    """Decide what is done with a contribution."""
    Contribution.objects.filter(pk=contribution.pk).update(status=status, **values)
    contribution.refresh_from_db()
    return contribution


def link(contribution: Contribution, text: str, **programme: Any) -> Measure:
    """Let a measure of a programme of the branch take a contribution up."""
    branch = contribution.consultation.branch
    measure = programme_with({"Verkeer": [text]}, branch=branch, **programme).measures.get()
    MeasureLink.objects.create(contribution=contribution, measure=measure, linked_on=FIRST_DAY)
    return measure


def answer_of(contribution: Contribution) -> str:
    """Return the text of the answer about a contribution."""
    return texts(read(letter_about(contribution, LetterKind.ANSWER)))[0]


def all_kinds() -> list[Letter]:
    """Ask for one letter of each kind, in English."""
    contribution = settle(english(), "adopted", answer="We agree.")
    person, gathering = contribution.contributor, gathering_of(contribution.consultation)
    assert person is not None
    report = letters.write(
        contributor=person, kind=LetterKind.REPORT, gathering=gathering, today=FIRST_DAY
    )
    assert report is not None
    return [
        letter_about(contribution),
        letter_about(contribution, LetterKind.ANSWER),
        report,
    ]


def test_every_kind_of_letter_has_its_writer() -> None:
    assert {f"letter_{kind}" for kind in LetterKind.values} == set(WRITERS)


def test_all_three_say_who_until_when_and_how_to_be_removed() -> None:
    for letter in all_kinds():
        mail = read(letter)
        text, html = texts(mail)
        forget = links.forget_address(letter.contributor)
        for words in (text, html):
            assert "Hello Fatima," in words
            assert "We keep your details until Wed 14 September 2022." in words
            assert forget in words
        assert str(mail["From"].addresses[0].display_name).endswith("· Rode Draad")
        assert mail["Auto-Submitted"] == "auto-generated"
        # One mail that was asked for: there is no list to leave.
        assert mail["List-Unsubscribe"] is None
        assert mail["Message-ID"] == read(letter)["Message-ID"]
        assert len(html) < 20_000
        assert "src=" not in html
        lines = [line for line in body_of(mail).splitlines() if "://" not in line]
        assert max(len(line) for line in lines) <= 72


def test_the_first_says_thanks_and_what_happens_and_repeats_nothing_that_was_typed() -> None:
    text, html = texts(read(letter_about(english())))
    assert "Thank you! What you sent us on Mon 4 October 2021 has arrived" in text
    assert "It is not a position of ours yet" in text
    assert "you get one more mail about it" in text
    assert "Was it not you?" in text
    # Anybody can fill in somebody else's address: no text of theirs is mailed to it.
    assert "fietspad" not in text + html
    quiet = english(number=1, wants_answer=False)
    assert "We send you no other mail about it." in texts(read(letter_about(quiet)))[0]


@pytest.mark.parametrize(
    ("name", "hello"),
    [
        ("Fatima Bouazza", "Hello Fatima,"),
        ("Anne-Marie", "Hello Anne-Marie,"),
        ("N'Golo", "Hello N'Golo,"),
        ("Ülkü", "Hello Ülkü,"),
        ("", "Hello,"),
        ("Dhr. Jansen", "Hello,"),
        ("familie de Boer", "Hello,"),
        ("www.koopnu.example gratis", "Hello,"),
        ("https://kwaad.example", "Hello,"),
        ("X" * 40, "Hello,"),
        ("\u202egnp.exe", "Hello,"),
        ("<script>", "Hello,"),
    ],
)
@pytest.mark.usefixtures("english")
def test_only_what_can_be_a_first_name_is_greeted(name: str, hello: str) -> None:
    assert greeting(name) == hello


def test_a_name_can_slip_in_no_header_and_no_tag() -> None:
    contribution = english(name="Jan\r\nBcc: slachtoffer@voorbeeld.nl")
    branch = contribution.consultation.branch
    branch.name = "Harlingen\r\nX-Slip: in <b>vet</b>"
    branch.save()
    gathering = gathering_of(contribution.consultation)
    gathering.meeting.title = "Wonen\r\nBcc: nog@voorbeeld.nl"
    gathering.meeting.save()
    person = contribution.contributor
    assert person is not None
    found = letters.write(
        contributor=person, kind=LetterKind.REPORT, gathering=gathering, today=FIRST_DAY
    )
    assert found is not None
    mail = read(found)
    assert mail["Bcc"] is None
    assert mail["X-Slip"] is None
    assert "<b>vet" not in texts(mail)[1]


def test_the_answer_tells_own_words_the_decision_the_reason_and_the_answer() -> None:
    long = "Auto's rijden te hard langs de school. " * 20
    contribution = contribution_of(
        consultation_of(),
        long,
        person=Person(name="Ali", email="ali@voorbeeld.nl", language="en", wants_answer=True),
    )
    settle(
        contribution,
        "partly",
        reason="The street is too narrow.",
        answer="Dear Ali,\n\nWe came to look.",
        note="zeurt al jaren",
    )
    text, html = texts(read(letter_about(contribution, LetterKind.ANSWER)))
    assert "You wrote: “Auto's rijden te hard" in text
    assert "…”" in text
    assert "We took up a part of it. Why: The street is too narrow." in text
    assert "Dear Ali, We came to look." in text
    assert "It is not a position of ours yet: our members decide on the programme." in text
    # What the branch notes for itself stays there.
    assert "zeurt" not in text + html


@pytest.mark.parametrize(
    ("status", "words", "position"),
    [
        ("new", "have not decided yet", True),
        ("considered", "We take it along for consideration.", True),
        ("adopted", "We took it up.", True),
        ("not_adopted", "We did not take it up. Why: No money.", False),
    ],
)
def test_each_status_is_said_in_words_and_none_as_a_position(
    status: str, words: str, position: bool
) -> None:
    text = answer_of(settle(english(), status, reason="No money."))
    assert words in text
    assert ("not a position of ours yet" in text) is position


def test_of_a_draft_that_is_still_written_only_says_that_it_is_there() -> None:
    contribution = settle(english(), "adopted")
    link(contribution, "Een geheim voorstel.", kind="draft")
    text = answer_of(contribution)
    assert "It is in our draft programme. Our members still decide on it." in text
    assert "geheim" not in text


def test_of_a_draft_that_is_fixed_the_measure_is_told_and_who_decides() -> None:
    contribution = settle(english(), "adopted")
    measure = link(contribution, "Drempels bij elke school.", kind="draft")
    Programme.objects.filter(pk=measure.programme_id).update(frozen_on=FIRST_DAY)
    text = answer_of(contribution)
    assert "Our members still decide on it. So it stands in our draft programme:" in text
    assert "“Drempels bij elke school.”" in text


def test_once_adopted_the_measure_is_told_as_the_members_adopted_it() -> None:
    contribution = settle(english(), "adopted")
    draft = link(contribution, "Drempels, als er geld is.", kind="draft")
    adopted = programme_with(
        {"Verkeer": ["Drempels bij elke school."]},
        branch=contribution.consultation.branch,
        kind="adopted",
    )
    Measure.objects.filter(programme=adopted).update(identity=draft.identity)
    Timeline.objects.filter(pk=contribution.consultation.timeline_id).update(
        committee_appointed_on=FIRST_DAY,
        commission_set_on=FIRST_DAY,
        programme_adopted_on=ADOPTED_ON,
    )
    text = answer_of(contribution)
    assert "that our members adopted on Sat 20 November 2021: “Drempels bij elke school.”" in text
    assert "als er geld is" not in text
    assert "not a position" not in text


def test_who_was_merged_reads_the_leads_answer_and_his_own_words() -> None:
    lead = contribution_of(consultation_of(), "Iets heel persoonlijks van een ander.")
    settle(lead, "adopted", answer="We do it.")
    mine = brought_in(consultation=lead.consultation, language="en")
    Contribution.objects.filter(pk=mine.pk).update(merged_into=lead)
    person = mine.contributor
    assert person is not None
    for about in (lead, mine):
        letter = letters.write(
            contributor=person, kind=LetterKind.ANSWER, contribution=about, today=FIRST_DAY
        )
        assert letter is not None
        text, html = texts(read(letter))
        assert "We do it." in text
        assert "“Een veilig fietspad naar school.”" in text
        assert "persoonlijks" not in text + html


def test_of_what_was_cut_up_each_part_has_its_own_answer() -> None:
    contribution = english()
    Contribution.objects.filter(pk=contribution.pk).update(cut_up=True)
    for words, status in (("Een drempel.", "adopted"), ("Een zebrapad.", "considered")):
        part = contribution_of(contribution.consultation, words)
        Contribution.objects.filter(pk=part.pk).update(split_from=contribution, status=status)
    text = answer_of(contribution)
    assert "“Een drempel.” We took it up." in text
    assert "“Een zebrapad.” We take it along for consideration." in text


def report_to(contribution: Contribution, **values: Any) -> tuple[str, Mime, Gathering]:
    gathering = gathering_of(contribution.consultation)
    Gathering.objects.filter(pk=gathering.pk).update(**values)
    assert contribution.contributor is not None
    letter = letters.write(
        contributor=contribution.contributor,
        kind=LetterKind.REPORT,
        gathering=gathering,
        today=FIRST_DAY,
    )
    assert letter is not None
    mail = read(letter)
    return texts(mail)[0], mail, gathering


def test_the_report_says_thanks_where_it_is_and_how_to_say_more() -> None:
    text, mail, gathering = report_to(
        english(),
        contact_name="Sjoerd",
        contact_email="sjoerd@voorbeeld.nl",
        closes_on=FIRST_DAY + timedelta(days=10),
    )
    assert links.report_address(gathering) in text
    assert "All points in it are for consideration. They are no positions of ours." in text
    assert "Mail Sjoerd: sjoerd@voorbeeld.nl. That is possible until" in text
    assert mail["Reply-To"] == "sjoerd@voorbeeld.nl"


def test_a_closing_day_that_is_over_is_not_told() -> None:
    text, _mail, _gathering = report_to(
        english(), contact_email="s@voorbeeld.nl", closes_on=FIRST_DAY - timedelta(days=1)
    )
    assert "Mail it to s@voorbeeld.nl." in text
    assert "possible until" not in text


def test_an_answer_to_a_mail_goes_to_the_mailbox_that_is_read() -> None:
    contribution = english()
    assert read(letter_about(contribution))["Reply-To"] is None
    Mailbox.objects.create(
        consultation=contribution.consultation, address="inbreng@voorbeeld.nl", host="imap.example"
    )
    mail = read(letter_about(contribution, LetterKind.ANSWER))
    assert mail["Reply-To"] == "inbreng@voorbeeld.nl"
    assert "Questions? Answer this mail." in texts(mail)[0]
    text, _mail, _gathering = report_to(contribution)
    assert "do you have more to say? Answer this mail." in text


@pytest.mark.parametrize(("language", "subject"), [("en", "Thank you"), ("xx", "")])
def test_it_is_written_in_the_language_of_who_reads_it(language: str, subject: str) -> None:
    mail = read(letter_about(brought_in(language=language)))
    assert str(mail["Subject"]).startswith(subject)
    assert f'lang="{"en" if language == "en" else "nl"}"' in texts(mail)[1]


def test_a_text_is_cut_between_words() -> None:
    assert begin_of("Kort.") == "Kort."
    assert begin_of("een twee, drie vier", limit=12) == "een twee…"
    assert begin_of("a" * 50, limit=10) == "a" * 10 + "…"
    assert begin_of("regel een\r\nregel\x00 twee") == "regel een regel twee"
