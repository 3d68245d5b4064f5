"""A QR code as a drawing of its own: no inline style, which the pages' policy refuses."""

from __future__ import annotations

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M


def qr_svg(text: str, *, label: str) -> SafeString:
    """Draw a text, black on white with the empty border that readers need.

    Args:
        text: what a phone reads; an address.
        label: what it is, for who does not see it.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    path = "".join(_runs(row, y) for y, row in enumerate(rows))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" aria-label="{label}" '
        'viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        '<rect width="{size}" height="{size}" fill="#fff"/><path fill="#000" d="{path}"/></svg>',
        label=label,
        size=len(rows),
        path=path,
    )


def _runs(row: list[bool], y: int) -> str:
    """Return the dark stretches of one row: one piece each, so that no seams show in print."""
    pieces, start = [], None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            pieces.append(f"M{start} {y}h{x - start}v1H{start}z")
            start = None
    return "".join(pieces)
