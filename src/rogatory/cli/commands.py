"""All commands of the program by their first word, in the order of its help.

A call needs the modules of one command: only those are loaded, for loading them all takes longer than most commands.
Without a first word that is known, all are, and the program says what there is.
"""

from collections.abc import Callable

import typer

Adder = Callable[[typer.Typer], None]


def add(app: typer.Typer, word: str) -> None:
    """Add to *app* the command whose first word is *word*, or all when there is none; each once.

    They stand in the order of `ADDERS`, whatever was added before.
    """
    wanted = {word: ADDERS[word]} if word in ADDERS else ADDERS
    for name, adder in wanted.items():
        if name not in _names(app):
            adder(app)
    places = {name: place for place, name in enumerate(ADDERS)}
    app.registered_commands.sort(key=lambda one: places[one.name or ""])
    app.registered_groups.sort(key=lambda one: places[one.name or ""])


def _names(app: typer.Typer) -> set[str | None]:
    return {one.name for one in app.registered_commands} | {one.name for one in app.registered_groups}


def _node(name: str) -> Adder:
    def adder(app: typer.Typer) -> None:
        from rogatory.cli import nodes

        found: dict[str, Callable[..., None]] = {
            "init": nodes.init,
            "serve": nodes.serve,
            "worker": nodes.worker,
            "rebuild": nodes.rebuild,
        }
        app.command(name, rich_help_panel="The node")(found[name])

    return adder


def _card(app: typer.Typer) -> None:
    from rogatory.cli.partners import card_app

    app.add_typer(card_app, name="card")


def _partner(app: typer.Typer) -> None:
    from rogatory.cli.partners import partner_app

    app.add_typer(partner_app, name="partner")


def _user(app: typer.Typer) -> None:
    from rogatory.cli.people import user_app

    app.add_typer(user_app, name="user")


def _keys(app: typer.Typer) -> None:
    from rogatory.cli.keys import keys_app

    app.add_typer(keys_app, name="keys")


def _request(app: typer.Typer) -> None:
    from rogatory.cli.drafts import request_app

    app.add_typer(request_app, name="request")


def _draft(app: typer.Typer) -> None:
    from rogatory.cli.drafts import draft_app

    app.add_typer(draft_app, name="draft")


def _case(app: typer.Typer) -> None:
    from rogatory.cli.cases import case_app

    app.add_typer(case_app, name="case")


def _step(name: str) -> Adder:
    def adder(app: typer.Typer) -> None:
        from rogatory.cli import steps

        app.command(name)(steps.COMMANDS[name])

    return adder


def _exhibit(app: typer.Typer) -> None:
    from rogatory.cli import courtexports, custody, extracts, onward
    from rogatory.cli.exhibits import exhibit_app

    for name, command in {**onward.COMMANDS, **custody.COMMANDS, **extracts.COMMANDS, **courtexports.COMMANDS}.items():
        exhibit_app.command(name)(command)
    app.add_typer(exhibit_app, name="exhibit")


def _scrub(app: typer.Typer) -> None:
    from rogatory.cli import scrubbing

    app.command("scrub")(scrubbing.scrub_)


def _storage(app: typer.Typer) -> None:
    from rogatory.cli import scrubbing

    app.add_typer(scrubbing.storage_app, name="storage")


def _backup(app: typer.Typer) -> None:
    from rogatory.cli import backups

    app.command("backup")(backups.backup)


def _restore(app: typer.Typer) -> None:
    from rogatory.cli import backups

    app.command("restore")(backups.restore)


def _outbox(app: typer.Typer) -> None:
    from rogatory.cli import registers

    app.add_typer(registers.outbox_app, name="outbox")


def _ledger(app: typer.Typer) -> None:
    from rogatory.cli.ledger import ledger_app

    app.add_typer(ledger_app, name="ledger")


def _timestamp_authority(app: typer.Typer) -> None:
    from rogatory.cli.timestampauthority import authority_app

    app.add_typer(authority_app, name="timestamp-authority")


def _witness(app: typer.Typer) -> None:
    from rogatory.cli.witness import witness_app

    app.add_typer(witness_app, name="witness")


def _audit(app: typer.Typer) -> None:
    from rogatory.cli import registers

    app.command("audit")(registers.audit)


def _law(app: typer.Typer) -> None:
    from rogatory.cli.laws import law_app

    app.add_typer(law_app, name="law")


def _status(app: typer.Typer) -> None:
    from rogatory.cli import depositary, outlook
    from rogatory.cli.statuses import status_app

    status_app.command("import")(depositary.import_)
    status_app.command("forecast")(outlook.forecast)
    status_app.command("matrix")(outlook.matrix)
    app.add_typer(status_app, name="status")


def _profile(app: typer.Typer) -> None:
    from rogatory.cli.profiles import profile_app

    app.add_typer(profile_app, name="profile")


def _assess(app: typer.Typer) -> None:
    from rogatory.cli import assessing

    app.command("assess")(assessing.assess)


def _align(app: typer.Typer) -> None:
    from rogatory.cli.alignment.app import align_app

    app.add_typer(align_app, name="align")


def _conference(app: typer.Typer) -> None:
    from rogatory.cli.conference.app import conference_app

    app.add_typer(conference_app, name="conference")


def _letter(app: typer.Typer) -> None:
    from rogatory.cli.letters import letter_app

    app.add_typer(letter_app, name="letter")


def _drill(app: typer.Typer) -> None:
    from rogatory.cli.drills import drill_app

    app.add_typer(drill_app, name="drill")


def _ready(app: typer.Typer) -> None:
    from rogatory.cli.readiness.app import ready_app

    app.add_typer(ready_app, name="ready")


def _assist(app: typer.Typer) -> None:
    from rogatory.cli.assistance.app import assist_app

    app.add_typer(assist_app, name="assist")


def _outreach(app: typer.Typer) -> None:
    from rogatory.cli.outreach import outreach_app

    app.add_typer(outreach_app, name="outreach")


def _export(app: typer.Typer) -> None:
    from rogatory.cli import bundles

    app.command("export")(bundles.export)


def _demo(app: typer.Typer) -> None:
    from rogatory.cli import bundles

    app.command("demo")(bundles.demo)


STEPS = (
    "step",
    "acknowledge",
    "decide",
    "preserved",
    "extend",
    "ask-extension",
    "outcome",
    "question",
    "answer",
    "warn",
    "withdraw",
    "release",
    "close",
)
ADDERS: dict[str, Adder] = {
    **{name: _node(name) for name in ("init", "serve", "worker", "rebuild")},
    "card": _card,
    "partner": _partner,
    "user": _user,
    "keys": _keys,
    "request": _request,
    "draft": _draft,
    "case": _case,
    **{name: _step(name) for name in STEPS},
    "exhibit": _exhibit,
    "scrub": _scrub,
    "storage": _storage,
    "backup": _backup,
    "restore": _restore,
    "outbox": _outbox,
    "ledger": _ledger,
    "timestamp-authority": _timestamp_authority,
    "witness": _witness,
    "audit": _audit,
    "law": _law,
    "status": _status,
    "profile": _profile,
    "assess": _assess,
    "align": _align,
    "conference": _conference,
    "letter": _letter,
    "drill": _drill,
    "ready": _ready,
    "assist": _assist,
    "outreach": _outreach,
    "export": _export,
    "demo": _demo,
}
