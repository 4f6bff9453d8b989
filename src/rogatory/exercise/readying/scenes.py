"""From a law to a working Party, scene by scene: each is what people do at the desk, and what must come of it.

A scene raises `ExerciseFailed` when anything comes out otherwise. The files they work on stand in `files/`.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from rogatory.exercise.node import ExerciseFailed, ExerciseNode
from rogatory.exercise.readying.cast import HELPER, NEWCOMER
from rogatory.exercise.transcript import Transcript

LAW = "misuse-act"
#: What leaves the contact point unstaffed at the weekend's nights.
WEEKDAYS_ONLY = 'days = ["mon", "tue", "wed", "thu", "fri"]\n'


@cache
def judging() -> Mapping[str, Any]:
    """What the readers judge: `files/judging.toml`."""
    return tomllib.loads((files("rogatory.exercise.readying") / "files" / "judging.toml").read_text("utf-8"))


@dataclass(kw_only=True)
class Stage:
    """What the scenes share: the two nodes, the folder for papers, and what has been learned so far."""

    folder: Path
    newcomer: ExerciseNode
    helper: ExerciseNode
    transcript: Transcript
    wait: Callable[[str, Callable[[], Any]], Any]
    known: dict[str, str] = field(default_factory=dict)

    @property
    def papers(self) -> Path:
        """Where reports and letters are written."""
        return self.folder / "papers"

    def reader(self, *words: str) -> Any:
        """What the first reader's command answers."""
        return self.newcomer.run(*words, who="ada")

    def file(self, name: str) -> str:
        """A copy of one of the exercise's files, in the folder of the exercise."""
        copy = self.folder / name
        if not copy.exists():
            with as_file(files("rogatory.exercise.readying") / "files" / name) as source:
                copy.write_bytes(source.read_bytes())
        return str(copy)


def read_the_law(stage: Stage) -> None:
    """A law and its amendment are read; provisions are proposed for every obligation"""
    first = stage.reader("align", "import", stage.file("act-2019.md"), "--law", LAW, "--since", "2019-05-01")
    second = stage.reader("align", "import", stage.file("act-2027.md"), "--law", LAW, "--since", "2027-01-01")
    stage.transcript.say(f"read: {first['provisions']} provisions, and {second['provisions']} since the amendment")
    changed = stage.reader("align", "changes", first["text"]["id"], LAW)
    new = [one["after"]["number"] for one in changed["changes"] if one["what"] == "added"]
    expect(new == ["4A", "12A"], f"the amendment adds sections 4A and 12A, not {new}")
    stage.transcript.say("the amendment adds sections 4A and 12A, and changes what section 12 says, word by word")
    stage.known["old"] = first["text"]["id"]
    proposed = stage.reader("align", "propose", LAW, "--article", judging()["article"], "--limit", "2")["articles"][0]
    stage.transcript.say(
        f"for Article {judging()['article']} the program proposes {proposed['proposals'][0]['label']!r}, and says why"
    )


def assess(stage: Stage) -> None:
    """Two readers judge; nothing is implemented before a person says so; they differ once"""
    number = judging()["obligation"]
    made = stage.reader("align", "assess", LAW, "--title", "Electronic Misuse Act against the Convention")
    stage.known["assessment"] = made["id"]
    stage.reader("align", "earlier", made["id"], stage.file("earlier.csv"))
    offered = stage.reader("align", "status", made["id"], number)["offered"]
    stage.transcript.say(f"an answer given for {offered[0]['cite']} is offered for {number}, to be confirmed")
    evidence = ("--evidence", f"{LAW}:3:1")
    stage.reader(
        *("align", "judge", made["id"], number, "--answer", "implemented", *evidence),
        *("--option", "o1", "--reused-from", offered[0]["cite"]),
    )
    stage.newcomer.run(
        *("align", "judge", made["id"], number, "--answer", "partly", *evidence),
        *("--element", "e2=unclear", "--remark", "Is a part of a system meant too?"),
        who="ben",
    )
    expect(stage.reader("align", "status", made["id"], number)["state"] == "disputed", "they differ")
    stage.transcript.say(f"two readers differ on {number}; it stands as disputed until one settles it with a reason")
    stage.newcomer.run(
        *("align", "judge", made["id"], number, "--answer", "implemented", *evidence, "--option", "o1"),
        *("--settles", "--remark", "Section 3(1) names parts of a system."),
        who="ben",
    )
    for gap in judging()["gaps"]:
        stage.reader("align", "judge", made["id"], gap, "--answer", "not-implemented", "--remark", "Nothing found.")
    stage.transcript.say(
        f"{number} is settled; {len(judging()['gaps'])} gaps are found; the rest waits for its readers"
    )


def report(stage: Stage) -> None:
    """The gap report is printed, in English and French"""
    stage.papers.mkdir(exist_ok=True)
    for lang, name in (("en", "gap-report.pdf"), ("fr", "rapport-des-lacunes.docx")):
        out = stage.papers / name
        stage.newcomer.run("--lang", lang, "align", "report", stage.known["assessment"], "--out", str(out), who="ada")
        expect(out.stat().st_size > 10_000, f"{name} is a whole document")
        stage.transcript.say(f"written: {out.name}, {out.stat().st_size // 1024} KB")


