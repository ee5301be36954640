"""Documents as they are received, in every format that can be imported: what is read of each. All texts are made up."""

import io
import itertools
import random
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from scripts.importer import import_document
from scripts.importer.read import read
from scripts.importer.read.blocks import ABOVE, Cell, Run, Table, set_out
from scripts.importer.read.counting import counted
from scripts.importer.read.faces import is_black, is_bold
from scripts.importer.read.pdf_lines import TextLine, without_notes
from scripts.importer.read.pdf_pages import PageRead, joined_pages
from scripts.importer.received import Received, Unreadable

PROSE = "为推进示例市职业教育发展，现将有关事项通知如下。各单位要加强领导，落实责任，按时完成各项任务。"


@pytest.fixture
def received(tmp_path):
    """Reads bytes as a file with a suffix, and proves what is true of all that is read."""

    def make(raw: bytes, suffix: str) -> Received:
        path = tmp_path / f"received{suffix}"
        path.write_bytes(raw)
        found = read(path)
        assert (found.raw, found.suffix) == (raw, suffix)
        found.text.encode("utf-8")
        ends = [place for stretch in found.bold for place in stretch]
        assert ends == sorted(ends) and all(0 <= place <= len(found.text) for place in ends)
        assert all(start < end for start, end in found.bold)
        for grid in found.tables:
            assert len({len(row) for row in grid}) == 1
            above = [(), *grid]
            own = [
                cell for over, row in zip(above, grid, strict=False) for cell in dict.fromkeys(row) if cell not in over
            ]
            filled = [cell for cell in own if cell[0] < cell[1]]
            assert filled == sorted(filled) and all(one[1] <= two[0] for one, two in itertools.pairwise(filled))
        return found

    return make


def bold(found: Received) -> list[str]:
    return [found.text[start:end] for start, end in found.bold]


def tables(found: Received) -> list[list[list[str]]]:
    return [[[found.text[start:end] for start, end in row] for row in grid] for grid in found.tables]


def refused(received, raw: bytes, suffix: str) -> str:
    with pytest.raises(Unreadable) as caught:
        received(raw, suffix)
    message = str(caught.value)
    assert message.endswith(("。", "）")) and "请" in message
    return message


# Text files


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_8_is_kept_as_it_is(received, mark):
    text = f"{mark}一、总体要求\r\n　　{PROSE}\f\r\n"
    assert received(text.encode(), ".txt").text == text


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "big5", "utf-16", "utf-8-sig"])
def test_other_encodings_are_recognised(received, encoding):
    text = "一、工作目的\n由主管局牽頭，各局配合。" if encoding == "big5" else f"一、总体要求\n{PROSE}"
    assert received(text.encode(encoding), ".txt").text.lstrip("\ufeff") == text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "空文件"),
        ("　\n\t ".encode(), "没有一个字"),
        (bytes(range(256)) * 4, "编码"),
        (f"{PROSE}\0".encode(), "U+0000"),
        (f"第一行\n{PROSE}\ufffd".encode(), "第 2 行"),
        (f"{PROSE}\ufdd0".encode(), "U+FDD0"),
        (b"%PDF-1.7 ", ".pdf"),
        (b"PK\x03\x04 ", ".docx"),
    ],
)
def test_what_is_no_text_is_refused(received, raw, words):
    assert words in refused(received, raw, ".txt")


def test_a_table_with_tabs_is_a_table(received):
    rows = "序号\t任务\t责任单位\n1\t建设示例园区\t市教育局\n2\t培训教师\t\n"
    assert tables(received(f"附件\n{rows}备注\n".encode(), ".txt")) == [
        [["序号", "任务", "责任单位"], ["1", "建设示例园区", "市教育局"], ["2", "培训教师", ""]]
    ]
    assert received(f"\t\t{PROSE}\n\t\t{PROSE}\n\t\t{PROSE}\n".encode(), ".txt").tables == ()


