"""The page in a bundle that says to anybody, in English and French, what it is and how to check it."""

from rogatory.bundle.index import Index
from rogatory.kernel.times import stamp

_TEXT = """\
ROGATORY CASE BUNDLE                                        (français plus bas)

Case      {case}
Exported  {at} by {by}, with {program}
{world_en}

What this is
  A case between two States, complete and closed in one file: every signed
  message in its order, the contact cards that hold the keys, the receipts of
  both sides, the evidence with its chain of custody, and the proof that every
  message stands in the exporter's public ledger. Nothing but this file is
  needed to check it; no network, no database, no trust in any server.

How to check it
  rogatory verify THIS-FILE --trust STATE=FINGERPRINT
  Ask each State for the fingerprint of its identity key by another road (by
  telephone, on paper) and give it with --trust. Without it the check shows
  that the file is whole and consistent, not whose keys signed it.

With stock tools
  bundle.json           lists every file here with its SHA-256: sha256sum FILE
  *.jws                 JSON Web Signatures (RFC 7515), Ed25519
  exhibits/*/sealed.age opens with age -d -i KEY -o OUT sealed.age
                        (keys AGE-SECRET-KEY-PQ-1... need age 1.3 or later);
                        manifest.jws states the SHA-256 of what comes out
  checkpoint.txt        C2SP tlog-checkpoint; proofs/ are RFC 9162 inclusion proofs

--------------------------------------------------------------------------------

DOSSIER ROGATORY D'UNE AFFAIRE

Affaire   {case}
Exporté   {at} par {by}, avec {program}
{world_fr}

Ce que c'est
  Une affaire entre deux États, complète et close en un seul fichier : chaque
  message signé à sa place, les cartes de contact qui portent les clés, les
  accusés de réception des deux côtés, les preuves avec leur chaîne de
  possession, et la preuve que chaque message figure dans le registre public
  de l'exportateur. Ce fichier suffit à le vérifier : ni réseau, ni base de
  données, ni confiance en un serveur.

Comment le vérifier
  rogatory verify CE-FICHIER --trust ÉTAT=EMPREINTE --lang fr
  Demandez à chaque État, par une autre voie (téléphone, papier), l'empreinte
  de sa clé d'identité et donnez-la avec --trust. Sans elle, la vérification
  montre que le fichier est entier et cohérent, non à qui sont les clés.

Avec des outils courants
  bundle.json           énumère chaque fichier avec son SHA-256 : sha256sum FICHIER
  *.jws                 signatures JSON Web Signature (RFC 7515), Ed25519
  exhibits/*/sealed.age s'ouvre par age -d -i CLÉ -o SORTIE sealed.age
                        (les clés AGE-SECRET-KEY-PQ-1... veulent age 1.3 ou plus) ;
                        manifest.jws donne le SHA-256 de ce qui en sort
  checkpoint.txt        C2SP tlog-checkpoint ; proofs/ : preuves d'inclusion RFC 9162
"""

_WORLD = {
    True: ("EXERCISE between practice States: nothing here has legal effect.",
           "EXERCICE entre États d'exercice : rien ici n'a d'effet juridique."),
    False: ("A real case.", "Une affaire réelle."),
}  # fmt: skip


def readme(index: Index) -> bytes:
    """The page for the bundle that *index* describes (its members are not read)."""
    english, french = _WORLD[index.exercise]
    return _TEXT.format(
        case=index.case,
        at=stamp(index.exported_at),
        by=index.exported_by,
        program=index.program,
        world_en=english,
        world_fr=french,
    ).encode()
