"""The sentences of a court's record, in English and French."""

from rogatory.evidence.custody_rules import Standing

Words = dict[str, dict[str, str]]

STANDINGS: dict[Standing, dict[str, str]] = {
    Standing.UNNAMED: {"en": "was never given it", "fr": "ne l’a jamais reçue"},
    Standing.EXPECTED: {
        "en": "was sent it and has not confirmed that it came",
        "fr": "en est destinataire et n’a pas encore confirmé l’arrivée",
    },
    Standing.ARRIVING: {
        "en": "is receiving it; not all parts have come",
        "fr": "est en train de la recevoir ; toutes les parties ne sont pas arrivées",
    },
    Standing.HOLDS: {"en": "holds it, and has not opened it", "fr": "la détient, sans l’avoir ouverte"},
    Standing.OPEN: {"en": "holds it, and has opened it", "fr": "la détient et l’a ouverte"},
    Standing.GONE: {
        "en": "has no sealed file of it any more",
        "fr": "n’en a plus de fichier scellé",
    },
}

ONWARD: Words = {
    "only-with-leave": {
        "en": "It may be passed on only with the leave of the State that gave it (36(3), 40(19)).",
        "fr": "Elle n’est transmise qu’avec l’autorisation de l’État qui l’a remise (36(3), 40(19)).",
    },
    "not-at-all": {
        "en": "It may not be passed on (36(3), 40(19)).",
        "fr": "Elle n’est pas transmise (36(3), 40(19)).",
    },
    "free": {
        "en": "It may be passed on without leave (36(3), 40(19)).",
        "fr": "Elle peut être transmise sans autorisation (36(3), 40(19)).",
    },
}

DERIVED: Words = {
    "extracted": {"en": "a part of exhibit {exhibit}", "fr": "une partie de la pièce {exhibit}"},
    "forwarded": {"en": "the whole of exhibit {exhibit}", "fr": "la pièce {exhibit} tout entière"},
}

CONTENTS: Words = {
    "files": {
        "en": "{count} files and folders, under the tree hash {root}",
        "fr": "{count} fichiers et répertoires, sous l’empreinte d’arbre {root}",
    },
    "blocks": {
        "en": "{count} blocks of {block} bytes, under the tree hash {root}",
        "fr": "{count} blocs de {block} octets, sous l’empreinte d’arbre {root}",
    },
}

LABELS: Words = {
    "title": {"en": "Exhibits and custody record", "fr": "Pièces et relevé de possession"},
    "case": {"en": "Case", "fr": "Affaire"},
    "made": {"en": "Made", "fr": "Établi"},
    "requesting": {"en": "Requesting State", "fr": "État requérant"},
    "requested": {"en": "Requested State", "fr": "État requis"},
    "list": {"en": "List of exhibits", "fr": "Liste des pièces"},
    "exhibit": {"en": "Exhibit", "fr": "Pièce"},
    "exhibit-number": {"en": "Exhibit {number}", "fr": "Pièce {number}"},
    "name": {"en": "Name", "fr": "Nom"},
    "size": {"en": "Size", "fr": "Taille"},
    "sealed": {"en": "Sealed", "fr": "Scellée"},
    "what": {"en": "What it is", "fr": "Nature"},
    "kind": {"en": "Kind of file", "fr": "Type de fichier"},
    "identifier": {"en": "Identifier", "fr": "Identifiant"},
    "answers": {"en": "Answers", "fr": "Répond à"},
    "origin": {"en": "Made from", "fr": "Tirée de"},
    "left-out": {"en": "What was left out", "fr": "Ce qui n’y figure pas"},
    "leave": {"en": "By the leave", "fr": "En vertu de l’autorisation"},
    "contents": {"en": "Consists of", "fr": "Composition"},
    "sha256": {"en": "SHA-256 of the contents", "fr": "SHA-256 du contenu"},
    "digest": {"en": "{name} of the contents", "fr": "{name} du contenu"},
    "sealed-file": {"en": "Sealed file", "fr": "Fichier scellé"},
    "sealed-sha256": {"en": "SHA-256 of the sealed file", "fr": "SHA-256 du fichier scellé"},
    "sealed-by": {"en": "Sealed by", "fr": "Scellée par"},
    "receivers": {"en": "For", "fr": "Pour"},
    "use": {"en": "May be used for", "fr": "Usage permis"},
    "conditions": {"en": "Conditions", "fr": "Conditions"},
    "manifest": {"en": "Signed manifest", "fr": "Bordereau signé"},
    "chain": {"en": "Chain of custody", "fr": "Chaîne de possession"},
    "findings": {"en": "What was found", "fr": "Constatations"},
    "no": {"en": "No.", "fr": "N°"},
    "when": {"en": "When (UTC)", "fr": "Date (UTC)"},
    "act": {"en": "Act", "fr": "Acte"},
    "last-act": {"en": "Last act", "fr": "Dernier acte"},
    "checkpoint": {"en": "Signed checkpoint", "fr": "Point de contrôle signé"},
    "who": {"en": "By whom", "fr": "Par qui"},
    "rehash": {"en": "Hashed again", "fr": "Empreinte recalculée"},
    "purpose": {"en": "For what", "fr": "Pour quoi"},
    "ledger": {"en": "The ledger", "fr": "Le registre"},
    "log": {"en": "Log", "fr": "Journal"},
    "size-of-log": {"en": "Entries under the checkpoint", "fr": "Inscriptions sous le point de contrôle"},
    "root": {"en": "Root", "fr": "Racine"},
    "witnesses": {"en": "Witnesses", "fr": "Témoins"},
    "stamp": {"en": "Time-stamp", "fr": "Horodatage"},
    "keys": {"en": "Identity keys of the States", "fr": "Clés d’identité des États"},
    "verify": {"en": "How to verify this", "fr": "Comment vérifier"},
}

