"""The documents that a text names in 《…》, and why: as its basis, as something to be issued, or in passing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BASIS, PROMISED, CITED = "basis", "promised", "cited"
STRENGTH = {CITED: 0, BASIS: 1, PROMISED: 2}
LONGEST = 120  # characters of a title
BEFORE = 60  # characters in front of a title that may hold its verb
KINDS = (
    "法|法典|条例|规定|办法|细则|意见|通知|方案|规划|计划|纲要|决定|决议|标准|规范|规程|规则|指南|指引|导则|通则|总则|目录|名录"
    "|清单|措施|准则|章程|制度|公告|通告|公约|协定|要点|政策|批复|函|报告|行动|预案|大纲|解释|分工|安排|要求|体系|[0-9一二三四五六七八九十]条"
)
DOCUMENT = re.compile(rf"(?:{KINDS})(?:的(?:通知|意见|决定|公告|函))?(?:[（(〔][^（）()]*[）)〕])*$")
# Certificates, forms, contracts, newspapers and books: things that have names, and are no documents of this kind.
THING = re.compile(
    r"(?:证|证书|证明|执照|表|登记册|申请书|承诺书|告知书|通知书|责任书|协议|协议书|合同|日报|晚报|早报|时报|周刊|月刊|杂志|学习纲要|读本"
    r"|教材|教程|选编|摘编|文选|丛书|论述)(?:[（(][^（）()]*[）)])?$"
)
SHORT = 10  # characters; a longer title needs no known kind at its end
NUMBER = re.compile(r"[^，,；;。]{0,60}号|(?:GB|DB|JGJ|CJJ|HJ|WS|T)[0-9A-Z/T.\s]*[0-9][0-9.\s]*[-—–－]*[0-9]{2,4}")
BRACKET = {"（": "）", "(": ")"}
JOINED = re.compile(r"(?:等)?[、，,；;]?\s*(?:和|及|与|以及|或)?\s*")
JOINED_WITH_ISSUER = re.compile(r"(?:、|和|及|与|以及)(?P<issuer>[\u4e00-\u9fff]{0,16})")
CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
SENTENCE = re.compile(r"[。；;！？!?\n]")
ISSUE = "制定|制订|出台|编制|修订|修改|起草|拟定|拟订|研究提出|印发|发布|颁布|公布"
# Verbs before a title. Who 印发 a document in a clause that begins with 根据 did so already.
FIRM = re.compile(
    r"(?:制定|制订|出台|编制|编写|修订|修改|起草|拟定|拟订)(?:完善|印发|发布|实施|并印发|并实施|好)?[\u4e00-\u9fff]{0,4}$"
)
WEAK = re.compile(r"(?:印发|发布|颁布|公布)(?:实施|执行)?$")
DONE = re.compile(r"(?:的|后|了)\s*$|(?:已|经|联合)(?:制定|出台|印发|发布|修订)")  # 印发的《…》 is there already
ON_BASIS = re.compile(r"根据|依据|依照|按照|按|遵照|对照|落实|贯彻|执行|遵守|实施|学习|依")
SHORTENED = re.compile(r"(?:以下|下)?简称[为：:]?[“\"]?$")
BEHIND_IMPLEMENTED = re.compile(
    r"[》）)\s]*(?:的)?(?:具体)?(?:实施|配套|贯彻|落实)[\u4e00-\u9fff]{0,6}(?:细则|办法|意见|方案|措施|政策|文件|制度)"
)
BEHIND_ISSUED = re.compile(rf"\s*的?(?:{ISSUE}|立法)(?:工作|进程|[，,。；;、]|并|$)")
BEHIND_BASIS = re.compile(r"[^《》，,。；;]{0,4}?(?:贯彻|落实|落地|执行|实施到位)")
BARE = re.compile(  # a title without its 《》, where a place begins it and a comma ends it
    r"(?:根据|依据|按照)(?P<title>(?:[\u4e00-\u9fff]{2,5}(?:省|市|自治区)|国家|国务院)[\u4e00-\u9fff]{5,30}?(?:办法|条例|细则))(?=[，,、（(和])"
)
NOT_BARE = re.compile(r"有关|相关")


@dataclass(frozen=True)
class Cited:
    """A document: its title without 《》 and its number as written ("" if none); relation basis, promised or cited."""

    title: str
    number: str
    relation: str


@dataclass(frozen=True)
class _Title:
    start: int  # of 《
    end: int  # behind 》 and the brackets with the number
    words: str
    number: str


def find_instruments(text: str, is_preamble: bool = False) -> list[Cited]:
    """The documents that a text names, in order, each once. In a preamble a basis holds to the end of its sentence."""
    found: dict[str, Cited] = {}
    short = set()
    for title, relation in _with_relations(text, list(_titles(text)), is_preamble):
        if SHORTENED.search(text[max(0, title.start - 8) : title.start]):
            short.add(title.words)
        if title.words in short or not _is_document(title):
            continue
        known = found.get(title.words, Cited(title.words, "", CITED))
        best = max(known.relation, relation, key=STRENGTH.__getitem__) if known.relation == CITED else known.relation
        found[title.words] = Cited(title.words, known.number or title.number, best)
    for bare in BARE.finditer(text):
        if not NOT_BARE.search(bare["title"]):
            found.setdefault(bare["title"], Cited(bare["title"], "", BASIS))
    return list(found.values())


def _is_document(title: _Title) -> bool:
    if THING.search(title.words):
        return False
    return bool(title.number or DOCUMENT.search(title.words) or len(title.words) >= SHORT)


def _titles(text: str) -> Iterator[_Title]:
    """The outermost pairs of 《》, in order; one that is never closed is no title, what stands in it may be."""
    opened, pairs = [], []
    for found in re.finditer("[《》]", text):
        if found.group() == "《":
            opened.append(found.start())
        elif opened:
            start = opened.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, found.end()))
    for start, end in pairs:
        words = text[start + 1 : end - 1].strip()
        if words and len(words) <= LONGEST and not re.search("[。\n]", words):
            number, after = _number(text, end)
            yield _Title(start, after, words, number)


def _number(text: str, place: int) -> tuple[str, int]:
    """The document number in the brackets right behind a title, and where these brackets end."""
    number, end = "", place
    while text[end : end + 1] in BRACKET and end < len(text):
        depth, stop = 0, end
        for stop in range(end, min(len(text), end + LONGEST)):
            depth += (text[stop] in "（(") - (text[stop] in "）)")
            if not depth:
                break
        if depth:
            break
        written = NUMBER.match(text, end + 1, stop)
        is_whole = written and "\n" not in written.group()  # a quote is written in one line
        number, end = number or (written.group() if written and is_whole else ""), stop + 1
    return number, end


def _with_relations(text: str, titles: list[_Title], is_preamble: bool) -> Iterator[tuple[_Title, str]]:
    """Each title with its relation; those in a row share the verb before the first and the words behind the last."""
    run: list[_Title] = []
    for title in titles:
        if run and not _goes_on(text[run[-1].end : title.start]):
            yield from _relate(text, run, is_preamble)
            run = []
        run.append(title)
    if run:
        yield from _relate(text, run, is_preamble)


def _goes_on(between: str) -> bool:
    if JOINED.fullmatch(between):
        return True
    joined = JOINED_WITH_ISSUER.fullmatch(between) if len(between) <= 20 else None
    return bool(joined) and not re.search(f"{ISSUE}|{ON_BASIS.pattern}", joined["issuer"])


def _relate(text: str, run: list[_Title], is_preamble: bool) -> Iterator[tuple[_Title, str]]:
    before = text[max(0, run[0].start - BEFORE) : run[0].start].rsplit("》", 1)[-1]
    clause = CLAUSE.split(before)[-1]
    after = text[run[-1].end : run[-1].end + 20]
    relation = _relation(clause, after)
    if relation == CITED and is_preamble and ON_BASIS.search(SENTENCE.split(before)[-1]):
        relation = BASIS
    for title in run:
        yield title, relation


def _relation(clause: str, after: str) -> str:
    if BEHIND_IMPLEMENTED.match(after):
        return BASIS
    done = DONE.search(clause)
    if not done and FIRM.search(clause):
        return PROMISED
    if ON_BASIS.search(clause):
        return BASIS
    if (not done and WEAK.search(clause)) or BEHIND_ISSUED.match(after):
        return PROMISED
    return BASIS if BEHIND_BASIS.match(after) else CITED
