"""What each code means that a check of `verify.html` can end with, in English and French; the codes are the program's.

The codes that begin with `file-` are about a file that somebody chose, and are the page's own.
"""

from rogatory.bundle.words import Words

FAULTS: Words = {
    "bad-json": {
        "en": "The contents are not canonical JSON ({detail})",
        "fr": "Le contenu n'est pas du JSON canonique ({detail})",
    },
    "bad-jws": {"en": "This is not a signed document ({detail})", "fr": "Ce n'est pas un document signé ({detail})"},
    "wrong-type": {
        "en": "It is signed as {found}, not as {wanted}",
        "fr": "Il est signé comme {found}, non comme {wanted}",
    },
    "bad-field": {"en": "A member is missing or wrong: {detail}", "fr": "Un champ manque ou est faux : {detail}"},
    "bad-key": {"en": "A public key cannot be used", "fr": "Une clé publique est inutilisable"},
    "bad-signature": {
        "en": "The signature is not that of the key {kid}",
        "fr": "La signature n'est pas celle de la clé {kid}",
    },
    "bad-card": {
        "en": "The card is signed with another key than its own",
        "fr": "La carte est signée d'une autre clé que la sienne",
    },
    "card-other-state": {"en": "The card mixes exercise and reality", "fr": "La carte mêle exercice et réalité"},
    "card-identity-changed": {
        "en": "Two cards of {state} have different identity keys",
        "fr": "Deux cartes de {state} ont des clés d'identité différentes",
    },
    "card-not-newer": {
        "en": "Two cards of {state} have one serial number",
        "fr": "Deux cartes de {state} ont le même numéro",
    },
    "card-revocation-undone": {
        "en": "A later card takes a revocation back",
        "fr": "Une carte ultérieure annule une révocation",
    },
    "unknown-key": {
        "en": "No card lets the key {kid} speak for {authority}",
        "fr": "Aucune carte ne permet à la clé {kid} de parler pour {authority}",
    },
    "key-not-valid-then": {
        "en": "The key of {authority} was not valid at that time",
        "fr": "La clé de {authority} n'était pas valable à ce moment",
    },
    "key-revoked": {
        "en": "The key of {authority} was revoked by then",
        "fr": "La clé de {authority} était alors révoquée",
    },
    "bad-note": {"en": "This is not a signed note", "fr": "Ce n'est pas une note signée"},
    "bad-verifier-key": {
        "en": "The key of a ledger or witness cannot be used",
        "fr": "La clé d'un registre ou témoin est inutilisable",
    },
    "bad-checkpoint": {"en": "This is not a checkpoint", "fr": "Ce n'est pas un point de contrôle"},
    "other-log": {
        "en": "It is the checkpoint of {found}, not of {wanted}",
        "fr": "C'est le point de contrôle de {found}, non de {wanted}",
    },
    "note-not-signed": {"en": "{name} did not sign it", "fr": "{name} ne l'a pas signé"},
    "wrong-note-signature": {
        "en": "The signature of {name} does not fit",
        "fr": "La signature de {name} ne convient pas",
    },
    "bad-proof-form": {"en": "This is not a ledger proof", "fr": "Ce n'est pas une preuve de registre"},
    "proof-of-another": {"en": "The proof is about something else", "fr": "La preuve porte sur autre chose"},
    "not-included": {
        "en": "The proof does not lead to the signed root",
        "fr": "La preuve ne mène pas à la racine signée",
    },
    "bad-message": {"en": "The message is not well formed ({detail})", "fr": "Le message est mal formé ({detail})"},
    "missing-message": {
        "en": "It follows a message that is not here ({digest}…)",
        "fr": "Il suit un message absent ({digest}…)",
    },
    "bad-manifest": {"en": "The manifest is not well formed ({detail})", "fr": "Le bordereau est mal formé ({detail})"},
    "bad-custody": {
        "en": "The custody entry is not well formed ({detail})",
        "fr": "La mention de possession est mal formée ({detail})",
    },
    "custody-broken": {
        "en": "An entry was changed, taken out, doubled or put in between: it does not follow the one before it",
        "fr": "Une mention a été changée, retirée, doublée ou intercalée : elle ne suit pas la précédente",
    },
    "custody-contradiction": {
        "en": "{holder} signed two next entries",
        "fr": "{holder} a signé deux mentions suivantes",
    },
    "custody-out-of-order": {"en": "{holder} cannot say here: {act}", "fr": "{holder} ne peut dire ici : {act}"},
    "custody-wrong-digest": {
        "en": "At {act} by {holder}, what was hashed is not what was sealed",
        "fr": "À l'acte {act} par {holder}, l'empreinte n'est pas celle du scellement",
    },
    "custody-time": {
        "en": "The entry of {at} is earlier than what it follows",
        "fr": "La mention du {at} précède ce qu'elle suit",
    },
    "bundle-container": {
        "en": "The file is not a whole bundle: it was cut, joined or changed",
        "fr": "Le fichier n'est pas un dossier entier : il a été coupé, allongé ou changé",
    },
    "bundle-member-changed": {
        "en": "It is not what the signed list of the bundle says (SHA-256)",
        "fr": "Ce n'est pas ce que dit la liste signée du dossier (SHA-256)",
    },
    "bundle-members-differ": {
        "en": "Members are missing, added or moved against the signed list",
        "fr": "Des éléments manquent, sont en trop ou déplacés par rapport à la liste signée",
    },
    "bundle-no-such-member": {"en": "{name} is missing", "fr": "{name} manque"},
    "bundle-misplaced": {
        "en": "It is genuine, and does not belong here",
        "fr": "Il est authentique, et n'a pas sa place ici",
    },
    "bundle-fingerprint": {
        "en": "The identity key of {state} is {found}; you were told {told}",
        "fr": "La clé d'identité de {state} est {found} ; on vous a dit {told}",
    },
    "bundle-not-one-case": {
        "en": "The messages do not make one case ({count})",
        "fr": "Les messages ne font pas une affaire ({count})",
    },
    "bundle-incomplete": {
        "en": "What must be here is missing: {what}",
        "fr": "Il manque ce qui doit être ici : {what}",
    },
    "does-not-fit": {
        "en": "Message number {number} does not fit the case",
        "fr": "Le message numéro {number} ne va pas avec l'affaire",
    },
    "bundle-worlds-mixed": {"en": "Exercise and reality are mixed", "fr": "Exercice et réalité sont mêlés"},
    "bundle-page": {
        "en": "The page in the bundle does not hold the papers of the bundle",
        "fr": "La page du dossier ne contient pas les pièces du dossier",
    },
    "wrong-part-list": {
        "en": "The part list is not the one signed for",
        "fr": "La liste des parties n'est pas celle qui est signée",
    },
    "wrong-part-digest": {
        "en": "Part {part} (from 0) is not what was sealed",
        "fr": "La partie {part} (à partir de 0) n'est pas celle du scellement",
    },
    "wrong-sealed-bytes": {"en": "These are not the bytes that were sealed", "fr": "Ce ne sont pas les octets scellés"},
    "bad-document": {"en": "It cannot be read ({detail})", "fr": "Illisible ({detail})"},
    "file-altered": {
        "en": "{file} has the size of an exhibit, but NOT its contents: its SHA-256 is {sha256}; {wanted} was sealed",
        "fr": "{file} a la taille d'une pièce, mais PAS son contenu : son SHA-256 est {sha256} ; {wanted} a été scellé",
    },
    "file-altered-sealed": {
        "en": "{file} has the size of a sealed exhibit, but NOT its bytes: it was altered",
        "fr": "{file} a la taille d'une pièce scellée, mais PAS ses octets : il a été altéré",
    },
    "file-other-size": {
        "en": "{file} has {size} bytes, which no exhibit of this case has, sealed or opened: it is not one of them",
        "fr": "{file} a {size} octets, ce qu'aucune pièce de l'affaire n'a, scellée ou ouverte : ce n'en est pas une",
    },
    "file-no-bundle": {
        "en": "{file} is no bundle, and this page holds no case to hold it against: choose the bundle first",
        "fr": "{file} n'est pas un dossier, et cette page n'a pas d'affaire à laquelle le comparer : choisissez "
        "d'abord le dossier",
    },
    "file-no-evidence": {
        "en": "{file} cannot be judged: step 6 (evidence) of this case does not hold",
        "fr": "{file} ne peut être jugé : l'étape 6 (preuves) de cette affaire ne tient pas",
    },
    "file-unreadable": {"en": "{file} cannot be read", "fr": "{file} ne peut être lu"},
}
