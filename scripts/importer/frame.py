"""What stands around the measures: title, number, addressees, preamble before them, closing, signature and date behind."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.characters import width
from scripts.check.source import LINE_END
from scripts.importer.numbering import NUMBERED_TITLE
from scripts.importer.script import FULL, WIDE, Script

KINDS_OF_DOCUMENT = "意见|通知|方案|措施|办法|规划|计划|细则|规定|清单|条例|决定|公告|要点|任务|表|分工|政策|行动|实施意见|若干条|举措|分解|安排|部署|指引|纲要|准则|标准|预案|职责|台账|对策|重点|条"
BODY = "人民政府|政府|国务院|办公厅|办公室|委员会|管委会|委|部|厅|局|中心|院|党组|小组"
DATE = r"(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日"
HAN_DATE = r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}(?:发|办|字|函|规)?[\u4e00-\u9fff]{0,3}[〔﹝\[（(【]?(?:19|20)[0-9]{2}[〕﹞\]）)】]?年?第?[0-9]{1,5}号"
)
NUMBER_BEHIND_TITLE = re.compile(
    r"(?:意见|方案|通知|措施|办法|规划|计划|细则|规定|决定|公告|清单)"
    r"((?:(?!的|通知|意见|方案)[\u4e00-\u9fff]){1,8}?(?:发|函|字|规)[〔﹝\[（(](?:19|20)[0-9]{2}[〕﹞\]）)][0-9]{1,5}号)"
)
NUMBER_IN_FRONT = re.compile(r"[\u4e00-\u9fff]{2,8}〔(?:19|20)[0-9]{2}〕[0-9]{1,4}号(?![）)])(?=[^。；：]{2,30}关于)")
TITLE = re.compile(
    rf"(?:关于|印发|转发|批转)?.{{2,80}}?(?:{KINDS_OF_DOCUMENT})(?:的(?:通知|意见|决定|公告|函))?(?:[（(][^（）()]{{1,20}}[）)])?"
)
ADDRESSEES = re.compile(
    r"(?:国务院|(?:[\u4e00-\u9fff]{2,20}[，,、])+)?(?:各|市|省|区|县|有关)[^。！？；“”]{1,160}[：:]"
)
ISSUER = re.compile(rf"(?!.*(?:关于|首页|当前位置|政务公开|最新文件))[\u4e00-\u9fff]{{2,30}}(?:{BODY})(?:文件)?")
# What a portal writes above a document: 索引号：… 发文机关：… 成文日期：…
PORTAL_LABELS = "索引号|主题分类|主题词|发文机关|发布机构|公开机构|成文日期|生成日期|发文日期|发布日期|公开日期|标题|名称|发文字号|发布文号|文号|公文种类|时效|有效性|时效性|公开方式|信息来源|来源|作者|发布时间|发表时间|栏目|所属栏目|原文链接|网址"
PORTAL = re.compile(rf"(?:(?:{PORTAL_LABELS})[：:](?:(?!(?:{PORTAL_LABELS})[：:]).)*)+")
PUBLICATION = re.compile(
    r"[（(]?(?:此件|本文|信息公开|公开(?:方式|属性|形式|选项))[^。）)]{0,20}[）)]?|[（(]主动公开[）)]"
)
ATTACHMENT = re.compile(r"附件(?:[0-9一二三四五六七八九十]{0,2})[：:]?|附[：:].*|附件[：:0-9].*")
PAGE_NUMBER = re.compile(r"[-—–]*[0-9]{1,4}[-—–]*")
NOTE = re.compile(r"(?:备注|注|说明)[：:].*")
ISSUED = re.compile(
    rf"(?![（(]?截[至止])[（(]?[\u4e00-\u9fff]{{0,30}}?(?:{DATE}|{HAN_DATE})(?:印发|发布|通过|公布)?[）)]?"
)
ITS_KIND = re.compile(rf"(?:实施|工作)?(?:{KINDS_OF_DOCUMENT})(?:（[^（）]{{2,24}}）)?")  # the last line of a title
BRACKETED = re.compile(r"（[^（）]{2,24}）")
ENDS_IN_ITS_SUBJECT = re.compile("(?:政策|行动|规划|计划|重点|条例|安排|部署|分工|标准|职责|条)$")
# What a line in brackets below a title speaks of that is no part of the title.
NO_PART = re.compile("牵头|责任|主办|负责|截[至止]")
OTHERS = re.compile("往期(?:推荐|回顾|精彩)|附件下载[：:]")  # what a page lists behind its article
ABOVE_TITLE = re.compile(r"字[号体]?[：:]?\s?[\[【（(]?大中小[\]】）)]?")  # with what the tools of a page end
DATE_BEHIND = re.compile(rf"(?<=[\u4e00-\u9fff）)])[（(]{DATE}[）)]$")
DAY_ALONE = re.compile(f"{DATE}|{HAN_DATE}")
LIST_BEGINS = re.compile(r"附件?[：:](?=.)")
LIST_WITHIN = re.compile(
    rf"(?<=[。：；）0-9])附件[：:](?=1[.．、])[^。]*?(?=。|相关附件|$|(?<=[)）])[\u4e00-\u9fff]{{2,25}}(?:{BODY}){DATE})"
)
LISTED = re.compile(r"[0-9]{1,2}[.．、][^。；]{2,60}")  # an attachment in a list of them
BEGINS_A_SENTENCE = re.compile("(?:为|根据|按照|经)[^，]{2,70}，")  # 为贯彻落实…，制定本方案
FEW_LINES = 4  # that may all be short
GOES_ON = (*"、，,（(《“〔",)  # signs with which no paragraph ends, in a text that a machine wrapped
# The whole of a stretch is of this kind; tried in this order.
WHOLE = (
    ("document_number", re.compile(rf"{NUMBER.pattern}|[（(]{NUMBER.pattern}[）)]")),
    ("date", DAY_ALONE),
    ("publication", PUBLICATION),
    ("date", ISSUED),
    ("attachment", ATTACHMENT),
    ("page_number", PAGE_NUMBER),
    ("note", NOTE),
    ("addressees", ADDRESSEES),
    ("issuer", ISSUER),
)
TITLE_AT_START = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,25}})?关于.{{2,60}}?(?:{KINDS_OF_DOCUMENT})(?:的(?:通知|意见))?。?(?=为|根据|按照|现|近年|[\u4e00-\u9fff]{{2,8}}是)"
)
TITLE_BEHIND = re.compile(
    rf"[^。；：，]{{4,60}}?(?:{KINDS_OF_DOCUMENT})(?:[（(][^（）()]{{1,12}}[）)])?(?=为|根据|按照|近年|[\u4e00-\u9fff]{{2,8}}是)"
)
SIGNED = re.compile(rf"(?:^|(?<=[。：；)）]))[\u4e00-\u9fff]{{2,25}}(?:{BODY})({DATE})(?:[（(][^（）()]{{2,12}}[）)])?")
DATED = re.compile(rf"{DATE}(?:[（(][^（）()]{{2,12}}[）)])?$")  # the end of a notice
# What a web page adds behind a document.
FURNITURE = re.compile(
    "(?<!“)扫一扫|(?:相关附件：)?(?<![\u4e00-\u9fff，、“])二维码|打印本页|【打印|关闭窗口|分享到|版权所有|网站标识码|责任编辑|抄送[：:]|(?:主办|承办|主管)单位[：:]|相关(?:文档|链接|附件)[：:]?"
)
WHOLE_TITLE = re.compile("[\u4e00-\u9fff]{2,24}?[省市县区州旗府室局委会厅部院]关于")
LONGEST_TITLE = 80
CLAUSE_INSIDE = re.compile("(?:负责|落实|配合|参与|牵头|协助|参加)[）〕]|(?:单位|部门)[：:]")
LONGEST_IN_BRACKETS = 120  # characters of words in brackets or quotes that a line end tears
INDENTED = 40  # characters by which a line may be
LONGEST_HEAD = 300  # characters in which title, number and addressees stand where no line divides them


@dataclass(frozen=True)
class Part:
    kind: str  # of policy.yml's parts
    start: int
    end: int


def paragraphs(script: Script, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of a stretch: its lines, those that a machine wrapped joined again."""
    starts = sorted({start, *(place for place in script.line_starts if start < place < end)})
    rows = [(one, other) for one, other in zip(starts, [*starts, end][1:], strict=True) if other > one]
    if not script.is_wrapped:
        return rows
    widths = [width(script.solid[one:other], WIDE) for one, other in rows]
    widest = max([*widths, *([] if len(rows) > FEW_LINES else [script.page_width])], default=0)
    widest = min(widest, script.page_width or widest)  # a title may be wider than columns are
    found: list[tuple[int, int]] = []
    for one, other in rows:
        words = script.solid[found[-1][0] : found[-1][1]] if found else ""
        is_full = bool(found) and one not in script.indented and _last_line(script, found[-1]) >= widest * FULL
        is_whole = any(kind != "note" and pattern.fullmatch(words) for kind, pattern in WHOLE)
        is_number = NUMBER.fullmatch(script.solid, one, other) and words.count("（") == words.count("）")
        is_signature = words.endswith("。") and bool(ISSUER.fullmatch(script.solid, one, other))
        is_torn = found and _is_torn(words, script.solid[one:other])
        if words[-1:] in GOES_ON or is_torn or (is_full and not (is_whole or is_number or is_signature)):
            found[-1] = (found[-1][0], other)
        else:
            found.append((one, other))
    return found