def test_a_table_with_bars_is_a_table(received):
    found = received("| 序号 | 任务 |\n|---|---|\n| 1 | 建设 |\n| 2 | 培训 |\n".encode(), ".txt")
    assert tables(found) == [[["序号", "任务"], ["1", "建设"], ["2", "培训"]]]


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".ofd", ".rtf", ".xlsx", ".odt", ".jpg", ""])
def test_other_formats_say_what_to_do(received, suffix):
    assert refused(received, PROSE.encode(), suffix)


def test_a_file_that_is_not_there_is_refused():
    with pytest.raises(Unreadable):
        read(Path("no-such-file.txt"))


# Word documents


SPACES = f"{nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"


def word(make) -> bytes:
    """A document whose content a function makes."""
    document = docx.Document()
    make(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def add(document, inner: str) -> None:
    """Adds a paragraph as it stands in a file."""
    document.element.body.insert_element_before(parse_xml(f"<w:p {SPACES}>{inner}</w:p>"), "w:sectPr")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_stay_in_order(received):
    def make(document):
        document.add_paragraph("示例市任务清单")
        table = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
        table.cell(1, 1).text = "第一段\n第二段"
        table.cell(2, 2).text = ""
        document.add_paragraph("备注")

    found = received(word(make), ".docx")
    assert found.text == "示例市任务清单\n\n横\n02\n竖\n第一段\n第二段\n12\n21\n\n备注\n"
    assert tables(found) == [[["横", "横", "02"], ["竖", "第一段\n第二段", "12"], ["竖", "21", ""]]]


def test_a_table_of_one_column_is_a_frame(received):
    def make(document):
        frame = document.add_table(1, 1).cell(0, 0)
        frame.text = "框内的话"
        inner = frame.add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"

    found = received(word(make), ".docx")
    assert tables(found) == [[["甲", "乙"]]] and found.text.startswith("框内的话\n")


def test_changes_are_read_as_accepted(received):
    def make(document):
        add(
            document,
            f"{run('甲')}<w:ins>{run('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>{run('乙')}",
        )
        add(document, f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半，')}")
        add(document, run("后半。"))

    assert received(word(make), ".docx").text == "甲增乙\n前半，后半。\n"


def test_what_a_reader_sees_of_a_paragraph_is_read(received):
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    box = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"

    def make(document):
        add(document, f"<w:hyperlink>{run('链接')}</w:hyperlink><w:r><w:tab/><w:t>后</w:t><w:br/><w:t>下行</w:t></w:r>")
        add(
            document,
            f"{field.format('begin')}<w:r><w:instrText>REF</w:instrText></w:r>{run('码')}{field.format('separate')}{run('值')}{field.format('end')}",
        )
        add(
            document,
            f"{run('看不见', '<w:vanish/>')}{run('看得见')}<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>",
        )
        add(
            document,
            f"{run('文字')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        )
        document.sections[0].header.paragraphs[0].text = "页眉"

    assert received(word(make), ".docx").text == "链接\t后\n下行\n值\n看得见✓\n文字\n框内\n"


def numbering(document, levels: list[tuple[str, str]], start: int = 1, override: int | None = None) -> int:
    """Adds a list with levels (format, text) to a document; returns its number."""
    root = document.part.numbering_part.element
    key = str(900 + len(root))
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{inner}</w:abstractNum>'))
    changed = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{override}"/></w:lvlOverride>' if override else ""
    for number in (key, f"{key}9"):
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{key}"/>'
                f"{changed if number != key else ''}</w:num>"
            )
        )
    return int(key)


def item(document, number: int, depth: int, text: str) -> None:
    add(document, f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}')


def test_automatic_numbers_are_written(received):
    def make(document):
        number = numbering(
            document,
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "%1.%4")],
        )
        for depth, text in enumerate(["总体", "目标", "细项"]):
            item(document, number, depth, text)
        item(document, number, 2, "细项")
        item(document, number, 1, "原则")
        item(document, number, 2, "从头数")
        item(document, number, 0, "任务")
        item(document, number, 1, "再从头数")
        item(document, 0, 0, "没有号")

    assert received(word(make), ".docx").text.splitlines() == [
        *("一、总体", "（一）目标", "1. 细项", "2. 细项", "（二）原则", "1. 从头数", "二、任务", "（一）再从头数"),
        "没有号",
    ]