SAID: Words = {
    "made": {
        "en": "{at} UTC by {person}, {authority}, with {program}",
        "fr": "{at} UTC par {person}, {authority}, avec {program}",
    },
    "exercise": {
        "en": "EXERCISE between practice States: nothing here has legal effect.",
        "fr": "EXERCICE entre États d’exercice : rien ici n’a d’effet juridique.",
    },
    "about": {
        "en": "This record says what each exhibit is, who held it, when, and what was done with it. Every statement on "
        "an exhibit and on its custody was signed, when it was made, by the authority that made it; this paper repeats "
        "them and is itself no proof. The section “How to verify this” says how they are checked.",
        "fr": "Ce relevé dit ce qu’est chaque pièce, qui l’a détenue, quand, et ce qui en a été fait. Chaque mention "
        "sur une pièce et sur sa possession a été signée, lorsqu’elle a été faite, par l’autorité qui l’a faite ; ce "
        "document les reproduit et n’est pas lui-même une preuve. La partie « Comment vérifier » dit comment les "
        "contrôler.",
    },
    "none": {"en": "The case has no exhibits here.", "fr": "L’affaire n’a pas de pièces ici."},
    "bytes": {"en": "{size} bytes", "fr": "{size} octets"},
    "asked": {
        "en": "{measure}, asked for by {by} on {at} UTC under {provision}, {instrument}",
        "fr": "{measure}, demande faite par {by} le {at} UTC en vertu de {provision}, {instrument}",
    },
    "asked-unknown": {
        "en": "the request {digest}, under {provision}",
        "fr": "la demande {digest}, en vertu de {provision}",
    },
    "request": {"en": "request message {digest}", "fr": "message de demande {digest}"},
    "derived-manifest": {"en": "whose signed manifest is {manifest}", "fr": "dont le bordereau signé est {manifest}"},
    "sealed-file": {
        "en": "{size} bytes, {count} parts of {part} bytes, under the tree hash {root}",
        "fr": "{size} octets, {count} parties de {part} octets, sous l’empreinte d’arbre {root}",
    },
    "sealed-by": {"en": "{person}, {authority}, on {at} UTC", "fr": "{person}, {authority}, le {at} UTC"},
    "signed": {
        "en": "SHA-256 {digest}, signed with the key {kid}",
        "fr": "SHA-256 {digest}, signé avec la clé {kid}",
    },
    "use": {"en": "{use} (40(19))", "fr": "{use} (40(19))"},
    "confidential": {"en": "It is to be kept confidential (40(20)).", "fr": "Elle est confidentielle (40(20))."},
    "not-confidential": {
        "en": "No confidentiality was asked for.",
        "fr": "Aucune confidentialité n’a été demandée.",
    },
    "retention": {
        "en": "It may be kept until {day} (UTC), and is destroyed after that (36(2)).",
        "fr": "Elle peut être conservée jusqu’au {day} (UTC), puis est détruite (36(2)).",
    },
    "data-protection": {
        "en": "Terms of data protection (36(1)): {terms}",
        "fr": "Conditions de protection des données (36(1)) : {terms}",
    },
    "by-machine": {"en": "the node itself", "fr": "le nœud lui-même"},
    "to": {"en": "to {to}", "fr": "à {to}"},
    "under": {"en": "under the message {under}", "fr": "en vertu du message {under}"},
    "rehash-both": {
        "en": "the contents and the sealed file: as in the manifest",
        "fr": "le contenu et le fichier scellé : conformes au bordereau",
    },
    "rehash-sha256": {"en": "the contents: as in the manifest", "fr": "le contenu : conforme au bordereau"},
    "rehash-root": {"en": "the sealed file: as in the manifest", "fr": "le fichier scellé : conforme au bordereau"},
    "rehash-other": {"en": "NOT as in the manifest", "fr": "NON conforme au bordereau"},
    "rehash-none": {"en": "–", "fr": "–"},
    "entry": {
        "en": "Signed entry SHA-256 {digest}; key {kid}.",
        "fr": "Mention signée SHA-256 {digest} ; clé {kid}.",
    },
    "entry-proved": {
        "en": "Number {index} in the ledger described below.",
        "fr": "Numéro {index} du registre décrit plus bas.",
    },
    "entry-carried": {
        "en": "It came with the message {message}, number {index} in the ledger described below; its signer’s own "
        "ledger holds the entry itself.",
        "fr": "Elle est venue avec le message {message}, numéro {index} du registre décrit plus bas ; "
        "le registre du signataire contient la mention elle-même.",
    },
    "entry-unproved": {
        "en": "Not in the ledger described below; its signer’s own ledger holds it.",
        "fr": "Absente du registre décrit plus bas ; celui du signataire la contient.",
    },
    "holds": {
        "en": "Manifest and chain hold: {count} entries, each signed by its holder with a key it had at that time, "
        "each following the one it names; none was changed, taken out or put in between, and every act was possible "
        "where it stands. Whatever was hashed again was what the manifest states.",
        "fr": "Le bordereau et la chaîne sont valides : {count} mentions, chacune signée par son détenteur avec une "
        "clé qu’il avait alors, chacune suivant celle qu’elle désigne ; aucune n’a été modifiée, retirée ou "
        "intercalée, et chaque acte était possible à sa place. Toute empreinte recalculée est celle du bordereau.",
    },
    "fault": {
        "en": "The record of this exhibit DOES NOT HOLD: {why}",
        "fr": "Le relevé de cette pièce N’EST PAS VALIDE : {why}",
    },
    "branch": {
        "en": "{name} follows entry {number} and not the one listed before it: two holders went on at the same time. "
        "That is permitted; both lines hold.",
        "fr": "{name} suit la mention {number} et non celle qui la précède dans la liste : deux détenteurs ont "
        "continué en même temps. C’est permis ; les deux lignes sont valides.",
    },
    "standing": {"en": "{who} {how}.", "fr": "{who} {how}."},
    "listed": {"en": "SHA-256 of the contents: {sha256}", "fr": "SHA-256 du contenu : {sha256}"},
    "remark": {"en": "This node noted: {remark}", "fr": "Noté par ce nœud : {remark}"},
    "not-compared": {
        "en": "For this record the chain was not compared with the one that the other side holds. A chain alone does "
        "not show that its newest entries were left out; the other side’s copy and the ledgers do.",
        "fr": "Pour ce relevé, la chaîne n’a pas été comparée à celle que détient l’autre partie. Une chaîne seule "
        "ne montre pas que ses dernières mentions ont été omises ; la copie de l’autre partie et les registres "
        "le montrent.",
    },
    "compared": {
        "en": "Compared with the chain that the other side holds, when this record was made:",
        "fr": "Comparée à la chaîne que détient l’autre partie, lors de l’établissement de ce relevé :",
    },
    "ledger": {
        "en": "Each entry that the node of {state} signs is put at once into a log that only grows and whose head it "
        "signs. With the checkpoint below, each number above can be proved to stand in that log; what stands there "
        "cannot be changed or taken out afterwards without it showing.",
        "fr": "Chaque mention que signe le nœud de {state} est aussitôt portée dans un journal qui ne peut que croître "
        "et dont il signe la tête. Avec le point de contrôle ci-dessous, on prouve que chaque numéro ci-dessus y "
        "figure ; ce qui y figure ne peut plus être modifié ni retiré sans que cela se voie.",
    },
    "cosigned": {
        "en": "{state} ({name}) saw the log like this on {at} UTC",
        "fr": "{state} ({name}) a vu le journal ainsi le {at} UTC",
    },
    "no-witness": {
        "en": "Nobody outside this State has vouched for this checkpoint.",
        "fr": "Personne hors de cet État n’a attesté ce point de contrôle.",
    },
    "stamped": {
        "en": "{authority} states that the checkpoint was there on {at} UTC",
        "fr": "{authority} atteste que le point de contrôle existait le {at} UTC",
    },
    "no-stamp": {
        "en": "This checkpoint has no time-stamp of an independent authority.",
        "fr": "Ce point de contrôle n’est pas horodaté par une autorité indépendante.",
    },
    "verify-keys": {
        "en": "Whose signatures these are: ask each State, by telephone or on paper, for the fingerprint of its "
        "identity key, and compare it with the one above. That key signs the card that names all others.",
        "fr": "À qui sont les signatures : demandez à chaque État, par téléphone ou sur papier, l’empreinte de sa clé "
        "d’identité, et comparez-la à celle qui figure ci-dessus. Cette clé signe la carte qui désigne les autres.",
    },
    "verify-file": {
        "en": "That a file is the exhibit: take its SHA-256 (sha256sum FILE, certutil -hashfile FILE SHA256) and "
        "compare it with the SHA-256 of the contents.",
        "fr": "Qu’un fichier est bien la pièce : calculez son SHA-256 (sha256sum FICHIER, certutil -hashfile FICHIER "
        "SHA256) et comparez-le au SHA-256 du contenu.",
    },
    "verify-bundle": {
        "en": "Everything else, without a network and without trusting this node: have the case exported as a bundle "
        "(rogatory export) and check it with rogatory verify, or with the page verify.html that is in it. It checks "
        "each signature, the chain, the sealed bytes and the proofs in the ledger.",
        "fr": "Tout le reste, sans réseau et sans se fier à ce nœud : faites exporter l’affaire en dossier (rogatory "
        "export) et vérifiez-le avec rogatory verify, ou avec la page verify.html qui s’y trouve. Chaque signature, "
        "la chaîne, les octets scellés et les preuves du registre y sont contrôlés.",
    },
    "verify-entry": {
        "en": "A single entry or manifest is a JSON Web Signature (RFC 7515, Ed25519); its SHA-256 above is that of "
        "the signed text, byte for byte.",
        "fr": "Une mention ou un bordereau est une signature JSON Web Signature (RFC 7515, Ed25519) ; son SHA-256 "
        "ci-dessus est celui du texte signé, octet par octet.",
    },
}


#: What the digests of a manifest are called.
DIGESTS = {"md5": "MD5", "sha1": "SHA-1", "sha512": "SHA-512"}


def label(key: str, lang: str, **values: object) -> str:
    """The heading or name *key* in *lang*."""
    return LABELS[key][lang].format(**values)


def said(key: str, lang: str, **values: object) -> str:
    """The sentence *key* in *lang*, filled in with *values*."""
    return typeset(SAID[key][lang], lang).format(**values)


def typeset(text: str, lang: str) -> str:
    """*text* with the spaces that French puts beside its signs, where no line may break."""
    if lang != "fr":
        return text
    for sign in ";:?!»":
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    return text.replace("« ", "«\u00a0")
