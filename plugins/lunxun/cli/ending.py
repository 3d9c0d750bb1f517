"""How the process of the command line ends: at once, when all is said and written."""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn

from lunxun.cli.main import main


def run() -> NoReturn:
    """Run one verb, and end the process with its exit code.

    Files are closed by then, and processes and threads have ended, each where it was begun. What is left, when all that
    wants to be told of the end has been told, is to free the records one by one, which for ten thousand takes as long
    as to render the pages that an edit reaches.
    """
    code = main()
    sys.stderr.flush()
    atexit._run_exitfuncs()
    os._exit(code)
