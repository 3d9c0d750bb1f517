"""The rules that hold before anything is linked: files, YAML, fields, ids, references."""

from __future__ import annotations

from lunxun.findings import RuleInfo

FILE = RuleInfo(
    "file",
    "文件读得进来",
    "读不了的文件里也许有内容，不声不响地跳过会让人以为已经收录。",
    "另存为 UTF-8 文本，或移出内容文件夹。",
)
FILE_NAME = RuleInfo(
    "file-name",
    "文件名可作编号",
    "文件名就是编号和网址的一部分，要在 Windows、U 盘和内网服务器上都能用，并且永远不变。",
    "只用小写字母、数字和短横，扩展名 .yml。",
)
YAML = RuleInfo(
    "yaml", "YAML 写法正确", "写法含糊的 YAML 在不同软件里读出不同的意思。", "照提示改写；正文用 | 写成一段最稳妥。"
)
SCHEMA = RuleInfo(
    "schema",
    "字段齐全、类型正确",
    "字段名写错等于没写，程序不猜。",
    "对照 lunxun new 生成的样例；在 VS Code 里有自动提示。",
)
ID = RuleInfo("id", "编号不重复", "两条记录同一个编号，引用就不知道指谁。", "给后建的一条换编号。")
REFERENCE = RuleInfo(
    "reference",
    "引用有着落",
    "指向不存在的记录、版本、条款或数据的引用，读者点开是空的。",
    "改正编号，或先建被引用的记录。",
)
CLASS = RuleInfo(
    "class", "分类在分类表里", "分类只有统一才能筛选。", "改用 content/taxonomy.yml 里已有的编号，确有必要再增加。"
)

STRUCTURE_RULES = (FILE, FILE_NAME, YAML, SCHEMA, ID, REFERENCE, CLASS)
