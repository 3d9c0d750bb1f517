"""How a measurement begins: in the environment of the tests, so that any Python can start it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from console import ScriptError, make_output_safe, say
from environment import ROOT, Lock, child_environment, prepare
from system_tools import ensure_system_tools

NOT_READY = 2


def measure(script: str, usage: str, arguments: Sequence[str], *, needs_browsers: bool = False) -> int:
    """Prepare the environment and run a script of this folder inside it; give its exit code."""
    make_output_safe()
    if {"-h", "--help"} & set(arguments):
        say(usage)
        return 0
    try:
        python = prepare(Lock.TEST)
        if needs_browsers:
            ensure_system_tools()
    except ScriptError as reason:
        say(str(reason))
        return NOT_READY
    environment = {**child_environment(), "PYTHONPATH": str(ROOT)}
    # Programs are compiled once, as on any computer, and not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        [str(python), f"scripts/{script}", *arguments], cwd=ROOT, env=environment, check=False
    ).returncode
