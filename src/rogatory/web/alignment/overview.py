"""An assessment at a glance: how far it is, by chapter and force; who works on what; every obligation in a list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rogatory.alignment.assessment.assessment import Standing
from rogatory.alignment.assessment.earlier_files import MAX_BYTES, read_earlier
from rogatory.alignment.assessment.progress import STATES, ArticleProgress, ChapterProgress, Progress, progress
from rogatory.alignment.assessment.reuse import unmatched
from rogatory.alignment.obligations import FORCES, HOME, Obligation, obligations
from rogatory.errors import BadInput, NotFound, RogatoryError
from rogatory.law import browse
from rogatory.law.model import Law
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.alignment import assessments, earlier, proposals, texts
from rogatory.node.alignment.assessments import Held
from rogatory.node.context import Node
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.web import lawwords
from rogatory.web.alignment.access import for_readers, may_write
from rogatory.web.alignment.choosing import choice, chosen
from rogatory.web.doors import DeskRequest
from rogatory.web.forms import whole_number
from rogatory.web.middleware import status_of
from rogatory.web.stateorder import in_order


class NoAnswersFile(BadInput):
    """Choose the file of earlier answers."""

    code = "no-answers-file"
    remedy = "Choose a CSV or JSON file with the provision and the answer on each row, as the manual shows."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An obligation in the list: how it stands, whether something was found for it, whether something is begun."""

    asked: Obligation
    standing: Standing
    near: bool
    begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLines:
    """The lines of one article, its title, its chapter, and how it stands as a whole."""

    progress: ArticleProgress
    title: Words
    chapter: ChapterProgress
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderAtWork:
    """One reader: how many obligations, in which articles, and when last."""

    id: str
    name: str
    judged: int
    articles: tuple[str, ...]
    last: datetime


@for_readers
def begin(request: DeskRequest) -> HttpResponse:
    """The form that begins an assessment of one or several texts."""
    people.require(request.actor, texts.ASSESSOR)
    problem: RogatoryError | None = None
    title, picked = request.POST.get("title", ""), request.POST.getlist("text")
    if request.method == "POST":
        try:
            row = assessments.begin(
                request.node, request.actor, title=title, texts_=picked, state=request.POST.get("state", "")
            )
        except (BadInput, NotFound) as error:
            problem = error
        else:
            messages.success(request, _("The assessment has been begun. Nothing in it has been judged yet."))
            return redirect("align-assessment", row.id)
    context = {
        "laws": texts.laws(request.node),
        "title": title,
        "picked": picked,
        "state": request.POST.get("state", request.node.state),
        "states": in_order(request.node.status.states.values()),
        "problem": problem,
    }
    return render(request, "web/align/begin.html", context, status=status_of(problem) if problem else 200)


@for_readers
def show(request: DeskRequest, id: str) -> HttpResponse:
    """The overview of an assessment, with the obligations that were chosen."""
    return shown(request, id)


@require_POST
@for_readers
def change_texts(request: DeskRequest, id: str) -> HttpResponse:
    """The assessment looks at the texts that were ticked; somebody else's change in between is told."""
    try:
        assessments.change_texts(
            request.node,
            request.actor,
            id,
            texts_=request.POST.getlist("text"),
            version=whole_number(request.POST.get("version")),
        )
    except (BadInput, NotFound, ChangedMeanwhile) as error:
        return shown(request, id, problem=error)
    messages.success(request, _("The assessment looks at these texts now. What was judged stays."))
    return redirect("align-assessment", id)


@require_POST
@for_readers
def take_earlier(request: DeskRequest, id: str) -> HttpResponse:
    """Answers for Budapest, UNTOC or UNCAC are taken in, to be offered where they bear on an obligation."""
    try:
        upload = request.FILES.get("file")
        if upload is None:
            raise NoAnswersFile
        found = read_earlier(upload.read(MAX_BYTES + 1), request.node.law, name=upload.name or "")
        offered = earlier.take(request.node, request.actor, id, found)
    except BadInput as error:
        return shown(request, id, problem=error)
    rest = len(unmatched(request.node.law, found))
    messages.success(
        request,
        ngettext(
            "%(number)s earlier answer is offered where it bears on an obligation.",
            "%(number)s earlier answers are offered where they bear on an obligation.",
            offered,
        )
        % {"number": offered}
        + (" " + _("%(rest)s bear on none of them.") % {"rest": rest} if rest else ""),
    )
    return redirect("align-assessment", id)


