"""Make a content folder for measurements: any number of records of all kinds, linked, always the same.

The clauses are those of the real content, spliced so that the vocabulary grows with the collection, as it does in life.
Records refer to each other, hold facts, and pass every check.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.records.base import IsProse
from lunxun.records.walk import leaves

SEED = 20261122
_CLAUSE_END = re.compile(r"[，。；：、！？“”（）《》\[\]|${}\s*]+")
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]{4,20}\Z")
_SPLICED = 0.5
_PLACES = "安柏昌朝城德东丰凤光海河鹤弘华怀济嘉江金景兰临灵龙鲁明南宁平清庆仁荣瑞山石顺泰天通万文武西祥新兴盐阳永玉云泽"
_COUNTIES = 60
# How many of a hundred records are of each kind.
SHARES = {
    "case": 40,
    "practice": 20,
    "policy": 12,
    "problem": 10,
    "term": 12,
    "source": 3,
    "indicator": 2,
    "collection": 1,
}
FOLDERS = {
    "case": "cases",
    "practice": "practices",
    "policy": "policies",
    "problem": "problems",
    "term": "terms",
    "source": "sources",
    "indicator": "indicators",
    "collection": "collections",
}
Data = dict[str, Any]


class Maker:
    """Make records of a collection of a given size; a record depends on the seed, its number and that size only."""

    def __init__(self, clauses: Sequence[str], taxonomy: Data, count: int) -> None:
        self._clauses = clauses
        self._taxonomy = taxonomy
        self.counts = {kind: max(count * share // 100, 1) for kind, share in SHARES.items()}
        self.counts["case"] += count - sum(self.counts.values())
        self._chance = random.Random(SEED)
        self._own = ""
        self._counties = [f"county-{number:02}" for number in range(_COUNTIES)]

    def taxonomy(self) -> Data:
        """Give the real classes, with made counties."""
        names = random.Random(SEED).sample([a + b for a in _PLACES for b in _PLACES if a != b], _COUNTIES)
        made = [{"id": at, "name": f"{name}县"} for at, name in zip(self._counties, names, strict=True)]
        return {**self._taxonomy, "regions": [*self._taxonomy["regions"], *made]}

    def records(self) -> Iterator[tuple[str, str, Data]]:
        """Give the kind, the id and the data of every record."""
        makers: dict[str, Callable[[int], Data]] = {
            "case": self._case,
            "practice": self._practice,
            "policy": self._policy,
            "problem": self._problem,
            "term": self._term,
            "source": self._source,
            "indicator": self._indicator,
            "collection": self._collection,
        }
        for kind, make in makers.items():
            for number in range(self.counts[kind]):
                self._chance = random.Random(f"{SEED}-{kind}-{number}")
                self._own = self._id(kind, number)
                yield kind, self._own, make(number)

    def _case(self, number: int) -> Data:
        facts = [self._fact(index) for index in range(2)]
        source = facts[0]["source"]["id"]
        return {
            "title": f"{self._text(12, end='')}（{number}）",
            "summary": self._text(90),
            "topics": self._classes("topics", 2),
            "facts": facts,
            "sources": [{"source": source, "lines": [facts[0]["source"]["line"]]}],
            "region": self._chance.choice(self._counties),
            "unit": self._text(10, end=""),
            "level": self._classes("levels", 1)[0],
            "fields": self._classes("fields", 1),
            "period": "来源没有写时间",
            "background": self._text(170),
            "actions": [
                {"title": self._text(10, end=""), "text": self._linked(170, "practice", "fact-0")},
                {"title": self._text(10, end=""), "text": self._linked(150, "term")},
                {
                    "title": self._text(10, end=""),
                    "text": self._text(140) + f"\n\n- {self._text(30)}\n- {self._text(30)}",
                },
            ],
            "results": self._linked(130, "case", "fact-1"),
            "lessons": self._text(150),
            "limits": self._text(90),
            "questions": [self._text(20, end="？")],
            "practices": self._ids("practice", 2),
            "policies": [f"{self._some('policy')}@2023#1"],
            "problems": self._ids("problem", 1),
            "terms": self._ids("term", 3),
        }

    def _practice(self, number: int) -> Data:
        return {
            "title": f"{self._text(10, end='')}（{number}）",
            "summary": self._text(80),
            "topics": self._classes("topics", 2),
            "sources": [{"source": self._some("source"), "lines": [1]}],
            "fields": self._classes("fields", 2),
            "levels": self._classes("levels", 2),
            "answers": self._ids("problem", 2),
            "steps": [{"title": self._text(8, end=""), "text": self._text(200)} for _ in range(4)],
            "preconditions": [self._text(50)],
            "risks": [self._linked(90, "term")],
            "indicators": self._ids("indicator", 1),
            "policies": [f"{self._some('policy')}@2023"],
            "terms": self._ids("term", 2),
            "not_shown": self._text(60),
        }

    def _policy(self, number: int) -> Data:
        articles = [
            {"no": str(at), "label": f"第{at}条", "gist": self._text(130), "certainty": "多方印证"}
            for at in range(1, 7)
        ]
        return {
            "title": f"{self._text(14, end='')}规定（{number}）",
            "summary": self._text(100),
            "topics": self._classes("topics", 1),
            "issuers": ["某机关"],
            "genre": "规定",
            "level": "national",
            "versions": [
                {"id": "2019", "issued": "2019-05", "replaced_by": "2023", "articles": articles[:1]},
                {"id": "2023", "issued": "2023-08-31", "in_force": "2023-09-01", "articles": articles},
            ],
            "use": self._linked(120, "practice"),
        }

    def _problem(self, number: int) -> Data:
        return {
            "title": f"{self._text(10, end='')}（{number}）",
            "summary": self._text(80),
            "topics": self._classes("topics", 2),
            "sources": [{"source": self._some("source"), "lines": [2]}],
            "region": self._chance.choice(self._counties),
            "statement": self._text(250),
            "causes": [{"title": self._text(8, end=""), "text": self._text(160)} for _ in range(3)],
            "remedies": [
                {"title": self._text(8, end=""), "text": self._text(140), "practices": self._ids("practice", 2)}
                for _ in range(2)
            ],
            "policies": self._ids("policy", 1),
        }

    def _term(self, number: int) -> Data:
        return {
            "title": self._term_name(number),
            "summary": self._text(60),
            "topics": self._classes("topics", 1),
            "scope": "national",
            "definition": self._text(120),
            "origin": self._text(80),
            "certainty": "单一来源",
            "evidence": [{"page": "某文献", "shows": self._text(20, end="")}],
            "policies": self._ids("policy", 1),
            "related": self._ids("term", 2),
        }

    def _source(self, number: int) -> Data:
        return {
            "title": f"{self._text(16, end='')}（{number}）",
            "summary": self._text(100),
            "genre": "新闻报道",
            "language": "简体",
            "rights": "造出来的来源，没有版权。",
            "self_reported": True,
            "published": f"{2015 + number % 10}-03-05",
            "region": self._chance.choice(self._counties),
            "raw": {"file": f"made-{number}.txt", "sha256": f"{number:064x}", "body": [1, 400]},
            "quality": [self._text(40)],
        }

    def _indicator(self, number: int) -> Data:
        return {
            "title": f"{self._text(8, end='')}（{number}）",
            "summary": self._text(60),
            "topics": self._classes("topics", 1),
            "unit": "个",
            "definition": self._text(100),
            "comparability": self._text(150),
        }

    def _collection(self, number: int) -> Data:
        return {
            "title": f"{self._text(10, end='')}（{number}）",
            "summary": self._text(80),
            "introduction": self._text(300),
            "sections": [
                {"title": self._text(8, end=""), "text": self._text(150), "items": self._ids("case", 6)}
                for _ in range(4)
            ],
        }

    def _fact(self, index: int) -> Data:
        source = {"id": self._some("source"), "line": self._chance.randint(1, 400)}
        value = self._chance.choice((self._chance.randint(3, 99), self._chance.randint(100, 9999)))
        fact: Data = {
            "id": f"fact-{index}",
            "label": self._text(8, end=""),
            "value": value,
            "unit": "个",
            "source": source,
        }
        if index == 0:
            fact["indicator"] = self._some("indicator")
        return fact

    def _term_name(self, number: int) -> str:
        chance = random.Random(f"{SEED}-name-{number}")
        first, second = chance.choice(self._clauses)[:3], chance.choice(self._clauses)[:3]
        return f"{first}{second}{_PLACES[number % 40]}{_PLACES[number // 40 % 40]}"

    def _linked(self, size: int, kind: str, fact: str | None = None) -> str:
        mark = f"，共有${{{fact}}}" if fact else ""
        term = self._term_name(self._chance.randrange(self.counts["term"]))
        return f"{self._text(size // 2, end='')}，见[[{self._some(kind)}]]{mark}。{term}，{self._text(size // 2)}"

    def _listed(self, size: int) -> str:
        return f"{self._text(size)}\n\n- {self._text(30)}\n- {self._text(30)}"

    def _ids(self, kind: str, count: int) -> list[str]:
        return list(dict.fromkeys(self._some(kind) for _ in range(count)))

    def _some(self, kind: str) -> str:
        """Choose a record of a kind, but never the one that is being made."""
        chosen = self._own
        while chosen == self._own:
            chosen = self._id(kind, self._chance.randrange(self.counts[kind]))
        return chosen

    @staticmethod
    def _id(kind: str, number: int) -> str:
        return f"{kind}-{number:06}"

    def _classes(self, name: str, count: int) -> list[str]:
        return list(dict.fromkeys(self._chance.choice(self._taxonomy[name])["id"] for _ in range(count)))

    def _text(self, size: int, end: str = "。") -> str:
        """Write sentences of about so many characters."""
        text = self._clause()
        while len(text) < size - 8:
            text += self._chance.choice("，，。") + self._clause()
        return text + end

    def _clause(self) -> str:
        clause = self._chance.choice(self._clauses)
        if self._chance.random() < _SPLICED:
            other = self._chance.choice(self._clauses)
            clause = clause[: self._chance.randint(2, len(clause))] + other[self._chance.randint(0, len(other) - 2) :]
        return clause


def make_library(real_content: Path, folder: Path, count: int) -> None:
    """Write a content folder of so many records, in the place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    taxonomy = yaml.safe_load((real_content / "taxonomy.yml").read_text("utf-8"))
    maker = Maker(_clauses(load(real_content).library), taxonomy, count)
    shutil.copytree(real_content / "pages", folder / "pages")
    _write(folder / "taxonomy.yml", maker.taxonomy())
    for name in FOLDERS.values():
        (folder / name).mkdir()
    for kind, record_id, data in maker.records():
        _write(folder / FOLDERS[kind] / f"{record_id}.yml", data)


def _clauses(library: Library) -> list[str]:
    wordings = [
        term for entry in library.entries.values() if entry.key.kind == "term" for term in _old_words(entry.record)
    ]
    texts = (
        leaf.value
        for entry in library.entries.values()
        for leaf in leaves(entry.record)
        if isinstance(leaf.mark, IsProse)
    )
    clauses = dict.fromkeys(clause for text in texts for clause in _CLAUSE_END.split(text) if _HAN_ONLY.match(clause))
    return [clause for clause in clauses if not any(word in clause for word in wordings)]


def _old_words(term: Any) -> list[str]:
    return [*term.variants, *(old.text for old in term.outdated)]


def _write(path: Path, data: Data) -> None:
    class Block(yaml.CSafeDumper):
        """Write long texts as editors do: as blocks, and nothing by reference."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    Block.add_representer(
        str,
        lambda dumper, text: dumper.represent_scalar(
            "tag:yaml.org,2002:str", text, style="|" if len(text) > 40 or "[[" in text else None
        ),
    )
    path.write_text(yaml.dump(data, Dumper=Block, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
