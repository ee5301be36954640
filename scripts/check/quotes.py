"""Words that are quoted from a text and do not stand in it: where the two differ, if they are nearly alike."""

from scripts.characters import solid, solid_places
from scripts.load import Problem, Text

VERBATIM = "这一项要照录原文，一字不差。"
WIDE_QUOTES = "内容两头的引号是全角的，会当作内容；请改成半角引号，写成 '{}'。"
# Signs that are taken for each other, as one of them: marks of one width and of another, quotation marks, dashes.
SAME = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
SAME |= dict.fromkeys("“”„‟〝〞", '"') | dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("‐‑‒–—―−", "-")
SAME |= {"。": ".", "、": ",", "·": "•", "・": "•"}
FOLDING = str.maketrans(SAME)


def between_wide_quotes(value: str) -> str:
    """What stands between full-width quotation marks that were meant as YAML's; "" where there are none."""
    is_wrapped = value[:1] in tuple("“‘＂＇") and value[-1:] in tuple("”’＂＇")
    return value[1:-1] if is_wrapped else ""


def not_found(text: Text, where: str, words: str = "") -> Problem:
    """The problem of a quote that does not stand in the words of `where`; at the sign that makes the difference."""
    value, original, at, help = solid(text.value), "", text.at, VERBATIM
    inside = between_wide_quotes(text.value)
    if inside and inside in words:
        message = f"{where}里找不到“{text.value}”。"
        return Problem(at, "not-in-source", message, WIDE_QUOTES.format(inside))
    start = solid(words).translate(FOLDING).find(value.translate(FOLDING))
    if start >= 0 and value:
        places = solid_places(words)[start : start + len(value)]
        original = words[places[0] : places[-1] + 1]
        help = f"只差空格或换行，原文是“{original}”，请照录。"
        for place, here, there in zip(solid_places(text.value), value, solid(original), strict=True):
            if here != there:
                at = text.at_offset(place)
                help = f"原文这里是“{there}”，不是“{here}”。原文是“{original}”，请照录。"
                if len(value) == 1:
                    help = f"原文是“{there}”，不是“{here}”，请照录。"
                break
    return Problem(at, "not-in-source", f"{where}里找不到“{text.value}”。", help)
