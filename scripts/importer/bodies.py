"""Whose names these are: the jurisdiction of a document, and the registered or proposed id of each body that it names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import pypinyin

from scripts.load.folder import LONGEST_ID, RESERVED

PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:自治区|自治州|自治县|特别行政区|开发区|高新技?区|新区|保税区|地区|省|市|州|盟|县|旗|区))"
)
NATIONAL = re.compile("国务院|中共中央|中央|国家|全国|财政部|教育部|[\u4e00-\u9fff]{2,8}部(?:办公厅)?(?:关于|$)")
# The level that the last character of a place's name tells; the first that fits.
LEVELS = (
    (re.compile("开发区|高新|新区|保税区"), "功能区"),
    (re.compile("自治区|省$|特别行政区"), "省级"),
    (re.compile("自治州|地区|市$|州$|盟$"), "市级"),
    (re.compile("县|旗|区$"), "区县级"),
)
PREFIX = re.compile("^(?:市|县|区|省|州)(?=[\u4e00-\u9fff]{2})")
COLLECTIVE = re.compile("^(?:各|有关|相关)|(?:各|有关|相关)(?:部门|单位|县|区|市|镇|街道|乡)")
# The kind that a name tells as a rule; a person confirms it. The first that fits.
KINDS = (
    (COLLECTIVE, "集合主体"),
    (re.compile("(?:公司|集团|银行)$"), "企业"),
    (re.compile("党校|行政学院|干部学院|研究院"), ""),
    (re.compile("(?:大学|学院|学校|中学|小学|幼儿园)$"), "学校"),
    (
        re.compile(
            "^(?:(?:共青)?团.{1,4}委|共青团中央)$|工会$|妇联$|科协$|残联$|工商联$|侨联$|文联$|贸促会$|红十字会$"
        ),
        "群团",
    ),
    (
        re.compile("(?:组织部|宣传部|统战部|政法委|编办|网信办|文明办|老干部局|工委|纪委监委|纪委|委办公?[室厅])$"),
        "党委部门",
    ),
    (re.compile("(?:街道办事处|街道|派出所)$"), "派出机构"),
    (re.compile("(?:图书馆|博物馆|档案馆|文化馆|医院)$"), "事业单位"),
    (
        re.compile("^(?!.*(?:人大|政协)|.委$)(?:国家|省|市|县|区|州)[^（）]{0,16}(?:局|厅|委|府办|政府办公?[室厅])$"),
        "政府部门",
    ),
)
NOT_TOLD = "辖区待确认"
ALIKE = 0.85  # share of characters in common by which two spellings may mean one body


@dataclass(frozen=True)
class Jurisdiction:
    id: str
    name: str
    level: str
    is_new: bool
    doubt: str = ""  # what to ask; a new one is asked about anyway


@dataclass(frozen=True)
class Body:
    """A body that the document names and the register does not have."""

    id: str
    name: str
    kind: str  # as its name tells; "" if it does not
    alike: tuple[str, ...]  # names that may mean the same body


def jurisdiction_of(
    policy: str, issuer: str, others: Sequence[str], known: Mapping[str, str], given: str = ""
) -> Jurisdiction:
    """The one that a person gave, else that which the policy's id begins with, else that which the document names, else a new one.

    `issuer`: "" if the document has none; `others`: more words that may name a place, the surest first; `known`: id → name.
    """
    told = [words for words in (issuer, *others) if words]
    if given in known:
        return Jurisdiction(given, known[given], "", False)
    mine = [id for id in known if policy == id or policy.startswith(f"{id}-")]
    if mine:
        id = max(mine, key=len)
        name, stated = known[id], _place([issuer])[0]
        is_agreed = stated == NOT_TOLD or any(name in words for words in told)
        doubt = "" if is_agreed else f"按编号归入“{name}”，但原文写的是“{stated}”，请确认辖区。"
        return Jurisdiction(id, name, "", False, doubt)
    for words in told:
        for id, name in known.items():
            if name in words:
                return Jurisdiction(id, name, "", False)
    name, level = _place(told)
    if name == NOT_TOLD and len(known) == 1:
        ((id, name),) = known.items()
        return Jurisdiction(id, name, "", False, f"原文没有写明是哪里的文件，暂归入“{name}”，请确认辖区。")
    id = _sounds(re.sub("[省市县区州盟旗]$", "", name)) if name != NOT_TOLD else policy.split("-")[0]
    return Jurisdiction(_free(id, known), name, level, True)


def _place(told: Sequence[str]) -> tuple[str, str]:
    for words in told:
        if NATIONAL.match(words):
            return "全国", "国家级"
        if found := PLACE.match(re.sub("^(?:中共|关于)", "", words)):
            name = found.group(1)
            return name, next((level for pattern, level in LEVELS if pattern.search(name)), "市级")
    return NOT_TOLD, "层级待确认"


def new_bodies(
    names: Sequence[str], jurisdiction: str, taken: Sequence[str], registered: Sequence[str]
) -> Iterator[Body]:
    """A proposed entry for each name. `taken`: ids in use; `registered`: names in the register of the jurisdiction."""
    used = set(taken)
    for name in dict.fromkeys(names):
        id = _free(f"{jurisdiction}-{_sounds(PREFIX.sub('', name)) or 'x'}"[:LONGEST_ID].rstrip("-"), used)
        used.add(id)
        yield Body(
            id,
            name,
            next((kind for pattern, kind in KINDS if pattern.search(name)), ""),
            tuple(_alike(name, [*registered, *names])),
        )


def _alike(name: str, others: Sequence[str]) -> Iterator[str]:
    for other in dict.fromkeys(others):
        matcher = SequenceMatcher(None, name, other, autojunk=False)
        if (
            other != name
            and matcher.real_quick_ratio() >= ALIKE
            and matcher.quick_ratio() >= ALIKE
            and matcher.ratio() >= ALIKE
        ):
            yield other


def _sounds(name: str) -> str:
    """A name in pinyin, as a segment of an id: 教育局 → jiaoyuju. Initials where that is too long."""
    syllables = [re.sub("[^a-z0-9]", "", one.lower()) for one in pypinyin.lazy_pinyin(name, errors="ignore")]
    whole = "".join(syllables)
    return whole if len(whole) <= LONGEST_ID // 2 else "".join(one[:1] for one in syllables)


def _free(id: str, used: Mapping[str, object] | set[str]) -> str:
    """An id that nobody has: with a number behind it where somebody has."""
    made, number = id, 2
    while made in used or made in RESERVED:
        tail = f"-{number}"
        made, number = f"{id[: LONGEST_ID - len(tail)]}{tail}", number + 1
    return made
