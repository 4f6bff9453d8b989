"""An imaginary State that is ready to ratify: its choices, as a person would write them."""

CHOICES = """\
manner = "ratification"
name = { en = "the Republic of Examplia", fr = "la République d’Examplie" }
place = "Portville"
ministry = { en = "Ministry of Foreign Affairs", fr = "Ministère des affaires étrangères" }
mission = { en = "the Permanent Mission of the Republic of Examplia to the United Nations", fr = "la Mission permanente de la République d’Examplie auprès des Nations Unies" }
languages = ["en", "fr"]
treaty_dependent = true
takes_as_basis = true
settled = true

[signer]
name = "Ada Sample"
title = { en = "Minister for Foreign Affairs", fr = "ministre des affaires étrangères" }
office = "minister-of-foreign-affairs"

[[authorities]]
provision = "40(12)"
name = { en = "Central Authority", fr = "Autorité centrale" }
address = "1 Law Street, Portville"
email = "central@example.org"
languages = ["en", "fr"]
desk = "central-authority"

[[authorities]]
provision = "37(19)"
name = "Ministry of Justice"
address = "1 Law Street, Portville"
phone = "+00 1"

[[authorities]]
provision = "53(7)"
name = "Prevention Office"
address = "2 Law Street, Portville"
phone = "+00 2"

[[authorities]]
provision = "41(2)"
name = "24/7 contact point"
address = "3 Law Street, Portville"
phone = "+00 3"
desk = "contact-point"
[[authorities.staffed]]
from = "07:00"
to = "19:00"
people = 2
languages = ["en", "fr"]
[[authorities.staffed]]
from = "19:00"
to = "07:00"
people = 1
languages = ["en"]

[[laws]]
provisions = ["17(2)(d)", "50(5)"]
title = "Proceeds of Crime Act"
reference = "Act 12"
on = 2021-05-04

[[statements]]
kind = "reservation"
provision = "63(3)"
"""
