"""Compile modules with mypyc, in the folder of their sources: python compile_modules.py FOLDER GROUP FILES."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from mypyc.build import mypycify
from setuptools import Extension, setup


def main(arguments: Sequence[str]) -> None:
    """Leave the compiled modules in `FOLDER/made`, and what is only of use to the compiler beside it."""
    folder, group, *files = Path(arguments[0]), *arguments[1:]
    _build([_probe(folder)], folder, folder / "o")
    # No settings of the project: the compiler has to know the types, not to judge the style of typing again.
    options = ["--config-file=", f"--cache-dir={folder / 'm'}", "--ignore-missing-imports", "--follow-imports=silent"]
    modules = mypycify(
        [*options, *files], group_name=group, target_dir=str(folder / "c"), debug_level="0", opt_level="2"
    )
    _build(modules, folder, folder / "made")


def _probe(folder: Path) -> Extension:
    """Give a module that is empty, to find out within a second whether there are a compiler and Python's headers."""
    folder.mkdir(parents=True)
    source = folder / "probe.c"
    source.write_text("#include <Python.h>\n", "ascii")
    return Extension("probe", [str(source)])


def _build(modules: Sequence[Extension], folder: Path, target: Path) -> None:
    options = ["build_ext", "--build-lib", str(target), "--build-temp", str(folder / "o")]
    setup(packages=[], ext_modules=modules, script_args=options)


if __name__ == "__main__":
    main(sys.argv[1:])
