"""The command `rogatory`."""

import sys


def main() -> None:
    """Run the command line; the offline verifiers start without loading anything they do not need."""
    if sys.argv[1:2] == ["verify"]:
        from rogatory.cli import verify

        verify.main(sys.argv[2:])
    elif sys.argv[1:3] == ["conference", "verify"] and (status := _record_verified(sys.argv[3:])) is not None:
        sys.exit(status)
    else:
        try:
            from rogatory.site import commands

            commands.main()
        except KeyboardInterrupt:
            sys.exit(130)


def _record_verified(arguments: list[str]) -> int | None:
    """The exit status of the check of a meeting's record, which needs no node either; None if asked otherwise."""
    from rogatory.cli.conference import verifying

    return verifying.run(arguments)


if __name__ == "__main__":
    main()
