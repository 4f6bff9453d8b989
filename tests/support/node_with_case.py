"""Fills the node of this process's data folder with a case, France being keys alone that are reached at an address.

`python -m tests.support.node_with_case ADDRESS` prints the case, an exhibit that was received, and one of which half
the parts are here.
"""

import json
import os
import sys
from datetime import timedelta


def main(address: str) -> None:
    import django

    django.setup()
    from tests.support.handover import Handover
    from tests.support.partner import Partner
    from tests.support.rogatory_process import PASSWORD

    from rogatory.node import partners
    from rogatory.node.evidence import handover as handing_over
    from rogatory.node.people import ROLES, Actor
    from rogatory.office import accounts
    from rogatory.sealing import cards
    from rogatory.site import wiring

    node = wiring.node()
    us = "VNM/contact-point"
    people = {role: Actor(id=role, name=role.title(), authority=us, roles=frozenset({role})) for role in ROLES}
    france = Partner("FRA", since=node.clock.now() - timedelta(days=30))
    france.address = address
    card = france.card(at=node.clock.now())
    fingerprint = cards.fingerprint(france.keys.identity.public)
    partners.add_partner(node, people["administrator"], card, fingerprint=fingerprint)
    recipients = tuple(period.recipient for period in node.unlock().authority(us).card_encryption())
    whole = Handover(node, people, france, recipients, os.urandom(300_000))
    whole.announce()
    whole.give_all()
    handing_over.finish(node, whole.id)
    accounts.make_account("em", PASSWORD, name="Võ Thị Em", authority=us, roles=["auditor"])
    half = Handover(node, people, france, recipients, os.urandom(300_000))
    half.announce()
    half.give_list()
    for number in (1, 3):
        half.give(number)
    print(json.dumps({"case": whole.request.case, "whole": whole.id, "half": half.id, "state": node.state}))


if __name__ == "__main__":
    main(sys.argv[1])
