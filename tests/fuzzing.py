"""Spoiling what somebody sends: bits, types and places that no person would think of.

Every choice comes from one ``random.Random``, so a seed gives the same input again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

Pairs = list[tuple[str, bytes]]

STRANGE: Sequence[bytes] = (
    b"",
    b"\x00",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    "\u202e\u2066\u200b\ufeff".encode(),
    ("e\u0301" * 40 + "\U0001f469\u200d\U0001f9b0").encode(),
    b"-0",
    b"1e309",
    b"NaN",
    b"0x10",
    str(2**31).encode(),
    str(2**63).encode(),
    b"9" * 400,
    b"0001-01-01",
    b"9999-12-31",
    b"2024-02-30",
    b"24:61",
    b"on",
    b"[]",
    b"{}",
    b"null",
    b"'; DROP TABLE x; --",
    b"{{ 7 * 7 }}{% debug %}%(a)s%s{0}",
    b"<svg onload=alert(1)>",
    b"../../etc/passwd",
    b"http://kwaad.voorbeeld.nl/%0d%0aSet-Cookie:a=b",
    b"a\r\nBcc: iedereen@voorbeeld.nl\r\n\r\n",
    b"=cmd|'/c calc'!A1",
)
MOST = 4000


@dataclass(frozen=True, slots=True)
class Spoiler:
    """Spoils values, forms and query strings.

    Attributes:
        chance: where every choice comes from.
        values: what stands in other forms: real ids and words in the wrong place.
    """

    chance: random.Random
    values: Sequence[bytes]

    def value(self, given: bytes) -> bytes:
        """Return ``given``, spoilt in one way, at most ``MOST`` bytes more or less."""
        ways: Sequence[Callable[[bytes], bytes]] = (
            lambda _given: self.chance.choice(STRANGE),
            lambda _given: self.chance.choice(self.values),
            self._flipped,
            self._cut,
            self._with_strange,
            lambda given: given * self.chance.randint(2, 40),
            lambda _given: str(self.chance.randint(-(2**40), 2**70)).encode(),
            lambda _given: self.chance.randbytes(self.chance.randint(1, 60)),
        )
        return self.chance.choice(ways)(given)[:MOST]

    def form(self, given: Mapping[str, bytes]) -> Pairs:
        """Return a form of which some fields are spoilt, gone, doubled or new."""
        pairs: Pairs = list(given.items())
        for _time in range(self.chance.randint(1, 4)):
            place = self.chance.randrange(len(pairs)) if pairs else 0
            match self.chance.randrange(10) if pairs else 9:
                case 0:
                    del pairs[place]
                case 1:
                    pairs.append((pairs[place][0], self.value(pairs[place][1])))
                case 2:
                    self.chance.shuffle(pairs)
                case 9:
                    pairs.append((self._name(), self.value(b"1")))
                case _:
                    name, old = pairs[place]
                    pairs[place] = (name, self.value(old))
        return pairs

    def query(self, names: Sequence[str]) -> str:
        """Return a query string of a few known names with values of all sorts."""
        pairs = [
            (self.chance.choice(names), self.value(b"1"))
            for _time in range(self.chance.randint(1, 4))
        ]
        return encoded(pairs).decode()

    def _flipped(self, given: bytes) -> bytes:
        if not given:
            return b"\x7f"
        place = self.chance.randrange(len(given))
        return given[:place] + bytes([self.chance.randrange(256)]) + given[place + 1 :]

    def _cut(self, given: bytes) -> bytes:
        return given[: self.chance.randint(0, len(given))]

    def _with_strange(self, given: bytes) -> bytes:
        place = self.chance.randint(0, len(given))
        return given[:place] + self.chance.choice(STRANGE) + given[place:]

    def _name(self) -> str:
        return self.chance.choice(
            ("id", "pk", "branch", "by", "user", "is_staff", "state", "", "revision", "-prefix-")
        )


def encoded(pairs: Pairs) -> bytes:
    """Return pairs as a form's body."""
    return "&".join(
        f"{quote_from_bytes(key.encode())}={quote_from_bytes(value)}" for key, value in pairs
    ).encode()