def _is_torn(above: str, below: str) -> bool:
    """Is a sentence torn within brackets, before a line that begins with a sign, or behind a bracket or quotes?

    So is text that was copied from a page: 在中国 / （广西） / 自由贸易试验区.
    """
    last = above[-LONGEST_IN_BRACKETS:]
    if any(last.rfind(one) > last.rfind(other) for one, other in ("（）", "《》", "“”", "〔〕")):
        return True
    is_sentence = re.search("[，。]|^(?:为|根据|按照)", above)
    if not is_sentence or any(pattern.fullmatch(below) for kind, pattern in WHOLE if kind != "document_number"):
        return False
    opened = max(above.rfind(sign) for sign in "（〔")
    behind_bracket = above[-1] in "）〕" and not (above[opened - 1] in "。；" or CLAUSE_INSIDE.search(above[opened:]))
    before_sign = below[0] in "“《（〔" and not re.search("[。；：！？）〕]$", above)
    return above[-1] in "”》" or behind_bracket or before_sign


def ends_of(script: Script, start: int, end: int) -> list[int]:
    """Where the paragraphs of a stretch end."""
    return [other for _, other in paragraphs(script, start, end)]


def _last_line(script: Script, stretch: tuple[int, int]) -> int:
    """The columns of its last line, with what it is indented by."""
    start = max((place for place in script.line_starts if stretch[0] <= place < stretch[1]), default=stretch[0])
    before = LINE_END.split(script.source[: script.places[start]][-INDENTED:])[-1]
    return width(script.solid[start : stretch[1]], WIDE) + (width(before, WIDE) if not before.strip() else 0)


