"""Responsibility clauses: which label and role each name in it has, and whether every word of it is accounted for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.load import Text

# 责任单位; without 单位 only where a colon follows: 主办：…；协办：….
LABEL = re.compile(
    r"(?:技术|业务)?(?:责任|牵头|主办|主责|主管|配合|协办|协同|协助|参与|参加|支持|支撑|实施|落实|承办|推进|指导|督导|监督)(?:考核|负责|责任|落实|实施)?(?:单位|部门|主体|处室|科室)|(?:责任|牵头|主办|协办|承办|配合|协同|协助)(?=[：:])"
)
# Within a clause a word with a colon is a label, whatever it says, and no body.
INSIDE = re.compile(rf"{LABEL.pattern}|(?!有关|相关|各)[\u4e00-\u9fff]{{2}}(?:单位|部门)(?=[：:])")
# As a label, not as what a body is: 省教育厅为牵头单位.
LABELS = re.compile(rf"(?<!为)(?:{INSIDE.pattern})(?=\s*[：:为是])|^(?:{LABEL.pattern})|\s(?:{LABEL.pattern})(?=\s)")
ROLES = {
    "牵头": "lead",
    "主办": "lead",
    "主责": "lead",
    "配合": "support",
    "协办": "support",
    "协同": "support",
    "协助": "support",
    "参与": "support",
    "参加": "support",
    "支持": "support",
    "支撑": "support",
}
OPEN = re.compile(
    r"等[省市区县州]直?(?:各|有关|相关)+(?:部门|单位)(?:[（(](?:单位|部门)[）)])?"
    r"|(?<![高中初平对])等(?:[^、，,；;。（）()]|[（(][^（）()]{1,8}[）)]){2,30}?(?:成员|进驻)单位"
    r"|等(?:成员|国务院|中央|省级|市级|区级|县级)?(?:各|有关|相关|行业|主管|监管|职能)*(?:处室|科室|(?:部门|单位)(?:[（(](?:单位|部门)[）)])?)?(?:[和及](?:部门|单位))?"
    r"|(?:会同(?:[省市区县州]直?级?)?|(?:以及|和|及)(?:市级|省级)?)(?:各|有关|相关)+(?:部门|单位)(?:单位|[（(](?:单位|部门)[）)])?(?:[和及](?:部门|单位))?"
)
# Who answers for it in person: no body, and no duty of one.
PERSONS = re.compile(
    rf"(?:责任|牵头|分管|联系|包保|主管|挂帅|市级|县级)(?:领导|人|同志|人员)[：:](?:(?!(?:{LABEL.pattern})[：:])[^；;）)】〕])*"
)
DAY = r"(?:(?:19|20)[0-9]{2}\s*年\s*(?:[0-9]{1,2}\s*月)?|[0-9]{1,2}\s*月)"
ACTS = "完成|启动|出台|印发|制定|落实|实施|建成|建立|形成|实现|投入|上线|达到|全面|基本|全部|初步|推广|开展|取得|开工|竣工|投产|投运|投用|交付|通车|开通|验收|编制|修订|提出|报送|组织|整改|清零"  # 2026年6月底前出台操作办法
# By when, said in a clause: 完成时限：2025年12月底前, 持续推进.
DUE = re.compile(
    r"(?:完成|办结|工作|推进)?(?:时限|时间|期限|节点|进度)(?:节点|要求|安排)?[：:][^；;）)】〕]*"
    rf"|{DAY}(?:底|末)?(?:之?前|以前)(?:{ACTS})(?![^，,；;。）)〕]{{0,14}}(?:负责|牵头|配合))[^，,；;。、（）()〔〕]{{0,14}}"
    r"|(?:到|至|于|每年|全年)?(?:(?:19|20)[0-9]{2}\s*年\s*)?(?:[0-9]{1,2}\s*月份?\s*)?(?:[0-9]{1,2}\s*日)?(?:第?[1-4一二三四]季度|[上下]半年)?"
    r"(?<=[年月日度份])(?:底|末|中旬|上旬|下旬)?(?:、[0-9]{1,2}\s*月\s*(?:底|末)?)*(?:之?前|以前)?(?:(?:完成|启动|出台|印发|制定|落实|实施)(?:年度|阶段性?|全部|[一二三]期|相关|具体|有关|配套|实施)?(?:任务|目标|工作|政策|措施|方案|细则|办法|文件|意见)?"
    r"|取得(?:阶段性|明显|实质性)?(?:成效|成果|进展|突破))?(?:并(?:长期|持续|继续)(?:推进|坚持|开展|实施|落实|优化|完善|加强|提升))?"
    r"|(?:年内|年底前|年底)?(?:长期|持续|常态化?|全年|每年|按(?:照)?(?:序时|时序|计划|工作)?(?:进度|计划))(?:推进|坚持|开展|实施|落实|进行|优化|完善|加强|提升)"
    r"|(?:年内|年底之?前|年底)(?:全部|基本|全面)?(?:完成|出台|印发|落实|实施)?|长期|立即(?:实施|整改)"
)
WITHIN = r"[（(][^（）()]*[）)]|〔[^〔〕（）()]*〕"  # brackets within a clause
# What is laid on somebody from here on, and not said again: 以下均需县（市、区）政府落实，不再列出.
STANDING = re.compile(
    rf"[。；;，,]?(?:以下|下述|各项|各条)(?:各项|各条|所列|有关)*(?:工作|任务|措施|事项|政策|内容|条款|责任(?:单位|部门)中?)?(?:均|都)(?:需|须|由|要|涉及|包含|包括)?(?:[^。；;（）()〔〕]|{WITHIN})*"
    rf"|[。；;](?:[^。；;（）()〔〕]|{WITHIN}){{2,40}}均(?:为责任(?:单位|部门)|需落实|需负责)[，,]?(?:以下)?(?:各[项条])?不再(?:一一|逐一|重复)?(?:列出|列明|列示)"
)
# What a clause says beside who does it and by when: 目标位置：全省前5.
ASIDE = re.compile(
    r"[；;，,](?:目标(?:位置|位次|值)?|(?:政策|工作|主要)?依据|资金来源|联系(?:方式|电话)|备注)[：:]"
    rf"(?:[^；;（）()〔〕]|{WITHIN})*"
)
# Behind a name, whom else it means here: 各区人民政府（含开发区管委会，下同）.
EXPLAINED = re.compile(
    rf"[（(〈](?:不?包?含|不?包括|以下|下称|[简统]称)(?:[^（）()〈〉]|{WITHIN})*[）)〉](?=[\s、，,；;。）)〕】\0等和及]|$)"
)
ENDS = (
    "(?:局|委|办|厅|部|署|会|院|室|政府|中心|联|公司|集团|大学|学校|银行|[总支大]队|[支分]行|中国(?:电信|移动|联通|铁塔|邮政))"
    "(?:[（(][^（）()]*[）)])?"
)
ITS_PART = "(?:完成|做好)(?:有关|相关|相应)(?:工作|任务)"  # 按职责完成有关工作
# A clause within a text, where several follow each other in one item: in brackets it begins with a label, or ends with
# what they do, or has nothing but names of bodies and stands behind a sentence; without them it is a sentence with a label.
INNER = re.compile(
    rf"[（(〔【](?:(?:{LABEL.pattern})[：:]|{PERSONS.pattern}[；;])(?:[^（）()〔〕【】]|{WITHIN})*[）)〕】]"
    rf"|[（(〔【](?:[^（）()〔〕【】。]|{WITHIN}){{4,200}}(?:牵头|配合|负责|落实|参与|参加|协助|{ITS_PART})(?:[，,；;]\s*(?:{DUE.pattern}))?"
    rf"(?:{STANDING.pattern})?。?[）)〕】]"
    rf"|(?<=。)[（(](?:[市县区省州][^（）()、，,。；：:]{{1,20}}?{ENDS}|[^（）()、，,。；：:]{{2,20}}?{ENDS}(?:[、，,][^（）()、，,。；：:]{{2,20}}?{ENDS})+)等?"
    rf"(?:。[^（）()。]{{0,30}}为牵头(?:单位|部门)[^（）()。]{{0,30}})?[）)]"
    rf"|(?<=[。；])(?:{LABEL.pattern})[：:](?:[^。（）()〔〕【】“”《》]|{WITHIN}){{2,120}}。"
)
# Where a cell says that there is nobody, or the same as above.
NOBODY = re.compile(
    r"(?<![\u4e00-\u9fff])(?:无|暂无|同上|同前|(?:有单独|另有)(?:标注|注明|规定|说明)的除外)(?![\u4e00-\u9fff])"
)
BULLETS = "▶►■◆▪"  # signs before a label
MARKS = "*＊★☆▲△●"  # signs before a name that may say who leads
THOSE_ABOVE = "(?:以上|上述)(?:各项|各条|所有)?(?:任务|工作|措施|事项|内容)"  # 以上任务由市水务局负责
# What a clause may hold beside names, labels and the rule for the lead: separators and words that join or end a list.
GLUE = re.compile(
    rf"[（）()〔〕【】〈〉［］\[\]：:、，,；;。/／—─－{MARKS}{BULLETS}-]|\s|和|及|与|以及|会同|(?:按照?|根据|依据|依)(?:各自)?(?:的)?职[责能](?:分工)?|分工|分别|分头|共同|各自|具体"
    r"|负\s?责|双?牵\s?头|主办|配\s?合|协办|协助|协同|落实(?:属地责任)?|参与|参加|组织|实施|承担|督导|督办|推进|结合(?:各自)?(?:实际|职责)"
    rf"|{THOSE_ABOVE}|由|以|为主|为|并|各司其职|各负其责|{ITS_PART}|完成|贯彻|指导|[该此本][项条](?:工作|任务)?|[该此本]部分工作"
    r"|(?:研究)?(?:提出|制定|拟订|起草)(?:具体)?(?:落实|实施|工作)?(?:意见|方案|办法|措施|细则|政策)|研究(?=落实|推进|实施|解决)"
    r"|报(?:请)?[^，。；、]{2,10}(?:审定|批准|备案|审批|审议)(?:后(?:实施|施行|执行))?|(?:印发|出台)(?:实施)?"
)


# A part of a clause to which no label before it belongs: 责任单位：…，由市公安局牵头.
BY = re.compile("[；;，,]由(?=[^；;]{2,80}?(?:牵头|负责|配合|协助|参与|落实|实施))")
# All that is accounted for beside the names, in the order in which it is looked for.
KNOWN = (NOBODY, EXPLAINED, ASIDE, STANDING, PERSONS, INSIDE, DUE, OPEN, GLUE)


@dataclass(frozen=True)
class Named:
    """A department's name in a clause: its place (0-based code points), and the label before it."""

    name: Text
    start: int
    label: str

    @property
    def role(self) -> str:
        """What the label says; a label that says nothing of leading leaves the role unmarked."""
        return ROLES.get(self.label[:2], "unmarked")


