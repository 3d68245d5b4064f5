"""What the domain of the sender says about mail in its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from notifications.checking.finding import Finding, advice, good, unseen, wrong
from notifications.checking.names import CannotSee, Names
from notifications.rules import domain_records as records

SHORT_KEY, GOOD_KEY = 1024, 2048
ASK_PROVIDER = "Ask your mail provider for the record, and have it put in the domain's DNS."


def look(*, domain: str, names: Names, server: str, selectors: list[str]) -> Iterator[Finding]:
    """Return what can be seen of a domain that mail is sent from.

    Args:
        domain: of the sender's address.
        names: who is asked.
        server: the host that mail is handed to; empty when a provider takes it.
        selectors: where the DKIM key is to be found; empty: the usual places are tried.
    """
    parts: tuple[Callable[[], Iterable[Finding]], ...] = (
        lambda: _mail_servers(domain, names),
        lambda: _spf(domain, names, server),
        lambda: _dkim(domain, names, selectors),
        lambda: _dmarc(domain, names),
        lambda: _reverse(server, names),
    )
    for part in parts:
        try:
            yield from part()
        except CannotSee as error:
            yield unseen(f"The records of {domain} could not all be seen: {error}.", _AGAIN)


_AGAIN = "Try again from a machine with internet and a working name server."


def recipient(*, domain: str, names: Names) -> Finding:
    """Say whether a domain takes mail at all."""
    try:
        servers = names.mail_servers(domain)
        if servers == ["."]:
            return wrong(f"{domain} says that it takes no mail.", "Look at the address.")
        if servers or names.addresses(domain):
            return good(f"{domain} takes mail ({servers[0] if servers else domain}).")
    except CannotSee as error:
        return unseen(f"Whether {domain} takes mail could not be seen: {error}.", _AGAIN)
    return wrong(f"{domain} has no mail server.", "Look for a typing error in the address.")


def _mail_servers(domain: str, names: Names) -> Iterator[Finding]:
    servers = names.mail_servers(domain)
    if servers and servers != ["."]:
        yield good(f"Answers and bounces can reach {domain} ({servers[0]}).")
    else:
        yield wrong(
            f"{domain} takes no mail: answers and bounces get lost, and many refuse such a sender.",
            "Send from a domain that has a mailbox (an MX record).",
        )


def _spf(domain: str, names: Names, server: str) -> Iterator[Finding]:
    found = records.spf_records(names.texts(domain))
    if not found:
        yield wrong(f"{domain} has no SPF record: it does not say who may send.", ASK_PROVIDER)
        return
    if len(found) > 1:
        yield wrong(
            f"{domain} has {len(found)} SPF records, and then none of them counts.",
            "Put them together into one.",
        )
        return
    ends = [term.sign for term in records.spf_terms(found[0]) if term.kind == "all"]
    if ends == ["+"]:
        yield wrong(f"The SPF record of {domain} lets everybody send (+all).", "End it with ~all.")
        return
    try:
        named = _allowed(domain, names, names.addresses(server)) if server else None
    except _TooManyQuestions:
        yield wrong(
            f"The SPF record of {domain} asks more than ten questions, and then it does not count.",
            "Leave out providers that you no longer use.",
        )
        return
    if named:
        yield good(f"The SPF record of {domain} names the mail server {server}.")
    elif named is None:
        yield good(f"{domain} has an SPF record. Whether it names your provider: compare it.")
    else:
        yield advice(
            f"The SPF record of {domain} does not name {server}.",
            "Fine if your provider sends from other machines and those are named; "
            "else: " + ASK_PROVIDER[0].lower() + ASK_PROVIDER[1:],
        )


class _TooManyQuestions(Exception):
    """An SPF record that asks more than ten questions is void."""


def _allowed(domain: str, names: Names, addresses: list[str]) -> bool | None:
    """Tell whether a domain's SPF record names one of the addresses; None without addresses."""
    asked = 0

    def lets(of: str) -> bool:
        nonlocal asked
        found = records.spf_records(names.texts(of))
        for term in records.spf_terms(found[0]) if len(found) == 1 else ():
            if term.asks:
                asked += 1
                if asked > records.MOST_QUESTIONS:
                    raise _TooManyQuestions
            if _matches(term, of):
                return term.sign == "+"
        return False

    def _matches(term: records.SpfTerm, of: str) -> bool:
        host = term.value.partition("/")[0] or of
        if term.kind in {"include", "redirect"}:
            return "%" not in host and lets(host)
        if term.kind == "a":
            return bool(set(names.addresses(host)) & set(addresses))
        if term.kind == "mx":
            return any(set(names.addresses(one)) & set(addresses) for one in _mx(names, host))
        return any(term.holds(address) for address in addresses)

    result = lets(domain)
    return result if addresses else None


