"""What is remembered of the last build of an output folder, so that the next one does only what is needed.

The file holds names, numbers and digests. It is read as JSON and proves nothing by itself: whatever in it does not fit
the files that are there makes the build a whole one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from lunxun.records.references import Key
from lunxun.site.changes import Around
from lunxun.site.output import FileMark, load_json, save_json

# Two changes within the grain of a file system's clock look like one; such a mark proves nothing.
_GRAIN_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made from, and what it left."""

    version: str
    """Digest of everything but records: program, frame, taxonomy, options."""
    content: Mapping[str, FileMark]
    files: Mapping[str, FileMark]
    around: Around
    search: tuple[str, ...]
    """Addresses of the files of the search index."""
    said: str
    """Findings (Chinese), to be said again when nothing has changed."""
    saved_ns: int = 0


def state_file(cache: Path, target: Path) -> Path:
    """Name the file that remembers the last build of an output folder."""
    name = blake2b(str(target).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return cache / "builds" / f"{name}.json"


def save_last_build(path: Path, build: LastBuild, now_ns: int) -> None:
    """Remember a build."""
    around = build.around
    keys = sorted({*around.digests, *around.targets, *around.related, *around.explained, *around.term_names.values()})
    number = {key: at for at, key in enumerate(keys)}

    def numbered(rows: Mapping[Key, Collection[Key]]) -> list[list[int]]:
        return [[number[other] for other in rows.get(key, ())] for key in keys]

    data = {
        "version": build.version,
        "saved": now_ns,
        "content": build.content,
        "files": build.files,
        "keys": [[key.kind, key.id] for key in keys],
        "digests": [around.digests.get(key) for key in keys],
        "targets": numbered(around.targets),
        "related": numbered(around.related),
        "explained": numbered(around.explained),
        "terms": {name: number[key] for name, key in around.term_names.items()},
        "search": list(build.search),
        "said": build.said,
    }
    save_json(path, data)


def load_last_build(path: Path) -> LastBuild | None:
    """Read what is remembered; nothing if there is nothing, or it is not what was saved."""
    data = load_json(path)
    try:
        keys = [Key(kind, id_) for kind, id_ in data["keys"]]
        return LastBuild(
            str(data["version"]),
            _marks(data["content"]),
            _marks(data["files"]),
            Around(
                {key: digest for key, digest in zip(keys, data["digests"], strict=True) if digest is not None},
                _rows(keys, data["targets"]),
                _rows(keys, data["related"]),
                _rows(keys, data["explained"]),
                {str(name): keys[at] for name, at in data["terms"].items()},
            ),
            tuple(map(str, data["search"])),
            str(data["said"]),
            int(data["saved"]),
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None


def is_same(marks: Mapping[str, FileMark], last: Mapping[str, FileMark], saved_ns: int) -> bool:
    """Tell whether files are those of the last build; one changed just before it was remembered may be another."""
    return marks == last and all(changed < saved_ns - _GRAIN_NS for _, changed in marks.values())


def _marks(data: Mapping[str, Any]) -> dict[str, FileMark]:
    return {address: (int(size), int(changed)) for address, (size, changed) in data.items()}


def _rows(keys: Sequence[Key], rows: Sequence[Sequence[int]]) -> dict[Key, tuple[Key, ...]]:
    return {key: tuple([keys[at] for at in row]) for key, row in zip(keys, rows, strict=True) if row}
