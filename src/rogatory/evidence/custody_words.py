"""A chain of custody in words, English and French: one sentence an entry, for people and for what they print."""

from rogatory.evidence.custody import Entry
from rogatory.evidence.custody_rules import Act
from rogatory.kernel.times import stamp

LANGUAGES = ("en", "fr")

ACTS: dict[Act, dict[str, str]] = {
    Act.SEALED: {"en": "sealed", "fr": "scellée"},
    Act.SENT: {"en": "sent", "fr": "envoyée"},
    Act.PART_RECEIVED: {"en": "received in part", "fr": "reçue en partie"},
    Act.RECEIVED: {"en": "received", "fr": "reçue"},
    Act.OPENED: {"en": "opened", "fr": "ouverte"},
    Act.VIEWED: {"en": "viewed", "fr": "consultée"},
    Act.COPIED: {"en": "copied", "fr": "copiée"},
    Act.EXTRACTED: {"en": "extracted from", "fr": "extraite en partie"},
    Act.FORWARDED: {"en": "forwarded", "fr": "transmise"},
    Act.DISCLOSED: {"en": "disclosed", "fr": "communiquée"},
    Act.RETURNED: {"en": "returned", "fr": "restituée"},
    Act.DESTROYED: {"en": "destroyed", "fr": "détruite"},
}

_SAID: dict[str, dict[str, str]] = {
    "entry": {
        "en": "{number}. {at}: {act} by {holder} ({person}){more}.",
        "fr": "{number}. {at} : {act} par {holder} ({person}){more}.",
    },
    "name": {
        "en": "entry {number} ({act} by {holder} at {at})",
        "fr": "la mention {number} ({act} par {holder} le {at})",
    },
    "to": {"en": ", to {to}", "fr": ", à {to}"},
    "root": {
        "en": "; the sealed file was hashed again and is the one of the manifest",
        "fr": " ; l’empreinte du fichier scellé, recalculée, est celle du bordereau",
    },
    "sha256": {
        "en": "; the contents were hashed again and are those of the manifest",
        "fr": " ; l’empreinte du contenu, recalculée, est celle du bordereau",
    },
    "purpose": {"en": "; for: {purpose}", "fr": " ; pour : {purpose}"},
    "under": {"en": "; under the message {under}", "fr": " ; en vertu du message {under}"},
    "same": {
        "en": "Both sides hold the same {count} entries.",
        "fr": "Les deux côtés détiennent les mêmes {count} mentions.",
    },
    "they-lack": {"en": "They lack {entry}.", "fr": "Il leur manque {entry}."},
    "we-lack": {"en": "We lack {entry}.", "fr": "Il nous manque {entry}."},
    "contradiction": {
        "en": "The two chains contradict each other, and no handing over mends that: {why}.",
        "fr": "Les deux chaînes se contredisent, et aucune communication n’y remédie : {why}.",
    },
}


def act(done: Act, lang: str = "en") -> str:
    """What an act is called."""
    return ACTS[done][lang]


def said(key: str, lang: str, **values: object) -> str:
    """The sentence *key* in *lang*, filled in with *values*."""
    return _SAID[key][lang].format(**values)


def sentence(entry: Entry, lang: str = "en") -> str:
    """One entry of a verified chain, with what it states, in a sentence."""
    more = "".join(
        said(key, lang, **{key: value})
        for key, value in (
            ("to", entry.to),
            ("root", entry.root),
            ("sha256", entry.sha256),
            ("purpose", entry.purpose.strip()),
            ("under", entry.under),
        )
        if value
    )
    return said("entry", lang, **_about(entry, lang), person=entry.person, more=more)


def name(entry: Entry, lang: str = "en") -> str:
    """How an entry is spoken of."""
    return said("name", lang, **_about(entry, lang))


def _about(entry: Entry, lang: str) -> dict[str, object]:
    return {"number": entry.number, "at": stamp(entry.at), "act": act(entry.act, lang), "holder": entry.holder}
