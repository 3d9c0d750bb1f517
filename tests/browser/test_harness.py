"""Prove that every detector of the browser tests can find what it is there to find, and only that."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.browser import pages
from tests.browser.bidi import BidiError, Firefox
from tests.browser.chromium import NARROW, Chromium
from tests.browser.conftest import SUB_PATH, folder_url, served
from tests.browser.judges import accessibility_faults, large_text_fault, overflow
from tests.browser.visit import Browser, Visit

HEAD = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">{head}</head>'
)
_LIMIT = 20.0
OUTSIDE = "http://example.invalid/lunxun.js"
OTHER_ORIGIN = "http://127.0.0.1:49151/x.png"  # a port that no browser blocks, unlike the low ones

Site: TypeAlias = Path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Write a sound site of three pages: Chinese names and ids, a style sheet, a script, a large-text button."""
    write(tmp_path, "style.css", "body { background: url(img/dot.svg) } html.large { font-size: 2em }")
    write(tmp_path, "img/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg"><circle id="点" r="1"/></svg>')
    write(
        tmp_path,
        "script.js",
        'document.getElementById("lx-elder").onclick = () => document.documentElement.classList.toggle("large");',
    )
    sheet = '<link rel="stylesheet" href="style.css">'
    home = '<p><a href="案例/盐城.html?q=1#%E6%88%90%E6%95%88">成效</a> <a href="#top">回到开头</a></p>'
    button = '<p><button id="lx-elder" type="button">大字</button></p><script src="script.js"></script>'
    page(tmp_path, "index.html", "首页", home + button, sheet)
    page(
        tmp_path, "案例/index.html", "案例", '<p><a href="盐城.html#做法">盐城</a> <a href="../index.html">首页</a></p>'
    )
    page(
        tmp_path,
        "案例/盐城.html",
        "盐城",
        '<h2 id="做法">做法</h2><h2 id="成效">成效</h2><img src="../img/dot.svg" alt="点">',
    )
    return tmp_path


def write(site: Site, name: str, text: str) -> Path:
    file = site / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def page(site: Site, name: str, title: str, body: str, head: str = "") -> Path:
    text = HEAD.format(title=title, head=head) + f"<body><main><h1>{title}</h1>{body}</main></body></html>\n"
    return write(site, name, text)


def visit(browser: Browser, site: Site, name: str) -> Visit:
    return browser.open(folder_url(site) + name, folder_url(site))


# ---- the link checker ----


def test_link_checker_accepts_a_sound_site(site: Site) -> None:
    assert pages.broken_links(site) == []
    assert [file.name for file in pages.site_pages(site)] == ["index.html", "index.html", "盐城.html"]
    assert list(pages.page_kinds(site)) == ["index.html", "案例/*.html", "案例/index.html"]


def test_internal_links_leave_out_other_hosts(site: Site) -> None:
    file = page(site, "x.html", "例", '<a href="index.html#a">甲</a><a href="http://example.invalid/">乙</a>')
    assert [link.address for link in pages.internal_links(file)] == ["index.html#a"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<a href="没有.html">链接</a>', "文件不存在"),
        ('<a href="案例/">文件夹</a>', "文件不存在"),
        ('<a href="案例/盐城.html#没有">锚点</a>', "页内没有这个位置"),
        ('<a href="#没有">锚点</a>', "页内没有这个位置"),
        ('<img src="img/dot.svg#没有" alt="">', "页内没有这个位置"),
        ('<a href="/index.html">根</a>', "以 / 开头"),
        ('<a href="../outside.html">外</a>', "指到网站文件夹之外"),
        ('<img src="img/no.png" alt="">', "文件不存在"),
        ('<img srcset="img/dot.svg 1x, img/no.svg 2x" alt="">', "文件不存在"),
        ('<script src="http://example.invalid/x.js"></script>', "向站外请求"),
        ('<script src="//example.invalid/x.js"></script>', "向站外请求"),
        ('<link rel="preconnect" href="https://example.invalid">', "向站外请求"),
        ('<p style="background: url(//example.invalid/x.png)">样式</p>', "向站外请求"),
        ("<style>@import 'https://example.invalid/x.css';</style>", "向站外请求"),
        ("<style>p { background: url('no.png') }</style>", "文件不存在"),
    ],
)
def test_link_checker_finds(site: Site, body: str, reason: str) -> None:
    page(site, "bad.html", "坏页", body)
    write(site.parent, "outside.html", "")
    found = pages.broken_links(site)
    assert len(found) == 1 and found[0].startswith("bad.html:1：") and reason in found[0]


def test_link_checker_reads_style_sheets(site: Site) -> None:
    write(site, "css/more.css", "/* url(no.png) */\na { src: url(../img/dot.svg) }\nb { src: url(no.woff2) }")
    assert pages.broken_links(site) == ["css/more.css:3：no.woff2：文件不存在"]


# ---- what happens while a page opens ----

BAD_SCRIPTS = [
    pytest.param("console.error('坏了')", "控制台报错：坏了", id="console"),
    pytest.param("throw new Error('断了')", "脚本出错：Error: 断了", id="exception"),
    pytest.param("setTimeout(() => { throw new Error('晚了') }, 5)", "脚本出错：Error: 晚了", id="late"),
    pytest.param("Promise.reject(new Error('落空'))", "脚本出错：Error: 落空", id="promise"),
    pytest.param(f"fetch('{OUTSIDE}').catch(() => 0)", f"向站外请求：{OUTSIDE}", id="fetch"),
    pytest.param(f"document.write('<script src=\"{OUTSIDE}\"><\\/script>')", f"向站外请求：{OUTSIDE}", id="script"),
    pytest.param(f"new Image().src = '{OTHER_ORIGIN}'", f"向站外请求：{OTHER_ORIGIN}", id="image"),
    pytest.param(f"navigator.sendBeacon('{OTHER_ORIGIN}')", f"向站外请求：{OTHER_ORIGIN}", id="beacon"),
    pytest.param("new WebSocket('ws://example.invalid/')", "example.invalid/", id="socket"),
]


