"""The sentences of `verify.html` that the report of the program does not have, in English and French.

`FAULTS` says in words what each code means that the page's own checks can end with; they are the codes of the program.
"""

from rogatory.bundle.words import Words

UI: Words = {
    "title": {"en": "Check of a case bundle", "fr": "Vérification du dossier d'une affaire"},
    "skip": {"en": "Skip to the result", "fr": "Aller au résultat"},
    "busy": {"en": "Checking…", "fr": "Vérification en cours…"},
    "empty": {"en": "This page holds no case.", "fr": "Cette page ne contient pas d'affaire."},
    "empty_more": {
        "en": "Choose a bundle below (the .zip file, not unpacked). It is read here and sent nowhere.",
        "fr": "Choisissez un dossier ci-dessous (le fichier .zip, tel quel). Il est lu ici et n'est envoyé nulle part.",
    },
    "verdict_pass": {
        "en": "HOLDS: everything that this page checks is as it must be, by keys whose fingerprints you gave.",
        "fr": "TIENT : tout ce que cette page vérifie est conforme, par des clés dont vous avez donné les empreintes.",
    },
    "verdict_untold": {
        "en": "HOLDS, if the fingerprints below are those of the States: compare them by another road.",
        "fr": "TIENT, si les empreintes ci-dessous sont celles des États : comparez-les par une autre voie.",
    },
    "verdict_rest": {
        "en": "What this page did not check says so beside it; the command “rogatory verify” checks that too.",
        "fr": "Ce que cette page n'a pas vérifié le dit à côté ; la commande “rogatory verify” le vérifie aussi.",
    },
    "verdict_fail": {"en": "DOES NOT HOLD: step {steps} failed.", "fr": "NE TIENT PAS : échec à l'étape {steps}."},
    "verdict_fail_more": {
        "en": "Do not rely on this case. Ask whoever exported it for the bundle again.",
        "fr": "Ne vous fiez pas à ce dossier. Redemandez-le à qui l'a exporté.",
    },
    "pass": {"en": "✓ holds", "fr": "✓ tient"},
    "fail": {"en": "✗ does not hold", "fr": "✗ ne tient pas"},
    "not-checked": {"en": "not checked", "fr": "non vérifié"},
    "case": {"en": "Case", "fr": "Affaire"},
    "exported_by": {"en": "Exported by", "fr": "Exporté par"},
    "exported_at": {"en": "On", "fr": "Le"},
    "program": {"en": "With", "fr": "Avec"},
    "world": {"en": "Effect", "fr": "Portée"},
    "exercise": {
        "en": "EXERCISE between practice States: no legal effect",
        "fr": "EXERCICE entre États d'exercice : aucun effet juridique",
    },
    "real": {"en": "A real case, no exercise", "fr": "Une affaire réelle, pas un exercice"},
    "trust_title": {"en": "Whose keys are these?", "fr": "À qui sont ces clés ?"},
    "trust_text": {
        "en": "Ask each State for the fingerprint of its identity key by another road (by telephone, on paper) and "
        "type what you were told. Without it the check shows that the case agrees with itself, not whose keys signed.",
        "fr": "Demandez à chaque État, par une autre voie (téléphone, papier), l'empreinte de sa clé d'identité et "
        "saisissez-la. Sans elle, on voit que le dossier s'accorde avec lui-même, non à qui sont les clés.",
    },
    "card_says": {"en": "The card of {state} says:", "fr": "La carte de {state} dit :"},
    "told_by": {"en": "{state} told you:", "fr": "{state} vous a dit :"},
    "steps_title": {"en": "What was checked", "fr": "Ce qui a été vérifié"},
    "messages_title": {"en": "The messages", "fr": "Les messages"},
    "messages_caption": {
        "en": "Every message of the case, in order; times are in UTC",
        "fr": "Tous les messages de l'affaire, dans l'ordre ; les heures sont en UTC",
    },
    "column_number": {"en": "No.", "fr": "N°"},
    "column_kind": {"en": "Step", "fr": "Étape"},
    "column_from_to": {"en": "From → to", "fr": "De → à"},
    "column_at": {"en": "When", "fr": "Quand"},
    "column_people": {"en": "Drafted, approved by", "fr": "Rédigé, approuvé par"},
    "column_receipt": {"en": "Receipt", "fr": "Accusé de réception"},
    "yes": {"en": "yes", "fr": "oui"},
    "no": {"en": "no", "fr": "non"},
    "files_title": {"en": "Check a file", "fr": "Vérifier un fichier"},
    "files_text": {
        "en": "A sealed exhibit (sealed.age), or what came out of it, is held against the case. A whole bundle (.zip) "
        "takes the place of the case on this page. Files of any size are read here and sent nowhere.",
        "fr": "Une pièce scellée (sealed.age), ou ce qui en est sorti, est comparée à l'affaire. Un dossier entier "
        "(.zip) prend la place de l'affaire de cette page. Les fichiers, de toute taille, sont lus ici et ne sont "
        "envoyés nulle part.",
    },
    "file_label": {"en": "File", "fr": "Fichier"},
    "drop_text": {"en": "Or drop files here.", "fr": "Ou déposez des fichiers ici."},
    "caution_title": {"en": "Before you rely on this page", "fr": "Avant de vous fier à cette page"},
    "caution_text": {
        "en": "Whoever can forge a case can also forge the page that came with it. To be sure, get this page from "
        "elsewhere (from a node's address under /verify/, or with the program) and choose the bundle here.",
        "fr": "Qui peut falsifier une affaire peut aussi falsifier la page qui l'accompagne. Pour être sûr, prenez "
        "cette page ailleurs (à l'adresse d'un nœud sous /verify/, ou avec le programme) et choisissez-y le dossier.",
    },
    "caution_more": {
        "en": "“rogatory verify --page-digest” prints the SHA-256 of the page without a case; “rogatory verify” says "
        "whether the page in a bundle is that one.",
        "fr": "“rogatory verify --page-digest” donne le SHA-256 de la page sans affaire ; “rogatory verify” dit si la "
        "page d'un dossier est bien celle-là.",
    },
    "foot": {
        "en": "This page opens no network connection and keeps nothing. All times are in UTC.",
        "fr": "Cette page n'ouvre aucune connexion réseau et ne garde rien. Toutes les heures sont en UTC.",
    },
}

