"""How a list of bodies divides into its names."""

import itertools
import re
from collections.abc import Iterator, Set

from scripts.check.clause import INSIDE, ITS_PART, OPEN

OPENING, CLOSING = "（(〔【[［〈", "）)〕】]］〉"
QUOTES = ("“", "”")  # within which a sign divides no names: 市“双随机、一公开”联席会议
LABEL_INSIDE = re.compile(rf"(?:{INSIDE.pattern})[：:]")
OPEN_LIST = re.compile(rf"(?:{OPEN.pattern})$")
TAIL = re.compile(
    r"(?:双?牵头|并(?=按)|分别|分头|分工|共同|具体|各自|(?:按照?|依据?|根据)(?:各自)?职[责能](?:分工)?|各司其职|各负其责|结合(?:各自)?(?:实际|职责))*"
    rf"(?:{ITS_PART}|贯彻|完成|负责|落实(?:属地责任)?|承担|组织(?:实施|落实|推进)?|实施|督导|督办|推进|配合|参与|参加|协助|协同|主办|协办|指导|为主|为(?:牵头|责任|配合)(?:单位|部门))*$"
)
# Behind a name: 市应急局（牵头）, 市教育局、市卫健委（按职责分工负责）.
SAID_OF = re.compile(
    r"[（(]((?:(?:共同|联合)?牵头|主办|按职责分工|分别|共同|各自)(?:负责|落实)?(?:单位|部门)?|(?:负责|落实)(?:单位|部门)?|配合|参与|协助)[)）]$"
)
KINDS_OF_PLACES = "[（〔〈(][市县区旗州盟特、]{1,8}[）〕〉)]"
# 各区、县级市 is one name, as is 东关、西关街道办事处.
GROUP = re.compile(
    rf"各(?:有关|相关)?(?:[省市县区旗盟州乡镇](?:{KINDS_OF_PLACES})?|地区|街道|乡镇|县级市)(?:、(?:[县区旗盟州乡镇]|自治区|自治州|自治县|县级市|街道))*"
)
GROUP_GOES_ON = re.compile(
    rf"(?:[县区旗盟州乡镇]|自治区|直辖市|自治州|自治县|县级市|街道|(?<=[县区旗]、)市)(?:{KINDS_OF_PLACES})?(?:人民政府|政府|管委会|党委|办事处)?(?=[、，,；;。（(和及等按分共配负牵落\0]|$)"
    rf"|[县区旗]{KINDS_OF_PLACES}[\u4e00-\u9fff]{{2,10}}[局委办厅](?=[、，,；;。（(和及等按\0]|$)"  # 各市、县〔区〕市场监管局
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
# 市委、市政府督查室 is one body: of both.
OF_BOTH = re.compile(
    r"([省市县区州旗])委、\1(?:人民)?政府[\u4e00-\u9fff]{2,4}[室局](?=[、，,；;。（(和及等按分共配负牵落\0]|$)"
)
WITH = re.compile("会同(?!(?:[省市区县州]直?级?)?(?:各|有关|相关)+(?:部门|单位))")
AND = re.compile("(?:以及|和|及|与)(?=[各市省县区州])")
SEPARATORS = "、，,；;。"
PART_OF_NAME = re.compile("人民政府(?:办公室)?|管委会|管理委员会|办事处|办公室|委员会")
BODY_ENDS = re.compile(
    r"(?:局|委|办|厅|部|院|会|中心|公司|处|署|政府|办公室|学校|院校|高校|大学|学院|银行|支行|分行|队|所|站|社|组|联|协"
    r"|中国(?:电信|移动|联通|铁塔|邮政)|机关|单位|部门|集团|园区|开发区|新区|街道|镇|(?<!城)乡|企业|机构|馆|台|基金|区|县|市|州|室|工委|党组|法庭|海关)"
    r"(?:[（(〈].*[）)〉])?$"
)


def brackets(words: str) -> tuple[list[tuple[int, int]], list[int]]:
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


def listed(words: str, spaces: Set[int]) -> Iterator[tuple[int, int, str, str]]:
    """Stretches between separators and labels outside brackets: (start, end, label before it, sign that ends it)."""
    label = ""
    labels = {found.start(): found for found in LABEL_INSIDE.finditer(words)}
    depth, begin, place = 0, 0, 0
    while place <= len(words):
        sign = words[place : place + 1]
        depth += (sign != "" and sign in OPENING + QUOTES[0]) - (sign != "" and sign in CLOSING + QUOTES[1])
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
    if (both := OF_BOTH.match(words, place - len(name))) and both.end() > place:
        return True
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
