"""Words that are quoted from a text and do not stand in it: where the two differ, if they are nearly alike."""

import re
from difflib import SequenceMatcher

from scripts.characters import solid, solid_places
from scripts.load import At, Problem, Text
from scripts.period import day_in

VERBATIM = "这一项要照录原文，一字不差。"
WIDE_QUOTES = "内容两头的引号是全角的，会当作内容；请改成半角引号，写成 '{}'。"
# Signs that are taken for each other, as one of them: marks of one width and of another, quotation marks, dashes.
SAME = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
SAME |= dict.fromkeys("“”„‟〝〞", '"') | dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("‐‑‒–—―−", "-")
SAME |= {"。": ".", "、": ",", "·": "•", "・": "•"}
FOLDING = str.maketrans(SAME)
ENDS = "，。；：、,.;: 　“”‘’"  # that were copied with a quote
LEFT_OUT = re.compile(r"…+|\.{3,}")
WORD = re.compile(r"\w*")
LIKE = 0.6  # share of a quote's characters that stand in a passage that it was meant to be
TELLING = 4  # characters in a row that do not stand in both by chance
AT_THE_ENDS = 1  # character of a quote that may be another one there
DATE = re.compile(r"[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日")
AROUND = 6  # characters that a passage may have more than its quote, before and behind
COMPARABLE = 1_000_000  # pairs of characters


def between_wide_quotes(value: str) -> str:
    """What stands between full-width quotation marks that were meant as YAML's; "" where there are none."""
    is_wrapped = value[:1] in tuple("“‘＂＇") and value[-1:] in tuple("”’＂＇")
    return value[1:-1] if is_wrapped else ""


def is_alike(one: str, other: str) -> bool:
    """Do two texts differ only in signs that are taken for each other?"""
    return one.translate(FOLDING) == other.translate(FOLDING)


def not_found(text: Text, where: str, words: str = "") -> Problem:
    """The problem of a quote that does not stand in the words of `where`; at the sign that makes the difference."""
    at, help = way_out(text, words)
    return Problem(at, "not-in-source", f"{where}里找不到“{text.value}”。", help or VERBATIM)


def way_out(text: Text, words: str) -> tuple[At, str]:
    """Where a quote differs from words that it was meant to repeat, and what to write instead ("" if nothing is near)."""
    inside = between_wide_quotes(text.value)
    if inside and inside in words:
        return text.at, WIDE_QUOTES.format(inside)
    bare = text.value.strip(ENDS)
    if bare and bare != text.value and bare in words:
        return text.at, f"请去掉两头的标点，写成“{bare}”。"
    if written := next((found.group() for found in DATE.finditer(words) if day_in(found.group()) == text.value), ""):
        return text.at, f"原文写作“{written}”，请照录。"
    value = solid(text.value)
    start = solid(words).translate(FOLDING).find(value.translate(FOLDING))
    if start < 0 or not value:
        return text.at, _with_its_gaps(value, words) or _passage(text.value, words)
    places = solid_places(words)[start : start + len(value)]
    original = words[places[0] : places[-1] + 1]
    for place, here, there in zip(solid_places(text.value), value, solid(original), strict=True):
        if here != there:
            help = f"原文这里是“{there}”，不是“{here}”。原文是“{original}”，请照录。"
            return text.at_offset(place), help if len(value) > 1 else f"原文是“{there}”，不是“{here}”，请照录。"
    return text.at, f"只差空格或换行，原文是“{original}”，请照录。"


def _with_its_gaps(value: str, words: str) -> str:
    """Of a quote that leaves something out, by its dots."""
    parts = LEFT_OUT.split(value)
    if len(parts) < 2 or not re.search(".*?".join(map(re.escape, parts)), solid(words)):
        return ""
    return "引文不能省略中间的字：请写全，或只引其中的一段。"


def _passage(value: str, words: str) -> str:
    """Of a quote that is nearly a passage of the text: that passage."""
    if len(value) * len(words) > COMPARABLE:
        return ""
    longest = SequenceMatcher(None, value, words, autojunk=False).find_longest_match()
    if longest.size < TELLING:
        return ""
    first = max(0, longest.b - longest.a - AROUND)
    window = words[first : longest.b - longest.a + len(value) + AROUND]
    blocks = [
        block for block in SequenceMatcher(None, value, window, autojunk=False).get_matching_blocks() if block.size
    ]
    if sum(block.size for block in blocks) < LIKE * len(value):
        return ""
    begin, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    before, behind = blocks[0].a, len(value) - blocks[-1].a - blocks[-1].size  # characters of the quote that are others
    if before + behind > AT_THE_ENDS:
        return ""  # where the passage begins or ends cannot be told
    if WORD.match(value)[0]:
        begin -= len(re.search(r"\w*$", window[max(0, begin - before) : begin])[0])
    if value[-1:].isalnum():
        end += len(WORD.match(window, end, end + behind)[0])
    return f"原文相近的是“{window[begin:end]}”，请照录。"
