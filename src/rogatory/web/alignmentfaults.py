"""What went wrong in an assessment of national law, and what to do: the part of `faults.py` that is about it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label

SENTENCES: Mapping[str, Label] = {
    "unknown-obligation": _("The Convention has no such obligation in our data."),
    "nobody-judged": _("A judgement is made by a person who is named."),
    "unknown-assessment-answer": _("This is no answer that an obligation or an element can have."),
    "no-such-element": _("The obligation has no such element or option."),
    "remark-needed": _("This answer needs a remark that says why."),
    "evidence-needed": _("What is said to be implemented must rest on a passage of national law."),
    "elements-contradict-answer": _("What is said of the elements does not fit the answer."),
    "not-parallel": _("The answer was given for a provision that is not parallel to this obligation."),
    "judgement-too-long": _("The judgement holds more than is kept."),
    "bad-earlier-answers": _("The file of earlier answers cannot be read."),
    "no-font": _("No font that is installed draws a script of this paper."),
}

REMEDIES: Mapping[str, Label] = {
    "unknown-obligation": _(
        "Name one of Articles 7 to 53, or a paragraph of one, as `rogatory align obligations` lists them."
    ),
    "nobody-judged": _("Log in as the reader who judges; what is proposed is never a judgement by itself."),
    "unknown-assessment-answer": _("Use one of the answers that the message lists."),
    "no-such-element": _("Name the elements (e1, e2 …) and options (o1, o2 …) of the offence as its page lists them."),
    "remark-needed": _("Write in a remark what the message asks for, and save again."),
    "evidence-needed": _("Choose the passage that carries it; or say in a remark why none is needed."),
    "elements-contradict-answer": _("Change the answer, or what is said of the elements that the message names."),
    "not-parallel": _("Judge the obligation itself; only answers for parallel provisions can be taken over."),
    "judgement-too-long": _("Shorten it: quote the passage that matters, and keep the rest in a document of your own."),
    "bad-earlier-answers": _(
        "Give CSV or JSON with provision, answer, evidence, remark, date and source, as the manual shows."
    ),
    "no-font": _("Write it as HTML or as a Word file, or ask the administrator to install fonts of that script."),
}
