"""A partner State made of keys alone: it signs and seals what a node of its own would, right or wrong on purpose."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rogatory.casefile import messages
from rogatory.casefile.messages import Message, Person
from rogatory.exercise.contents import PRESERVATION, STORED_DATA
from rogatory.kernel import ids
from rogatory.ledger.notes import VerifierKey
from rogatory.sealing import cards, envelope, jws
from rogatory.sealing.cards import CardAuthority, CardLedger
from rogatory.sealing.keystore import Keystore, new_keystore
from rogatory.sealing.recipients import HYBRID

OFFICER = Person(name="Camille Martin", role="drafter")
APPROVER = Person(name="Dominique Petit", role="approver")


class Partner:
    """The keys of one State, and what it can do with them."""

    def __init__(self, state: str, *, since: datetime, exercise: bool = True, kind: str = HYBRID) -> None:
        self.state = state
        self.authority, self.central = f"{state}/contact-point", f"{state}/central-authority"
        authorities = [self.authority, self.central]
        self.keys: Keystore = new_keystore(state, authorities, at=since, random=os.urandom, kind=kind)
        self.exercise = exercise
        self.serial = 1
        self.address = "http://127.0.0.1:9"

    def card(self, *, at: datetime) -> bytes:
        """The State's contact card, signed now."""
        named = {self.authority: ("24/7 contact point", "41"), self.central: ("Central authority", "40(12)")}
        return cards.make_card(
            identity=self.keys.identity,
            state=self.state,
            serial=self.serial,
            issued=at,
            exercise=self.exercise,
            address=self.address,
            authorities=[
                CardAuthority(
                    id=authority,
                    name={"en": name},
                    functions=(function,),
                    languages=("en", "fr"),
                    signing=self.keys.authority(authority).card_signing(),
                    encryption=self.keys.authority(authority).card_encryption(),
                )
                for authority, (name, function) in named.items()
            ],
            ledger=CardLedger(
                origin=f"rogatory/{self.state.lower()}/test",
                key=str(VerifierKey(name=f"rogatory/{self.state.lower()}/test", public=self.keys.ledger.public.raw)),
            ),
        )

    def message(
        self,
        kind: str,
        body: Mapping[str, Any],
        *,
        case: str,
        to: str,
        at: datetime,
        follows: tuple[str, ...] = (),
        number: int = 1,
        regarding: str | None = None,
        **changes: Any,
    ) -> Message:
        """A signed message of this State; *changes* replace members of its payload."""
        payload = messages.payload(
            kind=kind,
            case=case,
            id=ids.new_id(os.urandom(17)),
            number=number,
            follows=follows,
            sender=self.authority,
            receiver=to,
            at=at,
            exercise=self.exercise,
            drafted_by=OFFICER,
            approved_by=APPROVER,
            regarding=regarding,
            body=body,
        )
        payload.update(changes)
        signed = jws.sign(payload, key=self.keys.signing_key(self.authority, at), typ=messages.TYP)
        return messages.parse(payload, signed)

    def seal(
        self, message: bytes, *, to: str, recipients: tuple[str, ...], at: datetime, id: str | None = None
    ) -> bytes:
        """*message* in an envelope to the authority *to*."""
        return envelope.seal_envelope(
            message,
            id=id or ids.new_id(os.urandom(17)),
            sender=self.authority,
            receiver=to,
            key=self.keys.signing_key(self.authority, at),
            recipients=recipients,
            at=at,
            random=os.urandom,
        )


def preservation_contents() -> dict[str, Any]:
    """The contents of a complete preservation request, in the fields of the form."""
    return dict(PRESERVATION)


def stored_data_contents() -> dict[str, Any]:
    """The contents of a complete request for stored data."""
    return dict(STORED_DATA)
