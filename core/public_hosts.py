"""To which machines this one may speak when somebody else says which: only those of the internet.

A name that people type may lead to this machine itself, or to one beside it that trusts it. So the
addresses of a name are looked up once, looked at, and the connection is made to one of those: a
name that leads elsewhere a moment later leads nowhere.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 addresses that hold an IPv4 one for a gateway (RFC 6052).
_GATEWAY: Final = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(OSError):
    """The name leads to a machine that is not of the internet."""


def checked_addresses(host: str, port: int, *, private: bool = False) -> list[str]:
    """Return the addresses of a host, each of them looked at.

    Args:
        host: a name or an address.
        port: where it will be spoken to.
        private: machines that are not of the internet will do as well.

    Raises:
        NotPublic: at least one of its addresses is not of the internet.
        OSError: there is no such host (``socket.gaierror``).
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as wrong:  # a part of the name is too long, or empty
        raise socket.gaierror(socket.EAI_NONAME, "no such host") from wrong
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not private and not all(is_public(address) for address in addresses):
        raise NotPublic("not a host of the internet")
    return addresses


def connected(
    addresses: list[str], port: int, *, patience: float, private: bool = False
) -> socket.socket:
    """Return a connection with the first of these addresses that answers, each looked at once more.

    Raises:
        OSError: none of them answers.
    """
    wrong: OSError = NotPublic("no address")
    for address in addresses:
        if not private and not is_public(address):
            raise NotPublic("not a host of the internet")
        try:
            return socket.create_connection((address, port), patience)
        except OSError as error:
            wrong = error
    raise wrong


def is_public(text: str) -> bool:
    """Tell whether an address is one of the internet, also when it is wrapped in another one."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in _inside(address))


def _inside(address: Address) -> list[Address]:
    """Return the address with those that it holds."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    # What Python itself says of the wrapping is about the wrapping alone.
    held: list[Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one]
    held += address.teredo or ()
    if address in _GATEWAY:
        held.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return held if address.ipv4_mapped else [address, *held]
