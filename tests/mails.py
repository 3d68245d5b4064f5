"""Mails as people and programs write them; all invented."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

LINES_END = SMTP.clone(linesep="\n", max_line_length=200)


def mail(
    text: str = "Een bankje bij de vijver, graag.",
    *,
    sender: str = "Jan Jansen <jan@voorbeeld.nl>",
    subject: str = "Een idee",
    message_id: str = "<een@voorbeeld.nl>",
    html: str = "",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """Return a mail; a header's name is given with ``_`` for ``-``."""
    message = EmailMessage(policy=LINES_END)
    if sender:
        message["From"] = sender
    message["To"] = "inbreng@afdeling.voorbeeld.nl"
    message["Date"] = "Mon, 04 Oct 2021 10:00:00 +0200"
    if subject:
        message["Subject"] = subject
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def numbered(count: int, *, first: int = 0) -> list[bytes]:
    """Return so many mails, each unlike the others and from somebody else."""
    return [
        mail(
            f"Wens nummer {number}.",
            sender=f"Persoon {number} <persoon{number}@voorbeeld.nl>",
            message_id=f"<{number}@voorbeeld.nl>",
        )
        for number in range(first, first + count)
    ]
