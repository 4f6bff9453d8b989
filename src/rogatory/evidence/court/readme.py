"""The page in a bag that says to anybody, in English and French, what is in it and how to check it."""

from rogatory.evidence.court.paper import moment
from rogatory.evidence.court.record import CourtRecord

_TEXT = """\
EXHIBITS AND CUSTODY RECORD                                 (français plus bas)

Case      {case}
Made      {at} UTC by {by}, with {program}
{world_en}

  record.en.html        the record to read and print; record.fr.html in French
  exhibits.csv          one line an exhibit
  custody.csv           one line an act in the custody of an exhibit
  case-uco.jsonld       the same in CASE/UCO, for forensic programs
  exhibits/ID/          manifest.jws, signed by who sealed the exhibit;
                        custody/, every entry as its holder signed it;
                        parts.bin, the SHA-256 of each part of the sealed file;
                        sealed.age, the sealed file, where it was given along
  proofs/, checkpoint.txt, timestamp.tsr
                        that the entries stand in the ledger, and since when
  cards/                the keys of the States, each card signed by its State

Check the folder with any BagIt program, or with
  sha256sum -c manifest-sha256.txt
Check who signed, and what stands in the ledger, as record.en.html says.
A sealed file opens with age -d -i KEY -o OUT sealed.age, for whoever has a key.

--------------------------------------------------------------------------------

PIÈCES ET RELEVÉ DE POSSESSION

Affaire   {case}
Établi    {at} UTC par {by}, avec {program}
{world_fr}

  record.fr.html        le relevé à lire et à imprimer
  exhibits.csv          une ligne par pièce
  custody.csv           une ligne par acte de possession
  case-uco.jsonld       la même chose en CASE/UCO, pour les outils d'analyse
  exhibits/ID/          manifest.jws, signé par qui a scellé la pièce ;
                        custody/, chaque mention telle que signée ;
                        parts.bin, le SHA-256 de chaque partie du fichier scellé ;
                        sealed.age, le fichier scellé, s'il est joint
  proofs/, checkpoint.txt, timestamp.tsr
                        que les mentions figurent au registre, et depuis quand
  cards/                les clés des États, chaque carte signée par son État

Vérifiez le dossier avec tout outil BagIt, ou par
  sha256sum -c manifest-sha256.txt
Vérifiez les signatures et le registre comme le dit record.fr.html.
Un fichier scellé s'ouvre par age -d -i CLÉ -o SORTIE sealed.age, pour qui a une clé.
"""

_WORLD = {
    True: ("EXERCISE between practice States: nothing here has legal effect.",
           "EXERCICE entre États d'exercice : rien ici n'a d'effet juridique."),
    False: ("A real case.", "Une affaire réelle."),
}  # fmt: skip


def readme(record: CourtRecord) -> bytes:
    """The page for the bag that holds *record*."""
    english, french = _WORLD[record.exercise]
    return _TEXT.format(
        case=record.case,
        at=moment(record.at),
        by=record.authority,
        program=record.program,
        world_en=english,
        world_fr=french,
    ).encode()
