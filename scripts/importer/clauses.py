"""The clause of responsibility at the end of an item: where it begins, who is named in it, and who leads."""

import itertools
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from scripts.check.clause import DUE, INSIDE, LABEL, MARKS, NOBODY, PERSONS, ROLES, STANDING, THOSE_ABOVE

OPENING, CLOSING = "（(〔【[［〈", "）)〕】]］〉"
BEHIND = re.compile(r"[。；;．.]*")  # what may stand behind a clause
LABELLED = re.compile(rf"(?:{LABEL.pattern})[：:]")
LABEL_INSIDE = re.compile(rf"(?:{INSIDE.pattern})[：:]")
BARE = re.compile(rf"(?:(?<=[。；！？：）])|^)(?:(?:{LABEL.pattern})[：:]|{PERSONS.pattern}(?:{LABEL.pattern})[：:])")
ENDING = re.compile(
    r"(?:分别|分头|共同|各自|按照?职责分工|具体)?(?:牵头)?(?:负责|落实(?:属地责任)?|承担|实施|配合|参与|参加|协助|协同|完成)$|牵头$|各负其责$|各司其职$"
)
# A sentence about how the lead is marked: no name, and the rule from there on.
PLACED = (  # where in the list of names
    "(?:排(?:名|位|列|序)?|[位名]?列|[位名]?居|位于|处于)(?:在|于)?(?:第一(?:位|个|名)?|第1位?|首位|最前面?|最先|前列|前面?)"
    "|(?:第一|首)(?:位|个|家)|第一(?:责任)?(?:单位|部门)"
)
SAME = "(?:[下后]同此?|以下(?:各[条项]|所列)?(?:均|都)?(?:同此?|相同|类推)|[依以]此类推)"  # as below
SIGN = rf"[“\"‘'（(]?[{MARKS}○◆※][”\"’'）)]?"
STATED = (
    r"(?:其中|[每各][项条]|上述|以上|以下|所列|所有|任务|工作|措施|责任|牵头|单位|部门|中的?|凡|以|按)*"
    rf"(?:{PLACED}|(?:逗号|分号|顿号|斜杠|斜线)(?:之)?前"
    rf"|加黑|加粗|黑体(?:字)?|粗体|(?:加|带|有|标)?(?:下划线|横线)|斜体|红[字色]|(?:标|带|加|注|打|画|有)(?:有|注|记)?(?:{SIGN}|星)号?)"
    r"[^（）()，,；;。、]{0,14}牵头(?:责任)?(?:单位|部门)?[^（）()，,；;。]*"
    r"(?:[，,；;](?:其余|其他|其它|后面|余者)[^（）()，,；;。]{0,14})?"
    rf"(?:(?:[，,][^（）()，,；;。]{{1,20}})?[，,]{SAME})?"
)
RULE = re.compile(
    rf"[（(](?P<inside>[^（）()、。]{{0,20}}?{STATED}[^（）()、]{{0,30}})[）)]|[，,；;。]?(?P<behind>{STATED})"
)
SAME_BELOW = re.compile(rf"[，,；;]?{SAME}(?=[。；;）)〕】\0]|$)")
FIRST, BEFORE_COMMA, FACE, SIGNED = "first", "before-comma", "face", "signed"
KINDS = (
    (re.compile("逗号|分号"), BEFORE_COMMA),
    (re.compile("加黑|加粗|黑体|粗体"), FACE),
    (re.compile(SIGN), SIGNED),
    (re.compile("第一|第1|首位|首个|首家|最前|最先"), FIRST),
)
OPEN_LIST = re.compile(
    r"等(?:国务院|中央|省级|市级|区级|县级)?(?:各|有关|相关)*(?:部门|单位)?(?:[和及](?:部门|单位))?$"
    r"|等[省市区县州]直?(?:各|有关|相关)+(?:部门|单位)$"
    r"|会同(?:市级|省级)?(?:各|有关|相关)+(?:部门|单位)(?:[和及](?:部门|单位))?$"
)
TAIL = re.compile(
    r"(?:双?牵头|分别|分头|共同|具体|各自|(?:按照?|依据?|根据)(?:各自)?职[责能](?:分工)?|各司其职|各负其责|结合(?:各自)?(?:实际|职责))*"
    r"(?:负责|落实(?:属地责任)?|承担|组织实施|实施|督导|督办|推进|配合|参与|参加|协助|协同|主办|协办|指导|为主|为(?:牵头|责任|配合)(?:单位|部门))*$"
)
LEADS = re.compile(r"双?牵头(?:负责|组织实施|落实|实施|督导|督办|推进)?$|为牵头(?:单位|部门)$")
# Behind a name: 市应急局（牵头）, 市教育局、市卫健委（按职责分工负责）.
SAID_OF = re.compile(
    r"[（(]((?:牵头|主办|按职责分工|分别|共同|各自)?(?:负责|落实)?(?:单位|部门)?|配合|参与|协助)[)）]$"
)
ANYBODY = re.compile("各?(?:有关|相关)(?:部门|单位)")  # first in a list, they are nobody who could lead
APART = re.compile("各自负责|各负其责|分别负责")  # where nobody is set above the others
# 各区、县级市 is one name, as is 东关、西关街道办事处.
GROUP = re.compile(
    r"各(?:有关|相关)?(?:[省市县区旗盟州乡镇]|地区|街道|乡镇|县级市)(?:、(?:[县区旗盟州乡镇]|自治区|自治州|自治县|县级市|街道))*"
)
GROUP_GOES_ON = re.compile(
    r"(?:[县区旗盟州乡镇]|自治区|直辖市|自治州|自治县|县级市|街道|(?<=[县旗]、)市)(?:人民政府|政府|管委会|党委|办事处)?(?=[、，,；;。（(和及等\0]|$)"
)
ENDLESS = re.compile(r"[^、，,；;。（）()]{1,3}")
SHARED_END = re.compile(
    r"(?:[^、，,；;。（）()]{1,3}、)*[^、，,；;。（）()]{1,4}(?:街道|镇|乡|部门)(?:办事处|人民政府|政府)?(?=[、，,；;。（(和及等\0]|$)"
)
# 广州、深圳市政府
PLACE = re.compile("[\u4e00-\u9fff]{1,2}(?:州|(?<=[\u4e00-\u9fff])[^局委办厅部院会处署市区县镇乡联协站社])")
PLACES_END = re.compile(
    r"(?:[^、，,；;。（）()]{2,3}、)*[^、，,；;。（）()]{1,3}[市县区](?:人民政府|政府|管委会)(?=[、，,；;。（(和及等按分共配负牵落\0]|$)"
)
HEAD = re.compile(
    rf"^(?:[{MARKS}]|(?:(?:[该此本]项|[该此本]部分)工作|{THOSE_ABOVE})(?:由|以)?|由|以|并?会同)(?=[\u4e00-\u9fff])"
)
WITH = re.compile("会同(?!(?:市级|省级|区级|县级)?(?:各|有关|相关))")
AND = re.compile("(?:以及|和|及|与)(?=[各市省县区州])")
SEPARATORS = "、，,；;。"
PART_OF_NAME = re.compile("人民政府(?:办公室)?|管委会|管理委员会|办事处|办公室|委员会")
LONGEST_BODY = 30  # characters
NAMED = tuple("局委厅办部会府院")  # ends of a name, behind which brackets hold another name of the same body
MOST_BEHIND = 12  # characters of a sentence that goes on behind a clause
# The last sentence of an item that only says who does it: 由市教育局、市财政局负责。
SENTENCE = re.compile(
    r"(?<=。)((?:[^。；：（）()“”]|[（(][^。；：（）()]{2,20}[）)]){3,120}(?:负责|落实|配合|牵头|协助|参加|承担|(?:牵头|配合)(?:单位|部门)))。?$"
)
# What a document closes with, right behind the names of a clause where line ends were lost.
CLOSING_WORDS = re.compile(
    r"本(?:措施|意见|方案|办法|细则|规定|政策|通知|文件|计划)(?:由|自|所|中)|各(?:地|单位|部门|级|区县|乡镇)[^、，；。]{0,14}?要|此件|附件[：:0-9]|[（(]此件|[A-Za-z0-9]{0,4}(?:解读|链接)[：:]|https?[：:]"
)
BODY_ENDS = re.compile(
    r"(?:局|委|办|厅|部|院|会|中心|公司|处|署|政府|办公室|学校|院校|高校|大学|学院|银行|支行|分行|队|所|站|社|组|联|协"
    r"|机关|单位|部门|集团|园区|开发区|新区|街道|镇|乡|企业|机构|馆|台|基金|区|县|市|州|室|工委|党组|法庭|海关)"
    r"(?:[（(〈].*[）)〉])?$"
)


