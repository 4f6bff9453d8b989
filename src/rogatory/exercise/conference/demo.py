"""`rogatory demo conference`: a whole practice session on a real node, to be looked at while it runs and afterwards.

A node is made with a secretary's account, the meeting is prepared, the node is served, sixty delegations act; at the
end the record is verified offline and the reports are written to a folder that stays.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from rogatory.conference.meeting.state import State
from rogatory.conference.report import source, summary
from rogatory.documents import sessionreport
from rogatory.documents.typesetting import TypesetterMissing
from rogatory.errors import RogatoryError
from rogatory.exercise.cast import Country, Player
from rogatory.exercise.conference import before, cast, script, stage, standing
from rogatory.exercise.conference.acts import Act
from rogatory.exercise.conference.stage import SHOWN, Stage
from rogatory.exercise.node import ExerciseFailed, ExerciseNode, free_port
from rogatory.exercise.transcript import Transcript
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.conference import meetings
from rogatory.node.conference.passes import Issued
from rogatory.node.context import Node

NOTICE = Words(
    "EXERCISE: invented States, a practice date. Nothing here is real.",
    "EXERCICE : États inventés, date d’exercice. Rien ici n’est réel.",
)
SECRETARY = "secretary"
HOST = Country(
    state="XCF",
    name="Practice Conference",
    languages=("en", "fr"),
    administrator=Player("operator", "Operator of the Exercise", ("administrator",)),
    desk=(Player(SECRETARY, "Secretary of the Conference", ("secretary",)),),
)


class Rooms(Protocol):
    """What the exercise asks of the program around it: a node in this process, a log-in, an error in words."""

    def use(self, data: Path) -> None: ...

    def node(self) -> Node: ...

    def log_in(self, name: str, password: str) -> people.Actor: ...

    def sentence(self, error: RogatoryError, lang: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How it is to go: *leave* at the end, seconds between acts (*pace*), a folder to *keep* the node in, words."""

    leave: bool
    pace: float = 0.0
    keep: Path | None = None
    lang: str = "en"


