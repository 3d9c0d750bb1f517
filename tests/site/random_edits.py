"""Random changes of a project, such as editors make: of texts, links, figures, names, classes, files, templates.

Each is made to the text of the files. A change that leaves the content with errors is for the caller to take back.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

_PROSE = ("summary", "definition", "background", "results", "lessons", "limits", "statement", "introduction", "use")
_CLASSES = ("topics", "fields", "levels", "audiences")
_BODY = "{% block body %}"
Data = dict[str, Any]


class Editor:
    """Changes one content folder at random, always in the same way for the same seed, and the templates beside it.

    `templates` is the folder of the templates of records, where that may be changed.
    """

    def __init__(self, content: Path, seed: int, templates: Path | None = None) -> None:
        self._content = content
        self._templates = templates
        self._chance = random.Random(seed)
        self._made = 0

    def change(self) -> str:
        """Make one change, and tell which."""
        kinds: list[tuple[int, Callable[[], str | None]]] = [
            (6, self._say_more),
            (3, self._name_a_term),
            (3, self._link),
            (3, self._name_a_figure),
            (3, self._retitle),
            (2, self._change_figure),
            (3, self._classify),
            (2, self._call_differently),
            (2, self._hide_or_show),
            (2, self._explain_or_not),
            (2, self._copy),
            (2, self._delete),
            (2, self._rename),
            (1, self._move),
            (1, self._drop),
            (1, self._name_a_class),
            (1, self._change_theme),
            (2, self._change_template),
        ]
        ways = [make for weight, make in kinds for _ in range(weight)]
        while True:
            told = self._chance.choice(ways)()
            if told is not None:
                return told

    def _files(self) -> list[Path]:
        beside = self._content.parent / "quizzes"
        return sorted([*self._content.glob("*/**/*.yml"), *beside.glob("banks/*.yml")])

    def _file(self, folder: str = "") -> Path | None:
        found = [path for path in self._files() if not folder or path.is_relative_to(self._content / folder)]
        return self._chance.choice(found) if found else None

    def _read(self, path: Path) -> Data:
        data: Data = yaml.safe_load(path.read_text("utf-8"))
        return data

    def _write(self, path: Path, data: Data) -> None:
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")

    def _on_prose(self, change: Callable[[str], str]) -> str | None:
        path = self._file()
        data = self._read(path) if path else {}
        fields = [name for name in _PROSE if isinstance(data.get(name), str)]
        if path is None or not fields:
            return None
        field = self._chance.choice(fields)
        data[field] = change(data[field].rstrip("\n"))
        self._write(path, data)
        return f"{field} of {path.stem}"

    def _say_more(self) -> str | None:
        words = self._chance.choice(["先试点，再推开。", "这里还没有说清。", "**重点**在落实。", "\n\n- 一\n- 二"])
        return self._on_prose(lambda text: f"{text}{words}")

    def _name_a_term(self) -> str | None:
        path = self._file("terms")
        title = self._read(path)["title"] if path else "网格"
        return self._on_prose(lambda text: f"{title}怎样办？{text}")

    def _link(self) -> str | None:
        target = self._file()
        if target is None or target.parent.name == "banks":
            return None
        folder = target.relative_to(self._content).parts[0]
        kind = "policy" if folder == "policies" else folder.removesuffix("s")
        return self._on_prose(lambda text: f"{text}参见 [[{kind}:{target.stem}]]。")

    def _name_a_figure(self) -> str | None:
        holder = self._file()
        facts = self._read(holder).get("facts") if holder else None
        if holder is None or not facts:
            return None
        return self._on_prose(lambda text: f"{text}有 ${{{holder.stem}.{facts[0]['id']}}}。")

    def _retitle(self) -> str | None:
        path = self._file()
        if path is None:
            return None
        data = self._read(path)
        data["title"] = f"{data['title']}（{self._chance.randrange(100)}）"
        self._write(path, data)
        return f"title of {path.stem}"

    def _change_figure(self) -> str | None:
        path = self._file()
        data = self._read(path) if path else {}
        numbers = [fact for fact in data.get("facts") or () if isinstance(fact.get("value"), int)]
        if path is None or not numbers:
            return None
        self._chance.choice(numbers)["value"] += 1
        self._write(path, data)
        return f"figure of {path.stem}"

    def _classify(self) -> str | None:
        path = self._file()
        if path is None:
            return None
        data, taxonomy = self._read(path), self._read(self._content / "taxonomy.yml")
        field = self._chance.choice([name for name in _CLASSES if name in data] or ["topics"])
        if self._chance.random() < 0.3 and data.get("region"):
            data["region"] = self._chance.choice(taxonomy["regions"])["id"]
        else:
            data[field] = [self._chance.choice(taxonomy[field])["id"]]
        self._write(path, data)
        return f"classes of {path.stem}"

    def _call_differently(self) -> str | None:
        path = self._file("terms")
        if path is None:
            return None
        data = self._read(path)
        # Words that other records hold come to be explained there.
        other = self._file("cases") or path
        text = re.sub(r"[^\u4e00-\u9fff]", "", self._read(other)["summary"])[:40]
        at = self._chance.randrange(max(len(text) - 3, 1))
        data["aliases"] = [text[at : at + 3]] if self._chance.random() < 0.7 and len(text) > 3 else []
        self._write(path, data)
        return f"aliases of {path.stem}"

    def _hide_or_show(self) -> str | None:
        path = self._file()
        if path is None:
            return None
        data = self._read(path)
        data["state"] = "草稿" if data.get("state") == "待核" else "待核"
        self._write(path, data)
        return f"{data['state']} of {path.stem}"

    def _explain_or_not(self) -> str | None:
        path = self._file("terms")
        if path is None:
            return None
        data = self._read(path)
        if self._chance.random() < 0.5:
            data["explain"] = not data.get("explain", True)
        else:
            data["scope"] = "local" if data.get("scope") == "national" else "national"
        self._write(path, data)
        return f"explanation of {path.stem}"

    def _copy(self) -> str | None:
        path = self._file()
        if path is None or path.parent.name == "banks":
            return None
        self._made += 1
        data = self._read(path)
        data["title"] = f"{data['title']}之{self._made}"
        data.pop("aliases", None)
        self._write(path.with_name(f"made-{self._made}-{path.stem}"[:60].rstrip("-") + ".yml"), data)
        return f"copy of {path.stem}"

    def _delete(self) -> str | None:
        path = self._file()
        if path is None:
            return None
        path.unlink()
        return f"no more {path.stem}"

    def _rename(self) -> str | None:
        path = self._file()
        if path is None:
            return None
        self._made += 1
        name = f"{path.stem[:50].rstrip('-')}-r{self._made}"
        pattern = re.compile(rf"(?<![a-z0-9-]){re.escape(path.stem)}(?![a-z0-9-])")
        for file in self._files():
            text = file.read_text("utf-8")
            if path.stem in text:
                file.write_text(pattern.sub(name, text), "utf-8")
        path.rename(path.with_name(f"{name}.yml"))
        return f"{path.stem} is {name}"

    def _move(self) -> str | None:
        path = self._file()
        if path is None or path.parent.name == "banks":
            return None
        folder = path.parent / "moved"
        folder.mkdir(exist_ok=True)
        shutil.move(path, folder / path.name)
        return f"moved {path.stem}"

    def _drop(self) -> str | None:
        path = self._file()
        data = self._read(path) if path else {}
        lists = [name for name, value in data.items() if isinstance(value, list) and len(value) > 1]
        if path is None or not lists:
            return None
        name = self._chance.choice(lists)
        del data[name][self._chance.randrange(len(data[name]))]
        self._write(path, data)
        return f"one of {name} of {path.stem}"

    def _name_a_class(self) -> str | None:
        path = self._content / "taxonomy.yml"
        data = self._read(path)
        self._chance.choice(data["topics"])["name"] += "工作"
        self._write(path, data)
        return "a class"

    def _change_theme(self) -> str | None:
        path = self._content.parent / "theme" / "partials" / "footer.html"
        if not path.exists():
            return None
        path.write_text(f"{path.read_text('utf-8')}<!-- {self._chance.randrange(100)} -->\n", "utf-8")
        return "theme"

    def _change_template(self) -> str | None:
        found = sorted(self._templates.glob("*.html.j2")) if self._templates else []
        path = self._chance.choice(found) if found else None
        text = path.read_text("utf-8") if path else ""
        if path is None or _BODY not in text:
            return None
        path.write_text(text.replace(_BODY, f"{_BODY}<p>{self._chance.randrange(100)}</p>", 1), "utf-8")
        return f"template {path.name}"
