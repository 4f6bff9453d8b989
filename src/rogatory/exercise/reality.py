"""What the same opinion says outside the exercise, from the deposits that are really known."""

from datetime import date

from rogatory.exercise import contents
from rogatory.exercise.transcript import Transcript
from rogatory.law.loader import load_law
from rogatory.opinion import engine
from rogatory.opinion.facts import Facts
from rogatory.opinion.findings import Opinion
from rogatory.status.engine import Status

#: The day up to which the deposits that ship with the program are known.
KNOWN_UNTIL = date(2026, 11, 22)


def opinion() -> Opinion:
    """The opinion on the exercise's preservation request, had it been sent on `KNOWN_UNTIL`."""
    facts = Facts(
        measure="preservation", requesting="VNM", requested="FRA", on=KNOWN_UNTIL, contents=contents.PRESERVATION
    )
    return engine.assess(facts, law=load_law(), status=Status.load(), chair="requesting")


def compare(transcript: Transcript) -> None:
    """Print it: the Convention binds neither State yet, and what else could serve."""
    found = opinion().to_json()
    transcript.scene(f"Outside the exercise, on {KNOWN_UNTIL}: the same request against the real deposits")
    transcript.say(f"{found['answer']}: {found['sentence']['en']}")
    for finding in found["findings"]:
        if finding["verdict"] != "met":
            reasons = " ".join(sentence["en"] for sentence in finding["because"])
            transcript.say(f"{finding['provision']} {finding['verdict']}: {reasons}")
    for other in found["alternatives"]:
        transcript.say(f"instead, perhaps: {other['name']['en']}: {other['serves']['en']}")
