"""A build that stands still or fails in the middle of writing, when a file in its folder says so.

Run in place of `python -m lunxun`: what a kill or a full disk leaves behind can then be looked at without a race.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from lunxun.cli.main import main
from lunxun.site import tasks
from lunxun.site.output import write_file

_PAGE = "cases/hexi-grid.html"


def _write_or_halt(path: str, data: str | bytes) -> None:
    if str(path).endswith(_PAGE) and Path("stop").exists():
        Path("stopped").touch()
        time.sleep(600)
    if str(path).endswith(_PAGE) and Path("fail").exists():
        raise OSError(28, "No space left on device", path)
    write_file(path, data)


if __name__ == "__main__":
    vars(tasks)["write_file"] = _write_or_halt
    sys.exit(main())
