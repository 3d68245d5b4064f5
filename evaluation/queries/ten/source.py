"""Whether the measures that a top ten was chosen from still say the same (R46).

A pledge holds the text of its measure as it was when the pledge's own text was last held against
it. A later version of the programme may say it in other words, or leave it out.
"""

from __future__ import annotations

from evaluation.models import TopTen
from programmes.models import Measure


def newest_texts(top_ten: TopTen) -> dict[int, str | None]:
    """Return what the newest version of the programme says of each pledge and candidate.

    Two queries, however many versions there are: a measure keeps its identity from one version to
    the next, and only the newest has none after it.

    Args:
        top_ten: whose pledges.

    Returns:
        The measure's text by the pledge's id; None: it is not in the programme any more.
    """
    rows = list(top_ten.pledges.values_list("pk", "measure__identity"))
    identities = {identity for _pk, identity in rows}
    texts = dict(
        Measure.objects.current()
        .filter(
            identity__in=identities,
            programme__branch=top_ten.branch_id,
            programme__next_version=None,
        )
        .values_list("identity", "text")
    )
    return {pk: texts.get(identity) for pk, identity in rows}


def changed_sources(top_ten: TopTen) -> set[int]:
    """Return the ids of pledges and candidates whose measure says something else by now.

    Args:
        top_ten: whose pledges.
    """
    newest = newest_texts(top_ten)
    held = top_ten.pledges.values_list("pk", "source_text")
    return {pk for pk, text in held if newest.get(pk) != text}
