"""The sentences of a bundle report, in English and French."""

from rogatory.casefile.table import State
from rogatory.evidence.custody_rules import Act

Words = dict[str, dict[str, str]]

TITLES: Words = {
    "whole": {
        "en": "The file is a whole bundle: every byte is accounted for",
        "fr": "Le fichier est un dossier entier : chaque octet est justifié",
    },
    "unpacked": {
        "en": "The files are those that the signed list of the bundle names",
        "fr": "Les fichiers sont ceux que nomme la liste signée du dossier",
    },
    "cards": {"en": "Contact cards: whose keys these are", "fr": "Cartes de contact : à qui sont les clés"},
    "signatures": {
        "en": "Every message is signed by its authority, with a key it had at that time",
        "fr": "Chaque message est signé par son autorité, avec une clé qu'elle avait alors",
    },
    "chain": {
        "en": "The messages make one case, none is missing, and each step was permitted",
        "fr": "Les messages forment une affaire, aucun ne manque, chaque étape était permise",
    },
    "receipts": {
        "en": "Receipts: the other side has the messages",
        "fr": "Accusés de réception : l'autre côté a les messages",
    },
    "exhibits": {
        "en": "Evidence: manifest, chain of custody, sealed bytes",
        "fr": "Preuves : bordereau, chaîne de possession, octets scellés",
    },
    "ledger": {
        "en": "Every message stands in the exporter's ledger, under one signed checkpoint",
        "fr": "Chaque message figure au registre de l'exportateur, sous un seul point de contrôle signé",
    },
    "world": {"en": "Exercise or real", "fr": "Exercice ou réalité"},
}