def head(script: Script, start: int, end: int) -> list[Part]:
    """The parts before the first item or the table."""
    found: list[Part] = []
    for one, other in _cut(script, paragraphs(script, start, end)):
        words = script.solid[one:other]
        kind = (
            "paragraph"
            if PORTAL.fullmatch(words) or re.fullmatch("[0-9]{1,3}[.．、]", words)
            else next((name for name, pattern in WHOLE if pattern.fullmatch(words)), "")
        )
        has_title = any(part.kind == "title" for part in found)
        if kind == "issuer" and (has_title or any(part.kind == "addressees" for part in found)):
            kind = "signature"
        is_title = words.startswith("关于") or not (words.endswith("。") or BEGINS_A_SENTENCE.match(words))
        if not kind and found and found[-1].kind == "attachment" and LISTED.fullmatch(words):
            kind = "attachment"
        if not kind and len(words) <= LONGEST_TITLE and is_title and TITLE.fullmatch(words.rstrip("。")):
            kind = "title"
        if not kind and len(words) <= LONGEST_TITLE and not re.search("[。：；，>＞»]", words):
            kind = "begun"  # the first line of a title over several
        found.append(Part(kind or "preamble", one, other))
    if not any(part.kind == "title" for part in found):
        found = _with_title(found)
    found = _with_annex_title(found)
    signed = max((place for place, part in enumerate(found) if part.kind == "signature"), default=0)
    return [
        Part("paragraph", part.start, part.end) if part.kind == "preamble" and place < signed else part
        for place, part in enumerate(_joined(script, found))
    ]


