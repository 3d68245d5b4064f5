"""Themes and channels as services change them (R20 … R30), and until when input is open (R96)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from branches.models import AuditEntry, User
from consultation.enums import ChannelKind, Nature
from consultation.models import Channel, Consultation, Contribution, PostIt, Theme
from consultation.services import channels, themes
from consultation.services.channels import Description
from consultation.services.closing import close_input
from consultation.services.themes import Answers
from core.concurrency import Stale
from core.refusal import Refused
from process.models import Milestone, PartRecord
from tests.clock import FIRST_DAY
from tests.consultation_factories import (
    channel_of,
    consultation_of,
    contribution_of,
    gathering_of,
    session_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def names(consultation: Consultation) -> list[str]:
    rows = Theme.objects.current().filter(consultation=consultation)
    return [str(row) for row in rows.order_by("position", "id")]


def theme(consultation: Consultation, by: User, name: str = "Station") -> Theme:
    return themes.add_theme(
        consultation=consultation, answers=Answers(name=name), by=by, today=FIRST_DAY
    )


def parts(consultation: Consultation) -> set[str]:
    rows = PartRecord.objects.filter(milestone__timeline=consultation.timeline)
    return set(rows.values_list("part_key", flat=True))


def test_a_theme_of_their_own_comes_after_the_six(consultation: Consultation, ans: User) -> None:
    theme(consultation, ans)
    assert names(consultation)[-1] == "Station"
    assert len(names(consultation)) == 7


@pytest.mark.parametrize("name", ["", "Housing", "housing", "STATION"])
def test_a_theme_without_a_name_of_its_own_is_refused(
    consultation: Consultation, ans: User, name: str
) -> None:
    theme(consultation, ans)
    with pytest.raises(Refused):
        theme(consultation, ans, name)
    assert Theme.objects.filter(consultation=consultation).count() == 7


def test_two_branches_may_have_a_theme_of_one_name(consultation: Consultation, ans: User) -> None:
    theme(consultation, ans)
    assert str(theme(consultation_of(), ans)) == "Station"


def test_a_classic_theme_keeps_its_name_unless_it_gets_another(
    consultation: Consultation, ans: User
) -> None:
    row = consultation.themes.get(classic="housing")
    for revision, name, shown in ((0, "", "Housing"), (1, "Living", "Living"), (2, "", "Housing")):
        themes.change_theme(
            theme=row,
            answers=Answers(name=name, topical="Te weinig huizen."),
            revision=revision,
            by=ans,
            today=FIRST_DAY,
        )
        assert str(Theme.objects.get(pk=row.pk)) == shown
    assert Theme.objects.get(pk=row.pk).topical == "Te weinig huizen."


def test_the_second_saver_of_a_theme_overwrites_nothing(
    consultation: Consultation, ans: User
) -> None:
    row = theme(consultation, ans)
    first, second = (Answers(name="Station", warms=text) for text in ("De trein", "De kroeg"))
    themes.change_theme(theme=row, answers=first, revision=0, by=ans, today=FIRST_DAY)
    with pytest.raises(Stale):
        themes.change_theme(theme=row, answers=second, revision=0, by=ans, today=FIRST_DAY)
    assert Theme.objects.get(pk=row.pk).warms == "De trein"


def test_a_closed_theme_cannot_be_chosen_and_keeps_what_came_in(
    consultation: Consultation, ans: User
) -> None:
    row = theme(consultation, ans)
    contribution = contribution_of(consultation, theme=row)
    for _twice in range(2):
        themes.close_theme(theme=row, by=ans, today=FIRST_DAY)
    assert "Station" not in names(consultation)
    assert Contribution.objects.get(pk=contribution.pk).theme == row
    assert AuditEntry.objects.filter(verb="theme.closed").count() == 1
    themes.reopen_theme(theme=row, by=ans, today=FIRST_DAY)
    assert "Station" in names(consultation)


def test_the_last_theme_stays_open(consultation: Consultation, ans: User) -> None:
    *others, last = consultation.themes.all()
    for row in others:
        themes.close_theme(theme=row, by=ans, today=FIRST_DAY)
    with pytest.raises(Refused):
        themes.close_theme(theme=last, by=ans, today=FIRST_DAY)
    assert len(names(consultation)) == 1


def test_themes_change_places(consultation: Consultation, ans: User) -> None:
    row = theme(consultation, ans)
    before = names(consultation)
    themes.move_theme(theme=row, up=True, by=ans, today=FIRST_DAY)
    assert names(consultation) == [*before[:5], "Station", before[5]]
    themes.move_theme(theme=row, up=False, by=ans, today=FIRST_DAY)
    themes.move_theme(theme=row, up=False, by=ans, today=FIRST_DAY)
    assert names(consultation) == before


def test_a_closed_theme_is_passed_over_when_others_change_places(
    consultation: Consultation, ans: User
) -> None:
    row = theme(consultation, ans)
    between = consultation.themes.get(classic="sustainability")
    themes.close_theme(theme=between, by=ans, today=FIRST_DAY)
    themes.move_theme(theme=row, up=True, by=ans, today=FIRST_DAY)
    assert names(consultation)[-2:] == ["Station", "Education"]


def test_a_channel_is_open_from_its_first_day_and_its_kind_says_how(
    consultation: Consultation, ans: User
) -> None:
    for kind, nature in (
        (ChannelKind.FACEBOOK, Nature.DIGITAL),
        (ChannelKind.DOOR_TO_DOOR, Nature.PHYSICAL),
    ):
        row = channels.add(consultation=consultation, kind=kind, by=ans, today=FIRST_DAY)
        assert (row.nature, row.opened_on) == (nature, FIRST_DAY)
    row = channels.add(
        consultation=consultation,
        kind=ChannelKind.SURVEY,
        nature=Nature.PHYSICAL,
        name="Op papier",
        by=ans,
        today=FIRST_DAY,
    )
    assert row.nature == Nature.PHYSICAL


def test_there_is_one_form_and_one_mail_address(consultation: Consultation, ans: User) -> None:
    channels.add(consultation=consultation, kind=ChannelKind.MAIL, by=ans, today=FIRST_DAY)
    for kind in (ChannelKind.FORM, ChannelKind.MAIL):
        with pytest.raises(Refused):
            channels.add(consultation=consultation, kind=kind, name="2", by=ans, today=FIRST_DAY)


def test_two_of_a_kind_have_different_names(consultation: Consultation, ans: User) -> None:
    for name in ("Rode Nest", "Krant"):
        channels.add(
            consultation=consultation, kind=ChannelKind.SURVEY, name=name, by=ans, today=FIRST_DAY
        )
    with pytest.raises(Refused):
        channels.add(
            consultation=consultation,
            kind=ChannelKind.SURVEY,
            name="rode nest",
            by=ans,
            today=FIRST_DAY,
        )
    newspaper = Channel.objects.get(name="Krant")
    with pytest.raises(Refused):
        channels.change(
            channel=newspaper,
            description=Description(nature=Nature.DIGITAL, name="Rode Nest"),
            revision=0,
            by=ans,
            today=FIRST_DAY,
        )
    assert Channel.objects.filter(kind="survey").count() == 2


def test_the_form_is_opened_with_its_page_and_not_here(
    consultation: Consultation, ans: User
) -> None:
    form = consultation.channels.get(kind="form")
    with pytest.raises(Refused):
        channels.open_channel(channel=form, by=ans, today=FIRST_DAY)
    with pytest.raises(Refused):
        channels.close_channel(channel=form, by=ans, today=FIRST_DAY)
    assert Channel.objects.get(pk=form.pk).opened_on is None


def test_a_channel_opens_closes_and_opens_again(consultation: Consultation, ans: User) -> None:
    row = consultation.channels.get(kind="meeting")
    for _twice in range(2):
        channels.open_channel(channel=row, by=ans, today=FIRST_DAY)
    for _twice in range(2):
        channels.close_channel(channel=row, by=ans, today=FIRST_DAY)
    assert not Channel.objects.open().filter(pk=row.pk).exists()
    later = FIRST_DAY + timedelta(days=9)
    channels.open_channel(channel=row, by=ans, today=later)
    stored = Channel.objects.get(pk=row.pk)
    assert (stored.opened_on, stored.closed_on) == (FIRST_DAY, None)
    verbs = AuditEntry.objects.filter(verb__startswith="channel.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "channel.opened",
        "channel.closed",
        "channel.opened",
    ]


def test_a_channel_that_is_needed_is_found_opened_or_made(
    consultation: Consultation, ans: User
) -> None:
    def ready(kind: ChannelKind) -> Channel:
        return channels.ready(consultation=consultation, kind=kind, by=ans, today=FIRST_DAY)

    made = ready(ChannelKind.ORGANISATION)
    assert ready(ChannelKind.ORGANISATION) == made
    assert ready(ChannelKind.MEETING).opened_on == FIRST_DAY
    assert Channel.objects.filter(consultation=consultation).count() == 3


def test_the_milestone_hears_of_themes_and_channels(consultation: Consultation, ans: User) -> None:
    assert parts(consultation) == {"classic_themes"}
    own = theme(consultation, ans)
    meeting = consultation.channels.get(kind="meeting")
    channels.open_channel(channel=meeting, by=ans, today=FIRST_DAY)
    channels.add(consultation=consultation, kind=ChannelKind.X, by=ans, today=FIRST_DAY)
    expected = {"classic_themes", "local_themes", "digital_channel", "physical_channel"}
    assert parts(consultation) == expected | {"channels_open"}
    row = Milestone.objects.get(timeline=consultation.timeline, key="themes_and_channels")
    assert (row.progress_done, row.progress_total, row.status) == (4, 4, "started")
    themes.close_theme(theme=own, by=ans, today=FIRST_DAY)
    channels.close_channel(channel=meeting, by=ans, today=FIRST_DAY)
    assert parts(consultation) == {"classic_themes", "digital_channel", "channels_open"}


def test_without_one_of_the_six_the_fixed_themes_are_not_all_there(
    consultation: Consultation, ans: User
) -> None:
    row = consultation.themes.get(classic="care")
    themes.close_theme(theme=row, by=ans, today=FIRST_DAY)
    assert "classic_themes" not in parts(consultation)


def close(consultation: Consultation, by: User, day: date | None) -> Consultation:
    return close_input(
        consultation=consultation,
        closes_on=day,
        revision=consultation.revision,
        by=by,
        today=FIRST_DAY,
    )


def test_a_last_day_is_set_moved_and_taken_away(consultation: Consultation, ans: User) -> None:
    for day in (FIRST_DAY, FIRST_DAY + timedelta(days=30), None):
        close(consultation, ans, day)
        assert Consultation.objects.get(pk=consultation.pk).closes_on == day
    verbs = AuditEntry.objects.filter(verb__startswith="consultation.").order_by("pk")
    assert [row.verb for row in verbs][-3:] == [
        "consultation.closes",
        "consultation.closes",
        "consultation.stays_open",
    ]


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(days=1), date(2022, 3, 17), date.max])
def test_a_last_day_lies_between_today_and_polling_day(
    consultation: Consultation, ans: User, day: date
) -> None:
    with pytest.raises(Refused):
        close(consultation, ans, day)
    assert Consultation.objects.get(pk=consultation.pk).closes_on is None


def test_moving_the_last_day_on_takes_the_mark_late_from_what_is_in_time_now(
    consultation: Consultation, ans: User
) -> None:
    close(consultation, ans, FIRST_DAY)
    in_time, week, month = (
        contribution_of(consultation, today=FIRST_DAY + timedelta(days=days)) for days in (0, 7, 30)
    )
    assert (in_time.late, week.late, month.late) == (False, True, True)
    close(consultation, ans, FIRST_DAY + timedelta(days=10))
    marks = dict(Contribution.objects.values_list("pk", "late"))
    assert marks == {in_time.pk: False, week.pk: False, month.pk: True}


def test_moving_the_last_day_back_marks_nobody_late(consultation: Consultation, ans: User) -> None:
    close(consultation, ans, FIRST_DAY + timedelta(days=30))
    contribution_of(consultation, today=FIRST_DAY + timedelta(days=20))
    close(consultation, ans, FIRST_DAY + timedelta(days=10))
    assert not Contribution.objects.filter(late=True).exists()


def test_what_was_late_for_its_gathering_stays_so(consultation: Consultation, ans: User) -> None:
    session = session_of(gathering_of(consultation))
    row = contribution_of(consultation, channel=channel_of(consultation, "meeting"))
    PostIt.objects.create(session=session, contribution=row)
    Contribution.objects.filter(pk=row.pk).update(late=True)
    close(consultation, ans, FIRST_DAY + timedelta(days=30))
    assert Contribution.objects.get(pk=row.pk).late


def test_everything_with_a_status_meets_the_part_until_something_new_comes(
    consultation: Consultation,
    ans: User,
) -> None:
    row = contribution_of(consultation)
    assert "none_untouched" not in parts(consultation)
    Contribution.objects.filter(pk=row.pk).update(status="considered")
    close(consultation, ans, FIRST_DAY)
    assert "none_untouched" in parts(consultation)
    contribution_of(consultation)
    assert "none_untouched" not in parts(consultation)
