"""The mails to who follows a top ten: written, sent, refused, stopped, as they arrive (R59)."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage as Mime
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from branches.models import AuditEntry
from core.mail import message_id
from evaluation.models import Bulletin, Follower, ProgressUpdate, ProposedUpdate
from evaluation.services.ten import following
from evaluation.services.ten.telling import tell_followers
from evaluation.ten_links import stop_address
from notifications.mails import message_for
from notifications.models import Delivery
from notifications.services import bounces, forgetting, sending
from notifications.services.composing import compose
from tests.at_once import at_once
from tests.clock import FIRST_DAY
from tests.factories import UserFactory
from tests.integration.evaluation.ten.open_forms import (
    EMAIL,
    TODAY,
    follower_of,
    news,
    public_ten,
)
from tests.integration.notifications.posting import LOCAL, NOW, send, states
from tests.smtp_sink import Sink
from tests.ten_factories import pledge_of, update_of

pytestmark = pytest.mark.django_db
# The outbox's tests live on the first day of the test clock, and the ten some months later.
DAYS = (TODAY - LOCAL.date()).days


def compose_now() -> int:
    return compose(local=LOCAL + timedelta(days=DAYS), now=NOW)


def post() -> None:
    """Compose and send what is due on the day of the ten."""
    compose_now()
    send(days=DAYS)


def asks(**fields: Any) -> Bulletin:
    """Somebody fills in an address; return the question that goes to it."""
    follower = follower_of(public_ten(), confirmed_on=None, asked_on=TODAY, **fields)
    return Bulletin.objects.create(follower=follower, kind="confirm", day=TODAY, key="confirm:1")


def told(**fields: Any) -> Bulletin:
    """Something is new for one follower; return the mail that is asked for."""
    top_ten = public_ten()
    follower_of(top_ten)
    update_of(pledge_of(top_ten), **fields)
    tell_followers(today=TODAY)
    return Bulletin.objects.get()


def read(bulletin: Bulletin) -> Mime:
    """Return a mail as a receiving program reads it."""
    compose_now()
    delivery = Delivery.objects.get(bulletin=bulletin)
    message = message_for(delivery=delivery, reminders=[], today=TODAY)
    assert message is not None
    found = BytesParser(policy=default).parsebytes(message.message().as_bytes())
    assert isinstance(found, Mime)
    return found


def texts(mail: Mime) -> tuple[str, str]:
    """Return the text and the HTML, each on one line."""
    parts = [mail.get_body((kind,)) for kind in ("plain", "html")]
    text, html = (" ".join(str(part.get_content()).split()) for part in parts if part is not None)
    return text, html


def test_the_question_has_a_button_a_way_out_and_nothing_that_counts() -> None:
    bulletin = asks(language="en")
    mail = read(bulletin)
    text, html = texts(mail)
    branch = bulletin.follower.top_ten.branch
    assert branch.name in mail["Subject"]
    assert branch.name in mail["From"]
    for part in (text, html):
        assert f"/tien/volgen/{bulletin.follower.key}/" in part
        assert f"/tien/stop/{bulletin.follower.key}/" in part
        assert "after 7 days" in part
    assert "<img" not in html
    # Mail programs show a button of their own for that.
    assert mail["List-Unsubscribe"].strip() == f"<{stop_address(bulletin.follower)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert len(html.encode()) < 20_000


def test_who_follows_already_is_told_so() -> None:
    bulletin = asks(language="en")
    following.confirm(key=bulletin.follower.key, today=TODAY)
    text, _html = texts(read(bulletin))
    assert "You follow it already" in text
    assert "/tien/volgen/" not in text


def test_news_tells_what_happened_with_a_link_to_each_pledge() -> None:
    bulletin = told(text="Er ligt een plan.\n<b>Kijk</b>", status="stuck", reason="no_money")
    pledge = pledge_of(bulletin.follower.top_ten)
    text, html = texts(read(bulletin))
    path = f"/tien/{pledge.top_ten.branch.slug}/1/"
    for part in (text, html):
        assert path in part
        assert "Er ligt een plan." in part
        assert f"/tien/stop/{bulletin.follower.key}/" in part
    assert "&lt;b&gt;Kijk" in html
    assert "1. " + pledge.title in html


def test_a_tip_and_a_correction_are_named_and_long_texts_end_somewhere() -> None:
    top_ten = public_ten()
    follower_of(top_ten, language="en")
    pledge = pledge_of(top_ten)
    tip = ProposedUpdate.objects.create(pledge=pledge, text="Gezien door mij", received_on=TODAY)
    wrong = update_of(pledge, text="Fout bericht")
    update_of(pledge, text="woord " * 300, corrects=wrong, proposal=tip)
    tell_followers(today=TODAY)
    text, _html = texts(read(Bulletin.objects.get()))
    assert "After a tip from a resident." in text
    assert "This corrects an earlier update." in text
    assert "Fout bericht" not in text
    assert "Gezien door mij" not in text
    assert text.count("woord") < 100


def test_many_updates_are_one_mail_with_a_number_for_the_rest(
    django_assert_max_num_queries: Any,
) -> None:
    top_ten = public_ten()
    follower_of(top_ten, language="en")
    for rank in (1, 2, 3):
        for number in range(5):
            update_of(pledge_of(top_ten, rank=rank), text=f"Bericht {rank}-{number}")
    tell_followers(today=TODAY)
    compose_now()
    delivery = Delivery.objects.get()
    with django_assert_max_num_queries(3):
        message = message_for(delivery=delivery, reminders=[], today=TODAY)
    assert message is not None
    assert "15" in str(message.subject)
    assert "There are 3 more" in str(message.body)
    assert str(message.body).count("Bericht ") == 12


@pytest.mark.parametrize(
    "gone",
    [
        lambda: ProgressUpdate.objects.update(withdrawn_on=TODAY),
        lambda: ProgressUpdate.objects.update(public=False),
        lambda: update_of(
            ProgressUpdate.objects.get().pledge, corrects=ProgressUpdate.objects.get()
        ),
        lambda: Bulletin.objects.get().follower.top_ten.__class__.objects.update(public_since=None),
    ],
    ids=["withdrawn", "private", "corrected", "page off"],
)
def test_when_nothing_is_left_to_tell_nothing_goes_and_nothing_is_tried_again(
    sink: Sink, gone: Any
) -> None:
    bulletin = told()
    compose_now()
    gone()
    send(days=DAYS)
    bulletin.refresh_from_db()
    assert (bulletin.state, states(), sink.kept) == ("dropped", ["withdrawn"], [])
    assert compose_now() == 0


def test_it_goes_out_once_and_says_so(sink: Sink) -> None:
    bulletin = told()
    for _minute in range(2):
        post()
    bulletin.refresh_from_db()
    assert (bulletin.state, len(sink.kept)) == ("sent", 1)
    assert sink.mails[0]["To"] == EMAIL


def test_who_stops_before_it_goes_gets_nothing(sink: Sink) -> None:
    bulletin = told()
    compose_now()
    assert Client().post(f"/tien/stop/{bulletin.follower.key}/").status_code == 302
    send(days=DAYS)
    assert (Delivery.objects.count(), sink.kept) == (0, [])


def test_an_address_that_does_not_work_is_flagged_and_tried_again_by_a_person(sink: Sink) -> None:
    bulletin = told()
    sink.answers["RCPT"] = f"550 5.1.1 no such user {EMAIL}"
    post()
    follower = Follower.objects.get()
    bulletin.refresh_from_db()
    assert (bulletin.state, follower.refused_on) == ("refused", TODAY)
    delivery = Delivery.objects.get()
    assert EMAIL not in delivery.error
    assert EMAIL not in delivery.to_words
    assert not Follower.objects.confirmed().exists()
    sink.answers.clear()
    by = UserFactory()
    assert sending.retry(delivery_id=delivery.pk, by=by, today=TODAY, now=NOW)
    assert AuditEntry.objects.filter(verb="notifications.bulletin_tried_again").count() == 1
    send(days=DAYS)
    bulletin.refresh_from_db()
    assert (bulletin.state, Follower.objects.get().refused_on) == ("sent", None)


def test_a_mail_that_comes_back_later_flags_the_address(sink: Sink) -> None:
    bulletin = told()
    post()
    assert len(sink.kept) == 1
    about = message_id(Delivery.objects.get().key)
    later = NOW + timedelta(days=DAYS + 1)
    assert bounces.record(
        recipient=EMAIL, why=f"gone: {EMAIL}", about=about, now=later, today=TODAY
    )
    bulletin.refresh_from_db()
    assert (bulletin.state, Follower.objects.get().refused_on) == ("refused", TODAY)
    assert EMAIL not in Delivery.objects.get().error


def test_a_clock_that_goes_back_tells_anew() -> None:
    told()
    compose_now()
    forgetting.forget_after(day=FIRST_DAY)
    assert (news(), Delivery.objects.count()) == ([], 0)
    assert tell_followers(today=TODAY) == 1


def test_a_mail_is_of_one_person_letter_or_bulletin() -> None:
    bulletin = asks()
    given = {"mail": "x", "day": TODAY, "send_after": NOW, "created_at": NOW, "key": "x"}
    with pytest.raises(IntegrityError, match="to_one_person"), transaction.atomic():
        Delivery.objects.create(recipient=UserFactory(), bulletin=bulletin, **given)


def test_no_header_can_be_slipped_in() -> None:
    bulletin = told()
    branch = bulletin.follower.top_ten.branch
    type(branch).objects.filter(pk=branch.pk).update(name="Stad\r\nBcc: x@voorbeeld.nl")
    pledge = pledge_of(bulletin.follower.top_ten)
    type(pledge).objects.filter(pk=pledge.pk).update(title="Punt\r\nBcc: y@voorbeeld.nl")
    mail = read(bulletin)
    assert mail["Bcc"] is None
    assert not re.search(r"[\r\n]", str(mail["Subject"]))


@pytest.mark.usefixtures("on_file")
def test_told_and_composed_by_twenty_at_once_it_is_one_mail(sink: Sink) -> None:
    top_ten = public_ten()
    for number in range(3):
        follower_of(top_ten, f"volger-{number}@voorbeeld.nl")
    update_of(pledge_of(top_ten))

    def act(_number: int) -> int:
        tell_followers(today=TODAY)
        return compose_now()

    assert sum(at_once(act)) == 3
    send(days=DAYS)
    assert sorted(str(message["To"]) for message in sink.mails) == [
        f"volger-{number}@voorbeeld.nl" for number in range(3)
    ]
