"""A court's record in CASE/UCO (JSON-LD), the ontology in which forensic tools exchange what was done with evidence.

Rules in words. One investigation holds everything. The contents and the sealed file of an exhibit are two observable
objects; a provenance record with the exhibit's number groups them. Each custody entry is one investigative action: who
performed it, which authorities took part, when, on what, informed by the action it follows; no location, for nobody
states one. The request, and every message that allowed an act, is an authorization. What an exhibit was made from is
`wasDerivedFrom`; its conditions are markings. Names of things (`urn:uuid:`) come from the digests and identifiers of
what they are (version 5 in form, SHA-256 in place of SHA-1), so two exports of one case speak of the same things.
What the ontology has no word for is an external reference with its defining context: the digest of a signed entry, its
place in the ledger, the tree hash over the parts.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from rogatory.evidence import custody_words
from rogatory.evidence.court import words
from rogatory.evidence.court.record import CourtRecord, ExhibitRecord, SignedEntry
from rogatory.evidence.custody_rules import Act, Rehash
from rogatory.evidence.manifest import Manifest
from rogatory.kernel.times import stamp

MEDIA_TYPE = "application/ld+json"
_UCO = "https://ontology.unifiedcyberontology.org/uco/"
CONTEXT: Mapping[str, str] = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{f"uco-{name}": f"{_UCO}{name}/" for name in ("action", "core", "identity", "marking", "observable", "tool")},
    "uco-types": f"{_UCO}types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_HASHES = {"md5": "MD5", "sha1": "SHA1", "sha256": "SHA256", "sha512": "SHA512"}
Node = dict[str, Any]


def document(record: CourtRecord) -> bytes:
    """*record* as one JSON-LD document, in UTF-8."""
    nodes = _Nodes(record)
    nodes.gather()
    value = {"@context": dict(CONTEXT), "@graph": nodes.all()}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def name_of(kind: str, *parts: str) -> str:
    """The name of a thing: a UUID made of the SHA-256 of *kind* and *parts*, the same whenever it is asked for."""
    digest = bytearray(hashlib.sha256("\n".join(("rogatory-case-uco/v1", kind, *parts)).encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"urn:uuid:{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class _Nodes:
    """The nodes of the graph, each once under its name, in the order in which they were met."""

    def __init__(self, record: CourtRecord) -> None:
        self._record = record
        self._nodes: dict[str, Node] = {}
        self._tool = name_of("tool", record.program)

    def all(self) -> list[Node]:
        """The investigation, which holds all others, and the others."""
        record = self._record
        held = [{"@id": name} for name in self._nodes]
        permits = [{"@id": name} for name, node in self._nodes.items() if node["@type"] == _AUTHORIZATION]
        world = "An exercise between practice States: nothing here has legal effect." if record.exercise else ""
        whole = {
            "@id": name_of("case", record.case),
            "@type": "case-investigation:Investigation",
            "uco-core:name": record.case,
            **_said(world),
            "case-investigation:investigationForm": "case",
            **({"case-investigation:relevantAuthorization": permits} if permits else {}),
            "uco-core:object": held,
        }
        return [whole, *self._nodes.values()]

    def gather(self) -> None:
        """Everything that the record says."""
        name, _, version = self._record.program.partition(" ")
        self._add(self._tool, "uco-tool:Tool", {"uco-core:name": name, "uco-tool:version": version})
        for one in self._record.exhibits:
            self._exhibit(one)

    def _exhibit(self, one: ExhibitRecord) -> None:
        made = one.manifest
        self._authorization(one)
        markings = [self._marking(made, *marking) for marking in _markings(made)]
        file, sealed = _file(made.exhibit), name_of("sealed", made.exhibit)
        hashes = {"sha256": made.sha256, **made.digests}
        content = self._content(made.exhibit, made.size, hashes, encrypted=False)
        content["uco-observable:mimeType"] = made.media_type
        origin = {"case-investigation:wasDerivedFrom": [{"@id": self._origin(made)}]} if made.derived else {}
        self._observable(
            file, (made.name, made.size), content, {**_said(made.description), **origin, **_held(markings)}
        )
        content = self._content(
            sealed, made.parts.total, {"sha256": one.sealed_sha256} if one.sealed_sha256 else {}, encrypted=True
        )
        root = self._reference("RFC 9162 tree hash over the SHA-256 of each part", made.parts.root, made.exhibit)
        self._observable(sealed, ("sealed.age", made.parts.total), content, {**_told([root]), **_held(markings)})
        self._relation(sealed, file, "Encrypted_From")
        record = name_of("exhibit", made.exhibit)
        self._add(
            record,
            "case-investigation:ProvenanceRecord",
            {
                **_said(f"Exhibit {made.exhibit}, sealed by {made.sealed_by} under {made.provision}"),
                "case-investigation:exhibitNumber": made.exhibit,
                "case-investigation:rootExhibitNumber": made.derived.exhibit if made.derived else made.exhibit,
                "uco-core:object": [{"@id": file}, {"@id": sealed}],
                **_told([self._reference("SHA-256 of the signed manifest", one.digest, made.exhibit)]),
            },
        )
        for signed in one.entries:
            self._action(one, signed)

    def _authorization(self, one: ExhibitRecord) -> None:
        made, asked = one.manifest, one.asked
        what = f"Request under {made.provision}"
        more: Node = {}
        if asked:
            what = f"Request under {made.provision} of {asked.instrument.en}: {asked.measure.en}"
            more = {"uco-core:startTime": _time(stamp(asked.at))}
        self._permit(made.answers, what, more)

    def _permit(self, message: str, what: str, more: Node) -> None:
        said = {"case-investigation:authorizationType": what, "case-investigation:authorizationIdentifier": message}
        self._add(name_of("message", message), _AUTHORIZATION, {**said, **more})

    def _origin(self, made: Manifest) -> str:
        """The contents of the exhibit that this one was made from, which may be of another case."""
        if made.derived is None:
            raise ValueError("the exhibit was made from no other")
        name = _file(made.derived.exhibit)
        if name not in self._nodes:
            reference = self._reference("Rogatory exhibit", made.derived.exhibit, made.exhibit)
            self._add(name, "uco-observable:ObservableObject", _told([reference]))
        return name

    def _observable(self, name: str, file: tuple[str, int], content: Node, more: Node) -> None:
        facet = {
            "@id": name_of("facet", name, "file"),
            "@type": "uco-observable:FileFacet",
            "uco-observable:fileName": file[0],
            "uco-observable:isDirectory": False,
            "uco-observable:sizeInBytes": file[1],
        }
        said = {"uco-core:name": file[0], **more, "uco-core:hasFacet": [facet, content]}
        self._nodes.pop(name, None)  # what was only named, as the origin of another, is described now
        self._add(name, "uco-observable:File", said)

    def _content(self, of: str, size: int, hashes: Mapping[str, str], *, encrypted: bool) -> Node:
        found = [
            {
                "@id": name_of("hash", of, name),
                "@type": "uco-types:Hash",
                "uco-types:hashMethod": _HASHES[name],
                "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": value.upper()},
            }
            for name, value in hashes.items()
        ]
        return {
            "@id": name_of("facet", of, "content"),
            "@type": "uco-observable:ContentDataFacet",
            **({"uco-observable:hash": found} if found else {}),
            "uco-observable:isEncrypted": encrypted,
            "uco-observable:sizeInBytes": size,
        }

    def _relation(self, source: str, target: str, kind: str) -> None:
        said = {"uco-core:source": {"@id": source}, "uco-core:target": {"@id": target}}
        self._add(
            name_of("relation", source, target, kind),
            "uco-observable:ObservableRelationship" if kind == "Encrypted_From" else "uco-core:Relationship",
            {**said, "uco-core:isDirectional": True, "uco-core:kindOfRelationship": kind},
        )

    def _marking(self, made: Manifest, kind: str, text: str) -> str:
        model = "uco-marking:TermsOfUseMarking" if kind == "terms-of-use" else "uco-marking:StatementMarking"
        words_of = "uco-marking:termsOfUse" if kind == "terms-of-use" else "uco-marking:statement"
        name = name_of("marking", made.exhibit, kind, text)
        terms = {
            "@id": name_of("marking-model", made.exhibit, kind, text),
            "@type": model,
            "uco-marking:definitionType": kind,
            words_of: text,
        }
        said = {"uco-marking:definitionType": kind, "uco-marking:definition": [terms]}
        return self._add(name, "uco-marking:MarkingDefinition", said)

    def _action(self, one: ExhibitRecord, signed: SignedEntry) -> None:
        entry, made = signed.entry, one.manifest
        holder = self._authority(entry.holder)
        performer = holder if signed.by_machine else self._person(entry.person, entry.holder)
        others = [holder, *([self._authority(entry.to)] if entry.to else [])]
        things = [{"@id": name} for name in (name_of("exhibit", made.exhibit), *_touched(signed, made.exhibit))]
        made_here = entry.act is Act.SEALED
        before = [{"@id": name_of("entry", entry.previous)}] if entry.previous else []
        at = _time(stamp(entry.at))
        if entry.under:
            self._permit(entry.under, f"Message that allows the act: {entry.act}", {})
        said = {
            "uco-core:name": str(entry.act),
            **_said(custody_words.sentence(entry)),
            "uco-action:startTime": at,
            "uco-action:endTime": at,
            "uco-action:performer": {"@id": performer},
            "uco-action:participant": [{"@id": other} for other in others],
            "uco-action:instrument": {"@id": self._tool},
            "uco-action:object": [{"@id": _file(made.exhibit)}] if made_here else things,
            **({"uco-action:result": things} if made_here else {}),
            **({"case-investigation:wasInformedBy": before} if before else {}),
            **_told([*self._references(signed)]),
        }
        self._add(name_of("entry", entry.digest), "case-investigation:InvestigativeAction", said)

    def _references(self, signed: SignedEntry) -> Iterator[Node]:
        digest, log = signed.entry.digest, self._record.ledger
        yield self._reference("SHA-256 of the signed custody entry", digest, digest)
        yield self._reference("Key that signed the custody entry", signed.kid, digest)
        if signed.proof:
            place = f"{signed.proof.index} of {signed.proof.size}, root {log.root}"
            yield self._reference(f"Entry in the log {log.origin}", place, digest)
        if signed.carrier:
            yield self._reference("SHA-256 of the message that brought it", signed.carrier.message, digest)
        if signed.entry.under:
            yield self._reference("SHA-256 of the message that allows it", signed.entry.under, digest)

    def _reference(self, context: str, identifier: str, of: str) -> Node:
        return {
            "@id": name_of("reference", of, context, identifier),
            "@type": "uco-core:ExternalReference",
            "uco-core:definingContext": context,
            "uco-core:externalIdentifier": identifier,
        }

    def _authority(self, authority: str) -> str:
        said = {"uco-core:name": authority, **_said(self._record.name(authority, "en"))}
        return self._add(name_of("authority", authority), "uco-identity:Organization", said)

    def _person(self, person: str, authority: str) -> str:
        name = self._add(name_of("person", authority, person), "uco-identity:Person", {"uco-core:name": person})
        self._relation(name, self._authority(authority), "Member_Of")
        return name

    def _add(self, name: str, kind: str, said: Node) -> str:
        self._nodes.setdefault(name, {"@id": name, "@type": kind, **said})
        return name


_AUTHORIZATION = "case-investigation:Authorization"


def _file(exhibit: str) -> str:
    return name_of("contents", exhibit)


def _touched(signed: SignedEntry, exhibit: str) -> Iterator[str]:
    """What was hashed again at the act: the contents, the sealed file, or both; the sealed file else."""
    told = {Rehash.PLAINTEXT: signed.entry.sha256, Rehash.SEALED_FILE: signed.entry.root}
    if told[Rehash.PLAINTEXT]:
        yield _file(exhibit)
    if told[Rehash.SEALED_FILE] or not told[Rehash.PLAINTEXT]:
        yield name_of("sealed", exhibit)


def _markings(made: Manifest) -> Iterator[tuple[str, str]]:
    bound = made.conditions
    terms = [f"{bound.use.strip()} (40(19))", words.ONWARD[bound.onward]["en"]]
    if bound.retention_until:
        terms.append(words.said("retention", "en", day=bound.retention_until.isoformat()))
    if bound.data_protection.strip():
        terms.append(words.said("data-protection", "en", terms=bound.data_protection.strip()))
    yield "terms-of-use", " ".join(terms)
    if bound.confidential:
        yield "statement", words.said("confidential", "en")


def _said(text: str) -> Node:
    return {"uco-core:description": text} if text.strip() else {}


def _told(references: list[Node]) -> Node:
    return {"uco-core:externalReference": references}


def _held(markings: list[str]) -> Node:
    return {"uco-core:objectMarking": [{"@id": name} for name in markings]}


def _time(text: str) -> Node:
    return {"@type": "xsd:dateTime", "@value": text}
