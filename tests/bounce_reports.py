"""Reports of mails that did not arrive, as mail servers write them; all invented."""

from __future__ import annotations

POSTFIX = """\
From: MAILER-DAEMON@mx.voorbeeld.nl (Mail Delivery System)
To: terug@rodedraad.voorbeeld.nl
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.voorbeeld.nl
X-Postfix-Queue-ID: 4XyZ
Arrival-Date: Mon,  4 Oct 2021 08:00:01 +0200 (CEST)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.elders.nl
Diagnostic-Code: smtp; {words}

--grens
Content-Type: {original}

Return-Path: <terug@rodedraad.voorbeeld.nl>
Message-ID: {message_id}
To: {recipient}
Subject: Nog 12 dagen

--grens--
"""
HARD = "550 5.1.1 <iemand>: Recipient address rejected: User unknown"


def report(
    *,
    recipient: str,
    message_id: str = "<digest-1-2021-10-04@localhost>",
    status: str = "5.1.1",
    action: str = "failed",
    words: str = HARD,
    original: str = "text/rfc822-headers",
) -> bytes:
    """Return a report as Postfix writes it; Exchange and Exim differ in the text part alone."""
    return POSTFIX.format(
        recipient=recipient,
        message_id=message_id,
        status=status,
        action=action,
        words=words,
        original=original,
    ).encode()
