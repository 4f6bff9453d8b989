"""The command `rogatory`."""

import sys


def main() -> None:
    """Run the command line; the offline verifier starts without loading anything it does not need."""
    if sys.argv[1:2] == ["verify"]:
        from rogatory.cli import verify

        verify.main(sys.argv[2:])
    else:
        try:
            from rogatory.site import commands

            commands.main()
        except KeyboardInterrupt:
            sys.exit(130)


if __name__ == "__main__":
    main()
