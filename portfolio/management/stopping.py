"""How a command ends when it cannot do what it was asked: one line on stderr, and a code for scripts."""

import sys
from typing import NoReturn

from django.core.management.base import BaseCommand

from governance.refusals import Refused

REFUSED, USAGE = 1, 2


def stop(command: BaseCommand, code: int, message: str) -> NoReturn:
    """Say why in one line, and end with the code."""
    command.stderr.write(" ".join(str(message).split()))
    sys.exit(code)


def stop_refused(command: BaseCommand, refused: Refused) -> NoReturn:
    """Say every reason of a refusal, and end."""
    stop(command, REFUSED, " ".join(str(refusal.message) for refusal in refused.refusals))
