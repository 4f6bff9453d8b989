"""The gap report and the comparison of an assessment, out of what is kept here."""

from datetime import datetime

from rogatory.alignment.assessment.assessment import Assessment
from rogatory.alignment.report.comparison import Comparison, compare
from rogatory.alignment.report.gaps import gap_report
from rogatory.alignment.report.values import About, GapReport, TextRead
from rogatory.node import people
from rogatory.node.alignment import assessments, texts
from rogatory.node.alignment.assessments import Held
from rogatory.node.context import Node
from rogatory.node.people import Actor


def report(node: Node, actor: Actor, id: str, *, until: datetime | None = None) -> GapReport:
    """The gap report of an assessment, as it stood at *until* when given; that it was made is recorded.

    Raises `RoleMissing` and `NoSuchAssessment`.
    """
    held, about = _read(node, actor, id, until)
    with node.stores.atomic():
        people.note(node, actor, "align:assessment:report", id, f"as of {about.at:%Y-%m-%d}")
    return gap_report(node.law, held.assessment, about)


def exported(node: Node, actor: Actor, id: str, *, until: datetime | None = None) -> tuple[Assessment, About]:
    """The assessment and what it is about, for its tables; raises `RoleMissing` and `NoSuchAssessment`."""
    held, about = _read(node, actor, id, until)
    with node.stores.atomic():
        people.note(node, actor, "align:assessment:export", id, f"as of {about.at:%Y-%m-%d}")
    return held.assessment, about


def comparison(
    node: Node, actor: Actor, before: tuple[str, datetime | None], after: tuple[str, datetime | None]
) -> Comparison:
    """What changed from one assessment to another, or between two moments of one.

    Each is named by its id and the moment up to which its judgements count. Raises `RoleMissing` and
    `NoSuchAssessment`.
    """
    earlier, earlier_about = _read(node, actor, *before)
    later, later_about = _read(node, actor, *after)
    return compare(node.law, (earlier_about, earlier.assessment), (later_about, later.assessment))


def about(node: Node, held: Held, *, at: datetime) -> About:
    """What a report on *held* is about, at that moment."""
    titles = {law.id: law.title for law in node.stores.alignment.laws()}
    return About(
        title=held.row.title,
        state=node.status.state(held.row.state).name,
        at=at,
        texts=tuple(
            TextRead(
                law=one.law,
                title=one.title or titles.get(one.law, one.law),
                version=one.version,
                since=one.since,
                lang=one.lang,
                sha256=one.sha256,
            )
            for one in held.texts
        ),
    )


def _read(node: Node, actor: Actor, id: str, until: datetime | None) -> tuple[Held, About]:
    texts.require_reader(actor)
    held = assessments.held(node, id, until=until)
    return held, about(node, held, at=until or node.clock.now())