@dataclass(frozen=True)
class Name:
    """A body as written: its stretch (positions in the text that was read) and what is said of it."""

    start: int
    end: int
    label: str  # 牵头单位, 责任单位 …; "" where there is none
    leads: bool | None  # None: the text does not tell


@dataclass(frozen=True)
class Clause:
    start: int
    end: int
    names: tuple[Name, ...]
    is_open: bool  # the list ends in 等
    rule: str  # the sentence about the lead that stands in it, as written; ""
    dates: tuple[tuple[int, int], ...] = ()  # stretches that say by when


def rule_kind(rule: str) -> str:
    """How a sentence says the lead is marked; "" if it is none of the known ways, or makes exceptions."""
    if re.search("除外|不分先后", rule):
        return ""
    return next((kind for pattern, kind in KINDS if pattern.search(rule)), "")


def find_clause(
    text: str, start: int, end: int, is_last: bool = False, stops: Sequence[int] = ()
) -> tuple[int, int] | None:
    """The stretch of the clause with which a stretch of text ends; None if it ends in none.

    Behind the clause of the last item of all the closing of the document may stand (`is_last`). `stops`: where
    paragraphs end, for a clause that no bracket ends.
    """
    words = text[start:end]
    pairs, unclosed = _brackets(words)
    for begin, stop in reversed(pairs):
        if not is_last and not BEHIND.fullmatch(words, stop):
            break
        inside = words[begin + 1 : stop - 1]
        behind = BEHIND.match(words, stop).end()
        if is_last and _runs_on(words, behind, [place - start for place in stops]):
            continue
        several = re.search("[、；;]", inside) and words[begin - 1 : begin] not in NAMED and behind == len(words)
        if _is_clause(inside) or (are_bodies(inside) and (several or words[begin - 1 : begin] == "。")):
            return start + begin, start + behind
    for begin in unclosed:
        stop = _stop(stops, start + begin, end)
        inside = text[start + begin + 1 : stop]
        if (is_last or stop == end) and (_is_clause(inside) or are_bodies(inside)):
            return start + begin, stop
    found = [match for match in BARE.finditer(words) if not _is_inside(pairs, match.start())]
    begins = [match.start() for match in found] + [
        stop - start for stop in stops if start < stop < end and LABELLED.match(words, stop - start)
    ]
    if not begins:
        sentence = SENTENCE.search(words[: _stop(stops, start, end) - start] if is_last else words)
        if sentence and are_bodies(sentence.group(1)):
            return start + sentence.start(1), start + sentence.end()
        return None
    first = last = max(begins)
    for begin in sorted(set(begins), reverse=True):  # several labels in a row make one clause
        if "。" in words[begin:first].rstrip("。；"):
            break
        first = begin
    closing = CLOSING_WORDS.search(words, last) if is_last else None
    sentence = min(words.find("。", last) + 1 or len(words), closing.start() if closing else len(words))
    stop = min(start + sentence, _stop(stops, start + last, end)) if is_last else end
    return start + first, stop


