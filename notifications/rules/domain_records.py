"""What a domain says about its mail: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489)."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from dataclasses import dataclass
from typing import Final

# Where providers usually put the key that mails are signed with.
USUAL_SELECTORS: Final = (
    *("default", "dkim", "mail", "smtp", "email", "key1", "mx", "rodedraad"),
    *("selector1", "selector2", "google", "k1", "k2", "k3", "s1", "s2", "pm", "mailjet", "mte1"),
    *("sib", "brevo1", "brevo2", "mandrill", "protonmail", "zoho", "scph0123", "resend", "fm1"),
    *("tem", "ovhmo1", "transip", "transip-a", "s1024", "s2048", "mlsend", "litesrv"),
)
# Mechanisms that cost a question; an eleventh makes the whole record void (§4.6.4).
MOST_QUESTIONS: Final = 10
_ASKING: Final = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_TERM = re.compile(
    r"(?P<sign>[+?~-]?)(?P<kind>[A-Za-z0-9_.-]+)(?:(?P<mark>[:=])(?P<value>[^/\s]*))?"
    r"(?P<mask>/.*)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfTerm:
    """One term of an SPF record: ``~all``, ``include:example.nl``, ``ip4:192.0.2.0/24``.

    Attributes:
        sign: what a match means: "+" pass, "-" fail, "~" soft fail, "?" neutral.
        kind: the mechanism or modifier, in lower case.
        value: what stands after it, with the mask of an address.
    """

    sign: str
    kind: str
    value: str

    @property
    def asks(self) -> bool:
        """Tell whether it costs a question."""
        return self.kind in _ASKING

    def holds(self, address: str) -> bool:
        """Tell whether an ``ip4`` or ``ip6`` term names this address."""
        if self.kind not in {"ip4", "ip6"}:
            return False
        try:
            return ipaddress.ip_address(address) in ipaddress.ip_network(self.value, strict=False)
        except (ValueError, TypeError):
            return False


def spf_records(texts: list[str]) -> list[str]:
    """Return the SPF records among TXT records; more than one makes all of them void (§4.5)."""
    return [one for one in texts if one.lower() == "v=spf1" or one.lower().startswith("v=spf1 ")]


def spf_terms(record: str) -> list[SpfTerm]:
    """Return the terms of an SPF record in their order; what cannot be read is left out."""
    found = []
    for word in record.split()[1:]:
        term = _TERM.fullmatch(word)
        if term:
            value = (term["value"] or "") + (term["mask"] or "")
            sign = term["sign"] or "+"
            found.append(SpfTerm(sign=sign, kind=term["kind"].lower(), value=value))
    return found


def tags(record: str) -> dict[str, str]:
    """Return the ``name=value`` pairs of a DKIM or DMARC record, names in lower case."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, equals, value in pairs if equals}


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimKey:
    """A published key. ``key`` is its DER form; empty: withdrawn."""

    kind: str
    key: bytes
    testing: bool


def dkim_key(texts: list[str]) -> DkimKey | None:
    """Return the key among TXT records; ``None`` when there is none that can be read."""
    for text in texts:
        found = tags(text)
        if "p" not in found or found.get("v", "DKIM1").upper() != "DKIM1":
            continue
        try:
            key = base64.b64decode("".join(found["p"].split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        flags = found.get("t", "").lower().split(":")
        return DkimKey(kind=found.get("k", "rsa").lower(), key=key, testing="y" in flags)
    return None


def dmarc_policy(texts: list[str]) -> str | None:
    """Return "none", "quarantine" or "reject"; ``None`` without exactly one valid record."""
    records = [tags(text) for text in texts if text.lower().replace(" ", "").startswith("v=dmarc1")]
    if len(records) != 1:
        return None
    policy = records[0].get("p", "").lower()
    return policy if policy in {"none", "quarantine", "reject"} else None
