"""The personas, and the world in which they ask for pages."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from http.cookies import SimpleCookie
from typing import Any

import fido2.webauthn as passkeys
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode

from branches.models import NationalOfficer, User
from demo.models import DemoMail, DemoPersona
from jobs.models import Job
from jobs.services import note_tick
from process.enums import RollOutState
from process.models import Election, RollOut, TemplateVersion
from process.services.templates import current_template, start_draft
from tests.clock import FIRST_DAY
from tests.conftest import SIGN_IN_BACKEND
from tests.factories import NationalOfficerFactory, UserFactory
from tests.integration.access.base_wing import BaseWing, build_base
from tests.integration.access.house import House, build_house
from tests.process_factories import ElectionFactory

TOTP_SECRET = "JBSWY3DPEHPK3PXP"


class Persona(StrEnum):
    """Everybody who asks for a page."""

    ANONYMOUS = "anonymous"
    WAITING = "somebody who asked for a code"
    HALFWAY = "somebody without the second step of their sign-in"
    STRANGER = "stranger"
    MEMBER = "A member"
    COMMITTEE = "A committee"
    COUNCIL_GROUP = "A council group"
    BOARD = "A board"
    FORMER = "A former board"
    NEIGHBOUR_MEMBER = "B member"
    NEIGHBOUR_BOARD = "B board"
    NATIONAL = "national office"
    NATIONAL_BARE = "national office without second factor"


# Nobody is signed in yet.
VISITORS = (Persona.ANONYMOUS, Persona.WAITING, Persona.HALFWAY)
INSIDERS = (Persona.MEMBER, Persona.COMMITTEE, Persona.COUNCIL_GROUP, Persona.BOARD)
OUTSIDERS = (
    Persona.STRANGER,
    Persona.FORMER,
    Persona.NEIGHBOUR_MEMBER,
    Persona.NEIGHBOUR_BOARD,
)


@dataclass(kw_only=True)
class World:
    """Two branches, the national office, and a session for each persona."""

    a: House
    b: House
    users: Mapping[Persona, User]
    sessions: Mapping[Persona, str]
    officer: NationalOfficer
    empty_election: Election
    roll_out: RollOut
    stuck: RollOut
    template: TemplateVersion
    draft: TemplateVersion
    passkeys: Mapping[Persona, Authenticator]
    mail: DemoMail
    client: Client
    base: BaseWing

    def mirrored(self) -> World:
        """Return the same world with the two branches changed over: rows then name B's objects."""
        keys = dict(self.passkeys) | {
            Persona.BOARD: self.passkeys[Persona.NEIGHBOUR_BOARD],
            Persona.NEIGHBOUR_BOARD: self.passkeys[Persona.BOARD],
        }
        return replace(self, a=self.b, b=self.a, passkeys=keys)

    def ask(self, persona: Persona, method: str, path: str, data: Any = None, **extra: Any) -> Any:
        """Send one request in the persona's session; always the same one, whatever came before."""
        self._become(persona)
        send = getattr(self.client, method.lower())
        return send(path, data, **extra) if data is not None else send(path, **extra)

    def send_body(self, persona: Persona, path: str, body: bytes, content_type: str) -> Any:
        """POST these very bytes, whatever they call themselves."""
        self._become(persona)
        return self.client.generic("POST", path, body, content_type)

    def _become(self, persona: Persona) -> None:
        cookies: SimpleCookie = SimpleCookie()
        if persona in self.sessions:
            cookies[settings.SESSION_COOKIE_NAME] = self.sessions[persona]
        self.client.cookies = cookies


