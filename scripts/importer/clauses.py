"""The clause of responsibility at the end of an item: where it begins and ends."""

import re
from collections.abc import Sequence

from scripts.check.clause import BULLETS, DUE, ITS_PART, LABEL, PERSONS, STANDING
from scripts.importer.clause_names import are_bodies
from scripts.importer.lead_rule import RULE, SAME_BELOW
from scripts.importer.listed import TAIL, brackets

BEHIND = re.compile(r"[。；;．.]*")  # what may stand behind a clause
LABELLED = re.compile(rf"[{BULLETS}]?(?:{LABEL.pattern})[：:]")
# A line that goes on with a clause: 配合单位：…, 完成时限：….
LABELS_LINE = re.compile(
    rf"[{BULLETS}]?(?:{LABEL.pattern}|(?:完成|办结|推进|工作)?(?:时限|期限|时间|进度)(?:要求|安排)?)[：:]"
)
BARE = re.compile(
    rf"(?:(?<=[。；！？：）])|^)[{BULLETS}]?(?:(?:{LABEL.pattern})[：:]|{PERSONS.pattern}(?:{LABEL.pattern})[：:])"
)
ENDING = re.compile(
    rf"(?:分别|分头|共同|各自|按照?职责分工|具体)?(?:牵头)?(?:负责|落实(?:属地责任)?|承担|实施|配合|参与|参加|协助|协同|完成)$|{ITS_PART}$|牵头$|各负其责$|各司其职$"
)
NAMED = tuple("局委厅办部会府院")  # ends of a name, behind which brackets hold another name of the same body
MOST_BEHIND = 12  # characters of a sentence that goes on behind a clause
# The last sentence of an item that only says who does it: 由市教育局、市财政局负责。
SENTENCE = re.compile(
    r"(?<=。)((?:[^。；：（）()“”]|[（(][^。；：（）()]{2,20}[）)]){3,120}(?:负责|落实|配合|牵头|协助|参加|承担|(?:牵头|配合)(?:单位|部门)))"
    rf"(?:[，,](?:{DUE.pattern}))?。?$"
)
# What a document closes with, right behind the names of a clause where line ends were lost.
CLOSING_WORDS = re.compile(
    r"本(?:实施|暂行|行动|工作)?(?:措施|意见|方案|办法|细则|规定|政策|通知|文件|计划)(?:由|自|所|中)|各(?:地|单位|部门|级|区县|乡镇)[^、，；。]{0,14}?要|此件|附件[：:0-9]|[（(]此件|[A-Za-z0-9]{0,4}(?:解读|链接)[：:]|https?[：:]"
)


def find_clause(
    text: str, start: int, end: int, is_last: bool = False, stops: Sequence[int] = ()
) -> tuple[int, int] | None:
    """The stretch of the clause with which a stretch of text ends; None if it ends in none.

    Behind the clause of the last item of all the closing of the document may stand (`is_last`). `stops`: where
    paragraphs end, for a clause that no bracket ends.
    """
    words = text[start:end]
    pairs, unclosed = brackets(words)
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
    last = max([last, *(stop - start for stop in stops if last < stop - start and LABELS_LINE.match(text, stop, end))])
    closing = CLOSING_WORDS.search(words, last) if is_last else None
    sentence = min(words.find("。", last) + 1 or len(words), closing.start() if closing else len(words))
    stop = min(start + sentence, _stop(stops, start + last, end)) if is_last else end
    return start + first, stop


def _runs_on(words: str, behind: int, stops: Sequence[int]) -> bool:
    """Does the sentence go on behind a bracket for a few words: …（省统计局负责）按月上报。"""
    stop = next((place for place in stops if place >= behind), len(words))
    rest = words[behind:stop]
    return 0 < len(rest) <= MOST_BEHIND and rest.endswith("。") and not re.match("本|附|此|抄|联系", rest)


def _stop(stops: Sequence[int], place: int, end: int) -> int:
    return min((stop for stop in stops if place < stop <= end), default=end)


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