def _with_title(found: Sequence[Part]) -> list[Part]:
    """What stands above everything else is the title, whatever its words: the first lines that are nothing else."""
    first = next((place for place, part in enumerate(found) if part.kind not in ("issuer", "attachment")), len(found))
    last = first
    while last < len(found) and found[last].kind == "begun":
        last += 1
    if last == first:
        return list(found)
    title = Part("title", found[first].start, found[last - 1].end)
    return [*found[:first], title, *found[last:]]


def _with_annex_title(found: Sequence[Part]) -> list[Part]:
    """What a notice carries has a title of its own below signature and date, whatever its words."""
    last = max((place for place, part in enumerate(found) if part.kind in ("date", "publication")), default=-1)
    signed = any(part.kind == "addressees" for part in found[: last + 1])
    behind = found[last + 1 :]
    if not signed or any(part.kind == "title" for part in behind):
        return list(found)
    lines = list(itertools.takewhile(lambda part: part.kind == "begun", behind))
    if not lines:
        return list(found)
    return [*found[: last + 1], Part("title", lines[0].start, lines[-1].end), *behind[len(lines) :]]


def attachments(script: Script, start: int, end: int) -> list[tuple[int, int]]:
    """The lists of attachments: 附件：1.… and the lines that go on with 2.…, or all up to a full stop within a line.

    So is the list of other articles with which a page of an account ends.
    """
    found: list[tuple[int, int]] = []
    if past := OTHERS.search(script.solid, start, end):
        found.append((past.start(), end))
    if script.is_run_on:
        found += [one.span() for one in LIST_WITHIN.finditer(script.solid, start, end)]
    is_list = False
    for one, other in paragraphs(script, start, end):
        words = script.solid[one:other]
        is_list = bool(LIST_BEGINS.match(words)) or (is_list and bool(LISTED.fullmatch(words)))
        if is_list:
            found.append((one, other))
    return found


def tail(script: Script, start: int, end: int) -> list[Part]:
    """The parts behind the last measure."""
    found: list[Part] = []
    for one, other in _cut(script, paragraphs(script, start, end)):
        words = script.solid[one:other]
        kind = next((name for name, pattern in WHOLE if name != "addressees" and pattern.fullmatch(words)), "")
        kind = "signature" if kind == "issuer" else kind
        found.append(Part(kind or "closing", one, other))
    return found


