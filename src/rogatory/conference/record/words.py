"""The sentences of the check of a record, in English and French."""

from collections.abc import Mapping

from rogatory.law.words import Words

TITLES: Mapping[int, Words] = {
    1: Words("Form: every line is an entry of a record", "Forme : chaque ligne est une écriture d’un registre"),
    2: Words("Signatures: every entry is signed by one key", "Signatures : une même clé signe chaque écriture"),
    3: Words("Chain: nothing is missing, added or moved", "Chaîne : rien ne manque, n’est ajouté ni déplacé"),
    4: Words("Times: they never run backwards", "Heures : elles ne reculent jamais"),
    5: Words("Rules: the rulebook allows every event", "Règles : le règlement permet chaque événement"),
    6: Words("End: the session is closed, and nothing is cut off", "Fin : la session est close et rien n’est coupé"),
}
SEEN: Mapping[int, Words] = {
    1: Words("{count} entries", "{count} écritures"),
    2: Words("{count} signatures", "{count} signatures"),
    3: Words("{count} entries follow one another", "{count} écritures se suivent"),
    4: Words("{count} times in order", "{count} heures dans l’ordre"),
    5: Words("{count} events replayed", "{count} événements rejoués"),
}
FAILS_AT = Words("it fails at entry {entry}", "échec à l’écriture {entry}")
AS_FAR = Words("right as far as entry {count}, no further", "exact jusqu’à l’écriture {count}, pas au-delà")
SIGNED = Words(
    "{count} entries signed for {authority} by the key {kid}",
    "{count} écritures signées pour {authority} par la clé {kid}",
)
NO_CARD = Words(
    "whose key it is was not checked: give the contact card of the State",
    "l’appartenance de la clé n’a pas été vérifiée : donnez la carte de contact de l’État",
)
ON_CARD = Words(
    "the card of the State says that the key was the authority’s at that time",
    "la carte de l’État indique que la clé était alors celle de l’autorité",
)
END_UNKNOWN = Words("where the record ends was not looked at", "la fin du registre n’a pas été examinée")
IS_CLOSED = Words(
    "the session is closed after {count} events; the head is {head}",
    "la session est close après {count} événements ; la tête est {head}",
)
IS_OPEN = Words(
    "the session is not closed after {count} events; the head is {head}",
    "la session n’est pas close après {count} événements ; la tête est {head}",
)
NO_HEAD = Words(
    "compare the head with the one announced: a record that was cut off verifies as well",
    "comparez la tête avec celle annoncée : un registre coupé se vérifie aussi",
)
HEAD_SAME = Words("the head is the one announced", "la tête est celle annoncée")
HEAD_GROWN = Words(
    "the head announced is entry {entry}; {more} entries have come since",
    "la tête annoncée est l’écriture {entry} ; {more} écritures s’y sont ajoutées depuis",
)
EXERCISE = Words(
    "EXERCISE: the record says that this meeting was one. Nothing in it is real.",
    "EXERCICE : d’après le registre, cette réunion en était un. Rien n’y est réel.",
)
FAILED = Words("NOT VERIFIED: step {steps} failed.", "NON VÉRIFIÉ : l’étape {steps} a échoué.")
WHOLE = Words(
    "Verified: the record is whole, and signed by a key of the State’s card.",
    "Vérifié : le registre est complet et signé par une clé de la carte de l’État.",
)
CLOSED = Words(
    "Verified: the record agrees with itself and with its rules. What is marked as not checked is for you to compare.",
    "Vérifié : le registre concorde avec lui-même et avec ses règles. Ce qui est marqué non vérifié reste à comparer.",
)
OPEN = Words(
    "Verified as far as it goes: the session is not closed. Compare the head with the one announced.",
    "Vérifié jusque-là : la session n’est pas close. Comparez la tête avec celle annoncée.",
)
