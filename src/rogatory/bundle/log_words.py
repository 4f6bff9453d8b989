"""The sentences of a report on a running node's log, in English and French."""

Words = dict[str, dict[str, str]]

TITLES: Words = {
    "log-card": {"en": "The node's contact card: whose log this is", "fr": "La carte du nœud : à qui est ce registre"},
    "log-head": {
        "en": "The newest checkpoint is signed by the log's key",
        "fr": "Le dernier point de contrôle est signé par la clé du registre",
    },
    "log-tree": {
        "en": "What the log serves makes the root that it signed",
        "fr": "Ce que le registre sert donne la racine qu'il a signée",
    },
    "log-growth": {
        "en": "The log continues the checkpoint that you kept",
        "fr": "Le registre continue le point de contrôle que vous avez gardé",
    },
    "log-witnesses": {"en": "Witnesses: who else saw this log", "fr": "Témoins : qui d'autre a vu ce registre"},
}

NOTES: Words = {
    "log-head": {
        "en": "{origin}, {size} entries, root {root}",
        "fr": "{origin}, {size} entrées, racine {root}",
    },
    "log-empty": {
        "en": "The log is empty: there is nothing to compute",
        "fr": "Le registre est vide : rien à calculer",
    },
    "log-all": {
        "en": "The root was computed from the hashes of all {size} entries ({tiles} tiles)",
        "fr": "La racine a été calculée à partir des empreintes des {size} entrées ({tiles} tuiles)",
    },
    "log-edge": {
        "en": "The root was computed from the right edge of the tree",
        "fr": "La racine a été calculée à partir du bord droit de l'arbre",
    },
    "log-sample": {
        "en": "{count} entries of {size}, drawn at random, lead to the root; the others were not fetched (--full does)",
        "fr": "{count} entrées sur {size}, tirées au hasard, mènent à la racine ; les autres n'ont pas été demandées "
        "(--full le fait)",
    },
    "log-grown": {
        "en": "The {old} entries that you knew are the beginning of the {size} that it has now",
        "fr": "Les {old} entrées que vous connaissiez sont le début des {size} qu'il a maintenant",
    },
    "log-no-earlier": {
        "en": "No earlier checkpoint was given: keep this one and give it next time with --since",
        "fr": "Aucun point de contrôle antérieur donné : gardez celui-ci et donnez-le la prochaine fois avec --since",
    },
    "log-cosigned": {
        "en": "{name} ({state}) cosigned it at {size} entries on {at}",
        "fr": "{name} ({state}) l'a cosigné à {size} entrées le {at}",
    },
    "log-no-witnessed": {
        "en": "The node shows no witnessed checkpoint: nobody outside this State vouches for its log",
        "fr": "Le nœud ne montre aucun point de contrôle attesté : personne hors de cet État ne répond de son registre",
    },
    "log-other-witnesses": {
        "en": "{count} cosignatures are of witnesses whose cards you did not give (--card)",
        "fr": "{count} cosignatures sont de témoins dont vous n'avez pas donné la carte (--card)",
    },
    "log-verdict-pass": {
        "en": "VERIFIED: the log is what its State signed, by the key whose fingerprint you gave.",
        "fr": "VÉRIFIÉ : le registre est celui que son État a signé, par la clé dont vous avez donné l'empreinte.",
    },
    "log-verdict-pass-untrusted": {
        "en": "VERIFIED, if the fingerprint in step 1 is that of the State: compare it by another road.",
        "fr": "VÉRIFIÉ, si l'empreinte de l'étape 1 est celle de l'État : comparez-la par une autre voie.",
    },
}