#: Where the page checks less than the program does, it says less.
TITLES: Words = {
    "whole-embedded": {
        "en": "The papers in this page are those that the signed list names",
        "fr": "Les pièces de cette page sont celles que nomme la liste signée",
    },
    "chain": {
        "en": "The messages make one case and none is missing",
        "fr": "Les messages forment une affaire et aucun ne manque",
    },
}

NOTES: Words = {
    "page-embedded": {
        "en": "The papers were read from this page; for the bundle file itself, choose it below",
        "fr": "Les pièces ont été lues dans cette page ; pour le fichier du dossier lui-même, choisissez-le ci-dessous",
    },
    "page-template": {
        "en": "The page in the bundle holds these papers; without them its SHA-256 is {sha256}: compare it",
        "fr": "La page du dossier contient ces pièces ; sans elles, son SHA-256 est {sha256} : comparez-le",
    },
    "page-chain": {
        "en": "One chain of {count} messages, from {from} to {until}; none is missing, none was added",
        "fr": "Une seule chaîne de {count} messages, du {from} au {until} ; aucun ne manque, aucun n'est en trop",
    },
    "page-steps": {
        "en": "Whether each step was permitted when it was taken",
        "fr": "Si chaque étape était permise lorsqu'elle a été prise",
    },
    "page-sealed": {
        "en": "The sealed file is in the bundle, not in this page: choose either below (part root {root})",
        "fr": "Le fichier scellé est dans le dossier, non dans cette page : choisissez l'un ou l'autre ci-dessous "
        "(racine des parties {root})",
    },
    "file-bundle": {
        "en": "{file} is a bundle; what it holds is shown above",
        "fr": "{file} est un dossier ; ce qu'il contient est montré ci-dessus",
    },
    "file-sealed": {
        "en": "{file} is the sealed file of {name} (exhibit {exhibit}), every byte of it",
        "fr": "{file} est le fichier scellé de {name} (pièce {exhibit}), à l'octet près",
    },
    "file-opened": {
        "en": "{file} is the contents of {name} (exhibit {exhibit}), as sealed: SHA-256 {sha256}",
        "fr": "{file} est le contenu de {name} (pièce {exhibit}), comme au scellement : SHA-256 {sha256}",
    },
}

KINDS: Words = {
    "request": {"en": "request", "fr": "demande"},
    "acknowledgement": {"en": "acknowledgement", "fr": "accusé de prise en charge"},
    "decision": {"en": "decision", "fr": "décision"},
    "preserved": {"en": "data preserved", "fr": "données conservées"},
    "extension-request": {"en": "request for extension", "fr": "demande de prolongation"},
    "extension": {"en": "extension", "fr": "prolongation"},
    "warning": {"en": "warning", "fr": "avertissement"},
    "question": {"en": "question", "fr": "question"},
    "supplement": {"en": "supplement", "fr": "complément"},
    "status-question": {"en": "question on progress", "fr": "question sur l'avancement"},
    "note": {"en": "note", "fr": "note"},
    "delivery": {"en": "delivery of evidence", "fr": "remise de preuves"},
    "outcome": {"en": "outcome", "fr": "résultat"},
    "custody-receipt": {"en": "receipt of evidence", "fr": "réception de preuves"},
    "custody-entry": {"en": "custody entry", "fr": "mention de possession"},
    "withdrawal": {"en": "withdrawal", "fr": "retrait"},
    "release": {"en": "release", "fr": "libération"},
    "closure": {"en": "closure", "fr": "clôture"},
    "onward-request": {"en": "request to pass evidence on", "fr": "demande de transmission de preuves"},
    "onward-leave": {"en": "answer on passing evidence on", "fr": "réponse sur la transmission de preuves"},
    "disclosure-notice": {"en": "notice of disclosure", "fr": "avis de communication"},
}
