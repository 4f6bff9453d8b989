"""What went wrong, in the reader's language, by the stable code of the error.

Each sentence is the docstring of its error class, word for word (a test compares them), so that the codes of the core
stay free of languages. Details, such as a number or a name, come with the error itself, in English.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web import letterfaults, meetingfaults
from rogatory.web.words import Label

SENTENCES: Mapping[str, Label] = {
    "bad-input": _("What was given cannot be used."),
    "untrusted": _("What was received does not prove what it must prove."),
    "not-permitted": _("The Convention, or the state of the case, does not allow this step."),
    "not-found": _("There is no such thing here."),
    "unavailable": _("Something this needs cannot be reached now."),
    "already-held": _("The very same thing is held already."),
    "changed-meanwhile": _("Somebody else changed this meanwhile."),
    "storage-full": _("The disk is full; nothing was changed."),
    "no-timestamp-authority": _("No time-stamp authority is set for this node."),
    "timestamp-under-way": _("Somebody else asks for a time-stamp at this moment."),
    "timestamps-unreachable": _("The time-stamp authority gives no time-stamp."),
    "ledger-damaged": _(
        "The entries of the log in the database do not make the tree that its signed checkpoint states."
    ),
    "partner-unreachable": _("The partner's node cannot be reached."),
    "no-target": _("Choose the case and the request that the exhibit answers there."),
    "not-a-stretch": _("That is not a stretch of bytes such as 0:1048576."),
    "wrong-acquisition": _("The file is not the one that the acquisition record describes."),
    "unknown-digest": _("A digest of this name is not taken here."),
    "bad-acquired-digest": _("This is not a digest as an acquisition tool prints it."),
    "wrong-signer": _("The key that signed is not a key of the authority that is said to have signed."),
    "bad-custody": _("The custody entry is not well formed."),
    "custody-broken": _("An entry does not follow from the one before it."),
    "custody-contradiction": _("A holder signed two entries that both claim to be its next."),
    "custody-out-of-order": _("The act cannot come here."),
    "custody-wrong-digest": _("What was hashed again is not what the manifest says."),
    "custody-time": _("The entry is earlier than the one before it."),
    "nothing-chosen": _("Nothing in the exhibit is what was asked for."),
    "too-much-chosen": _("More was chosen than an extract can prove piece by piece."),
    "not-divisible": _("The exhibit was not sealed in pieces of this kind, so no part of it can be proved alone."),
    "form-incomplete": _("The request is not complete."),
    "no-such-draft": _("There is no such draft."),
    "draft-not-in-state": _("The draft is not in a state that allows this."),
    "not-a-measure": _("That measure is not known here."),
    "fingerprint-differs": _("The fingerprint given is not that of the card."),
    "message-changed-in-store": _("A message in the database is not the one that was kept there."),
    "no-such-partner": _("No card of that State has been accepted here."),
    "wrong-world": _("An exercise and the real world never mix."),
    "envelope-id-reused": _("Another envelope came under this identifier before."),
    "signers-differ": _("The message inside is not from the authority that sealed it."),
    "wrong-world-message": _("A message of an exercise reached a real node, or the other way round."),
    "no-such-case": _("There is no such case on this node."),
    "not-our-authority": _("That authority is not hosted here."),
    "no-such-exhibit": _("There is no such exhibit here."),
    "no-such-sealing": _("There is no such sealing under way here."),
    "not-one-state": _("An exhibit is sealed to authorities of one State."),
    "sealing-taken-over": _("Somebody else has taken this sealing up, or abandoned it, meanwhile."),
    "source-missing": _("What is being sealed must be read again, and was not given."),
    "not-a-folder": _("The exhibit is one file, not a folder."),
    "no-such-form": _("A record for a court is not written in that form."),
    "exhibit-not-in-state": _("The exhibit is not in a state that allows this."),
    "exhibit-not-addressed": _("The exhibit was sealed to another authority."),
    "wrong-manifest": _(
        "The manifest speaks of another exhibit, case, request or receiver than the delivery that carries it."
    ),
    "preservation-too-short": _("The preservation is shorter than the Convention allows."),
    "ground-not-listed": _("This may be refused only on the grounds that the instrument lists."),
    "role-missing": _("This step belongs to another role."),
    "same-person": _("The one who drafted a step cannot approve it."),
    "blob-damaged": _("Bytes that were stored are not what was written, or are missing."),
    "exhibit-not-kept": _("The sealed bytes of the exhibit are not kept here."),
    "part-rotten-here": _("This part of the exhibit is rotten here too."),
    "scrubbed-already": _("Somebody scrubs these exhibits now."),
    "no-second-store": _("This node has no second store."),
    "bad-rate": _("A rate is written like 100MB/s."),
    "bad-duration": _("A duration is written like 90m, 8h or 2d."),
    "transfer-failed": _("The partner did not take a part of the exhibit."),
    "exhibit-gone": _("The exhibit is not held here any more: it was destroyed or given back."),
    "retention-over": _("The day until which the exhibit might be kept is over."),
    "onward-forbidden": _("The State that gave the exhibit does not allow that it is passed on."),
    "leave-needed": _("The exhibit is passed on only with the leave of the State that gave it."),
    "not-that-leave": _("That message gives no leave to pass this exhibit on to this authority."),
    "laxer-conditions": _("What is made of an exhibit cannot be bound less strictly than the exhibit itself."),
    "destruction-not-proposed": _("Nobody has asked that this exhibit be destroyed."),
    "destruction-under-way": _("The destruction of this exhibit has been asked for or ordered already."),
    "chain-not-given": _("The partner did not give its chain of custody."),
    "bad-chain-answer": _("What the partner answered is no chain of custody."),
    "act-not-by-hand": _("This act is not recorded by hand."),
    "no-copy-given": _("A copy is recorded with the digest of the copy."),
    "notice-missing": _("Notice of this disclosure has not been given."),
    "no-certificate": _("This exhibit was neither destroyed nor given back."),
    "receipt-without-entry": _("The custody receipt lacks the entry by which its sender received the exhibit."),
    "no-such-delivery": _("There is no such delivery in the outbox."),
    "delivery-ended": _("The delivery has ended already."),
    "bad-message": _("The message is not of the form that its specification gives."),
    "does-not-fit": _("The message does not fit the case."),
    "missing-message": _("The message follows one that has not arrived yet."),
    "bad-body": _("The step lacks something that it must carry, or carries something impossible."),
    "no-place": _("This account has no place at an authority of this node."),
    "not-confirmed": _("Please confirm first: this step cannot be taken back."),
    "no-file": _("Choose the file that is to be sealed."),
    "not-the-record": _("The access record is for the auditor and the administrator."),
    "bad-jws": _("This is not a signed document as spec/signatures.md describes it."),
    "wrong-type": _("The document is signed, but as something else than what is wanted here."),
    "bad-signature": _("The signature was not made by this key over these bytes."),
    "bad-card": _("This is not a contact card that can be used."),
    "card-identity-changed": _(
        "The new card is signed with another identity key; compare the fingerprint by another road first."
    ),
    "card-not-newer": _("The card is not newer than the one that is known."),
    "card-other-state": _(
        "The card speaks for another State, or for practice instead of earnest, than the one it would replace."
    ),
    "card-revocation-undone": _("The new card takes a revocation back; a revoked key stays revoked."),
    "receipt-differs": _("The receipt is genuine, but is not for the envelope that was sent."),
    "envelope-refused": _("The envelope was refused."),
    "envelope-too-large": _("The envelope is larger than the limit."),
    "envelope-form": _("The envelope does not have the form that spec/envelope.md describes."),
    "envelope-suite": _("The envelope is signed or sealed in a way that is not accepted here."),
    "envelope-unknown-key": _("The envelope is signed with a key that no known card names."),
    "envelope-signature": _(
        "The signature of the envelope is wrong: it was changed on its way, or never signed by this key."
    ),
    "envelope-contents-differ": _(
        "The sealed bytes are not those that were signed; ask the sender to send the envelope again."
    ),
    "envelope-sender": _("The key that signed the envelope does not speak for the authority it names as sender."),
    "envelope-key-not-valid-then": _("The envelope was signed at a time when the key was not valid."),
    "envelope-key-revoked": _("The envelope is signed with a key that has been revoked."),
    "envelope-from-the-future": _(
        "The envelope says it was signed at a time that has not come; one of the two clocks is wrong."
    ),
    "envelope-name-reused": _("Another envelope of this sender had the same name."),
    "envelope-not-for-us": _("The envelope is for an authority that this node does not host."),
    "envelope-not-opened": _("The envelope does not open with the keys of the authority it is for."),
    "unknown-authority": _("No card that is known here names this authority."),
    "no-encryption-key": _("The authority has no key to seal to at this time; ask for a newer card."),
    "no-signing-key": _("The authority has no signing key that is valid at this time; rotate its keys."),
    "bad-identifier": _("The identifier is not well formed."),
    "bad-digest": _("A SHA-256 digest is 64 lower-case hexadecimal digits."),
    "bad-time": _("The time is not a UTC time such as 2028-03-01T09:30:00Z."),
    "bad-account": _("The account cannot be made."),
    "bad-file-name": _("The file name is a path, is hidden, or cannot be shown as it is."),
    "bad-text": _("The text is too long or has characters that cannot be shown."),
    "wrong-sealed-bytes": _("The sealed file is not the one that the manifest describes."),
    "wrong-plaintext": _("What was sealed is not what the manifest says was sealed."),
    "custody-not-permitted": _("This cannot be recorded now."),
    "unknown-instrument": _("No instrument has this name."),
    "unknown-measure": _("The instrument knows no such measure, or our data does not cover it yet."),
    "unknown-provision": _("The instrument has no provision of this number in our data."),
    "no-passphrase": _("The keys of this node are locked."),
    "unknown-state": _("No State has this code."),
    "unknown-name": _("No State goes by this name."),
    "bad-day": _("The day cannot be asked about."),
    "bad-assumption": _("What is assumed cannot be."),
    "practice-here": _("An exercise and the real world never mix."),
    "bad-profile": _("The national profile cannot be read."),
    "profile-lowers-a-duty": _("The national profile would take away something that the treaty asks of the State."),
    "profiles-overlap": _("Another profile of that State counts from the same day or a later one."),
    "practice-profile": _("This profile was invented for an exercise."),
    "no-profile-file": _("Choose the file of the profile first."),
    "no-such-profile": _("No profile of that State counts here."),
    "no-list": _("Choose the depositary's list first."),
    "bad-depositary-file": _("The depositary's list is not well formed."),
    "not-a-depositary-file": _("This is not a list of a treaty's participants."),
    "bad-xml": _("This is not XML that we read."),
    "no-such-copy": _("No official copy of that instrument in that language has been loaded here."),
    "bad-comparison": _("The comparison cannot be recorded as it is."),
    "bad-token": _("The token is not one of this node, or it has expired or been revoked."),
    "bad-token-wish": _("Such a token cannot be made."),
    "no-such-token": _("There is no such token."),
    "document-too-large": _("The document is larger than what is read."),
    "document-format": _("The document is not in a format that is read here."),
    "document-damaged": _("The document cannot be read to its end."),
    "document-encrypted": _("The document is locked with a password."),
    "no-text-layer": _("The document holds pictures of pages and no text."),
    "document-empty": _("The document holds no text."),
    "document-encoding": _("The characters of the document cannot be made out."),
    "document-reader-stopped": _("Reading the document took more time or memory than it may."),
    "no-articles": _("No articles were found in the document."),
    "copy-other-language": _("The document is in another language than was said."),
    "copy-other-instrument": _("The document is not the instrument that was said."),
    "copy-not-authentic": _("The instrument is not authentic in that language."),
    "no-copy-file": _("Choose the file of the official text."),
    "copy-not-shown": _("What was shown cannot be taken any more."),
    "no-such-alarm": _("There is no alarm of that number."),
    "no-remark": _("Say in a remark what you found."),
    "witness-without-key": _("The card of that State names no key to cosign with."),
    "already-witness": _("That State is a witness already."),
    "no-such-witness": _("That State is no witness of ours."),
    "bad-witness-policy": _("The number of cosignatures that are needed cannot be that."),
    "nothing-witnessed": _("No checkpoint of this log is witnessed yet."),
    "witness-refused": _("The witness did not cosign."),
    "unknown-log": _("This witness does not know the log."),
    "log-unreadable": _("The partner's log cannot be read."),
    "programme-clash": _("Two accepted entries of the programme need the same thing at the same time."),
    "programme-entry-without-time": _("An entry is accepted only once it has a beginning and an end."),
    "programme-still-used": _("Something in the programme still needs this, so it cannot be removed."),
    "bad-badge-list": _("The list of badges cannot be used."),
    "bad-rulebook": _("The rulebook cannot be read."),
    "no-such-rulebook": _("No rulebook of this name comes with the program."),
    "unknown-option": _("The rulebook leaves no such question open."),
    "unknown-choice": _("The question has no such answer in this rulebook."),
    "unsound-rulebook": _("The rulebook has gaps or contradictions under which no meeting can be held."),
    **letterfaults.SENTENCES,
    **meetingfaults.SENTENCES,
}

REMEDIES: Mapping[str, Label] = {
    "no-such-sealing": _("rogatory exhibit list CASE shows the sealings under way; one that has ended is an exhibit."),
    "sealing-taken-over": _("Let the other one end; rogatory exhibit list CASE shows how far it is."),
    "source-missing": _(
        "Name the file: rogatory exhibit resume ID FILE; what came through a pipe is piped again, with - as FILE."
    ),
    "not-a-folder": _("Open it into a file: --out FILE."),
    "no-such-form": _("Give --format html, csv, case-uco or bagit."),
    "bad-token": _("Have its owner make a new one with: rogatory user token"),
    "bad-token-wish": _("Give it a name of at most 80 signs and a life of 1 to 366 days."),
    "no-such-token": _("`rogatory user tokens` lists them with their numbers."),
    "bad-input": _("Put right what the message names, and try again."),
    "untrusted": _("Do not use it. Ask its sender, over a channel that you trust, to look at it and send it again."),
    "not-permitted": _("Look at the present state of the case and at who holds the role."),
    "not-found": _("Check the name that the message gives; the lists show what is here."),
    "bad-data": _("Correct the file and line that the message names; if you did not change it, report it."),
    "rogatory-error": _("Read the message; if it does not help, report it."),
    "unavailable": _("Try again later; nothing was changed."),
    "changed-meanwhile": _("Load it again and take the step from its present state."),
    "storage-full": _("Free some space on the node's disk, then try again."),
    "no-timestamp-authority": _("Set url and certificate under [timestamp] in node.toml."),
    "timestamp-under-way": _("Wait a minute, then look at `rogatory ledger show`."),
    "timestamps-unreachable": _(
        "It is asked again by itself; `rogatory ledger timestamp` tries at once. Is its address still right?"
    ),
    "ledger-damaged": _(
        "Do not restart with other data. `rogatory ledger check` says what disagrees; restore a good backup."
    ),
    "partner-unreachable": _(
        "The message stays in the outbox and is sent again by itself; you can also try again now."
    ),
    "form-incomplete": _("Fill in what is marked; the provision beside each field says why it is asked."),
    "draft-not-in-state": _("Load it again: somebody may have taken the step before you."),
    "fingerprint-differs": _(
        "Read the fingerprint again with the partner, by telephone or in person. Do not accept the card before."
    ),
    "message-changed-in-store": _(
        "Restore the database from a backup; the other side of the case holds the true message."
    ),
    "no-such-partner": _("Exchange contact cards first: rogatory partner add CARD."),
    "wrong-world": _("Practice States talk to practice States only."),
    "envelope-id-reused": _("Seal the message again, under a new identifier."),
    "signers-differ": _("Tell the sending State: somebody may be passing on its messages."),
    "role-missing": _("Ask somebody who holds the role, or have the administrator give it to you."),
    "same-person": _("A second person with the role of approver must look at it."),
    "bad-message": _("Ask the sender to upgrade or to send the step again."),
    "does-not-fit": _("Open the case and take the step again from its present state."),
    "exhibit-gone": _(
        "Its manifest, its custody and the certificate of destruction are kept: rogatory exhibit custody ID."
    ),
    "retention-over": _("Ask the State that gave it for a new exhibit, with a later day; this one is being destroyed."),
    "onward-forbidden": _(
        "Ask that State for a new exhibit under other conditions, or let the other authority ask it itself."
    ),
    "leave-needed": _(
        "Ask for leave: rogatory exhibit ask-leave ID --to AUTHORITY; then give the digest of the answer."
    ),
    "not-that-leave": _("The case lists the leaves of each exhibit; ask for one that names this authority."),
    "laxer-conditions": _(
        "Keep the use, the confidentiality, the rule on passing on and the day of the exhibit, or tighten them."
    ),
    "destruction-not-proposed": _("A custodian asks first: rogatory exhibit destroy ID --purpose TEXT."),
    "destruction-under-way": _("Look at it: rogatory exhibit custody ID. An approver agrees to it, or refuses it."),
    "act-not-by-hand": _("Record viewing or copying; the program itself records every other act when it happens."),
    "no-copy-given": _("Give the copy that was made: --file COPY. Its SHA-256 must be that of the exhibit's contents."),
    "notice-missing": _(
        "Give notice first: rogatory exhibit disclose ID --to WHOM --clears TEXT. Without time for it: --no-time WHY."
    ),
    "no-certificate": _("Look at its custody: rogatory exhibit custody ID."),
    "missing-message": _("Send the earlier message first; this one can follow."),
    "no-place": _("Ask the administrator of this node to give you an authority and roles."),
    "not-confirmed": _("Go back, set the mark beside the sentence, and send it again."),
    "no-passphrase": _("Set ROGATORY_PASSPHRASE_FILE to a file that only the node's user can read."),
    "unknown-name": _("Write its name as the United Nations does, or its ISO 3166 alpha-3 code."),
    "bad-day": _("Give a day such as 2026-11-22, not before the instrument existed."),
    "bad-assumption": _("Give a list such as: --assume VNM=2027-01-15,FRA=2027-06"),
    "practice-here": _("Take the depositary's list on a node that is not an exercise."),
    "bad-profile": _("Correct the line named; docs/reference/profile-data.md describes the format."),
    "profile-lowers-a-duty": _("Take the entry out, or hang it on a provision that leaves this to domestic law."),
    "profiles-overlap": _(
        "Let the new one take effect later, let it end before the other begins, or withdraw the other first."
    ),
    "practice-profile": _(
        "Add it on a node that runs an exercise; what a State really notified does not say practice = true."
    ),
    "no-profile-file": _("Choose the TOML file of the profile, and look at it."),
    "no-such-profile": _("Look at what there is: rogatory profile list."),
    "no-list": _("Choose the XML or CSV file of the list, and compare it."),
    "bad-depositary-file": _("Correct the line named, or leave it out and enter that act by hand; nothing was taken."),
    "not-a-depositary-file": _(
        "Fetch the XML of the treaty again later: the collection answers with a web page while it is maintained."
    ),
    "bad-xml": _("Fetch the file again; if it still fails, give the deposits as CSV."),
    "no-such-copy": _("Load it first, from the official file: rogatory law load FILE --instrument uncc --lang fr."),
    "bad-comparison": _(
        "Say whether our words agree with the official text or differ from it, and in a note what differs."
    ),
    "document-too-large": _("Give the text alone: leave out images and annexes, or give one treaty or law a file."),
    "document-format": _(
        "Give a PDF with text, a Word file, HTML, Akoma Ntoso, Markdown or text; its name must say which it is."
    ),
    "document-damaged": _("Get the file again from its source, or save it anew as PDF, .docx, HTML or text."),
    "document-encrypted": _("Save a copy without a password, and give that one."),
    "no-text-layer": _(
        "Give a file whose text can be selected: the publisher's text version, or a copy with recognised text."
    ),
    "document-empty": _("Look whether this is the file that you meant."),
    "document-encoding": _("Save the text as UTF-8, and give that file."),
    "document-reader-stopped": _("Save it anew as a plainer file, for instance as text, and give that one."),
    "no-articles": _(
        "Give the text of the instrument itself, whose articles stand under headings such as “Article 42”."
    ),
    "copy-other-language": _("Say the language that the text is in, or give the file in that language."),
    "copy-other-instrument": _("Say the instrument that it is, or give another file."),
    "copy-not-authentic": _("Give one of the languages in which the instrument is authentic."),
    "copy-not-shown": _("Choose the file again, and look at the differences anew."),
    "no-such-alarm": _("The list of alarms has their numbers: rogatory witness alarms."),
    "no-remark": _("Write what was asked, of whom, and what the answer was, in 1 to 2000 signs."),
    "witness-without-key": _("Ask the State for its newest contact card, compare the fingerprint and accept it."),
    "no-such-witness": _("The witnesses are listed by: rogatory witness list."),
    "bad-witness-policy": _("Give a number from 1 to the number of witnesses; add witnesses first."),
    "witness-refused": _(
        "Ask the witness whether it has accepted the newest card of this State; it is asked again by itself."
    ),
    "unknown-log": _("Have the witness accept the contact card of your State first; its card names the log."),
    "log-unreadable": _("It is tried again by itself; if it lasts, ask the partner."),
    "blob-damaged": _("Run: rogatory scrub. It says which part of which exhibit it is, and mends it where it can."),
    "part-rotten-here": _("Look at the other copies; the node on the other side may have one."),
    "scrubbed-already": _("Wait until it has ended; one that was killed is taken over after a quarter of an hour."),
    "no-second-store": _("Name one in node.toml, under [blobs.second]."),
    "programme-clash": _("Change the time, the room or the team of interpreters, or leave the entry as proposed."),
    "programme-entry-without-time": _("Give the entry its time, or leave it as proposed."),
    "programme-still-used": _("Change the entries and budget lines that name it first."),
    "bad-badge-list": _("Put right the line that the message names, and send the list again."),
    "bad-rulebook": _("Correct the line named; spec/rulebook.md describes the format."),
    "no-such-rulebook": _("Name one of those that the message lists, or give the path of a TOML file."),
    "unknown-option": _("Use one of the options that the message lists, or none."),
    "unknown-choice": _("Use one of the choices that the message lists."),
    "unsound-rulebook": _("Run `rogatory conference lint` on the rulebook and put right what it calls errors."),
    **letterfaults.REMEDIES,
    **meetingfaults.REMEDIES,
}