@dataclass(frozen=True)
class Reading:
    """A clause as read: names in order, the first name not found, and the words that nothing accounts for."""

    named: tuple[Named, ...]
    not_found: Text | None
    left_over: tuple[tuple[int, str], ...]  # (offset, words)
    open_at: int | None  # where 等 stands, which leaves the list open


def duties(text: str, clause: str, shared: str = "") -> str:
    """Everything that lays the duty of a measure on somebody: the clauses within its text, and that behind it.

    `shared`: a clause that stands elsewhere, and holds for this measure, too.
    """
    return "".join([*INNER.findall(text), f"{shared}\n" if shared else "", clause])


def read_clause(clause: str, names: Sequence[Text], lead_rule: str) -> Reading:
    """Find each name in the clause, in order, and see what is left between them."""
    named: list[Named] = []
    gaps: list[tuple[int, str]] = []
    here = 0
    for name in names:
        start = clause.find(name.value, here)
        if start < 0:
            return Reading(tuple(named), name, (), None)
        gaps.append((here, clause[here:start]))
        named.append(Named(name, start, _label(clause, name.value, start)))
        here = start + len(name.value)
    gaps.append((here, clause[here:]))
    said = (lead_rule, *sorted({name.value for name in names}, key=len, reverse=True))  # a body may be named twice
    left_over = tuple(rest for offset, words in gaps if (rest := _left_over(offset, words, said)))
    open_at = next((offset + found.start() for offset, words in gaps if (found := OPEN.search(words))), None)
    return Reading(tuple(named), None, left_over, open_at)


def _label(clause: str, name: str, start: int) -> str:
    """The label before a name; of one that stands in several clauses of a measure, that which says it leads."""
    places = [found.start() for found in re.finditer(re.escape(name), clause) if found.start() >= start]
    apart = [0, *(found.end() for found in BY.finditer(clause))]
    before = [LABELS.findall(clause[max(one for one in apart if one <= place + 1) : place + 1]) for place in places]
    labels = [found[-1].strip() if found else "" for found in before]
    return next((label for label in labels if ROLES.get(label[:2]) == "lead"), labels[0])


def _left_over(offset: int, words: str, said: Sequence[str]) -> tuple[int, str] | None:
    """The first stretch of a gap that is no label, separator, nor said elsewhere."""
    blank = words
    for phrase in filter(None, said):
        blank = blank.replace(phrase, " " * len(phrase))
    for pattern in KNOWN:
        blank = pattern.sub(lambda found: " " * len(found.group()), blank)
    if not blank.strip():
        return None
    start = len(blank) - len(blank.lstrip())
    rest = words[start : len(blank.rstrip())]
    return offset + start, rest