def shown(request: DeskRequest, id: str, problem: RogatoryError | None = None) -> HttpResponse:
    """The overview of assessment *id*, with what was not done and why."""
    node, law = request.node, request.node.law
    held = assessments.held(node, id)
    asked = choice(request.GET)
    near = dict(node.stores.alignment.outlook(list(held.row.texts)))
    found = progress(law, held.assessment)
    picked = chosen(law, held, asked, near)
    begun = assessments.unsaved(node, request.actor, id)
    lines = [
        Line(asked=one, standing=held.assessment.standing(one.number), near=near.get(one.number, False),
             begun=one.number in begun and bool(begun[one.number].body))
        for one in picked
    ]  # fmt: skip
    context = {
        "held": held,
        "asked": asked,
        "progress": found,
        "articles": _by_article(law, found, lines),
        "chosen": len(picked),
        "readers": _at_work(held),
        "next": next((one.number for one in picked if held.assessment.standing(one.number).state == "unseen"), ""),
        "first": picked[0].number if picked else "",
        "disputed": sum(one.is_disputed for one in held.assessment.standings.values()),
        "begun": [number for number, row in begun.items() if row.body],
        "waiting": [one for one in held.texts if not proposals.is_current(node, one.id)],
        "earlier": earlier.of(node, id),
        "choices": _choices(node, held),
        "laws": texts.laws(node),
        "problem": problem,
        "may_write": may_write(request),
        "home": HOME,
    }
    return render(request, "web/align/overview.html", context, status=status_of(problem) if problem else 200)


def _by_article(law: Law, found: Progress, lines: Sequence[Line]) -> list[ArticleLines]:
    titles = {article.number: article.title for part in browse.parts(law, HOME) for article in part.articles}
    chapters = {chapter.number: chapter for chapter in found.chapters}
    return [
        ArticleLines(
            progress=found.articles[article],
            title=titles[article],
            chapter=chapters[found.articles[article].chapter],
            lines=tuple(one for one in lines if one.asked.article == article),
        )
        for article in dict.fromkeys(one.asked.article for one in lines)
    ]


def _at_work(held: Held) -> list[ReaderAtWork]:
    """Who has judged what, the one who judged last first."""
    names: dict[str, str] = {}
    last: dict[str, datetime] = {}
    judged: Counter[str] = Counter()
    articles: dict[str, dict[str, None]] = {}
    for number, standing in held.assessment.standings.items():
        for one in standing.history:
            names[one.reader] = one.reader_name
            last[one.reader] = max(one.at, last.get(one.reader, one.at))
            articles.setdefault(one.reader, {})[number.partition("(")[0]] = None
        judged.update({one.reader for one in standing.history})
    found = [
        ReaderAtWork(id=who, name=name, judged=judged[who], articles=tuple(articles[who]), last=last[who])
        for who, name in names.items()
    ]
    return sorted(found, key=lambda one: one.last, reverse=True)


def _choices(node: Node, held: Held) -> dict[str, object]:
    """What can be chosen in the form above the list."""
    asked = obligations(node.law)
    kinds = dict.fromkeys(one.kind for one in asked)
    chapters = {one.chapter for one in asked}
    readers = {
        one.reader: one.reader_name for standing in held.assessment.standings.values() for one in standing.history
    }
    return {
        "chapters": [one for one in node.law.instrument(HOME).chapters if one.number in chapters],
        "forces": [one for one in FORCES if any(each.force == one for each in asked)],
        "kinds": [(one, lawwords.SORTS[one]) for one in kinds],
        "states": STATES,
        "readers": sorted(readers.items(), key=lambda one: one[1]),
    }
