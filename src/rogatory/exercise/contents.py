"""What the requests of the exercise say. Every person, hospital and provider in it is invented."""

PRESERVATION: dict[str, object] = {
    "authority": "24/7 contact point of Viet Nam, acting for the Investigation Police Agency of the Exercise",
    "offence": "7",
    "offence_name": "Illegal access to a computer system",
    "facts": (
        "On the night of 12 to 13 February 2028 the patient archive of Hospital 7 (invented) was entered through a "
        "stolen administrator account. 41,000 files were copied and a ransom note was sent from a mailbox hosted in "
        "France."
    ),
    "data": "Contents, headers and log-in records of the mailbox, from 1 January to 29 February 2028.",
    "accounts": ["night.desk@mail.example"],
    "data_link": "The ransom note was sent from this mailbox, and its log-in records show who entered it.",
    "in_territory": "yes",
    "custodian": "Courrier Exemple SAS, Paris (invented)",
    "system_location": "Paris, France",
    "necessity": "The provider deletes log-in records after 30 days; the first will be gone on 13 March 2028.",
    "intends_mla": "yes",
    "secrecy": "yes",
    "secrecy_scope": "Please do not tell the user of the mailbox: the suspects may still read it.",
    "urgency": "urgent",
    "language": "fr",
}

STORED_DATA: dict[str, object] = {
    "authority": "24/7 contact point of Viet Nam, acting for the Investigation Police Agency of the Exercise",
    "subject": "Illegal access to the patient archive of Hospital 7 (invented), and extortion",
    "conducting_authority": "Investigation Police Agency of the Exercise: investigation of computer offences",
    "offence": "7",
    "offence_name": "Illegal access to a computer system",
    "facts": (
        "As in the preservation request that this one follows. The examination of the archive's server has since "
        "confirmed that the stolen account was used from the same network as the mailbox."
    ),
    "data": "The mailbox that was preserved: contents, headers and log-in records, 1 January to 29 February 2028.",
    "in_territory": "yes",
    "assistance": "Disclosure of the preserved mailbox, sealed to this contact point.",
    "accounts": ["night.desk@mail.example"],
    "period_from": "2028-01-01",
    "period_to": "2028-02-29",
    "purpose": "Evidence in the criminal investigation named above, and in the trial that may follow.",
    "expedite": "fragile",
    "expedite_reason": "The log-in records exist nowhere else.",
    "confidential": "yes",
    "secrecy_scope": "The existence of the request and its contents.",
    "urgency": "urgent",
    "language": "fr",
}