@pytest.mark.browser
def test_chromium_opens_sound_pages_from_disk(site: Site, chromium: Chromium) -> None:
    for file in pages.site_pages(site):
        seen = visit(chromium, site, file.relative_to(site).as_posix())
        assert seen.complaints == []
        assert seen.requests, "没有记录到任何请求"
    assert chromium.evaluate("document.querySelector('h1').textContent") == "盐城"


@pytest.mark.browser
def test_chromium_opens_sound_pages_under_a_sub_path(site: Site, chromium: Chromium) -> None:
    with served(site) as base:
        assert base.endswith(SUB_PATH)
        for file in pages.site_pages(site):
            seen = chromium.open(base + file.relative_to(site).as_posix(), base)
            assert seen.complaints == []
            assert seen.requests, "没有记录到任何请求"


@pytest.mark.browser
def test_firefox_opens_sound_pages_from_disk(site: Site, firefox: Firefox) -> None:
    for file in pages.site_pages(site):
        assert visit(firefox, site, file.relative_to(site).as_posix()).complaints == []
    assert firefox.evaluate("[document.querySelector('h1').textContent, {n: [1, null, true]}]") == [
        "盐城",
        {"n": [1, None, True]},
    ]
    with pytest.raises(BidiError, match="错的"):
        firefox.evaluate("(() => { throw new Error('错的') })()")


@pytest.mark.browser
@pytest.mark.parametrize(("script", "expected"), BAD_SCRIPTS)
def test_chromium_finds(site: Site, chromium: Chromium, script: str, expected: str) -> None:
    page(site, "bad.html", "坏页", f"<script>{script}</script>")
    assert expected in "\n".join(visit(chromium, site, "bad.html").complaints)
    assert visit(chromium, site, "index.html").complaints == []


@pytest.mark.browser
@pytest.mark.parametrize(("script", "expected"), BAD_SCRIPTS)
def test_firefox_finds(site: Site, firefox: Firefox, script: str, expected: str) -> None:
    page(site, "bad.html", "坏页", f"<script>{script}</script>")
    seen = visit(firefox, site, "bad.html")
    until = time.monotonic() + _LIMIT
    while expected not in "\n".join(seen.complaints) and time.monotonic() < until:
        firefox.evaluate("1")  # what the browser has to say comes with its next answer
    assert expected in "\n".join(seen.complaints)
    assert visit(firefox, site, "index.html").complaints == []


@pytest.mark.browser
def test_chromium_finds_a_request_that_leaves_the_sub_path(site: Site, chromium: Chromium) -> None:
    page(site, "bad.html", "坏页", '<script src="/script.js"></script>')
    with served(site) as base:
        assert "/script.js" in "\n".join(chromium.open(base + "bad.html", base).outside)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_both_browsers_keep_the_strict_rules_for_files(site: Site, name: str, request: pytest.FixtureRequest) -> None:
    # A browser relaxed by remote control would let this pass, and every later test with it.
    write(site, "data.json", "{}")
    browser: Browser = request.getfixturevalue(name)
    visit(browser, site, "index.html")
    assert browser.evaluate("fetch('data.json').then(() => 'read', () => 'blocked')") == "blocked"


# ---- accessibility, large text, overflow ----


@pytest.mark.browser
def test_axe_accepts_a_sound_page_and_finds_a_fault(site: Site, chromium: Chromium, axe_script: str) -> None:
    visit(chromium, site, "index.html")
    assert accessibility_faults(chromium, axe_script) == []
    page(site, "bad.html", "坏页", '<img src="img/dot.svg"><p style="color: #ccc; background: #fff">看不清</p>')
    visit(chromium, site, "bad.html")
    found = "\n".join(accessibility_faults(chromium, axe_script))
    assert "image-alt" in found and "color-contrast" in found


@pytest.mark.browser
def test_large_text_button_must_change_the_page(site: Site, chromium: Chromium) -> None:
    visit(chromium, site, "index.html")
    assert large_text_fault(chromium) == []
    for body, fault in [
        ("", "没有大字按钮"),
        ('<button id="lx-elder" type="button">大字</button>', "大字按钮没有作用"),
        ('<button id="lx-elder" type="button" hidden>大字</button>', "大字按钮点不到"),
    ]:
        page(site, "bad.html", "坏页", body)
        visit(chromium, site, "bad.html")
        assert large_text_fault(chromium) == [fault]


@pytest.mark.browser
def test_overflow_is_found_on_a_narrow_screen_only(site: Site, chromium: Chromium) -> None:
    page(site, "wide.html", "宽页", '<div class="宽" style="width: 600px">宽</div>')
    page(site, "box.html", "盒", '<div style="overflow: auto"><div style="width: 600px">宽</div></div>')
    visit(chromium, site, "wide.html")
    assert overflow(chromium) == []
    with chromium.fresh(NARROW) as narrow:
        visit(narrow, site, "wide.html")
        assert "div.宽" in overflow(narrow)
        visit(narrow, site, "box.html")
        assert overflow(narrow) == []