def test_lists_count_on_and_start_anew(received):
    def make(document):
        number = numbering(document, [("decimal", "%1．")], start=3, override=7)
        for one in (number, number, int(f"{number}9"), int(f"{number}9"), number):
            item(document, one, 0, "项")

    assert received(word(make), ".docx").text.split() == ["3．项", "4．项", "7．项", "8．项", "9．项"]


def test_numbers_of_styles_are_written(received):
    def make(document):
        number = numbering(document, [("ideographDigital", "第%1条")])
        style = document.styles["Heading 2"].element
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>'))
        for _ in range(11):
            document.add_paragraph("　款", style="Heading 2")

    lines = received(word(make), ".docx").text.splitlines()
    assert (lines[0], lines[9], lines[10]) == ("第一条　款", "第一〇条　款", "第一一条　款")


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCounting", "二十一"),
        (110, "chineseCountingThousand", "一百一十"),
        (105, "chineseCountingThousand", "一百零五"),
        (2000, "chineseCountingThousand", "二千"),
        (110, "japaneseCounting", "百十"),
        (20, "ideographDigital", "二〇"),
        (12, "decimalFullWidth", "１２"),
        (21, "decimalEnclosedCircle", "㉑"),
        (99, "decimalEnclosedCircle", "99"),
        (28, "upperLetter", "BB"),
        (14, "lowerRoman", "xiv"),
        (3, "ideographTraditional", "丙"),
        (5, "unheardOf", "5"),
        (5, "none", ""),
    ],
)
def test_numbers_are_written_in_their_format(number, style, written):
    assert counted(number, style) == written


def test_bold_and_black_words_are_marked(received):
    def make(document):
        document.styles["Strong"].element.get_or_add_rPr().append(
            parse_xml(f'<w:rFonts {nsdecls("w")} w:eastAsia="黑体"/>')
        )
        strong, off = '<w:rStyle w:val="Strong"/>', '<w:b w:val="0"/>'
        add(
            document,
            f"{run('市教育局', '<w:b/>')}{run('、市财政局')}{run('、', off)}{run('市水利局', strong)}",
        )
        add(
            document,
            run("黑体字", '<w:rFonts w:eastAsia="SimHei"/>') + run("，宋体字", '<w:rFonts w:eastAsia="宋体"/>'),
        )
        document.add_paragraph("标题", style="Heading 1")
        document.add_paragraph(PROSE)

    assert bold(received(word(make), ".docx")) == ["市教育局", "市水利局", "黑体字", "标题"]


def test_a_face_of_the_whole_text_marks_nothing(received):
    def make(document):
        document.styles["Normal"].element.get_or_add_rPr().append(
            parse_xml(f'<w:rFonts {nsdecls("w")} w:eastAsia="微软雅黑"/>')
        )
        document.add_paragraph(PROSE).add_run("市教育局").bold = True

    assert bold(received(word(make), ".docx")) == ["市教育局"]


def test_footnotes_stand_at_the_end(received):
    def make(document):
        add(document, f'{run("措施")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("。")}')
        document.add_paragraph("尾")
        note = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" 脚注")}</w:p></w:footnote></w:footnotes>'
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        form = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        name = docx.opc.packuri.PackURI("/word/footnotes.xml")
        document.part.relate_to(docx.opc.part.Part(name, form, note.encode(), document.part.package), kind)

    assert received(word(make), ".docx").text == "措施[1]。\n尾\n[1] 脚注\n"


