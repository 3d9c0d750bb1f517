"""The columns of a sheet of questions: what each is for, how wide it is, and what may be chosen in it."""

from __future__ import annotations

from dataclasses import dataclass

from lunxun.quiz.formats.words import label, plain
from lunxun.records.question import LEVELS
from lunxun.records.question_types import LETTERS, TYPES

SHEET, HEAD_SHEET, HELP_SHEET = "题目", "题库", "说明"
PART = "小题"
STATES = ("草稿", "已审", "待核")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the note on it (Chinese), its width in characters, and its choices."""

    name: str
    note: str
    width: int = 12
    choices: tuple[str, ...] = ()


def option_name(letter: str) -> str:
    """Name the column of an option."""
    return f"选项{letter}"


COLUMNS = (
    Column("题型", "从下拉列表里选。", 10, TYPES),
    Column(PART, "案例分析的小题写“是”，排在案例的下面；其他题空着。", 6, ("是",)),
    Column("题干", "选择题的空写（），填空题的空写 ____（四个下划线）。案例分析写材料。", 50),
    *(
        Column(option_name(letter), f"第 {number} 个选项，不写字母；只有选择题要写。", 18)
        for number, letter in enumerate(LETTERS, 1)
    ),
    Column(
        "答案",
        "单选 B；多选 ABD；判断 对、错。填空一个空一行（Alt+Enter 换行），"
        "几种写法用 | 隔开，末尾可写（单位：天；误差：0）。"
        "匹配一对一行：左项 → 右项。排序照正确的次序一步一行。简答、论述写参考答案。案例分析不写。",
        36,
    ),
    Column("多余右项", "匹配题没有左项相配的右项，一项一行，可以不写。", 18),
    Column("得分点", "简答、论述用，一个一行，末尾写占比，如：说出口径（50%），合计 100%。", 36),
    Column("解析", "依据怎么说，错的错在哪里。", 40),
    Column("依据", "条款、数据或记录的编号，如 branch-regulations@2018#meetings，几个用顿号隔开。", 30),
    Column("难度", "1 最易，5 最难。", 6, ("1", "2", "3", "4", "5")),
    Column("层次", "从下拉列表里选。", 8, LEVELS),
    Column("主题", "主题的编号，几个用顿号隔开；与题库相同的不写。", 16),
    Column("分值", "不写就用题型的默认分。", 6),
    Column("题号", "不写就自动编号。写了就永远不变。", 24),
    Column("互斥题", "不能同卷的题号，几个用顿号隔开。", 16),
    Column("选项说明", "选了它的人错在哪里，一项一行，如：B项：这是网格员的人数。", 24),
    Column("选项编号", "长期比较作答时用，一项一行，如：B项：staff。", 14),
    Column("不计次序", "填空题的几个空可以互换时写“是”。", 9, ("是",)),
    Column("停用", "停用日期和原因，如：2026-01 规定已改。", 16),
    Column("案例", "案例分析的材料出自哪个案例记录，写编号。", 16),
    Column("状态", "导入的一律是待核，这一列只供查看。", 8, STATES),
)


def column_of(heading: str) -> str | None:
    """Give the column that a heading of a sheet means."""
    name = "".join(plain(heading).split())
    if name == PART:
        return PART
    letter = name.removeprefix("选项").removeprefix("答案").upper()
    if len(letter) == 1 and letter in LETTERS and name.upper() in (letter, f"选项{letter}"):
        return option_name(letter)
    return label(name)
