"""Who does it where a sentence says so, without brackets and labels: 由甲局会同乙局、丙局研究提出落实意见。"""

import re
from collections.abc import Iterator

from scripts.check.clause import DUE, LABEL, read_clause
from scripts.importer.clause_names import LEADS, Clause, Name
from scripts.importer.lead_rule import with_leads
from scripts.load import At, Text

# A name ends as names of bodies do, and a word follows that says what the body does.
ENDS = "局|委|委员会|办|办公室|厅|部|院|会|中心|公司|处|署|政府|总社|银行|组|队|站|学校|管委会|机关|单位|部门|联|街道|区委|县委|市委"
DOES = "牵头|会同|商(?!务)|负责|分别|共同|具体|配合|参加|参与|协助|按|依据|根据|研究|提出|制定|落实|指导|各司其职|组织实施|为(?:牵头|责任|配合)(?:单位|部门)|等(?:成员)?(?:单位|部门)?"
NAME = rf"(?![每各次到于在此]|有关)[\u4e00-\u9fff]{{1,24}}?(?:{ENDS})"
LISTED = re.compile(rf"({NAME})(?:[（(][^（）()]*[）)])?(?=(?:{DOES})|$)")
BEGINS = re.compile(
    rf"(?:(?<=[。；])|(?<=的(?:问题|要求|任务|规定|意见|措施|事项)[，。]))(?:(?:此|该)项工作)?(?:由|(?:{LABEL.pattern})[为是])?{NAME}(?:[（(][^（）()]*[）)])?(?:、{NAME}(?:[（(][^（）()]*[）)])?)*(?:{DOES})"
)
QUOTED = re.compile("[“‘《][^“”《》]*[”’》]")
JOINED = re.compile(
    f"^(?:(?:(?:此|该)项工作)?由|(?:{LABEL.pattern})[为是]|会同|并会同|商(?!务)|和|及|并由)|(?<=[局委办厅部院会署])会同"
)
OPEN = re.compile("等(?:成员)?(?:单位|部门)?")
LONGEST = 200  # characters of a clause


def find_prose(text: str, start: int, end: int) -> Clause | None:
    """The sentence with which a stretch ends that says who does it; None unless every word of it is accounted for."""
    begin = begins(text, start, end)
    if begin is None or end - begin > LONGEST:
        return None
    clause = _read(_unquoted(text[start:end]), begin - start, start)
    names = [Text(text[one.start : one.end], At("")) for one in clause.names]
    return None if read_clause(text[clause.start : end], names, "").left_over or not names else clause


def begins(text: str, start: int, end: int) -> int | None:
    """Where a sentence of a stretch begins with who does something; None if none does."""
    found = BEGINS.search(_unquoted(text[start:end]))
    return start + found.start() if found else None


def _unquoted(words: str) -> str:
    """As long as before, without what stands in quotes."""
    return QUOTED.sub(lambda found: "\0" * len(found.group()), words)


def _read(words: str, begin: int, start: int) -> Clause:
    said = words[begin:]
    dates = [found.span() for found in DUE.finditer(said)]
    names = []
    for first, last in _pieces(said):
        if name := LISTED.match(said[first:last]):
            leads = bool(LEADS.match(said[first:last], name.end()))
            names.append((begin + start + first, begin + start + first + len(name.group(1)), "", leads, False))
    listed = tuple(Name(*one[:3], leads) for one, leads in with_leads(names, [], ""))
    place = start + begin
    stretches = tuple((place + one, place + other) for one, other in dates)
    return Clause(place, start + len(words), listed, bool(OPEN.search(said)), "", stretches)


def _pieces(said: str) -> Iterator[tuple[int, int]]:
    """Stretches between signs, and before and behind 会同, each without the word that joins it to the one before."""
    place = 0
    for found in [*re.finditer("[、，,；;。]|$", said)]:
        cuts = [place, *(one.start() for one in re.finditer("会同", said[: found.start()]) if one.start() > place)]
        for one, other in zip(cuts, [*cuts[1:], found.start()], strict=True):
            joined = JOINED.match(said[one:other])
            yield one + (joined.end() if joined else 0), other
        place = found.end()