def test_word_documents_that_cannot_be_read_are_refused(received):
    good = word(lambda document: document.add_paragraph(PROSE))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("OFD.xml", "<a/>")
    assert "旧式" in refused(received, old, ".docx")
    assert "密码" in refused(received, old + "EncryptedPackage".encode("utf-16-le"), ".docx")
    assert "不完整" in refused(received, good[: len(good) // 2], ".docx")
    assert "不是 Word" in refused(received, other.getvalue(), ".docx")
    assert "不是 Word" in refused(received, PROSE.encode(), ".docx")
    assert "没有一个字" in refused(received, word(lambda document: None), ".docx")


# Web pages


def page(inner: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{inner}</body></html>".encode()


@pytest.mark.parametrize("tag", ["article", "main", "section"])
def test_what_the_parser_leaves_in_the_head_of_a_page_is_read(received, tag):
    raw = f"<style>p{{}}</style><base target=_blank><{tag}><p>{PROSE}</p></{tag}><nav><a href=./>返回列表</a></nav>"
    assert received(raw.encode(), ".html").text == f"{PROSE}\n"


def test_footnotes_of_a_page_stand_behind_the_text():
    """Smaller lines above the page number, of which the first bears a mark."""

    def line(words: str, height: float) -> TextLine:
        return TextLine((Run(words),), 0, 0, height)

    body = [line(words, 15) for words in ("一、严格落实责任，每半年至少专", "1.推进整治。", "2023年底前完成。")]
    notes = [line("1本意见所称隐患，包括", 9), line("火灾隐患。", 9)]
    number = line("－ 1 －", 12)
    assert without_notes([*body, *notes, number]) == ([*body, number], notes)
    copies = [line("抄送：市委办公室，市人大", 9), line("常委会办公室。", 9)]
    assert without_notes([*body, *copies]) == ([*body, *copies], [])


AROUND = """<div class="header"><a>首页</a>示例市人民政府门户网站</div><div>当前位置：首页 &gt; 政策文件</div>
<h1>关于支持示例产业的<br>若干措施</h1><div class="share">分享到：微信</div>{}<p>【打印】【关闭】</p>
<div class="related">相关链接<ul><li><a>别的通知</a></li></ul></div><footer>主办单位：示例市人民政府</footer>"""


@pytest.mark.parametrize(
    "holder", ['div class="TRS_Editor"', 'div id="UCAP-CONTENT"', 'div class="xl"', 'td class="x"']
)
def test_the_article_is_found_with_its_title(received, holder):
    inner = f"<{holder}><p>　　各单位：</p><p>{PROSE}</p><p>{PROSE}</p></{holder.split()[0]}>"
    inner = f"<table><tr>{inner}</tr></table>" if holder.startswith("td") else inner
    found = received(page(AROUND.format(inner)), ".html")
    title = "关于支持示例产业的若干措施" if '="TRS' in holder or "UCAP" in holder else "关于支持示例产业的\n若干措施"
    assert found.text == f"{title}\n　　各单位：\n{PROSE}\n{PROSE}\n" and found.tables == ()


def test_an_article_in_two_parts_is_kept_whole(received):
    inner = f'<div class="TRS_Editor"><p>{PROSE}</p></div><div class="TRS_Editor"><p>附件：{PROSE}</p></div>'
    assert received(page(AROUND.format(inner)), ".htm").text.count(PROSE) == 2


def test_a_page_without_an_article_is_read_whole(received):
    found = received(page("<p>甲</p><div>乙<br>丙</div>&amp;&nbsp;丁"), ".html")
    assert found.text == "甲\n乙\n丙\n&\u00a0丁\n"


@pytest.mark.parametrize("said", ["gb2312", "gbk", "GB18030", ""])
def test_pages_in_gbk_are_read(received, said):
    raw = f"<html><head><meta charset={said}></head><body><p>{PROSE}㐂镕</p></body></html>".encode("gb18030")
    assert received(raw, ".html").text == f"{PROSE}㐂镕\n"


def test_what_no_browser_shows_is_left_out(received):
    inner = "<p>看得见<script>x</script><!-- 注 --><span style='display: none'>看不见</span><span hidden>无</span></p>"
    assert received(page(f"{inner}<style>p{{}}</style><noscript>脚本</noscript><p>{PROSE}</p>"), ".html").text == (
        f"看得见\n{PROSE}\n"
    )


def test_white_space_is_as_in_a_browser(received):
    found = received(page(f"<p>\n  示例市\n教育局  <b>负责</b>\n policy\n ledger</p><p>{PROSE}</p>"), ".html")
    assert found.text.splitlines()[0] == "示例市教育局 负责 policy ledger"


def test_bold_on_a_page(received):
    inner = (
        "<h2>标题</h2><b>甲局</b>、<span style='font-weight:700'>乙局</span>、<span style='font-weight: 400'>丙局</span>、"
        "<span style='font-family: SimHei, serif'>丁局</span>、<font face='黑体'>戊局</font>、"
        "<strong><span style='font-weight:normal'>己局</span></strong>"
    )
    assert bold(received(page(f"{inner}<p>{PROSE}</p>"), ".html")) == ["甲局", "乙局", "丁局", "戊局"]


def test_tables_of_a_page(received):
    inner = (
        "<table><thead><tr><th>序号</th><th colspan=2>任务</th></tr></thead><tr><td rowspan='2'>1</td><td><p>甲</p><p>乙</p></td>"
        "<td>市教育局</td></tr><tr><td></td><td>市财政局</td></tr></table>"
    )
    found = received(page(f"<p>{PROSE}</p>{inner}<p>{PROSE}</p>"), ".html")
    assert tables(found) == [[["序号", "任务", "任务"], ["1", "甲\n乙", "市教育局"], ["1", "", "市财政局"]]]
    assert found.text == f"{PROSE}\n\n序号\n任务\n1\n甲\n乙\n市教育局\n市财政局\n\n{PROSE}\n"


def test_tables_that_only_place_things_are_none(received):
    inner = f"<table><tr><td>菜单</td><td><p>{PROSE * 8}</p><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>"
    assert tables(received(page(inner), ".html")) == [[["甲", "乙"]]]


def test_numbers_of_a_list_are_written(received):
    inner = "<ol start=2><li>甲</li><li><p>乙</p></li></ol><ol><li>（一）丙</li></ol><ol style='list-style:none'><li>丁</li></ol>"
    assert received(page(inner), ".html").text == "2. 甲\n3. 乙\n（一）丙\n丁\n"


# PDF


class Paper:
    """A PDF in the making. Lengths in points; y counts from the top."""

    def __init__(self, **options):
        self.file = io.BytesIO()
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.canvas = Canvas(self.file, pagesize=(595, 842), invariant=1, **options)

    def write(self, x: float, y: float, text: str, size: float = 12, mode: int = 0) -> None:
        self.canvas.saveState()
        made = self.canvas.beginText(x, 842 - y)
        made.setFont("STSong-Light", size)
        made.setTextRenderMode(mode)
        made.textOut(text)
        self.canvas.drawText(made)
        self.canvas.restoreState()

    def table(self, top: float, rows: list[list[str]], width: float = 120, height: float = 40) -> None:
        columns = [60 + width * place for place in range(len(rows[0]) + 1)]
        self.canvas.grid(columns, [842 - top - height * place for place in range(len(rows) + 1)])
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                for part, words in enumerate(cell.split("\n")):
                    self.write(columns[place] + 4, top + height * line + 14 + 15 * part, words)

    def next(self) -> None:
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()


def test_lines_and_pages_of_a_pdf(received):
    paper = Paper()
    paper.write(200, 60, "示例市通知", 22)
    paper.write(60, 120, PROSE[:30])
    paper.write(60, 140, "负责人")
    paper.write(200, 140, "市教育局")
    paper.next()
    paper.write(60, 80, PROSE[30:])
    paper.write(280, 800, "— 2 —")
    assert received(paper.bytes(), ".pdf").text == (
        f"示例市通知\n{PROSE[:30]}\n负责人 市教育局\n\f{PROSE[30:]}\n— 2 —\n"
    )


def test_two_columns_of_a_pdf_are_read_one_after_the_other(received):
    paper = Paper()
    paper.write(150, 60, "示例市教育工作简报第一期总第一期示例", 16)
    for line in range(8):
        paper.write(60, 100 + 20 * line, f"左{line}" + "示例文字" * 4)
        paper.write(320, 103 + 20 * line, f"右{line}" + "示例文字" * 4)
    paper.write(280, 800, "1")
    lines = [line[:2] for line in received(paper.bytes(), ".pdf").text.splitlines()]
    assert lines == ["示例", *(f"左{n}" for n in range(8)), *(f"右{n}" for n in range(8)), "1"]


def test_a_list_with_values_is_not_two_columns(received):
    paper = Paper()
    for line in range(8):
        paper.write(60, 100 + 20 * line, "示例事项" * (1 + line % 3))
        paper.write(400, 100 + 20 * line, "市教育局" * (1 + line % 2))
    assert all("市教育局" in line for line in received(paper.bytes(), ".pdf").text.splitlines())


def test_bold_in_a_pdf(received):
    paper = Paper()
    paper.write(60, 60, PROSE[:20])
    paper.write(60, 100, "市教育局")
    paper.write(60.3, 100, "市教育局")  # drawn twice
    paper.write(60, 140, "市财政局", mode=2)  # filled and outlined
    paper.write(60, 180, "市水利局")
    paper.write(60, 180, "市水利局")  # twice at one place looks as once
    found = received(paper.bytes(), ".pdf")
    assert found.text == f"{PROSE[:20]}\n市教育局\n市财政局\n市水利局\n"
    assert bold(found) == ["市教育局", "市财政局"]


def test_a_table_over_two_pages_is_one(received):
    head = ["序号", "任务", "责任单位"]
    paper = Paper()
    paper.write(60, 60, "任务清单")
    paper.table(600, [head, ["1", "建设示例\n园区", "市教育局"]])
    paper.write(280, 800, "1")
    paper.next()
    paper.table(80, [head, ["2", "培训", ""]])
    paper.write(60, 300, "备注")
    found = received(paper.bytes(), ".pdf")
    assert tables(found) == [[head, ["1", "建设示例\n园区", "市教育局"], ["2", "培训", ""]]]
    assert found.text.count("责任单位") == 1, "a head that each page repeats is a thing of the pages"
    assert found.text.endswith("培训\n\n备注\n")


def test_tables_with_words_between_them_are_two(received):
    paper = Paper()
    paper.table(80, [["甲", "乙"], ["丙", "丁"]])
    paper.next()
    paper.write(60, 130, "附件二")
    paper.table(200, [["戊", "己"], ["庚", "辛"]])
    assert tables(received(paper.bytes(), ".pdf")) == [[["甲", "乙"], ["丙", "丁"]], [["戊", "己"], ["庚", "辛"]]]


def test_pdfs_that_cannot_be_read_are_refused(received):
    empty = Paper()
    empty.canvas.rect(60, 60, 100, 100)
    empty.next()
    assert "没有文字层" in refused(received, empty.bytes(), ".pdf")
    seen = Paper()
    seen.write(60, 60, PROSE[:20], mode=3)
    assert "识别出来" in refused(received, seen.bytes(), ".pdf")
    locked = Paper(encrypt=StandardEncryption("secret", canPrint=0))
    locked.write(60, 60, PROSE[:20])
    assert "密码" in refused(received, locked.bytes(), ".pdf")
    turned = Paper()
    turned.canvas.rotate(90)
    turned.write(60, 900, PROSE[:40])
    assert "横放" in refused(received, turned.bytes(), ".pdf")
    whole = Paper()
    whole.write(60, 60, PROSE[:20])
    raw = whole.bytes()
    assert "不完整" in refused(received, raw[: len(raw) * 3 // 4], ".pdf")
    assert "损坏" in refused(received, b"%PDF-1.7\n" + bytes(200) + b"%%EOF", ".pdf")


@pytest.mark.parametrize(
    ("name", "black", "heavy"),
    [
        *(("SimHei", True, False), ("黑体", True, False), ("FZHTJW--GB1-0", True, False), ("STHeiti", True, False)),
        *(("Microsoft YaHei", True, False), ("SimSun", False, False), ("SimSun,Bold", False, True)),
        *(("方正小标宋简体", False, False), ("仿宋_GB2312", False, False), ("NotoSerifCJKsc-Bold", False, True)),
        *(("NotoSansCJKsc-Regular", True, False), ("TimesNewRomanPS-BoldMT", False, True)),
    ],
)
def test_faces_are_known_by_name(name, black, heavy):
    assert (is_black(name), is_bold(name)) == (black, heavy)


# Broken files


def samples() -> dict[str, bytes]:
    paper = Paper()
    paper.write(60, 60, PROSE[:30])
    paper.table(100, [["甲", "乙"], ["丙", "丁"]])

    def make(document):
        document.add_paragraph(PROSE, style="List Number")
        document.add_table(2, 2).cell(0, 0).text = "甲"

    return {
        ".txt": PROSE.encode("gb18030"),
        ".docx": word(make),
        ".html": page(AROUND.format(f"<div id=zoom><table><tr><td>甲<td rowspan=2>{PROSE}<tr><td>丙</table></div>")),
        ".pdf": paper.bytes(),
    }


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".html", ".pdf"])
def test_no_file_is_so_broken_that_it_is_not_told(received, suffix):
    whole = samples()[suffix]
    chance = random.Random(suffix)
    for _ in range(60):
        raw = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 20)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            received(bytes(raw), suffix)
        except Unreadable as error:
            assert str(error)


@pytest.mark.parametrize(
    ("suffix", "kind"), [(".docx", ".pdf"), (".doc", ".docx"), (".wps", ".pdf"), (".txt", ".docx")]
)
def test_a_wrong_suffix_is_told_with_the_right_one(suffix, kind, tmp_path):
    path = tmp_path / f"file{suffix}"
    if kind == ".docx":
        made = docx.Document()
        made.add_paragraph(PROSE)
        made.save(tmp_path / "made.docx")
        path.write_bytes((tmp_path / "made.docx").read_bytes())
    else:
        path.write_bytes(b"%PDF-1.7\n%%EOF")
    with pytest.raises(Unreadable, match=f"后缀改成 {kind}"):
        read(path)


def test_running_heads_are_left_out(received):
    """They stand in the margin of several pages, or on one alone, small and apart. The first page keeps its own."""
    paper = Paper()
    for number in (1, 2, 3):
        paper.write(60, 40, "示例市人民政府公报" if number < 3 else "2025年第3期（总第30期）", size=9)
        for line in range(10):
            paper.write(60, 90 + 20 * line, f"{PROSE[:20]}{'甲乙丙'[number - 1]}")
        paper.write(280, 800, f"- {number} -")
        if number < 3:
            paper.next()
    found = received(paper.bytes(), ".pdf").text
    assert found.count("示例市人民政府公报") == 1 and found.startswith("示例市人民政府公报")
    assert "总第30期" not in found and [f"- {n} -" in found for n in (1, 2, 3)] == [True] * 3


def test_a_row_that_a_page_cuts_is_one_also_behind_a_column_of_groups(received):
    head = ["类别", "序号", "任务", "责任单位"]
    paper = Paper()
    paper.write(60, 60, "任务清单")
    paper.table(600, [head, ["民生", "1", "培训技能人才\n建设示例园区", "市教育局"]])
    paper.next()
    paper.table(80, [head, ["", "", "并开放", ""], ["城建", "2", "修路", "市住建局"]])
    rows = tables(received(paper.bytes(), ".pdf"))[0]
    assert rows[1:] == [
        ["民生", "1", "培训技能人才\n建设示例园区\n并开放", "市教育局"],
        ["城建", "2", "修路", "市住建局"],
    ]


def test_raised_digits_lead_to_footnotes(received):
    paper = Paper()
    paper.write(60, 100, "新增电梯600台")
    paper.write(139, 96, "2", size=7)
    paper.write(145, 100, "，绿地100万m")
    paper.write(212, 96, "2", size=7)
    assert received(paper.bytes(), ".pdf").text.strip() == "新增电梯600台[2]，绿地100万m2"


def test_the_right_column_may_be_short_where_other_pages_have_two(received):
    paper = Paper()
    for page_number in (1, 2):
        for line in range(12):
            paper.write(60, 100 + 20 * line, f"{PROSE[:17]}左")
            if page_number == 1 or line < 3:
                paper.write(320, 100 + 20 * line, f"{PROSE[:17]}右" if page_number == 1 else "示例市政府")
        if page_number == 1:
            paper.next()
    lines = received(paper.bytes(), ".pdf").text.split("\f")[1].split()
    assert lines == [f"{PROSE[:17]}左"] * 12 + ["示例市政府"] * 3


def test_the_number_of_a_document_may_stand_beside_its_article(received):
    head = "<div class='head'><p>示例市人民政府文件</p><p>示政发〔2024〕29号</p></div><h1>关于职业教育的意见</h1>"
    news = "<ul><li><a href='1'>示政发〔2023〕7号</a></li></ul>"
    body = f"<div class='content'>{f'<p>{PROSE}</p>' * 9}</div>"
    found = received(page(f"{head}{body}{news}"), ".html").text
    assert found.startswith("示政发〔2024〕29号\n关于职业教育的意见\n") and "〔2023〕" not in found


def test_a_row_may_go_over_three_pages(received):
    head = ["序号", "任务", "责任单位"]
    paper = Paper()
    paper.write(60, 60, "任务清单")
    paper.table(600, [head, ["1", "培训技能人才\n建设示例园区", "市教育局"]])
    for words in ("建设实训基地", "并开放"):
        paper.next()
        paper.table(80, [head, ["", words, ""]])
    rows = tables(received(paper.bytes(), ".pdf"))[0]
    assert rows[1:] == [["1", "培训技能人才\n建设示例园区\n建设实训基地\n并开放", "市教育局"]]


def test_a_merged_cell_goes_on_in_a_row_that_a_page_cuts():
    def row(*cells: str | None) -> tuple[Cell, ...]:
        return tuple(ABOVE if cell is None else ((Run(cell),),) if cell else () for cell in cells)

    first = Table((row("序号", "任务", "责任单位"), row("1", "修路", "市住建局"), row("2", "培训技能", None)))
    second = Table((row("", "人才", ""), row("3", "建校", "市教育局")))
    pages = [PageRead(((0.5, 0.98, first),)), PageRead(((0.02, 0.5, second),))]
    found = set_out(joined_pages(pages))
    cells = [[found.text[start:end] for start, end in line] for grid in found.tables for line in grid]
    assert cells[2] == ["2", "培训技能\n人才", "市住建局"] and cells[3] == ["3", "建校", "市教育局"]


MARKDOWN = """---
title: "治水措施"
---

## 青川市治水若干措施

> 各区人民政府：

**一、清理河道。**运走淤泥，见[市政府网站](https://example.org/a)。（责任单位：**市水务局**、市财政局）

1\\. 每月\\*清淤。![图](a.png)

---

**二、加固堤岸。** 种植草木。
"""


def test_a_draft_from_markdown_keeps_the_file_as_received(tmp_path):
    path = tmp_path / "measures.md"
    path.write_text(MARKDOWN, "utf-8")
    data = tmp_path / "data"
    made = import_document(path, "water", data)
    assert made.files["policies/water/original.md"] == MARKDOWN.encode()
    assert "**" not in made.files["policies/water/source.txt"].decode()


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_marks_of_markdown_are_no_words(received, suffix):
    found = received(MARKDOWN.encode(), suffix)
    assert [line for line in found.text.splitlines() if line.strip()] == [
        "青川市治水若干措施",
        "各区人民政府：",
        "一、清理河道。运走淤泥，见市政府网站。（责任单位：市水务局、市财政局）",
        "1. 每月*清淤。",
        "二、加固堤岸。 种植草木。",
    ]
    assert bold(found) == ["一、清理河道。", "市水务局", "二、加固堤岸。"]


@pytest.mark.parametrize(
    "text",
    [
        "重点项目**由市水务局负责，一般项目*由各区负责。\n注：**为市级重点。\n",
        "# Page 3:\n一、清理河道。\n# Page 4:\n二、加固堤岸。\n# Page 5:\n三、植树。\n",
        "---\n一、清理[河道](含沟渠)。\n---\n\\*甲\n",
    ],
)
def test_a_text_with_a_few_such_signs_stays_as_it_is(received, text):
    assert received(text.encode(), ".txt").text == text
