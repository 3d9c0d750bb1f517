"""Run the JavaScript tests of the engine on the index of a small library."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from lunxun.search.document import Part, SearchDocument
from lunxun.search.page_index import build

HERE = Path(__file__).parent / "js"
SECONDS = 300
NAMES = {
    "kind": {"term": "术语", "policy": "政策法规", "case": "典型案例"},
    "regions": {"jiangsu": "江苏省", "yancheng": "盐城市", "chongqing": "重庆市"},
}
DOCUMENTS = (
    SearchDocument(
        "cases/grid.html",
        "case",
        "盐城：骑手进网格",
        headings=("请骑手当网格员",),
        parts=(
            Part("", "", "把网格化管理和新就业群体放在一起，网格化不落下一个人，网格化不加一份表。"),
            Part("actions", "请骑手当网格员", "骑手走街串巷，遇事随手拍；网约车司机也算在内。"),
            Part("fact-riders", "数据", "骑手：120名（全市）"),
        ),
        facets={"kind": ("case",), "regions": ("jiangsu", "yancheng"), "year": ("2021",)},
    ),
    SearchDocument(
        "cases/life.html",
        "case",
        "重庆：院落里的组织生活",
        parts=(Part("", "", "院落议事会每月开会。"), Part("background", "背景", "先有网格化，后有院落。")),
        facets={"kind": ("case",), "regions": ("chongqing",)},
    ),
    SearchDocument(
        "policies/rules.html",
        "policy",
        "干部教育培训工作条例",
        parts=(
            Part("", "", "规定干部每年学多少。"),
            Part("use", "什么时候用", "查第十四条的学时；本条例以第十四条最常用。"),
            Part("v-2023-14", "2023版第十四条", "第十四条：乡科级干部每年12天或90学时。"),
        ),
        facets={"kind": ("policy",), "year": ("2023",)},
    ),
    SearchDocument(
        "terms/grid.html",
        "term",
        "网格化",
        ("网格化管理服务",),
        parts=(Part("", "", "把村、社区划成小单元来巡查。"), Part("definition", "释义", "村“两委”牵头。")),
        facets={"kind": ("term",)},
    ),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the index of the small library."""
    folder = tmp_path_factory.mktemp("index")
    for address, text in build(DOCUMENTS, NAMES).files.items():
        file = folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
    return folder


@pytest.mark.parametrize("name", sorted(file.name for file in HERE.glob("*.test.js")))
def test_in_node(name: str, index: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail("找不到 node：请用 python3 scripts/test.py 运行，它会说明要装什么。", pytrace=False)
    done = subprocess.run(
        [node, "--test", HERE / name],
        env={**os.environ, "LUNXUN_INDEX": str(index)},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")
