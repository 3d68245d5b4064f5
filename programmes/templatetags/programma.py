"""Words for templates: reasons and doubts, places to fill in, links that may be followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from programmes import base_words, preview_words, wording
from programmes.enums import BaseChoice
from programmes.rules.blocks import Role
from programmes.rules.document import Remark, Why
from programmes.rules.outline import Run, anchor_of
from programmes.rules.three_way import Piece, Standing

register = template.Library()

# A host name and perhaps a path, without "https://" before it.
_BARE = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?:[/?#]|\Z)", re.IGNORECASE | re.ASCII)


@register.simple_tag(takes_context=True)
def door_url(context: Context, name: str, *args: object) -> str:
    """Return the address of a page behind the door that this page was opened through."""
    return str(context["door"].url(name, *args))


@register.filter
def marks(pieces: Iterable[Piece], tag: str) -> SafeString:
    """Write a text in pieces, what differs in an element ``del``, ``ins`` or ``mark``."""
    assert tag in ("del", "ins", "mark"), tag  # noqa: S101 - a mistake in a template
    element = format_html("<{0}>{{}}</{0}>", tag)
    return format_html_join(
        "",
        "{}",
        ((format_html(element, one.text) if one.differs else one.text,) for one in pieces),
    )


@register.filter
def choice_button(choice: BaseChoice) -> str:
    """Name what a branch can do with a measure of the base programme, on a button."""
    return str(base_words.CHOICES[choice])


@register.filter
def standing_words(standing: Standing) -> str:
    """Say how an own text stands towards the new one."""
    return str(base_words.STANDINGS[standing])


@register.filter
def anchor(key: str) -> str:
    """Return a block's key as the name of its place on the page."""
    return anchor_of(key)


@register.filter
def why_words(why: Why) -> str:
    """Say why something was left out."""
    return wording.why_words(why)


@register.filter
def remark_words(remark: Remark) -> str:
    """Say what a person should look at."""
    return wording.remark_words(remark)


@register.filter
def role_button(role: Role) -> str:
    """Name a role on a button."""
    return str(preview_words.ROLE_BUTTONS[role])


@register.filter
def role_name(role: Role) -> str:
    """Name a role in a sentence."""
    return str(preview_words.ROLE_NAMES[role])


@register.filter
def filled(text: str, placeholders: Sequence[str]) -> SafeString:
    """Write a text with its places to fill in marked, for the eye and for a screen reader.

    Args:
        text: plain; it is escaped.
        placeholders: as they stand in the text, in order, repeated as often as they occur.
    """
    words = _("still to be filled in")
    pieces: list[SafeString] = []
    at = 0
    for one in placeholders:
        found = text.find(one, at) if one else -1
        if found < 0:
            continue
        pieces.append(
            format_html(
                '{}<mark class="to-fill">{}<span class="visually-hidden"> ({})</span></mark>',
                text[at:found],
                one,
                words,
            )
        )
        at = found + len(one)
    pieces.append(format_html("{}", text[at:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def holds(run: Run, key: str) -> bool:
    """Tell whether an item with this key stands in a fold."""
    return bool(key) and any(item.key == key for item in run.items)


@register.filter
def address(link: str) -> str:
    """Return where a link from a document leads; empty for what may be no link on our page.

    http and https alone; what was printed without, as "www.voorbeeld.nl/pad", is https.
    """
    whole = f"https://{link}" if _BARE.match(link) else link
    try:
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in ("http", "https") and parts.hostname else ""


@register.filter
def at(numbers: Mapping[int, int], key: int) -> int | str:
    """Return what stands under a key; nothing when there is none."""
    return numbers.get(key, "")
