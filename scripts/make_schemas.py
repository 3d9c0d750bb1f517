"""Write the JSON Schemas that editors complete and check with: python scripts/make_schemas.py [--check]."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from console import make_output_safe, say
from environment import ROOT
from lunxun.records.schema import schemas

FOLDER = ROOT / "schemas"
USAGE = """用法：python scripts/make_schemas.py [--check]

  不带参数  重新写出 schemas/ 里的文件，删去多余的
  --check   只检查 schemas/ 是不是最新的，不改动"""


def main(arguments: Sequence[str], folder: Path = FOLDER) -> int:
    """Write or check the schemas, and return the exit code."""
    make_output_safe()
    if list(arguments) not in ([], ["--check"]):
        say(USAGE)
        return 0 if set(arguments) <= {"-h", "--help"} else 2
    changed = differences(folder)
    if arguments:
        for name in changed:
            say(f"schemas/{name} 不是最新的")
        say("请运行 python scripts/make_schemas.py 后一并提交。" if changed else "schemas/ 是最新的。")
        return 1 if changed else 0
    for name in changed:
        _renew(folder / name)
        say(f"已更新 schemas/{name}")
    return 0


def differences(folder: Path = FOLDER) -> list[str]:
    """List the files that are missing, stale or not wanted any more."""
    wanted = schemas()
    present = {path.name: path.read_text("utf-8") for path in folder.glob("*.schema.json")}
    return sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))


def _renew(path: Path) -> None:
    wanted = schemas()
    if path.name not in wanted:
        path.unlink()
        return
    path.parent.mkdir(exist_ok=True)
    path.write_text(wanted[path.name], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
