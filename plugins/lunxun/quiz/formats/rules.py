"""What reading and writing other forms has to say, and where a finding about them points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lunxun.findings import Finding, Place, RuleInfo, Severity

FORM = RuleInfo(
    "import-form",
    "导入的题读得懂",
    "读不懂的题写进题库，答案就不可靠。",
    "照模板改好再导入；运行 lunxun quiz export --template 文件 得到模板。",
)
GUESS = RuleInfo(
    "import-guess",
    "导入时的推断要核对",
    "来件没有写明，程序照常见写法推断。",
    "核对这道题；推断错的，在来件里写明再导入。",
    Severity.WARNING,
)
LEFT_OUT = RuleInfo(
    "import-left-out",
    "来件里没有读进来的内容",
    "题库放不下、认不出的内容不会悄悄丢掉。",
    "需要的，自己补进题库。",
    Severity.WARNING,
)
MISSING = RuleInfo(
    "import-missing",
    "导入的题要补齐",
    "没有依据和解析的题不能给学员看。",
    "在题库文件里找“待补”，补上再运行 lunxun check。",
    Severity.WARNING,
)
LOSS = RuleInfo(
    "export-loss",
    "导出时放不下的内容",
    "别的格式放不下题库的全部内容，导回来会缺。",
    "以题库文件为准，不要用导回来的替换它。",
    Severity.WARNING,
)

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A question as plain data, as a bank holds it, with where it begins; `parts` are the places of a case's.

    It is not sound when the reader has found an error in it: it must not come into a bank.
    """

    data: Data
    place: Place
    parts: tuple[Place, ...] = ()
    name: str = ""
    is_sound: bool = True


@dataclass(slots=True)
class Intake:
    """What a reader made of a file: the head of the bank, its questions, and what was wrong."""

    head: Data = field(default_factory=dict)
    questions: list[Read] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Said:
    """A complaint that does not yet know its place: the rule, what is wrong, how to mend it, and in which field."""

    rule: RuleInfo
    message: str
    remedy: str = ""
    field: str = ""

    def at(self, place: Place, name: str = "") -> Finding:
        """Put the complaint at a place, said of a thing by its name."""
        return self.rule.at(place, f"{name}：{self.message}" if name else self.message, self.remedy)


def is_sound(said: Sequence[Said]) -> bool:
    """Tell whether none of the complaints is an error."""
    return all(one.rule is not FORM for one in said)


def placed(said: Sequence[Said], place: Place, name: str = "") -> list[Finding]:
    """Put several complaints at one place."""
    return [one.at(place, name) for one in said]
