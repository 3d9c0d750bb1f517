"""The page of a printed Word file: paper, margins, fonts, the seal at the inner edge, page numbers.

Word takes another font for Chinese than for the rest of a run, and its library sets only the one: fonts are written
here. 宋体 (SimSun) and 黑体 (SimHei) are on every Windows; elsewhere Word, WPS and LibreOffice take their own in
their place. `hint` makes “”, … and — Chinese: they belong to both scripts.
"""

from __future__ import annotations

from typing import Any

from lunxun.export.paper_layout import Head
from lunxun.quiz.formats.office import office_module

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_MIRROR_AFTER = ("writeProtection", "view", "zoom", "removePersonalInformation", "embedSystemFonts", "saveSubsetFonts")
_PITCH = 1.55
_EMU_A_MM = 36_000
# The strip stands in the corner of the page and keeps its distance within, since LibreOffice forgets the place of a box
# in the header of a document of one page. Width and height in millimetres, distance in twentieths of a point.
_STRIP = (30, 297)
_EDGE = 340
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def set_fonts(properties: Any, chinese: str = SONG, mixed: bool = True) -> None:
    """Write the fonts of a run or a style (its `rPr`); if `mixed`, signs of both scripts are Chinese."""
    qn = office_module("docx.oxml.ns").qn
    fonts = properties.get_or_add_rFonts()
    for name in _THEME:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), LATIN)
    fonts.set(qn("w:eastAsia"), chinese)
    if mixed:
        fonts.set(qn("w:hint"), "eastAsia")


def framed(head: Head, kind: str, size: float, sealed: bool) -> Any:
    """Make an empty document with its page set up."""
    docx = office_module("docx")
    document = docx.Document()
    _set_styles(document, size)
    _set_page(document, sealed)
    _set_settings(document.settings.element)
    section = document.sections[0]
    foot = f"{head.title if len(head.title) <= 24 else head.title[:23] + '…'} {head.form} {kind}"
    footers = [section.footer]
    if sealed:
        document.settings.odd_and_even_pages_header_footer = True
        _mirror(document.settings.element)
        _seal(section.header, size)
        section.even_page_header.is_linked_to_previous = False
        footers.append(section.even_page_footer)
    for footer in footers:
        _number(footer, foot, head.code, size)
    properties = document.core_properties
    properties.title = f"{head.title} {head.form} {kind}"[:255]
    properties.author, properties.last_modified_by, properties.comments = "", "", ""
    properties.language = "zh-CN"
    return document


def _set_styles(document: Any, size: float) -> None:
    docx = office_module("docx")
    qn, points, black = docx.oxml.ns.qn, docx.shared.Pt, docx.shared.RGBColor(0, 0, 0)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")
    for name, font, scale in (("Normal", SONG, 1.0), ("Title", HEI, 1.8), ("Heading 1", HEI, 1.15)):
        style = document.styles[name]
        set_fonts(style.element.get_or_add_rPr(), font)
        style.font.size, style.font.bold, style.font.color.rgb = points(size * scale), False, black
        spacing = style.paragraph_format
        spacing.space_before = spacing.space_after = points(0)
        # An exact pitch: fonts that stand in for others are taller, and pages would run over.
        spacing.line_spacing = points(size * scale * _PITCH)
    document.styles["Normal"].paragraph_format.widow_control = True
    title = document.styles["Title"]
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    title.paragraph_format.alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    heading = document.styles["Heading 1"].paragraph_format
    heading.space_before, heading.space_after = points(size * 0.9), points(size * 0.3)


def _set_page(document: Any, sealed: bool) -> None:
    mm = office_module("docx").shared.Mm
    section = document.sections[0]
    section.page_width, section.page_height = mm(210), mm(297)
    section.left_margin, section.right_margin = (mm(34), mm(15)) if sealed else (mm(20), mm(20))
    section.top_margin, section.bottom_margin = mm(16), mm(19)
    section.header_distance, section.footer_distance = mm(8), mm(9)


def _set_settings(settings: Any) -> None:
    """Make it a document of this time and of Chinese: the library's template is neither."""
    qn = office_module("docx.oxml.ns").qn
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    for one in settings.iter(qn("w:themeFontLang")):
        one.set(qn("w:eastAsia"), "zh-CN")