NOTES: Words = {
    "members": {
        "en": "{count} members, {size} bytes; the list is signed by {by} on {at}",
        "fr": "{count} éléments, {size} octets ; la liste est signée par {by} le {at}",
    },
    "unpacked": {
        "en": "An unpacked bundle: the container itself, which accounts for every byte of the file, is not there",
        "fr": "Un dossier déballé : le conteneur lui-même, qui justifie chaque octet du fichier, n'est pas là",
    },
    "extra-files": {
        "en": "{count} files here are no part of the bundle and were not looked at: {names}",
        "fr": "{count} fichiers ici ne font pas partie du dossier et n'ont pas été examinés : {names}",
    },
    "page-known": {
        "en": "verify.html holds exactly these papers, and its script is the one of this program (SHA-256 {sha256})",
        "fr": "verify.html contient exactement ces pièces, et son script est celui de ce programme (SHA-256 {sha256})",
    },
    "page-unknown": {
        "en": "verify.html holds exactly these papers, but its script is not the one of this program: do not rely on "
        "what it shows before you have compared the SHA-256 of its template, {sha256}",
        "fr": "verify.html contient exactement ces pièces, mais son script n'est pas celui de ce programme : ne vous y "
        "fiez pas avant d'avoir comparé le SHA-256 de son gabarit, {sha256}",
    },
    "unknown-members": {
        "en": "{count} members of a kind that this program does not know; only their digests were checked",
        "fr": "{count} éléments d'un genre inconnu de ce programme ; seules leurs empreintes ont été vérifiées",
    },
    "card-trusted": {
        "en": "{state} (card {serial}): identity key {fingerprint}, as given",
        "fr": "{state} (carte {serial}) : clé d'identité {fingerprint}, comme indiqué",
    },
    "card-untold": {
        "en": "{state} (card {serial}): identity key {fingerprint}; compare it with {state} by another road",
        "fr": "{state} (carte {serial}) : clé d'identité {fingerprint} ; comparez-la avec {state} par une autre voie",
    },
    "signed": {"en": "{count} messages, signed by {by}", "fr": "{count} messages, signés par {by}"},
    "request": {
        "en": "Request {digest} ({measure}, {instrument}): {state} since {since}",
        "fr": "Demande {digest} ({measure}, {instrument}) : {state} depuis le {since}",
    },
    "clock": {
        "en": "Preserved from {began} until {until}; the least under 42(8), {days} days, runs until {minimum}",
        "fr": "Conservé du {began} au {until} ; le minimum de 42(8), {days} jours, court jusqu'au {minimum}",
    },
    "clock-short": {
        "en": "Preserved from {began} until {until}, which is shorter than the {days} days of 42(8)",
        "fr": "Conservé du {began} au {until}, soit moins que les {days} jours de 42(8)",
    },
    "clock-held": {
        "en": "The data must be kept until the request that follows is decided (42(8))",
        "fr": "Les données sont à conserver jusqu'à la décision sur la demande qui suit (42(8))",
    },
    "ineffective": {
        "en": "Message {number} ({kind}) is in the file and has no effect: {why}",
        "fr": "Le message {number} ({kind}) est au dossier et n'a pas d'effet : {why}",
    },
    "receipted": {
        "en": "{count} of {all} messages have the signed receipt of their receiver",
        "fr": "{count} messages sur {all} ont l'accusé de réception signé de leur destinataire",
    },
    "not-receipted": {
        "en": "No receipt for message {number} ({kind}, from {by})",
        "fr": "Pas d'accusé de réception pour le message {number} ({kind}, de {by})",
    },
    "not-understood": {
        "en": "{by} kept message {number} ({kind}) and answered that it does not know this kind",
        "fr": "{by} a gardé le message {number} ({kind}) et répondu ne pas connaître ce genre",
    },
    "no-exhibits": {"en": "The case has no evidence", "fr": "L'affaire n'a pas de preuves"},
    "exhibit": {
        "en": "{name} ({size} bytes), exhibit {exhibit}, sealed by {by} on {at}",
        "fr": "{name} ({size} octets), pièce {exhibit}, scellée par {by} le {at}",
    },
    "further-digest": {
        "en": "The manifest also states the {name} of the contents: {digest}",
        "fr": "Le bordereau indique aussi le {name} du contenu : {digest}",
    },
    "contents": {
        "en": "{count} pieces of the contents can be proved one by one under {root}",
        "fr": "{count} éléments du contenu peuvent être prouvés un à un sous {root}",
    },
    "derived": {
        "en": "Made from the exhibit {exhibit}; left out: {left_out}",
        "fr": "Tirée de la pièce {exhibit} ; omis : {left_out}",
    },
    "custody": {
        "en": "Chain of custody: {count} signed entries",
        "fr": "Chaîne de possession : {count} mentions signées",
    },
    "custody-entry": {
        "en": "{number}. {act} by {holder} ({person}) on {at}",
        "fr": "{number}. {act} par {holder} ({person}) le {at}",
    },
    "sealed-bytes": {
        "en": "The sealed file is the one of the manifest, in {count} parts",
        "fr": "Le fichier scellé est celui du bordereau, en {count} parties",
    },
    "sealed-absent": {
        "en": "The sealed file is not in the bundle; hold it against the part root {root}",
        "fr": "Le fichier scellé n'est pas dans le dossier ; à comparer à la racine des parties {root}",
    },
    "opened": {
        "en": "It opens with the key given; the SHA-256 of the contents is {sha256}, as sealed",
        "fr": "Il s'ouvre avec la clé donnée ; le SHA-256 du contenu est {sha256}, comme au scellement",
    },
    "not-opened": {
        "en": "Not opened (no key given); the manifest says that its contents have the SHA-256 {sha256}",
        "fr": "Non ouvert (aucune clé donnée) ; selon le bordereau, le SHA-256 du contenu est {sha256}",
    },
    "other-key": {
        "en": "The key given is not one it was sealed to; contents not checked",
        "fr": "La clé donnée n'est pas de celles du scellement ; contenu non vérifié",
    },
    "logged": {
        "en": "{count} inclusion proofs under the checkpoint of {origin} at {size} entries",
        "fr": "{count} preuves d'inclusion sous le point de contrôle de {origin} à {size} entrées",
    },
    "custody-logged": {
        "en": "{count} of {all} custody entries have a proof of their own under that checkpoint",
        "fr": "{count} mentions de possession sur {all} ont leur propre preuve sous ce point de contrôle",
    },
    "cosigned": {
        "en": "Cosigned by the witness {name} ({state}) on {at}",
        "fr": "Cosigné par le témoin {name} ({state}) le {at}",
    },
    "not-witnessed": {
        "en": "No witness cosigned this checkpoint: nobody outside the exporter's State vouches for its ledger",
        "fr": "Aucun témoin n'a cosigné ce point de contrôle : personne hors de l'État exportateur ne répond de son "
        "registre",
    },
    "stamped": {
        "en": "Time-stamped by {authority} on {at} (RFC 3161)",
        "fr": "Horodaté par {authority} le {at} (RFC 3161)",
    },
    "stamp-unchecked": {
        "en": "A time-stamp (RFC 3161) is in the bundle; give the certificate of its authority to check it",
        "fr": "Un horodatage (RFC 3161) est dans le dossier ; donnez le certificat de son autorité pour le vérifier",
    },
    "exercise": {
        "en": "EXERCISE between practice States: no legal effect",
        "fr": "EXERCICE entre États d'exercice : aucun effet juridique",
    },
    "real": {"en": "A real case, no exercise", "fr": "Une affaire réelle, pas un exercice"},
    "blocked": {
        "en": "It rests on step {step}, which does not hold",
        "fr": "Elle repose sur l'étape {step}, qui ne tient pas",
    },
    "verdict-pass": {
        "en": "VERIFIED: the bundle proves the case, by keys whose fingerprints you gave.",
        "fr": "VÉRIFIÉ : le dossier prouve l'affaire, par des clés dont vous avez donné les empreintes.",
    },
    "verdict-pass-untrusted": {
        "en": "VERIFIED, if the fingerprints in step 2 are those of the States: compare them by another road.",
        "fr": "VÉRIFIÉ, si les empreintes de l'étape 2 sont celles des États : comparez-les par une autre voie.",
    },
    "verdict-fail": {
        "en": "NOT VERIFIED: step {steps} failed.",
        "fr": "NON VÉRIFIÉ : échec à l'étape {steps}.",
    },
}

