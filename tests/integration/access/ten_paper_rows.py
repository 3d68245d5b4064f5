"""Rows of the top ten: on paper, and the final account."""

from __future__ import annotations

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import BOTH, INSIDE, OFFICE, PAGE, WRITE, Row, give, to

SEEN = give(PAGE, *INSIDE, *OFFICE)
DELIVER = (Persona.BOARD, Persona.COUNCIL_GROUP)


def _agreed(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.ten.agreed.pk}


def _pledge(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.ten.pledge.pk}


def _verdict(world: World) -> dict[str, object]:
    return {
        "verdict": "not_delivered",
        "reason": "no_majority",
        "text": "De raad stemde tegen.",
        "revision": world.a.ten.pledge.revision,
    }


ROWS: list[Row] = [
    Row(
        name="evaluation:ten_paper",
        permission="evaluation.view_ten",
        kwargs=_agreed,
        get=SEEN,
    ),
    Row(
        name="evaluation:ten_paper_docx",
        permission="evaluation.view_ten",
        kwargs=_agreed,
        get=SEEN,
    ),
    Row(
        name="evaluation:ten_paper_pdf",
        permission="evaluation.view_ten",
        kwargs=_agreed,
        get=SEEN,
    ),
    Row(
        name="evaluation:ten_account",
        permission="evaluation.view_ten",
        kwargs=_agreed,
        get=SEEN,
    ),
    Row(
        name="evaluation:ten_account_begin",
        permission="evaluation.deliver",
        kwargs=_agreed,
        methods=WRITE,
        post=give(to("evaluation:deal"), *DELIVER),
    ),
    Row(
        name="evaluation:ten_account_give",
        permission="evaluation.deliver",
        kwargs=_agreed,
        methods=WRITE,
        post=give(to("evaluation:ten_account"), *DELIVER),
    ),
    Row(
        name="evaluation:pledge_verdict",
        permission="evaluation.deliver",
        kwargs=_pledge,
        methods=BOTH,
        data=_verdict,
        get=give(PAGE, *DELIVER),
        post=give(to("evaluation:pledge_verdict"), *DELIVER),
    ),
]