def _mirror(settings: Any) -> None:
    docx = office_module("docx")
    element = docx.oxml.OxmlElement("w:mirrorMargins")
    before = [child for child in settings if child.tag.rpartition("}")[2] in _MIRROR_AFTER]
    settings.insert(settings.index(before[-1]) + 1 if before else 0, element)


def _number(footer: Any, text: str, code: str, size: float) -> None:
    docx = office_module("docx")
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    small = docx.shared.Pt(9 if size < 14 else 12)
    for one in (f"{text}　第", "PAGE", "页 共", "NUMPAGES", f"页　卷码 {code}"):
        if one.isupper() and one.isalpha() and one.isascii():
            field = docx.oxml.OxmlElement("w:fldSimple")
            field.set(docx.oxml.ns.qn("w:instr"), one)
            run = paragraph.add_run("1")
            field.append(run._r)
            paragraph._p.append(field)
        else:
            run = paragraph.add_run(one)
        set_fonts(run._r.get_or_add_rPr())
        run.font.size = small


def _seal(header: Any, size: float) -> None:
    """Put the strip into the header of odd pages: a text box that stands on the page, its text turned to the left."""
    parse = office_module("docx").oxml.parse_xml
    header.is_linked_to_previous = False
    width, height = (value * _EMU_A_MM for value in _STRIP)
    half = 20 if size < 14 else 28  # type size in half points
    em = 720 * 2 / half  # what fits along the strip (some 720 pt)
    lines = int((em - 14) * 2)
    fields = "　".join(
        f"{name}{'_' * int(lines * share)}" for name, share in (("单位", 0.44), ("姓名", 0.26), ("编号", 0.30))
    )
    dots = "…" * int((em - 10) / 4)
    texts = (fields, "密封线内不要答题", f"{dots}　密　{dots}　封　{dots}　线　{dots}")
    # A line of its own, since space before the first line of a box is left out by some.
    edge = f"<w:p><w:pPr><w:spacing w:before='0' w:after='0' w:line='{_EDGE}' w:lineRule='exact'/></w:pPr></w:p>"
    paragraphs = edge + "".join(_strip_line(text, half - 4 if text == texts[1] else half) for text in texts)
    header.paragraphs[0]._p.append(
        parse(
            f"<w:r {_SPACES}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            "<wp:anchor distT='0' distB='0' distL='0' distR='0' simplePos='0' relativeHeight='2' behindDoc='1' "
            "locked='0' layoutInCell='1' allowOverlap='1'><wp:simplePos x='0' y='0'/>"
            "<wp:positionH relativeFrom='page'><wp:posOffset>0</wp:posOffset></wp:positionH>"
            "<wp:positionV relativeFrom='page'><wp:posOffset>0</wp:posOffset></wp:positionV>"
            f"<wp:extent cx='{width}' cy='{height}'/><wp:effectExtent l='0' t='0' r='0' b='0'/><wp:wrapNone/>"
            "<wp:docPr id='1' name='密封线' descr='密封线：单位、姓名、编号写在线内'/><wp:cNvGraphicFramePr/>"
            "<a:graphic><a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
            "<wps:wsp><wps:cNvSpPr txBox='1'/><wps:spPr><a:xfrm><a:off x='0' y='0'/>"
            f"<a:ext cx='{width}' cy='{height}'/></a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom>"
            f"<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent>"
            "</wps:txbx><wps:bodyPr vert='vert270' wrap='square' lIns='0' tIns='0' rIns='0' bIns='0' anchor='t'>"
            "<a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
            "</mc:Choice></mc:AlternateContent></w:r>"
        )
    )


def _strip_line(text: str, half: int) -> str:
    return (
        "<w:p><w:pPr><w:spacing w:before='0' w:after='40' w:line='240' w:lineRule='auto'/>"
        "<w:jc w:val='center'/></w:pPr>"
        f"<w:r><w:rPr><w:rFonts w:ascii='{LATIN}' w:hAnsi='{LATIN}' w:eastAsia='{HEI}' w:hint='eastAsia'/>"
        f"<w:sz w:val='{half}'/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
    )
