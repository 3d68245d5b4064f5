"""The default national template, held against the table of windows and the order checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from branches.enums import Role
from process.enums import DecisionKind, Phase
from process.rules.template import DEFAULT_TEMPLATE, MilestoneDefinition
from process.rules.timetable import StatutoryKey

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
BY_KEY = {milestone.key: milestone for milestone in DEFAULT_TEMPLATE}
EACH = pytest.mark.parametrize("milestone", DEFAULT_TEMPLATE, ids=lambda m: m.key)

# Key: phase, first week, last week, owner, second.
WINDOWS: dict[str, tuple[int, int, int, str, str]] = {
    "people_approached": (1, -64, -57, "board", ""),
    "committee_and_commission": (1, -58, -50, "board", ""),
    "previous_loaded": (2, -54, -48, "council_group", ""),
    "promises_assessed": (2, -50, -42, "council_group", ""),
    "carry_over_decided": (2, -42, -38, "council_group", "board"),
    "themes_and_channels": (3, -48, -44, "committee", ""),
    "input_open": (3, -44, -32, "committee", ""),
    "input_closed": (3, -32, -28, "committee", ""),
    "base_update_seen": (4, -40, -27, "committee", ""),
    "dilemmas_answered": (4, -32, -27, "committee", "board"),
    "draft_sent": (4, -27, -24, "committee", ""),
    "amendments_closed": (4, -23, -20, "committee", "board"),
    "programme_adopted": (5, -25, -13, "board", ""),
    "top_ten_agreed": (5, -20, -12, "committee", "council_group"),
    "candidate_list_set": (5, -19, -11, "board", ""),
    "candidates_endorse": (5, -16, -8, "board", ""),
    "negotiation_sheet": (7, 0, 12, "council_group", ""),
    "top_ten_under_way": (7, 1, 4, "council_group", ""),
    "final_account": (7, 146, 156, "council_group", ""),
}
# The table names one week for these; the window lies around it.
POINTS: dict[str, tuple[int, str]] = {
    "first_hundred_days": (14, ""),
    "half_year_1": (26, ""),
    "half_year_2": (52, ""),
    "half_year_3": (78, ""),
    "half_year_4": (104, ""),
    "half_way_review": (104, "board"),
    "half_year_5": (130, ""),
    "half_year_6": (156, ""),
    "half_year_7": (182, ""),
}
STATUTORY = ("name_registration", "nomination", "polling_day", "result", "new_council")

REQUIREMENTS: dict[str, str] = {
    "people_approached": "R7 R10-R14",
    "committee_and_commission": "R8 R9",
    "previous_loaded": "R38",
    "promises_assessed": "R39",
    "carry_over_decided": "R40 R41",
    "themes_and_channels": "R20-R30",
    "input_open": "R25 R81-R95",
    "input_closed": "R92-R97",
    "base_update_seen": "R72",
    "dilemmas_answered": "R36",
    "draft_sent": "R19 R31-R35 R45-R51",
    "amendments_closed": "R45",
    "programme_adopted": "R15",
    "top_ten_agreed": "R46 R58 R59",
    "candidate_list_set": "R16",
    "candidates_endorse": "R17",
    "negotiation_sheet": "R3",
    "top_ten_under_way": "R59",
    "first_hundred_days": "R59",
    "final_account": "R38",
} | {f"half_year_{number}": "R59" for number in range(1, 8)}

PARTS: dict[str, tuple[str, ...]] = {
    "people_approached": ("people_list", "mix_view"),
    "committee_and_commission": (
        "convening_notice",
        "committee_appointed",
        "commission_set",
        "commission_text",
    ),
    "previous_loaded": ("programme_with_measures",),
    "promises_assessed": ("all_verdicts", "evidence"),
    "carry_over_decided": ("no_open_carry_over",),
    "themes_and_channels": (
        "classic_themes",
        "local_themes",
        "digital_channel",
        "physical_channel",
    ),
    "input_open": ("channels_open", "gathering"),
    "input_closed": ("none_untouched",),
    "base_update_seen": ("update_seen",),
    "dilemmas_answered": ("no_open_dilemma",),
    "draft_sent": ("draft_version", "checks_clean"),
    "amendments_closed": ("pre_advice",),
    "programme_adopted": ("convening_notice", "adoption_decided", "frozen_version"),
    "top_ten_agreed": ("convening_notice", "exactly_ten", "owner_each", "top_ten_decided"),
    "candidate_list_set": ("convening_notice", "list_decided"),
    "candidates_endorse": ("endorsements",),
    "top_ten_under_way": ("first_update",),
    "first_hundred_days": ("update_per_pledge",),
    "final_account": ("final_verdict_pledges", "final_verdict_measures"),
} | {f"half_year_{number}": ("update_per_pledge",) for number in range(1, 8)}

# Earlier and later by their targets; the candidate list may be set on the evening of the programme.
STRICTLY_BEFORE = (
    ("people_approached", "committee_and_commission"),
    ("committee_and_commission", "input_open"),
    ("committee_and_commission", "draft_sent"),
    ("committee_and_commission", "programme_adopted"),
    ("previous_loaded", "promises_assessed"),
    ("promises_assessed", "carry_over_decided"),
    ("themes_and_channels", "input_open"),
    ("carry_over_decided", "draft_sent"),
    ("input_closed", "draft_sent"),
    ("base_update_seen", "draft_sent"),
    ("dilemmas_answered", "draft_sent"),
    ("draft_sent", "amendments_closed"),
    ("amendments_closed", "programme_adopted"),
    ("programme_adopted", "top_ten_agreed"),
    ("candidate_list_set", "candidates_endorse"),
)


def target(key: str) -> int:
    week = BY_KEY[key].target_week
    assert week is not None
    return week


def sentences(text: str) -> list[str]:
    return re.findall(r"\S.*?[.?!](?=\s|$)", text)


def expand(cited: str) -> list[str]:
    numbers: list[str] = []
    for piece in cited.split():
        ends = [int(end.removeprefix("R")) for end in piece.split("-")]
        numbers += [f"R{number}" for number in range(ends[0], ends[-1] + 1)]
    return numbers


def texts(milestone: MilestoneDefinition) -> list[tuple[str, str]]:
    return [
        (milestone.title_nl, milestone.title_en),
        (milestone.why_nl, milestone.why_en),
        (milestone.how_nl, milestone.how_en),
        *((part.label_nl, part.label_en) for part in milestone.parts),
    ]


def test_the_keys_are_these_and_each_comes_once() -> None:
    keys = [milestone.key for milestone in DEFAULT_TEMPLATE]
    assert sorted(keys) == sorted([*WINDOWS, *POINTS, *STATUTORY])
    assert len(keys) == 33


@pytest.mark.parametrize("key", WINDOWS)
def test_the_windows_and_the_owners_are_those_of_the_table(key: str) -> None:
    it = BY_KEY[key]
    assert (it.phase, it.start_week, it.end_week, it.owner_role, it.second_role) == WINDOWS[key]


@pytest.mark.parametrize("key", POINTS)
def test_a_single_week_of_the_table_is_the_target_with_two_weeks_either_side(key: str) -> None:
    week, second = POINTS[key]
    it = BY_KEY[key]
    assert (it.start_week, it.target_week, it.end_week) == (week - 2, week, week + 2)
    assert (it.phase, it.owner_role, it.second_role) == (7, "council_group", second)


@pytest.mark.parametrize("key", STATUTORY)
def test_a_day_of_the_law_has_no_weeks(key: str) -> None:
    it = BY_KEY[key]
    assert it.statutory_key == StatutoryKey(key)
    assert (it.start_week, it.target_week, it.end_week) == (None, None, None)
    assert (it.phase, it.owner_role, it.second_role) == (6, "board", "")
    assert it.parts == ()


def test_only_the_days_of_the_law_point_at_the_timetable() -> None:
    assert [m.key for m in DEFAULT_TEMPLATE if m.statutory_key] == list(STATUTORY)


@pytest.mark.parametrize("key", [*WINDOWS, *POINTS])
def test_the_target_lies_in_its_window(key: str) -> None:
    it = BY_KEY[key]
    assert it.start_week is not None
    assert it.end_week is not None
    assert it.start_week <= target(key) <= it.end_week


def test_adoption_is_planned_nineteen_weeks_ahead() -> None:
    assert target("programme_adopted") == -19


@pytest.mark.parametrize(("earlier", "later"), STRICTLY_BEFORE)
def test_the_planned_weeks_hold_the_order(earlier: str, later: str) -> None:
    assert target(earlier) < target(later)


def test_the_list_never_comes_before_the_programme_and_the_ten_come_before_polling_day() -> None:
    assert target("programme_adopted") <= target("candidate_list_set")
    assert target("top_ten_agreed") < 0


def test_phases_follow_each_other_and_weeks_rise_within_a_phase() -> None:
    phases = [milestone.phase for milestone in DEFAULT_TEMPLATE]
    assert phases == sorted(phases)
    assert set(phases) == set(Phase.values)
    for phase in Phase.values:
        weeks = [
            m.target_week
            for m in DEFAULT_TEMPLATE
            if m.phase == phase and m.target_week is not None
        ]
        assert weeks == sorted(weeks)


@EACH
def test_it_cites_the_requirements_of_the_table(milestone: MilestoneDefinition) -> None:
    assert list(milestone.requirements) == expand(REQUIREMENTS.get(milestone.key, ""))
    assert all(1 <= int(cited.removeprefix("R")) <= 100 for cited in milestone.requirements)
    assert len(set(milestone.requirements)) == len(milestone.requirements)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared lists are not here")
def test_every_cited_requirement_is_in_the_list_of_requirements() -> None:
    listed = set(
        re.findall(r"^\| (R\d+) \|", (SHARED / "requirements.md").read_text("utf-8"), re.MULTILINE)
    )
    cited = {number for milestone in DEFAULT_TEMPLATE for number in milestone.requirements}
    assert len(listed) == 100
    assert cited <= listed


@EACH
def test_the_parts_are_those_of_the_table(milestone: MilestoneDefinition) -> None:
    keys = [part.key for part in milestone.parts]
    assert tuple(keys) == PARTS.get(milestone.key, ())
    assert len(set(keys)) == len(keys)


def test_five_parts_are_met_by_a_decision_of_the_members() -> None:
    decided = {
        (milestone.key, part.key): part.decision_kind
        for milestone in DEFAULT_TEMPLATE
        for part in milestone.parts
        if part.decision_kind
    }
    assert decided == {
        ("committee_and_commission", "committee_appointed"): DecisionKind.APPOINT_COMMITTEE,
        ("committee_and_commission", "commission_set"): DecisionKind.SET_COMMISSION,
        ("programme_adopted", "adoption_decided"): DecisionKind.ADOPT_PROGRAMME,
        ("top_ten_agreed", "top_ten_decided"): DecisionKind.AGREE_TOP_TEN,
        ("candidate_list_set", "list_decided"): DecisionKind.SET_CANDIDATE_LIST,
    }


@EACH
def test_a_notice_is_asked_where_the_members_decide_and_nowhere_else(
    milestone: MilestoneDefinition,
) -> None:
    asks_notice = "convening_notice" in {part.key for part in milestone.parts}
    assert asks_notice == any(part.decision_kind for part in milestone.parts)


@EACH
def test_both_languages_are_there_and_differ(milestone: MilestoneDefinition) -> None:
    for dutch, english in texts(milestone):
        assert dutch.strip() == dutch != ""
        assert english.strip() == english != ""
        assert dutch != english
        assert "  " not in dutch + english
        # Typographic quotes only, as on every page.
        assert not set("'\"") & set(dutch + english)


@EACH
def test_why_is_two_sentences_and_how_is_one_to_three(milestone: MilestoneDefinition) -> None:
    for why in (milestone.why_nl, milestone.why_en):
        assert len(sentences(why)) == 2
        assert "".join(sentences(why)).replace(" ", "") == why.replace(" ", "")
    assert 1 <= len(sentences(milestone.how_nl)) <= 3
    assert len(sentences(milestone.how_en)) == len(sentences(milestone.how_nl))


@EACH
def test_it_fits_the_columns_and_the_eye(milestone: MilestoneDefinition) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", milestone.key)
    assert max(len(milestone.title_nl), len(milestone.title_en)) <= 45
    assert not milestone.title_nl.endswith(".")
    for part in milestone.parts:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", part.key)
        assert max(len(part.label_nl), len(part.label_en)) <= 160
    assert milestone.owner_role in Role.values
    assert milestone.second_role in {"", *Role.values}
    assert milestone.second_role != milestone.owner_role


@EACH
def test_it_speaks_of_no_single_election(milestone: MilestoneDefinition) -> None:
    for pair in texts(milestone):
        assert not re.search(r"\b(19|20)\d\d\b", " ".join(pair))


def test_titles_and_texts_are_not_repeated() -> None:
    for column in ("title_nl", "title_en", "why_nl", "why_en", "how_nl", "how_en"):
        values = [getattr(milestone, column) for milestone in DEFAULT_TEMPLATE]
        assert len(set(values)) == len(values)
