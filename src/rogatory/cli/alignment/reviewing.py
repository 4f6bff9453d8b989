"""`rogatory align review`: obligation after obligation at the terminal, with what is proposed for each.

A proposal becomes evidence when the reader accepts it, and an answer is saved when the reader gives one: nothing is
answered by the machine. What was accepted or rejected stays while an answer is refused, and when somebody else was
faster. Where nobody can be asked, the next obligation is shown, or told as JSON, and nothing is changed.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Annotated

import typer

from rogatory.alignment.assessment.model import ANSWERS, DISPUTED, UNSEEN
from rogatory.alignment.obligations import obligation, obligations, of_article
from rogatory.cli import printing
from rogatory.cli.alignment import begun
from rogatory.cli.alignment.begun import Draft
from rogatory.cli.alignment.lawtexts import provision_view
from rogatory.cli.alignment.named import AssessmentName, assessment_of, said, state_named
from rogatory.cli.alignment.reviewview import Item, item_value, item_view
from rogatory.cli.session import Session, session_of
from rogatory.errors import RogatoryError
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.alignment import assessments, earlier, proposals, texts
from rogatory.node.alignment.assessments import Answer, JudgedMeanwhile
from rogatory.node.alignment.proposals import Proposed

_HELP = Words(
    "a [N] accept proposal N as evidence, a N.P only its passage P · r [N] reject it · s [N] show it whole\n"
    "1 implemented · 2 partly · 3 not implemented · 4 not applicable: answer and save\n"
    "c confirm the answer given before, with what you accepted as evidence\n"
    "n next · b back · u take your last answer back · ? this help · q quit",
    "a [N] retenir la proposition N comme preuve, a N.P seulement son passage P · r [N] l’écarter · s [N] la montrer\n"
    "1 mise en œuvre · 2 en partie · 3 non mise en œuvre · 4 sans objet : répondre et enregistrer\n"
    "c confirmer la réponse antérieure, avec ce que vous avez retenu comme preuve\n"
    "n suivant · b retour · u retirer votre dernière réponse · ? cette aide · q quitter",
)
_ACCEPTED = Words("{label} is evidence.", "{label} est retenu comme preuve.")
_REJECTED = Words("{label} does not carry it.", "{label} ne convient pas.")
_NO_OFFER = Words("No answer was given before.", "Il n’y a pas de réponse antérieure.")
_NO_PROPOSAL = Words("There is no proposal {given}.", "Il n’y a pas de proposition {given}.")
_ELEMENT = Words(
    "{name} {what} — p present, m missing, u unclear", "{name} {what} — p présent, m manquant, u incertain"
)
_OPTION = Words("{name} {what} — used? y", "{name} {what} — utilisée ? o")
_REMARK = Words("Remark", "Remarque")
_SETTLES = Words("Does this end the disagreement? y", "Cela met-il fin au désaccord ? o")
_SAVED = Words("Saved; it stands as: {state}.", "Enregistré ; état : {state}.")
_UNDONE = Words("Taken back; it stands as: {state}.", "Retiré ; état : {state}.")
_ALL_SEEN = Words("There is nothing left to look at.", "Il ne reste rien à examiner.")
_LEFT = Words(
    "What you had chosen for {number} is kept, and is no answer yet.",
    "Vos choix pour {number} sont gardés, et ne sont pas encore une réponse.",
)
_ELEMENT_KEYS = {"p": "present", "m": "missing", "u": "unclear"}
_YES = frozenset({"y", "yes", "o", "oui"})


def review(
    context: typer.Context,
    assessment: AssessmentName,
    *,
    number: Annotated[str, typer.Option("--number", metavar="NUMBER", help="Begin with this obligation: 7(1).")] = "",
    article: Annotated[str, typer.Option("--article", metavar="ARTICLE", help="Only those of this article.")] = "",
    next_: Annotated[bool, typer.Option("--next", help="Only those not yet looked at, or disputed.")] = False,
) -> None:
    """Review the obligations one by one: see what is proposed, accept or reject, answer (assessor).

    With --json, or without a terminal, the first of them is shown and nothing is asked.
    """
    session = session_of(context)
    people.require(session.actor, texts.ASSESSOR)
    review_ = Review(session, assessment_of(session, assessment).id)
    queue = review_.queue(number, article, unseen=next_ or not number)
    if not queue:
        session.answer(None, said(_ALL_SEEN, session))
        return
    if not session.may_ask:
        item = review_.item(queue[0])
        session.answer(item_value(item), *item_view(item, session.lang))
        return
    review_.run(queue)


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {"review": review}


class _Closed(Exception):
    """The reader closed the input: that is to quit, whatever was being asked."""


class Review:
    """One reader at the terminal, going through an assessment."""

    def __init__(self, session: Session, id: str) -> None:
        self._session = session
        self._id = id
        self._place = 0
        unsaved = assessments.unsaved(session.node, session.actor, id)
        self._drafts = {number: begun.from_body(session.node, row.body) for number, row in unsaved.items()}
        self._keys: Mapping[str, Callable[[Item, str], None]] = {
            "a": self._accept,
            "r": self._reject,
            "s": self._show,
            "c": self._confirm,
            "n": lambda *_: self._move(1),
            "b": lambda *_: self._move(-1),
            "u": lambda item, _: self._undo(item.asked.number),
            "?": lambda *_: self._say(_HELP),
            **{str(place): self._answering(answer) for place, answer in enumerate(ANSWERS, start=1)},
        }

    def queue(self, number: str, article: str, *, unseen: bool) -> tuple[str, ...]:
        """The numbers to go through, *number* first; raises `UnknownObligation`."""
        law = self._session.node.law
        asked = of_article(law, article) if article else obligations(law)
        found = [one.number for one in asked]
        if number:
            found = found[found.index(number) :] if number in found else [obligation(law, number).number]
        standings = assessments.held(self._session.node, self._id).assessment.standings
        open_ = (UNSEEN, DISPUTED)
        return tuple(one for one in found if one == number or not unseen or standings[one].state in open_)

    def item(self, number: str) -> Item:
        """An obligation with what stands and what is proposed, the proposals made first where they are missing."""
        node = self._session.node
        held = assessments.held(node, self._id)
        found = proposals.proposed_for(node, held.texts, number)
        for text in found.waiting:
            proposals.propose(node, self._session.actor, text.id)
        return Item(
            asked=obligation(node.law, number),
            standing=held.assessment.standing(number),
            proposals=proposals.proposed_for(node, held.texts, number) if found.waiting else found,
            offers=earlier.offered_at(node, self._id, number),
        )

    def run(self, queue: tuple[str, ...]) -> None:
        """Go through *queue* until the reader quits or nothing is left."""
        self._say(_HELP)
        with suppress(_Closed):
            self._go_through(queue)
        if self._place >= len(queue):
            self._say(_ALL_SEEN)
        self._keep()

    def _go_through(self, queue: tuple[str, ...]) -> None:
        shown, item = "", self.item(queue[0])
        while self._place < len(queue):
            number = queue[self._place]
            if number != shown:
                item = self.item(number)
                self._tell(item)
            shown = number
            key, _, rest = self._ask(f"{number} [a r s 1-4 c n b u ? q]").partition(" ")
            if key == "q":
                return
            try:
                self._keys.get(key[:1], self._keys["?"])(item, (key[1:] + rest).strip())
            except JudgedMeanwhile as error:
                self._complain(error)
                shown = ""
            except RogatoryError as error:
                self._complain(error)
            if key == "u":
                item = self.item(number)

    def _keep(self) -> None:
        """Keep what was chosen and not saved."""
        held = assessments.held(self._session.node, self._id).assessment
        for number, draft in self._drafts.items():
            if draft.says:
                body = begun.as_body(draft, after=held.standing(number).last)
                assessments.keep_unsaved(self._session.node, self._session.actor, self._id, number, body)
                self._say(_LEFT, number=number)

    def _accept(self, item: Item, given: str) -> None:
        chosen, passage = self._chosen(item, given)
        if chosen is None:
            return
        found = assessments.evidence(self._session.node, chosen.text.id, chosen.provision.key, passage)
        draft = self._draft(item)
        if found not in draft.evidence:
            draft.evidence.append(found)
        self._say(_ACCEPTED, label=chosen.provision.label)

    def _reject(self, item: Item, given: str) -> None:
        chosen, _ = self._chosen(item, given)
        if chosen is None:
            return
        draft = self._draft(item)
        draft.rejected.append(chosen.provision.key)
        draft.evidence = [one for one in draft.evidence if one.key != chosen.provision.key]
        self._say(_REJECTED, label=chosen.provision.label)

    def _show(self, item: Item, given: str) -> None:
        chosen, _ = self._chosen(item, given)
        if chosen is not None:
            self._session.answer(None, *provision_view(chosen.provision))

    def _undo(self, number: str) -> None:
        assessments.undo(self._session.node, self._session.actor, self._id, number)
        self._stands(_UNDONE, number)

    def _answering(self, answer: str) -> Callable[[Item, str], None]:
        return lambda item, remark: self._save(item, answer, remark)

    def _confirm(self, item: Item, remark: str) -> None:
        if not item.offers:
            self._say(_NO_OFFER)
            return
        nearest = item.offers[0].earlier
        self._save(item, nearest.answer, remark, reused_from=nearest.cite)

    def _save(self, item: Item, answer: str, remark: str, *, reused_from: str = "") -> None:
        draft, bears = self._draft(item), answer != "not-applicable"
        made = Answer(
            number=item.asked.number,
            answer=answer,
            after=item.standing.last,
            elements=self._elements(item) if bears else {},
            options=self._options(item) if bears else (),
            evidence=tuple(draft.evidence),
            rejected=tuple(dict.fromkeys(draft.rejected)),
            remark=remark or self._ask(_REMARK.get(self._session.lang)),
            settles=item.standing.is_disputed and self._ask(_SETTLES.get(self._session.lang)).lower() in _YES,
            reused_from=reused_from,
        )
        assessments.judge(self._session.node, self._session.actor, self._id, made)
        self._drafts.pop(item.asked.number, None)
        self._stands(_SAVED, item.asked.number)
        self._move(1)

    def _elements(self, item: Item) -> dict[str, str]:
        found = {}
        for name, element in item.asked.elements:
            words = _ELEMENT.fill(name=name, what=element.what.get(self._session.lang))
            key = self._ask(words.get(self._session.lang))[:1].lower()
            if key in _ELEMENT_KEYS:
                found[name] = _ELEMENT_KEYS[key]
        return found

    def _options(self, item: Item) -> tuple[str, ...]:
        lang = self._session.lang
        return tuple(
            name
            for name, option in item.asked.options
            if self._ask(_OPTION.fill(name=name, what=option.what.get(lang)).get(lang)).lower() in _YES
        )

    def _chosen(self, item: Item, given: str) -> tuple[Proposed | None, int | None]:
        """The proposal that `2` or `2.1` names, the first not rejected for nothing, and the place of the passage."""
        rank, _, passage = given.partition(".")
        ranked = item.proposals.proposed
        rejected = self._draft(item).rejected
        left = [place for place, one in enumerate(ranked, start=1) if one.provision.key not in rejected]
        wanted = int(rank) if rank.isdecimal() else left[0] if left and not rank else 0
        if not 1 <= wanted <= len(ranked):
            self._say(_NO_PROPOSAL, given=given)
            return None, None
        chosen = ranked[wanted - 1]
        named = [place for place, one in enumerate(chosen.provision.passages) if passage and one.number == passage]
        if passage.startswith("#") and passage[1:].isdecimal():
            named = [int(passage[1:]) - 1]
        if passage and not named:
            raise texts.NoSuchProvision(f"{chosen.provision.label} has no passage {passage[:40]!r}")
        return chosen, named[0] if named else None

    def _draft(self, item: Item) -> Draft:
        return self._drafts.setdefault(item.asked.number, Draft())

    def _move(self, by: int) -> None:
        self._place = max(0, self._place + by)

    def _tell(self, item: Item) -> None:
        rejected = (*item.standing.rejected, *self._draft(item).rejected)
        self._session.answer(None, *item_view(item, self._session.lang, rejected))

    def _stands(self, words: Words, number: str) -> None:
        now = assessments.held(self._session.node, self._id).assessment.standing(number)
        self._say(words, state=state_named(now.state, self._session.lang))

    def _say(self, words: Words, **values: object) -> None:
        self._session.answer(None, said(words, self._session, **values))

    def _complain(self, error: RogatoryError) -> None:
        self._session.console.print(printing.text(f"[{error.code}] {error.message}"), soft_wrap=True)
        self._session.console.print(printing.text(f"→ {error.advice}"), soft_wrap=True)

    def _ask(self, prompt: str) -> str:
        """What the reader types; raises `_Closed` when the input ends."""
        try:
            return input(f"{prompt} > ").strip()
        except EOFError:
            raise _Closed from None
