"""The sentence of a document that says how the lead is marked in its lists, and who leads by it."""

import re
from collections.abc import Iterator, Sequence

from scripts.check.clause import MARKS, ROLES

# A sentence about how the lead is marked: no name, and the rule from there on.
PLACED = (  # where in the list of names
    "(?:排(?:名|位|列|序)?|[位名]?列|[位名]?居|位于|处于)(?:在|于)?(?:第一(?:位|个|名)?|第1位?|首位|最前面?|最先|前列|前面?)"
    "|(?:第一|首)(?:位|个|家)|第一(?:责任)?(?:单位|部门)"
)
SAME = "(?:[下后]同此?|以下(?:各[条项]|所列)?(?:均|都)?(?:同此?|相同|类推)|[依以]此类推)"  # as below
SIGN = rf"[“\"‘'（(]?[{MARKS}○◆※][”\"’'）)]?"
STATED = (
    r"(?:其中|[每各][项条]|上述|以上|以下|所列|所有|任务|工作|措施|责任|牵头|单位|部门|中的?|凡|以|按)*"
    rf"(?:{PLACED}|(?:列|排在?|列在|位于)?(?:逗号|分号|顿号|斜杠|斜线)(?:之)?前"
    rf"|加黑|加粗|黑体(?:字)?|粗体|(?:加|带|有|标)?(?:下划线|横线)|斜体|红[字色]|(?:标|带|加|注|打|画|有)(?:有|注|记)?(?:{SIGN}|星)号?)"
    r"[^（）()，,；;。、]{0,14}牵头(?:责任)?(?:单位|部门)?[^（）()，,；;。]*"
    r"(?:[，,；;](?:其余|其他|其它|后面|余者)[^（）()，,；;。]{0,14})?"
    rf"(?:(?:[，,][^（）()，,；;。]{{1,20}})?[，,]{SAME})?"
)
RULE = re.compile(
    rf"[（(](?P<inside>[^（）()、。]{{0,20}}?{STATED}[^（）()、]{{0,30}})[）)]|[，,；;。]?(?P<behind>{STATED})"
)
SAME_BELOW = re.compile(rf"[，,；;]?{SAME}(?=[。；;）)〕】\0]|$)")
# Exceptions that a clause states itself, by naming who leads.
WHERE_SAID = re.compile("(?:另有|有单独|单独|已)(?:明确)?(?:分工|标注|注明|规定|说明|明确|牵头单位|牵头部门)的?除外")
FIRST, BEFORE_COMMA, FACE, SIGNED = "first", "before-comma", "face", "signed"
KINDS = (
    (re.compile("逗号|分号"), BEFORE_COMMA),
    (re.compile("加黑|加粗|黑体|粗体"), FACE),
    (re.compile(SIGN), SIGNED),
    (re.compile("第一|第1|首位|首个|首家|最前|最先"), FIRST),
)


def rule_kind(rule: str) -> str:
    """How a sentence says the lead is marked; "" if it is none of the known ways, or makes exceptions."""
    if re.search("除外|不分先后", WHERE_SAID.sub("", rule)):
        return ""
    return next((kind for pattern, kind in KINDS if pattern.search(rule)), "")


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