def _runs_on(words: str, behind: int, stops: Sequence[int]) -> bool:
    """Does the sentence go on behind a bracket for a few words: …（省统计局负责）按月上报。"""
    stop = next((place for place in stops if place >= behind), len(words))
    rest = words[behind:stop]
    return 0 < len(rest) <= MOST_BEHIND and rest.endswith("。") and not re.match("本|附|此|抄|联系", rest)


def are_bodies(words: str) -> bool:
    """Is a stretch nothing but names of bodies?"""
    words = DUE.sub("", RULE.sub("", words))
    names = [words[begin:stop] for begin, stop, *_ in _pieces(words, frozenset())]
    names = [OPEN_LIST.sub("", TAIL.sub("", HEAD.sub("", name))) for name in names if name.strip()]
    return bool(names) and all(3 <= len(name) <= LONGEST_BODY and BODY_ENDS.search(name) for name in names)


def _stop(stops: Sequence[int], place: int, end: int) -> int:
    return min((stop for stop in stops if place < stop <= end), default=end)


def _brackets(words: str) -> tuple[list[tuple[int, int]], list[int]]:
    """The outermost pairs of brackets, and those that are never closed."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, sign in enumerate(words):
        if sign in OPENING:
            opened.append(place)
        elif sign in CLOSING and opened:
            begin = opened.pop()
            while pairs and pairs[-1][0] > begin:
                pairs.pop()
            pairs.append((begin, place + 1))
    return pairs, opened


def _is_inside(pairs: Sequence[tuple[int, int]], place: int) -> bool:
    return any(begin < place < stop for begin, stop in pairs)


def _is_clause(inside: str) -> bool:
    plain = RULE.sub("", SAME_BELOW.sub("", STANDING.sub("", inside))).rstrip("。；，, ")
    begins = DUE.match(plain)
    named = plain[begins.end() :].lstrip("，,；;、") if begins else plain  # 6月底完成，责任单位：…
    if LABELLED.match(named) or (PERSONS.match(plain) and LABELLED.search(plain)):
        return True
    said = DUE.sub("", plain).rstrip("。；，,; ")
    return bool(ENDING.search(said)) and len(TAIL.sub("", said)) > 1 and not said.startswith(("不", "未", "以"))


def read_names(text: str, start: int, end: int, rule: str, spaces: Set[int] = frozenset()) -> Clause:
    """Who is named in the clause of a stretch, and who leads: as the clause says, else as the stated rule (`rule`) says.

    `spaces`: positions before which the source has a space; where signs are lacking, these divide names.
    """
    words = list(text[start:end])
    stated = ""
    for found in RULE.finditer(text, start, end):
        stated = found["inside"] or found["behind"]
        _erase(words, found.start() - start, found.end() - start)
    for pattern in (SAME_BELOW, STANDING):
        for found in pattern.finditer("".join(words)):
            _erase(words, *found.span())
    pairs, unclosed = _brackets("".join(words))
    trimmed = "".join(words).rstrip("。；;. \0")
    if pairs and pairs[-1] == (0, len(trimmed)):
        _erase(words, 0, 1)
        _erase(words, len(trimmed) - 1, len(trimmed))
    elif unclosed[:1] == [0]:
        _erase(words, 0, 1)
    for found in PERSONS.finditer("".join(words)):
        _erase(words, *found.span())
    dates = [(found.start(), found.start() + len(found.group().rstrip("\0"))) for found in DUE.finditer("".join(words))]
    for found in dates:
        _erase(words, *found)
    names, is_open, alone = [], False, False
    ends: list[int] = []
    commas: list[int] = []
    signs = "；;" if "分号" in (stated or rule) else "，,"  # that the rule speaks of
    left = "".join(words)  # without rule, persons and dates
    for begin, stop, label, separator in _pieces(left, {place - start for place in spaces}):
        piece = left[begin:stop]
        opened = OPEN_LIST.search(TAIL.sub("", piece))
        remark = SAID_OF.search(piece[: opened.start()] if opened else piece)
        if remark:
            piece = piece[: remark.start()]
        lead_words = LEADS.search(remark[1] if remark else piece)
        alone = alone or bool(remark and lead_words)
        is_open = is_open or bool(opened)
        name = TAIL.sub("", piece)
        if opened and not remark:
            name = TAIL.sub("", name[: opened.start()])
        begun = HEAD.match(name).end() if HEAD.match(name) else 0
        begun += len(name[begun:]) - len(name[begun:].lstrip("：:"))  # 责任单位：：市财政局
        plain = name.rstrip(MARKS)
        if re.search(r"\w", plain[begun:].strip("和及与")) and not NOBODY.fullmatch(plain):
            is_marked = plain != name or bool(set(name[:begun]) & {*MARKS})
            names.append((begin + begun, begin + len(plain), label, bool(lead_words), is_marked))
        if separator and separator in signs:
            commas.append(len(names))
        if separator in "，,；;" and name != piece and not lead_words:
            ends.append(len(names))  # those before it have another part
    is_nobody = bool(names) and bool(ANYBODY.match(left[slice(*names[0][:2])]))
    kind = "" if is_nobody or APART.search(left) else rule_kind(stated or rule)
    made = with_leads(names, commas, kind, ends, alone)
    found_names = tuple(Name(start + one[0], start + one[1], one[2], leads) for one, leads in made)
    return Clause(start, end, found_names, is_open, stated, tuple((start + one, start + other) for one, other in dates))


def _erase(characters: list[str], start: int, end: int) -> None:
    characters[start:end] = "\0" * (end - start)


def _pieces(words: str, spaces: Set[int]) -> Iterator[tuple[int, int, str, str]]:
    """Stretches between separators and labels outside brackets: (start, end, label before it, sign that ends it)."""
    label = ""
    labels = {found.start(): found for found in LABEL_INSIDE.finditer(words)}
    depth, begin, place = 0, 0, 0
    while place <= len(words):
        sign = words[place : place + 1]
        depth += (sign != "" and sign in OPENING) - (sign != "" and sign in CLOSING)
        found = labels.get(place) if depth <= 0 else None
        divides = sign in SEPARATORS and not (sign == "、" and _is_shared(words, begin, place))
        joined = _joint(words, begin, place) if depth <= 0 and place > begin else None
        if found or joined or not sign or (depth <= 0 and (divides or sign == "\0")):
            yield from _by_spaces(words, begin, place, label, sign if sign in SEPARATORS else "", spaces)
            if found:
                label = found.group().rstrip("：:")
                place = found.end() - 1
            elif joined:
                place = joined.end() - 1
            begin = place + 1
            depth = 0
        place += 1


def _joint(words: str, begin: int, place: int) -> re.Match | None:
    """A word that ends a name and begins another: 会同; 和 only behind （牵头） or 等部门."""
    said = words[begin:place]
    return WITH.match(words, place) or (
        AND.match(words, place) if SAID_OF.search(said) or OPEN_LIST.search(said) else None
    )


def _is_shared(words: str, begin: int, place: int) -> bool:
    """Do the names before and behind a sign share a word: 各区、县级市, 东关、西关街道办事处?"""
    name = words[begin:place].lstrip("由")
    if GROUP.fullmatch(name):
        return bool(GROUP_GOES_ON.match(words, place + 1))
    names = name.split("、")
    if all(PLACE.fullmatch(one) for one in names) and PLACES_END.match(words, place + 1):
        return True
    return all(ENDLESS.fullmatch(one) and not BODY_ENDS.search(one) for one in names) and bool(
        SHARED_END.match(words, place + 1)
    )


def _by_spaces(
    words: str, begin: int, stop: int, label: str, separator: str, spaces: Set[int]
) -> Iterator[tuple[int, int, str, str]]:
    """A stretch, or the names in it that only spaces divide: each then ends as names of bodies do."""
    if begin == stop:
        if separator:
            yield begin, stop, label, separator
        return
    cuts = sorted(place for place in spaces if begin < place < stop)
    bounds = [begin, *cuts, stop]
    pieces = list(itertools.pairwise(bounds))
    if cuts and all(map(_is_whole_name, (words[one:other] for one, other in pieces))):
        for one, other in pieces:
            yield one, other, label, separator if other == stop else ""
    else:
        yield begin, stop, label, separator


def _is_whole_name(words: str) -> bool:
    """May words between spaces be a name, and not a part of one: 各乡镇 人民政府, 区 财政局?"""
    name = TAIL.sub("", OPEN_LIST.sub("", words))
    return len(name) > 2 and bool(BODY_ENDS.search(name)) and not PART_OF_NAME.fullmatch(name)


def with_leads(
    names: list[tuple], commas: Sequence[int], kind: str, ends: Sequence[int] = (), alone: bool = False
) -> Iterator[tuple[tuple, bool | None]]:
    """Each name and whether it leads; None where nothing tells.

    `names`: (start, end, label, is 牵头 said of it, does it bear a sign). `ends`: how many names are before each word
    that gives others a part; `alone`: 牵头 is said of each that leads.
    """
    roles = [ROLES.get(one[2][:2]) for one in names]
    said = [place for place, one in enumerate(names) if one[3]]
    marked = [one[4] for one in names]
    for place, one in enumerate(names):
        if "lead" in roles:
            leads: bool | None = roles[place] == "lead"
        elif said:
            first = max((end for end in ends if end <= said[-1]), default=0)
            leads = place in said if alone else first <= place <= said[-1]  # A、B牵头: all before the word
        elif kind == FIRST:
            leads = place == 0
        elif kind == SIGNED and any(marked):
            leads = marked[place]
        elif kind == BEFORE_COMMA and commas and commas[0] < len(names):
            leads = place < commas[0]
        else:
            leads = None
        yield one, leads