def build_world() -> World:
    """Build everything; call it inside a transaction that is rolled back."""
    office: NationalOfficer = NationalOfficerFactory(
        user__name="Lotte Landelijk", user__email="lotte@landelijk.voorbeeld.nl"
    )
    a = build_house(slug="harlingen", marked=False, officer=office.user)
    b = build_house(slug="buurgemeente", marked=True, officer=office.user)
    bare = NationalOfficerFactory(
        user__name="Bas Landelijk", user__email="bas@landelijk.voorbeeld.nl"
    )
    users = {
        Persona.STRANGER: UserFactory(email="vreemde@voorbeeld.nl", name="Vera Vreemd"),
        Persona.MEMBER: a.people["member"],
        Persona.COMMITTEE: a.people["committee"],
        Persona.COUNCIL_GROUP: a.people["council_group"],
        Persona.BOARD: a.people["board"],
        Persona.FORMER: a.people["former"],
        Persona.NEIGHBOUR_MEMBER: b.people["member"],
        Persona.NEIGHBOUR_BOARD: b.people["board"],
        Persona.NATIONAL: office.user,
        Persona.NATIONAL_BARE: bare.user,
    }
    TOTP.activate(office.user, TOTP_SECRET)
    RecoveryCodes.activate(office.user)
    template = current_template()
    assert template is not None
    election = a.election
    failed = RollOut.objects.create(
        election=election,
        template=template,
        kind=RollOut.Kind.START,
        state=RollOutState.RUNNING,
        started_on=FIRST_DAY,
    )
    done = RollOut.objects.create(
        election=election,
        template=template,
        kind=RollOut.Kind.START,
        state=RollOutState.DONE,
        started_on=FIRST_DAY,
        result={"created": 2, "kept": 0},
    )
    # A worker that is there for as long as the tests last, and work that it gave up.
    note_tick(now=timezone.now() + timedelta(days=1))
    Job.objects.create(
        handler="process.roll_out",
        payload={"roll_out_id": done.pk},
        state=Job.State.PARKED,
        run_after=timezone.now(),
        attempts=3,
        error="OSError('the disk is full')",
    )
    DemoPersona.objects.create(key="board", user=a.people["board"], branch=a.branch)
    return World(
        a=a,
        b=b,
        users=users,
        sessions={persona: _session(user, persona) for persona, user in users.items()}
        | {
            Persona.WAITING: _waiting(users[Persona.STRANGER]),
            Persona.HALFWAY: _halfway(users[Persona.NATIONAL]),
        },
        officer=office,
        empty_election=ElectionFactory(polling_day=FIRST_DAY.replace(year=2026, month=3, day=18)),
        roll_out=done,
        stuck=failed,
        template=template,
        draft=start_draft(by=office.user, today=FIRST_DAY),
        passkeys={
            persona: _passkey(users[persona])
            for persona in (Persona.BOARD, Persona.NEIGHBOUR_BOARD, Persona.NATIONAL)
        },
        mail=DemoMail.objects.create(
            sender="a@voorbeeld.nl",
            recipients="b@voorbeeld.nl",
            subject="Hallo",
            text="Hallo",
            html="<p>Hallo</p>",
            raw=b"Content-Type: text/plain\nContent-Disposition: attachment\n\nHallo\n",
            day=FIRST_DAY,
        ),
        client=Client(),
        base=build_base(a, b, officer=office.user),
    )


def _passkey(user: User) -> Authenticator:
    """Keep a key that can be read back; it signs nothing."""
    name = b"sleutel"
    point = ES256({1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\2" * 32})
    known = passkeys.AttestedCredentialData.create(bytes(16), name, point)
    flags = passkeys.AuthenticatorData.FLAG(0x41)
    answer = passkeys.AttestationObject.create(
        "none", passkeys.AuthenticatorData.create(bytes(32), flags, 0, known), {}
    )
    asked = passkeys.CollectedClientData.create(
        "webauthn.create", b"uitdaging", "https://localhost"
    )
    credential = {
        "id": websafe_encode(name),
        "rawId": websafe_encode(name),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(bytes(asked)),
            "attestationObject": websafe_encode(bytes(answer)),
        },
        "clientExtensionResults": {},
    }
    key: Authenticator = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "telefoon", "credential": credential, "passwordless": False},
    )
    return key


def _session(user: User, persona: Persona) -> str:
    client = Client()
    client.force_login(user, backend=SIGN_IN_BACKEND)
    now = time.time()
    methods: list[dict[str, Any]] = [{"method": "code", "at": now, "email": user.email}]
    if persona in (Persona.NATIONAL, Persona.BOARD):
        # Just now, so that pages about keys do not ask for it once more.
        methods.append({"method": "mfa", "at": now, "type": "totp", "reauthenticated": True})
    session = client.session
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return str(session.session_key)


def _waiting(user: User) -> str:
    client = Client()
    client.post(reverse("account_login"), {"email": user.email})
    return str(client.session.session_key)


def _halfway(user: User) -> str:
    """Enter the right code, and stop at the second step."""
    client = Client()
    client.post(reverse("account_login"), {"email": user.email})
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    return str(client.session.session_key)
