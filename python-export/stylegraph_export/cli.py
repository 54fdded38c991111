"""What the command lines share: one-line errors and exit codes."""

import argparse
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

FAILED = 1
BAD_INPUT = 2
CANCELLED = 130


class ExportError(Exception):
    """The run failed: the message says what, where and what to do. Exit code 1."""

    exit_code = FAILED


class BadInput(ExportError):
    """What was asked for cannot be used: the message says why and what can. Exit code 2."""

    exit_code = BAD_INPUT


class DownloadFailed(ExportError):
    """Weights could not be fetched: the message says from where and why. Exit code 1."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"error: {message} (see --help)\n")


def say(message: str) -> None:
    """Prints for the person; standard output is kept for results."""
    print(message, file=sys.stderr, flush=True)


def run(main: Callable[[], None]) -> NoReturn:
    """Runs a command and exits: 0, or with one line on stderr 1 (failed), 2 (bad input), 130."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        main()
    except ExportError as error:
        say(f"error: {error}")
        sys.exit(error.exit_code)
    except OSError as error:
        say(f"error: {error}; check the path, its permissions and the free disk space")
        sys.exit(FAILED)
    except KeyboardInterrupt:
        say("cancelled")
        sys.exit(CANCELLED)
    sys.exit(0)