#: States of a request and acts of custody, which stand in a note as values; `sent` and `received` are both.
LABELS: dict[object, dict[str, str]] = {
    State.SENT: {"en": "sent", "fr": "envoyée"},
    State.ACKNOWLEDGED: {"en": "acknowledged", "fr": "accusée"},
    State.ACCEPTED: {"en": "accepted", "fr": "acceptée"},
    State.POSTPONED: {"en": "postponed", "fr": "ajournée"},
    State.PRESERVED: {"en": "preserved", "fr": "données conservées"},
    State.DELIVERED: {"en": "delivered", "fr": "livrée"},
    State.RECEIVED: {"en": "received", "fr": "reçue"},
    State.DECLINED: {"en": "declined", "fr": "refusée"},
    State.WITHDRAWN: {"en": "withdrawn", "fr": "retirée"},
    State.RELEASED: {"en": "released", "fr": "libérée"},
    State.CLOSED: {"en": "closed", "fr": "close"},
    Act.SEALED: {"en": "sealed", "fr": "scellée"},
    Act.PART_RECEIVED: {"en": "received in part", "fr": "reçue en partie"},
    Act.OPENED: {"en": "opened", "fr": "ouverte"},
    Act.VIEWED: {"en": "viewed", "fr": "consultée"},
    Act.COPIED: {"en": "copied", "fr": "copiée"},
    Act.EXTRACTED: {"en": "extracted from", "fr": "extraite en partie"},
    Act.FORWARDED: {"en": "forwarded", "fr": "transmise"},
    Act.DISCLOSED: {"en": "disclosed", "fr": "communiquée"},
    Act.RETURNED: {"en": "returned", "fr": "rendue"},
    Act.DESTROYED: {"en": "destroyed", "fr": "détruite"},
}