def ask_for_help(stage: Stage) -> None:
    """A need is made from a gap and sent; the partner's offer fits it, and the program says why"""
    give_cards(stage)
    need = stage.newcomer.run("assist", "need", "from-gap", stage.known["assessment"], judging()["need"], who="lia")
    stage.newcomer.run("assist", "share", need["name"], "--with", HELPER.state, who="lia")
    stage.newcomer.run("assist", "send", need["name"], who="lia")
    offer = stage.helper.run("assist", "offer", "make", stage.file("offer.toml"), who="manon")
    stage.helper.run("assist", "share", offer["name"], "--all-partners", who="manon")
    stage.helper.run("assist", "send", offer["name"], who="manon")

    def arrived() -> Any:
        return [one for one in stage.newcomer.run("assist", "match", who="lia") if one["offer"] == offer["name"]]

    match = stage.wait("the offer of France fits the need", arrived)[0]
    stage.transcript.say(
        f"a need was made from the gap at {judging()['need']}; an offer of {HELPER.name} fits, {match['score']} of 100:"
    )
    for reason in match["reasons"][:3]:
        stage.transcript.say(f"  + {reason['says']['en']}")
    stage.newcomer.run("assist", "interest", offer["name"], "--says", "Could we speak about it?", who="lia")


def give_cards(stage: Stage) -> None:
    """Each State accepts the other's contact card."""
    for giver, taker in ((stage.newcomer, stage.helper), (stage.helper, stage.newcomer)):
        card = stage.folder / f"{giver.state}-card.jws"
        shown = giver.run("card", "show", "--out", str(card))
        boss = taker.country.administrator
        taker.run("partner", "add", str(card), "--fingerprint", shown["fingerprint"], who=boss.login)


def drill(stage: Stage) -> None:
    """The contact point is tested by a drill between the two nodes"""
    planned = stage.newcomer.run("drill", "send", "--to", HELPER.state, "--now", "--answer-within", "60m", who="ada")

    def waiting() -> Any:
        found = stage.helper.run("drill", "list", who="camille")
        return [one for one in found if one["standing"] == "waiting"]

    there = stage.wait("the drill has arrived", waiting)[0]
    stage.helper.run("drill", "answer", there["id"], "--note", "Here.", who="camille")

    def answered() -> Any:
        return stage.newcomer.run("drill", "show", planned["id"], who="ada")["standing"] == "passed"

    stage.wait("the answer has come back", answered)
    stage.transcript.say(f"{HELPER.name}'s duty officer answered; the time is on {NEWCOMER.name}'s record")


def letters(stage: Stage) -> None:
    """The State's choices become letters ready to sign; once filed, they stand in status"""
    choices = Path(stage.file("choices.toml"))
    stage.reader("ready", "choices", str(choices))
    lacking = [one for paper in stage.reader("ready", "letters")["papers"] for one in paper["missing"]]
    expect(len(lacking) == 1, f"one letter lacks something, not {lacking}")
    stage.transcript.say(f"not complete yet: {lacking[0]['what']['en']}")
    choices.write_text(choices.read_text("utf-8").replace(WEEKDAYS_ONLY, ""), encoding="utf-8")
    stage.reader("ready", "choices", str(choices))
    stage.newcomer.run("--lang", "en", "ready", "letters", "--out", str(stage.papers / "letters"), who="ada")
    written = sorted(one.name for one in (stage.papers / "letters").iterdir())
    expect(len(written) >= 9, f"the instrument and every notice are written, not {written}")
    stage.transcript.say(f"{len(written)} files: the instrument, each notice that is owed, and a cover sheet")
    papers = [one["id"] for one in stage.reader("ready", "letters")["papers"] if one["action"] and not one["missing"]]
    stage.reader("ready", "file", *papers, "--on", "2028-03-01", "--reference", "C.N.1.2028")
    left = _owed(stage)
    stage.transcript.say(f"filed; notices still owed to the Secretary-General: {len(left)}")
    expect(not left, f"no notice is owed any more, not {left}")


def _owed(stage: Stage) -> list[str]:
    shown = stage.newcomer.run("status", "show", NEWCOMER.state)
    return [one["provision"] for one in shown["owed"] if one["owed"] == "yes" and one["to"] == "depositary"]


def the_way_ahead(stage: Stage) -> None:
    """What is left on the way, and what changes on the day"""
    found = stage.reader("ready", "checklist")
    open_ = [one for one in found["steps"] if one["state"] == "open"]
    stage.transcript.say(f"{len(open_)} steps are open; the first: {open_[0]['title']['en']}")
    day = stage.reader("ready", "day")
    stage.transcript.say(f"the Convention is in force for {NEWCOMER.name} from {day['since']}")


def expect(held: object, what: str) -> None:
    """Nothing, when it *held*; raises `ExerciseFailed`."""
    if not held:
        raise ExerciseFailed(what)


SCENES = (read_the_law, assess, report, ask_for_help, drill, letters, the_way_ahead)
