"""Operations about national law: what the Convention asks, which texts are here, what they may carry and what changed.

Whoever reads and changes here needs the role for it, at the desk as by a token: what is drafted is nobody else's yet.
"""

from typing import Any

from ninja import Router

from rogatory.alignment.national.model import NationalProvision
from rogatory.alignment.national.reading import national_text
from rogatory.alignment.obligations import articles, obligation, obligations, of_article
from rogatory.alignment.report.changes import changes_value
from rogatory.alignment.report.proposals import proposed
from rogatory.alignment.report.telling import obligation_value
from rogatory.api import alignmentbodies, bodies, parameters
from rogatory.api.alignmentbodies import TextBody, described
from rogatory.api.alignmentshapes import LawLine, ObligationLine, ProposalsFor, TextChanges, TextKept, TextLine
from rogatory.api.answering import Page, answered, page
from rogatory.api.problems import BadQuery, LogInNeeded
from rogatory.api.readers import ApiRequest
from rogatory.documents import reading
from rogatory.kernel import times
from rogatory.law.plain import plain
from rogatory.law.provisions import FORCES
from rogatory.node import people
from rogatory.node.alignment import changes, proposals, texts
from rogatory.node.alignment.proposals import ProposedFor
from rogatory.node.people import Actor

router = Router(tags=["alignment"])
TEXT_EXAMPLE = {
    "law": "computer-crimes",
    "file_name": "act.txt",
    "content": (
        "MS4gQWNjZXNzCldob2V2ZXIgYWNjZXNzZXMgYSBjb21wdXRlciBzeXN0ZW0gd2l0aG91dCBhdXRob3JpdHkgY29tbWl0cyBhbiBv"
        "ZmZlbmNlLgoKMi4gUGFya2luZwpOb2JvZHkgcGFya3Mgb24gYSBicmlkZ2UuCg=="
    ),
    "since": "2020-01-01",
}


def reader(request: ApiRequest) -> Actor:
    """Who asks; raises `LogInNeeded`, and `RoleMissing` for whoever may not read national laws."""
    if request.actor is None:
        raise LogInNeeded
    texts.require_reader(request.actor)
    return request.actor


def assessor(request: ApiRequest) -> Actor:
    """Who asks; raises `LogInNeeded`, and `RoleMissing` for whoever may not judge."""
    actor = reader(request)
    people.require(actor, texts.ASSESSOR)
    return actor


@router.get(
    "/obligations", response=list[ObligationLine], summary="List the obligations", operation_id="list_obligations"
)
@answered
def list_obligations(
    request: ApiRequest,
    *,
    article: parameters.Article = "",
    force: parameters.Force = "",
    limit: parameters.Limit = parameters.LIMIT,
    offset: parameters.Offset = 0,
) -> Any:
    """What the Convention asks of a State's law, Articles 7 to 53: elements of offences, options, exclusions."""
    law = request.node.law
    if force not in ("", *FORCES):
        raise BadQuery(f"the force is one of {', '.join(FORCES)}", where="force")
    asked = of_article(law, article) if article else obligations(law)
    found = [one for one in asked if force in ("", one.force)]
    part = page(found, limit=limit, offset=offset)
    return Page([obligation_value(one) for one in part.items], offset, limit, part.total)


@router.get("/laws", response=list[LawLine], summary="List national laws", operation_id="list_national_laws")
@answered
def list_laws(request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0) -> Any:
    """The national laws that were imported here, each with its texts (assessor, liaison, auditor, administrator)."""
    reader(request)
    found = page(texts.laws(request.node), limit=limit, offset=offset)
    lines = [{**plain(law), "texts": plain(held)} for law, held in found.items]
    return Page(lines, offset, limit, found.total)


@router.post(
    "/texts",
    response=TextKept,
    summary="Import a text",
    operation_id="import_text",
    openapi_extra=described(TextBody, TEXT_EXAMPLE),
)
@answered
def import_text(request: ApiRequest) -> Any:
    """Import a text of a law, and propose provisions out of it; the file is at most 1.5 megabytes (assessor)."""
    actor = assessor(request)
    sent = bodies.read(request, TextBody, limit=alignmentbodies.MAX_TEXT)
    document = reading.read(sent.data(), name=sent.file_name)
    since = times.parse_day(sent.since) if sent.since else None
    text = national_text(document, lang=sent.language.lower(), since=since, title=sent.title)
    kept = texts.import_text(
        request.node, actor, text, law=sent.law, title=sent.title, state=sent.state, version=sent.version
    )
    found = proposals.propose(request.node, actor, kept.text.id)
    return {"text": plain(kept.text), "before": kept.before.id if kept.before else "", "found": found}


@router.get("/texts/{text}", response=TextLine, summary="Show a text", operation_id="show_text")
@answered
def show_text(request: ApiRequest, text: parameters.TextPath) -> Any:
    """One text of a law, without its provisions: language, day, file, and what to look at in it."""
    reader(request)
    return texts.text_row(request.node, text)


@router.get(
    "/texts/{text}/provisions",
    response=list[NationalProvision],
    summary="List provisions of a text",
    operation_id="list_national_provisions",
)
@answered
def list_national_provisions(
    request: ApiRequest,
    text: parameters.TextPath,
    limit: parameters.Limit = parameters.LIMIT,
    offset: parameters.Offset = 0,
) -> Any:
    """The provisions of a text in their order, with their own numbers and passages."""
    reader(request)
    row = texts.text_row(request.node, text)
    found = texts.provisions(request.node, text, start=offset, limit=limit)
    return Page(found, offset, limit, row.provisions)


@router.get(
    "/texts/{text}/proposals",
    response=ProposalsFor,
    summary="Propose provisions for a number",
    operation_id="propose_provisions",
)
@answered
def propose_provisions(
    request: ApiRequest,
    text: parameters.TextPath,
    number: parameters.Asked,
    limit: parameters.ProposalLimit = proposals.SHOWN,
) -> Any:
    """The provisions of a text that may carry an article or an obligation, best first; a person decides."""
    actor = reader(request)
    law = request.node.law
    if number not in articles(law):
        obligation(law, number)
    row = texts.text_row(request.node, text)
    if texts.ASSESSOR in actor.roles and not proposals.is_current(request.node, text):
        proposals.propose(request.node, actor, text)
    return proposed_value(proposals.proposed_for(request.node, (row,), number, limit=limit))


def proposed_value(found: ProposedFor) -> dict[str, Any]:
    """What is proposed for a number, as `ProposalsFor`."""
    return {
        "number": found.number,
        "found": found.found,
        "how": list(found.how),
        "proposals": [
            {"law": one.text.law, "text": one.text.id, **proposed(one.provision, one.proposal, rank=rank)}
            for rank, one in enumerate(found.proposed, start=1)
        ],
    }


@router.get(
    "/texts/{text}/changes", response=TextChanges, summary="Show what changed", operation_id="show_text_changes"
)
@answered
def show_text_changes(request: ApiRequest, text: parameters.TextPath, since: parameters.SinceText) -> Any:
    """What became of every provision from an earlier text to this one, word by word."""
    reader(request)
    found = changes.changes(request.node, since, text)
    return {"before": plain(found.before), "after": plain(found.after), **changes_value(found.changes)}