def _cut(script: Script, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Long paragraphs cut where one part ends and another begins without a line break."""
    for start, end in stretches:
        words = script.solid[start:end]
        if end - start <= LONGEST_TITLE and "。" not in words[:-1]:
            is_whole = any(pattern.fullmatch(words) for _, pattern in WHOLE)
            glued = None if is_whole else SIGNED.match(words)  # behind it a title, or what a page added
            cuts = {0, glued.start(1), glued.end(1), glued.end(), len(words)} if glued else {0, len(words)}
            cuts.add(0 if is_whole else _title_length(words, 0, bool(DATED.search(script.solid, 0, start))))
            cuts |= {page.start()} if (page := FURNITURE.search(words)) else set()
            cuts |= {number.end()} if (number := NUMBER_IN_FRONT.match(words)) else set()
            cuts |= {number.end(1)} if (number := NUMBERED_TITLE.match(words)) else set()
            cuts |= {dated.start()} if (dated := DATE_BEHIND.search(words)) else set()
            yield from ((start + one, start + other) for one, other in itertools.pairwise(sorted(cuts)))
            continue
        places = {0, len(words)}
        if number := NUMBER_IN_FRONT.match(words):
            places.add(number.end())
        signed = SIGNED.search(words)
        first = re.search(
            r"(?:^|(?<=[号案见施划知则法]))(?:各|市|省|区|县|有关)[^。！？；“”]{1,160}[：:]", words[:LONGEST_HEAD]
        )
        if first:
            places |= {first.start(), first.end()}
        for number in NUMBER_BEHIND_TITLE.finditer(words[:LONGEST_HEAD]):
            places |= {number.start(1), number.end(1)}
        places |= {tools.end() for tools in ABOVE_TITLE.finditer(words[:LONGEST_HEAD])}
        for bracket in re.finditer(rf"（[^（）]{{0,30}}{DATE}[^（）]{{0,6}}）", words[:LONGEST_HEAD]):
            places |= {bracket.start(), bracket.end()}
        if signed:
            places |= {signed.start(), signed.start(1), signed.end(1), signed.end()}
        for begin in sorted(places):
            is_behind = bool(signed) and begin == signed.end() if begin else bool(DATED.search(script.solid, 0, start))
            if begin == 0 or is_behind:
                places.add(begin + _title_length(words, begin, is_behind))
        ordered = sorted(places)
        for one, other in itertools.pairwise(ordered):
            yield start + one, start + other


def _title_length(words: str, begin: int, is_behind: bool) -> int:
    """The length of a title that runs into the text: that of the same words in 《》, else as it begins; 0 if there is none.

    `is_behind`: it stands behind the signature of the notice that carries it, and may begin with any word.
    """
    for quoted in re.findall("《([^《》]{4,80})》", words):
        for name in (quoted, quoted[max(0, quoted.find("关于")) :]):  # 《市审计局关于…的意见》
            if words.startswith(name, begin):
                return len(name)
    found = TITLE_AT_START.match(words[begin:]) or (TITLE_BEHIND.match(words[begin:]) if is_behind else None)
    return found.end() if found else 0


def _is_whole_title(words: str, before: str) -> bool:
    """Does a title begin here, with its issuer, and the line before it belong to the page that it stood on?"""
    return bool(WHOLE_TITLE.match(words)) and not re.search(rf"关于|(?:{BODY})$", before)


def _joined(script: Script, parts: Sequence[Part]) -> list[Part]:
    """Lines of a title that goes over several put together; what only began and did not go on is a paragraph."""
    waiting: list[Part] = []
    made: list[Part] = []
    for part in parts:
        words = script.solid[part.start : part.end]
        below_title = bool(made) and made[-1].kind == "title" and not waiting
        if below_title and part.kind == "begun" and ITS_KIND.fullmatch(words):
            made[-1] = Part("title", made[-1].start, part.end)  # 江源省推进养老服务三年行动 / 方案（2023—2025年）
            continue
        if below_title and part.kind == "begun" and BRACKETED.fullmatch(words):
            if NO_PART.search(words):
                made.append(Part("note", part.start, part.end))
            else:
                made[-1] = Part("title", made[-1].start, part.end)  # （2024—2026年）
            continue
        if part.kind == "begun":
            waiting.append(part)
            continue
        if below_title and part.kind == "title":
            before = script.solid[made[-1].start : made[-1].end]
            if before.startswith("关于") and ENDS_IN_ITS_SUBJECT.search(before) and "关于" not in words:
                made[-1] = Part("title", made[-1].start, part.end)  # 关于优化调整稳就业政策 / 全力促发展的若干措施
                continue
        if (
            waiting
            and part.kind == "title"
            and not _is_whole_title(words, script.solid[waiting[-1].start : waiting[-1].end])
        ):
            part = Part("title", waiting[0].start, part.end)
            waiting = []
        made += [Part("paragraph", one.start, one.end) for one in waiting]
        waiting = []
        made.append(part)
    return [*made, *(Part("paragraph", one.start, one.end) for one in waiting)]