def run(rooms: Rooms, wanted: Wanted) -> int:
    """Play the session; 0 only when every act came out as it must and the record verified."""
    folder = wanted.keep or Path(tempfile.mkdtemp(prefix="rogatory-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    transcript = Transcript()
    transcript.banner(NOTICE.get(wanted.lang))
    port = free_port()
    host = ExerciseNode(HOST, folder, port=port, address=f"http://127.0.0.1:{port}")
    try:
        _play(rooms, wanted, host, transcript)
        if not wanted.leave:
            transcript.banner(
                Words("the desk stays open until Ctrl-C", "le bureau reste ouvert, Ctrl-C pour finir").get(wanted.lang)
            )
            signal.pause()
    except KeyboardInterrupt:
        return 130
    except RogatoryError as error:
        sys.stderr.write(f"the exercise failed [{error.code}]: {error.message}\n")
        return 1
    finally:
        host.stop()
        if wanted.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _play(rooms: Rooms, wanted: Wanted, host: ExerciseNode, transcript: Transcript) -> None:
    teller = Teller(transcript, wanted.lang, rooms.sentence)
    teller.scene(Words("A node for the Conference is made", "Un nœud est créé pour la Conférence"))
    made_on = cast.OPENS - timedelta(days=script.MADE_DAYS_BEFORE)
    host.set_up(made_on.isoformat())
    played = _opened(rooms, host, wanted)
    teller.say(
        Words(f"meeting {played.meeting} under {script.RULEBOOK}", f"réunion {played.meeting}, {script.RULEBOOK}")
    )
    pass_days(host.data)
    host.start()
    _faces(teller, host, played.badges(), host.password(SECRETARY))
    refused = 0
    for act, state, refusal in played.play():
        refused += refusal is not None
        teller.tell(act, state, refusal)
    entries = played.state().number
    teller.say(Words(f"{entries} acts stand in the record; {refused} were refused and do not",
                     f"{entries} actes au registre ; {refused} refusés n’y figurent pas"))  # fmt: skip
    _close(teller, host, played, wanted)
    if not wanted.leave:
        _now_you(teller, host, played)


def _opened(rooms: Rooms, host: ExerciseNode, wanted: Wanted) -> Stage:
    rooms.use(host.data)
    os.environ["ROGATORY_PASSPHRASE_FILE"] = str(host.passphrase_file)
    os.environ["ROGATORY_PUBLIC"] = "conference"  # one of the faces is for everybody
    secretary = rooms.log_in(SECRETARY, host.password(SECRETARY))
    return stage.make(rooms.node(), secretary, opens=cast.OPENS, pace=wanted.pace)


def pass_days(data: Path) -> None:
    """The node that will be served shows the day of the opening: the days between have passed."""
    path = data / "node.toml"
    days = timedelta(days=script.MADE_DAYS_BEFORE)
    text, count = re.subn(
        r"(?m)^clock_ahead_seconds = (\d+)$",
        lambda found: f"clock_ahead_seconds = {int(found[1]) + int(days.total_seconds())}",
        path.read_text(encoding="utf-8"),
    )
    if count != 1:
        raise ExerciseFailed("node.toml does not say how far its clock is ahead")
    path.write_text(text, encoding="utf-8")


class Teller:
    """Tells on the terminal what happens, in one language."""

    def __init__(self, transcript: Transcript, lang: str, sentence: Callable[[RogatoryError, str], str]) -> None:
        self._transcript = transcript
        self.lang = lang
        self._sentence = sentence

    def scene(self, words: Words) -> None:
        """Begin a new part."""
        self._transcript.scene(words.get(self.lang))

    def say(self, words: Words) -> None:
        """One line."""
        self._transcript.say(words.get(self.lang))

    def table(self, rows: list[tuple[str, str]]) -> None:
        """Aligned columns."""
        self._transcript.table(rows)

    def tell(self, act: Act, state: State, refusal: RogatoryError | None) -> None:
        """An act that is told of, the refusal it met, the outcome of a vote or a ballot."""
        if act.scene.en:
            self.scene(act.scene)
        if act.says.en:
            self.say(act.says)
        if refusal is not None:
            self._refused(refusal, state)
        elif act.kind == "vote-closed" and state.votes[-1].outcome:
            for line in state.votes[-1].outcome.arithmetic:
                self._transcript.say(f"    {line.get(self.lang)}")
        elif act.kind == "ballot-counted" and state.contests[act.body["contest"]].sheet is None:
            for line in state.contests[act.body["contest"]].balloting.rounds[-1].arithmetic():
                self._transcript.say(f"    {line.get(self.lang)}")

    def _refused(self, refusal: RogatoryError, state: State) -> None:
        """The refusal and its rule; in French its sentence first, as the detail is in English only."""
        if self.lang == "en":
            rule = f" [{refusal.cite}]" if refusal.cite else ""
            self._transcript.say(f"  ✗ refused: {refusal.message}{rule}")
            return
        cited = next((one.name.fr for one in state.book.rules.values() if one.cite == refusal.cite), "")
        rule = f" [{cited}]" if cited else ""
        self._transcript.say(f"  ✗ refusé : {self._sentence(refusal, self.lang)}{rule}")
        self._transcript.say(f"      en anglais : {refusal.message}")


def _faces(teller: Teller, host: ExerciseNode, badges: dict[str, Issued], password: str) -> None:
    def link(name: str) -> str:
        return f"{host.desk}conference/{cast.MEETING}/in/{badges[name].secret}/"

    teller.scene(
        Words("The faces of the meeting, to look at in a browser", "Les visages de la réunion, dans un navigateur")
    )
    desk = f"{host.desk}conference/"
    english = f"secretary's desk: {desk} as {SECRETARY}, password {password}"
    teller.say(Words(english, f"bureau du secrétariat : {desk}, compte {SECRETARY}, mot de passe {password}"))
    teller.table(
        [
            (Words("the room's screen", "écran de la salle").get(teller.lang), link("screen")),
            (Words("the chair, to begin with", "présidence, au début").get(teller.lang), link("outgoing")),
            (Words("the chair, once elected", "présidence, une fois élue").get(teller.lang), link("president")),
            (Words(f"a delegation ({SHOWN})", f"une délégation ({SHOWN})").get(teller.lang), link(SHOWN)),
            *(
                (f"{Words('teller', 'scrutateur').get(teller.lang)} ({code})", link(f"teller-{code}"))
                for code in before.TELLERS
            ),
            (Words("the public", "le public").get(teller.lang), f"{host.desk}conference/{cast.MEETING}/public/"),
        ]
    )


def _now_you(teller: Teller, host: ExerciseNode, played: Stage) -> None:
    """A second meeting stands in mid-session; the addresses, and what to press first."""
    left, badges = standing.leave(played.node, played.secretary, opens=cast.OPENS)
    links = {name: f"{host.desk}conference/{left.meeting}/in/{one.secret}/" for name, one in badges.items()}
    teller.scene(Words("Now you", "À vous"))
    teller.say(
        Words(
            f"{left.meeting} stands in mid-session: a quorum, item 4 open, {standing.PROPOSAL} without consensus.",
            f"{left.meeting} est en pleine séance : quorum, point 4 ouvert, {standing.PROPOSAL} sans consensus.",
        )
    )
    for words, link in standing.what_to_press(links):
        teller.say(words)
        if link:
            teller.say(Words(f"     {link}", f"     {link}"))
    again = 'make demo ARGS="conference --pace 1"'
    teller.say(
        Words(f"To watch {cast.MEETING} slowly, another time: {again}",
              f"Pour voir jouer {cast.MEETING} lentement, une autre fois : {again}")
    )  # fmt: skip


def _close(teller: Teller, host: ExerciseNode, played: Stage, wanted: Wanted) -> None:
    """Write the record and the host's card, verify the record offline, write the reports."""
    out = Path(tempfile.mkdtemp(prefix="rogatory-report-")) if wanted.keep is None else wanted.keep / "report"
    out.mkdir(exist_ok=True)
    path, card = out / f"{played.meeting}.record", out / f"{HOST.state}-card.jws"
    path.write_bytes(b"".join(meetings.record(played.node, played.meeting)))
    with urllib.request.urlopen(f"http://127.0.0.1:{host.port}/node/v1/card", timeout=30) as answer:
        card.write_bytes(answer.read())
    head = meetings.sitting(played.node, played.meeting).head
    teller.scene(Words("The record is verified offline", "Le registre est vérifié hors ligne"))
    options = ("--card", str(card), "--head", head, "--lang", teller.lang)
    status, told = verified(path, *options)
    if status:
        raise ExerciseFailed(f"the record must verify: {told}")
    command = " ".join(("rogatory", "conference", "verify", str(path), *options))
    teller.say(Words(command, command))
    for line in told.splitlines():
        teller.say(Words(f"  {line}", f"  {line}"))
    _tamper(teller, path)
    teller.scene(Words("The report", "Le rapport"))
    for name in write_report(path, out):
        teller.say(Words(str(out / name), str(out / name)))


def _tamper(teller: Teller, path: Path) -> None:
    """One byte changed in a copy is found."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / "changed.record"
        changed.write_bytes(data)
        status, _ = verified(changed)
    if not status:
        raise ExerciseFailed("a changed record must not verify")
    teller.say(Words("one byte changed in a copy: refused", "un octet modifié dans une copie : refusé"))


def verified(path: Path, *options: str) -> tuple[int, str]:
    """The exit status of the offline verifier on the record at *path*, and what it says to a person."""
    words = [sys.executable, "-m", "rogatory", "conference", "verify", str(path), *options]
    done = subprocess.run(words, capture_output=True, check=False, timeout=600)
    return done.returncode, (done.stdout + done.stderr).decode()


def write_report(path: Path, out: Path) -> list[str]:
    """Write all forms of the report of the record at *path* to the folder *out*; the names of the files.

    Without the typesetter there is no PDF, and the list does not name one.
    """
    with path.open("rb") as file:
        recorded = source.read(line.removesuffix(b"\n") for line in file)
    report = summary.report(recorded.events, head=recorded.head)
    made: dict[str, bytes] = {}
    for form in sessionreport.FORMATS:
        for lang in ("en", "fr") if form in ("html", "pdf") else ("en",):
            try:
                made |= sessionreport.made(report, form, lang)
            except TypesetterMissing:
                continue
    for name, data in made.items():
        (out / name).write_bytes(data)
    return sorted(made)
