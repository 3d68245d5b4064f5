"""Asking the domain name system, with an answer or a clear "cannot be seen", soon."""

from __future__ import annotations

from typing import Any

import dns.exception
import dns.name
import dns.resolver
import dns.reversename

# Seconds for one question, all name servers and repetitions together.
PATIENCE = 5.0


class CannotSee(Exception):
    """No name server answered; the text says which question."""


class Names:
    """Questions about domains.

    Args:
        server: address of a name server; empty: those of this machine.
        port: its port.
    """

    def __init__(self, *, server: str = "", port: int = 53) -> None:
        self._resolver: dns.resolver.Resolver | None
        try:
            self._resolver = dns.resolver.Resolver(configure=not server)
        except dns.exception.DNSException:
            # A machine without any name server.
            self._resolver = None
            return
        if server:
            self._resolver.nameservers = [server]
            self._resolver.port = port
        self._resolver.lifetime = PATIENCE

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, each with its pieces put together."""
        return [
            b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")
        ]

    def mail_servers(self, domain: str) -> list[str]:
        """Return the names of a domain's mail servers, the preferred first; "." is none at all."""
        found = sorted(self._ask(domain, "MX"), key=lambda record: record.preference)
        return [str(record.exchange).rstrip(".") or "." for record in found]

    def addresses(self, host: str) -> list[str]:
        """Return the IPv4 and IPv6 addresses of a host."""
        return [str(record) for kind in ("A", "AAAA") for record in self._ask(host, kind)]

    def names_of(self, address: str) -> list[str]:
        """Return the names that an IP address goes by (PTR)."""
        question = dns.reversename.from_address(address)
        return [str(record).rstrip(".").lower() for record in self._ask(str(question), "PTR")]

    def _ask(self, name: str, kind: str) -> list[Any]:
        """Return the records; none when there are none.

        Raises:
            CannotSee: no name server answers, or it refuses to.
        """
        if self._resolver is None:
            raise CannotSee("this machine has no name server")
        try:
            asked = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError):
            # No name can look like this, so nobody has records for it.
            return []
        try:
            return list(self._resolver.resolve(asked, kind, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise CannotSee(f"no name server answered about {name}") from error
