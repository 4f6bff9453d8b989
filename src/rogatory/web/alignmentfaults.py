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
    "no-such-national-text": _("No such text of a national law has been imported here."),
    "no-such-national-law": _("No national law of that name is here."),
    "no-such-national-provision": _("The text has no such provision, or the provision no such passage."),
    "bad-law-name": _("This cannot name a law."),
    "no-provisions": _("The file has no provisions."),
    "national-text-in-use": _("An assessment looks at this text."),
    "no-such-assessment": _("There is no such assessment here."),
    "bad-assessment": _("An assessment cannot be begun like this."),
    "judged-meanwhile": _("Somebody judged the same obligation while this answer was being written."),
    "nothing-to-undo": _("There is no judgement of yours on this obligation to take back."),
    "law-not-shown": _("What was shown of the law cannot be imported any more."),
    "no-law-file": _("Choose the file of the law."),
    "no-answers-file": _("Choose the file of earlier answers."),
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
    "no-such-national-text": _("Look at the list of laws: rogatory align laws."),
    "no-such-national-law": _(
        "Look at the list of laws: rogatory align laws; or import one: rogatory align import FILE."
    ),
    "no-such-national-provision": _("Look at the text: rogatory align text LAW."),
    "bad-law-name": _(
        "Use 1 to 60 small letters, digits and hyphens, as in penal-code, beginning with a letter or digit."
    ),
    "no-provisions": _(
        "Look whether this is the law itself, and whether its articles or sections carry their numbers."
    ),
    "national-text-in-use": _("Take the text out of the assessment first; what was judged on it stays readable."),
    "no-such-assessment": _("Look at the list of assessments: rogatory align assessments."),
    "bad-assessment": _(
        "Give it a title of at most 300 characters, and name at least one text that has been imported."
    ),
    "judged-meanwhile": _(
        "Nothing of yours was lost. Read what the other reader said, then save your answer again, or change it."
    ),
    "nothing-to-undo": _("Only your own latest answer can be taken back; another reader takes back theirs."),
    "law-not-shown": _("Choose the file again, look at what was read, and import it then."),
    "no-law-file": _("Choose a file: Akoma Ntoso, PDF with text, Word (.docx), HTML, Markdown or plain text."),
    "no-answers-file": _(
        "Choose a CSV or JSON file with the provision and the answer on each row, as the manual shows."
    ),
}
