"""What the comparison with the raw source texts looks for: the rules alone, which are listed without any comparing."""

from __future__ import annotations

from lunxun.findings import RuleInfo, Severity

SOURCE_FILE = RuleInfo(
    "source-file",
    "原文在，而且没有变",
    "数据要能逐条与原文核对；原文换了，行号和数字就对不上了。",
    "把原文放回原文文件夹；确实换了原文的，逐条重新核对后改写 sha256 和行号。",
)
FACT_PROOF = RuleInfo(
    "fact-proof",
    "数据与原文一致",
    "数字抄错一位，学员学到的就是错的；漏了“约”“以上”，意思也变了。",
    "对照原文改正数值、单位、界限词或行号；原文写法不同的，在 printed 里照抄原文字样。",
)
COVERAGE_FIGURE = RuleInfo(
    "coverage-figure",
    "原文的数字都收了",
    "漏收的数字没有人会发现，除非逐个对过。",
    "在有关记录里加一条 facts，或写进来源的 figures_left_out 并说明理由。",
    Severity.WARNING,
)
COVERAGE_TITLE = RuleInfo(
    "coverage-title",
    "原文的书名都有着落",
    "原文引了文件，读者就会来查这份文件。",
    "建一条政策或术语，在已有记录里加别名，或写进来源的 titles_left_out 并说明理由。",
    Severity.WARNING,
)
COVERAGE_PHRASE = RuleInfo(
    "coverage-phrase",
    "原文的引语都有着落",
    "引号里的说法往往是机制或品牌的名称，读者会按这个名称查找。",
    "建一条做法或术语，在已有记录里加别名，或写进来源的 phrases_left_out 并说明理由。",
    Severity.NOTE,
)

SOURCE_RULES: tuple[RuleInfo, ...] = (SOURCE_FILE, FACT_PROOF, COVERAGE_FIGURE, COVERAGE_TITLE, COVERAGE_PHRASE)