def _mx(names: Names, host: str) -> list[str]:
    return names.mail_servers(host)[: records.MOST_QUESTIONS]


def _dkim(domain: str, names: Names, selectors: list[str]) -> Iterator[Finding]:
    found = {
        one: key
        for one in selectors or records.USUAL_SELECTORS
        if (key := records.dkim_key(names.texts(f"{one}._domainkey.{domain}"))) is not None
    }
    if not found and selectors:
        yield wrong(f"{domain} has no DKIM key at {', '.join(selectors)}.", ASK_PROVIDER)
    elif not found:
        yield unseen(
            f"No DKIM key of {domain} was found in the usual places.",
            "Ask your mail provider for the name of the key and give it with --selector.",
        )
    for selector, key in found.items():
        yield _judged(f"The DKIM key {selector} of {domain}", key)


def _judged(what: str, key: records.DkimKey) -> Finding:
    if not key.key:
        return wrong(f"{what} was withdrawn (it is empty).", ASK_PROVIDER)
    bits = _bits(key)
    if bits is None:
        return wrong(f"{what} cannot be read.", ASK_PROVIDER)
    if bits < SHORT_KEY:
        return wrong(f"{what} is too short ({bits} bits).", "Make one of 2048 bits.")
    if key.testing:
        return advice(f"{what} says that it is only a test (t=y).", "Take that out once it works.")
    if bits < GOOD_KEY:
        return advice(f"{what} is short ({bits} bits).", "Make one of 2048 bits when it suits you.")
    return good(f"{what} is there. Whether mails are signed with it: look at a test mail (--send).")


def _bits(key: records.DkimKey) -> int | None:
    """Return how strong a key is, counted as RSA counts; None when it is none."""
    if key.kind == "ed25519":
        return GOOD_KEY if len(key.key) == 32 else None  # noqa: PLR2004 - RFC 8463
    try:
        loaded = load_der_public_key(key.key)
    except ValueError:
        return None
    return loaded.key_size if isinstance(loaded, RSAPublicKey) else None


def _dmarc(domain: str, names: Names) -> Iterator[Finding]:
    labels = domain.split(".")
    # The domain itself, else the one that it stands under.
    for above in range(max(1, len(labels) - 1)):
        at = ".".join(labels[above:])
        texts = names.texts(f"_dmarc.{at}")
        policy = records.dmarc_policy(texts)
        if policy in {"quarantine", "reject"}:
            yield good(f"{at} has a DMARC policy ({policy}).")
            return
        if policy == "none":
            yield advice(
                f"The DMARC policy of {at} asks for nothing (p=none).",
                "Fine to begin with; make it quarantine once SPF and DKIM are right.",
            )
            return
        if any("dmarc1" in text.lower() for text in texts):
            yield wrong(f"The DMARC record of {at} cannot be read, or there are two.", ASK_PROVIDER)
            return
    yield wrong(
        f"{domain} has no DMARC policy; the large mailbox providers ask for one.",
        f"Begin with a TXT record at _dmarc.{domain}: v=DMARC1; p=none",
    )


def _reverse(server: str, names: Names) -> Iterator[Finding]:
    if not server:
        return
    for address in names.addresses(server):
        back = names.names_of(address)
        if any(address in names.addresses(one) for one in back):
            yield good(f"{address} of {server} goes by the name {back[0]}, which leads back to it.")
        else:
            yield advice(
                f"{address} of {server} has no name that leads back to it (PTR).",
                "It matters if this machine itself delivers mail: ask who gave you the address.",
            )
