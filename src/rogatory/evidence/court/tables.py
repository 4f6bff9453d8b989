"""A court's record as two tables in CSV (RFC 4180, UTF-8): one line an exhibit, and one line a custody entry.

Rules in words. The columns and their names are stable: new ones are only added at the end. Lists stand in one cell,
apart by a semicolon. A program for tables takes a cell that begins with certain signs for a formula, so a text of
people that does gets an apostrophe in front; digests, numbers and times are never touched.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from rogatory.evidence.court.record import CourtRecord, ExhibitRecord, SignedEntry
from rogatory.kernel.times import stamp

EXHIBITS = "exhibits.csv"
CUSTODY = "custody.csv"
#: What makes a cell a formula: also in full width, and behind white space.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n|")
EXHIBIT_COLUMNS = (
    *("case", "exhibit", "name", "media_type", "description", "size", "sha256", "md5", "sha1", "sha512"),
    *("sealed_size", "parts", "part_size", "parts_root", "sealed_sha256", "request", "measure", "instrument"),
    *("provision", "sealed_by", "person", "sealed_at", "receivers", "use", "confidential", "onward"),
    *(
        "retention_until",
        "data_protection",
        "contents_kind",
        "contents_count",
        "contents_root",
        "derived_from",
        "derived_manifest",
    ),
    *("derived_act", "derived_leave", "derived_left_out", "state", "manifest_sha256", "manifest_key", "holds", "fault"),
)
CUSTODY_COLUMNS = (
    *("case", "exhibit", "number", "act", "holder", "person", "at", "to", "parts_root", "sha256", "purpose", "under"),
    *("previous", "entry_sha256", "key", "ledger_index", "ledger_size", "ledger_root", "carried_by"),
    "carried_by_ledger_index",
)


def exhibits(record: CourtRecord) -> bytes:
    """The table of exhibits, with the columns `EXHIBIT_COLUMNS`."""
    return _written(EXHIBIT_COLUMNS, (_exhibit(record, one) for one in record.exhibits))


def custody(record: CourtRecord) -> bytes:
    """The table of custody entries, exhibit by exhibit, with the columns `CUSTODY_COLUMNS`."""
    lines = (_entry(record, one, signed) for one in record.exhibits for signed in one.entries)
    return _written(CUSTODY_COLUMNS, lines)


def _exhibit(record: CourtRecord, one: ExhibitRecord) -> tuple[object, ...]:
    made, bound, asked = one.manifest, one.manifest.conditions, one.asked
    contents, derived = made.contents, made.derived
    return (
        *(record.case, made.exhibit, _text(made.name), made.media_type, _text(made.description), made.size),
        *(made.sha256, *(made.digests.get(name, "") for name in ("md5", "sha1", "sha512"))),
        *(made.parts.total, made.parts.count, made.parts.size, made.parts.root, one.sealed_sha256, made.answers),
        *(asked.measure.en if asked else "", asked.instrument.en if asked else "", made.provision),
        *(made.sealed_by, _text(made.person), stamp(made.at), ";".join(made.receivers), _text(bound.use)),
        *(str(bound.confidential).lower(), bound.onward, bound.retention_until or "", _text(bound.data_protection)),
        *((contents.kind, contents.count, contents.root) if contents else ("", "", "")),
        *((derived.exhibit, derived.manifest, derived.act) if derived else ("", "", "")),
        *((derived.leave or "", _text(derived.left_out)) if derived else ("", "")),
        *(one.state, one.digest, one.kid, str(not one.fault).lower(), _text(one.fault)),
    )


def _entry(record: CourtRecord, one: ExhibitRecord, signed: SignedEntry) -> tuple[object, ...]:
    entry, proof, carrier = signed.entry, signed.proof, signed.carrier
    return (
        *(record.case, one.manifest.exhibit, entry.number, entry.act, entry.holder, _text(entry.person)),
        *(stamp(entry.at), entry.to or "", entry.root or "", entry.sha256 or "", _text(entry.purpose)),
        *(entry.under or "", entry.previous or "", entry.digest, signed.kid),
        *((proof.index, proof.size, record.ledger.root) if proof else ("", "", "")),
        *((carrier.message, carrier.ledger_index) if carrier else ("", "")),
    )


def _text(written: str) -> str:
    """*written* by people, so that no program takes it for a formula."""
    is_formula = bool({written[:1], written.lstrip()[:1]} & _FORMULA)
    return f"'{written}" if is_formula else written


def _written(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return text.getvalue().encode()
