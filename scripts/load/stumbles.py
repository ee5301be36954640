"""What an editor did where the parser gave up: a sign that is missing, a row without its key, a wide comma."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import count, pairwise, takewhile

import yaml

from scripts.problem import At, Problem

FIELD = re.compile(r"^ *(- |[a-z_]+:(?: |$))")
NAKED = re.compile(r"^ *([a-z][a-z0-9_-]*) *$")  # the name of a field or a row, and nothing else
BAR = re.compile(r"^ *(?:- )?[a-z_]+: *[|>][-+]? *$")
BEHIND_BAR = re.compile(r"^ *(?:- )?[a-z_]+: *[|>][-+]? *([^-+\s|>#].*)$")
NAMED = re.compile(r"^ *[a-z_]+: *$")  # a field whose value stands below
VALUE = re.compile(r"^ *[a-z_]+: +\S")
SHIFTED = re.compile(r"^ +([a-z_]+): *$")
NAME = re.compile(r"^ *[a-z_]+:(?: |$)")
# With which letter the keys of rows begin, and in what field they stand.
ROWS_OF = {
    "t": "targets",
    "d": "inner_deadlines",
    "i": "instruments",
    "r": "relations",
    "a": "anomalies",
    "p": "progress",
    "s": "searches",
}
ROW_KEY = re.compile(r"[a-z][1-9][0-9]*")
ROW = re.compile(rf"^ *({ROW_KEY.pattern}) *:")
INLINE = re.compile(rf"^ *({ROW_KEY.pattern}): +([a-z_]+): ")
BARE_SIGN = re.compile(r"^( *(?:- |(?:- )?[a-z_]+: +))([%@`].*?|>[^-+\s0-9].*?) *$")
HALF_QUOTED = re.compile(r"^ *(['\"])([a-z_]+): ")
BEHIND_QUOTES = re.compile(r"^ *(?:- |(?:- )?['\"]?[a-z_]+['\"]?: +)(['\"])(?:(?!\1).)*\1 *([,，;；。、]+) *$")
ODD_END = re.compile(r"^ *(?:- |(?:- )?['\"]?[a-z_]+['\"]?: +)(['\"])(?:(?!\1).)*([’‘”“＇＂´`]) *$")
HAN = re.compile("[\u4e00-\u9fff]")
WIDE_COMMA = re.compile("[，、；]")


def stumble(error: yaml.MarkedYAMLError, lines: Sequence[str], at: At) -> Problem | None:
    """The slip behind a complaint of the parser that is told at this place; None if none is known."""
    return (
        _inline(lines[at.line - 1], at)
        or _fence(lines[at.line - 1], at)
        or _quotes(lines[at.line - 1], at)
        or _dash_too_far_left(lines, at)
        or _bare_sign(lines[at.line - 1], at)
        or _block(lines, at)
        or _dash(lines, at)
        or odd_end(lines[at.line - 1], at)
        or unsigned(lines, at.line - 1, at.file)
        or _wrapped(lines, at)
        or _wide_comma(error, lines, at.file)
        or _row(error, lines, at.file)
    )


def _inline(line: str, at: At) -> Problem | None:
    """A row whose first field stands behind its key."""
    found = INLINE.match(line)
    if not found:
        return None
    help = f"“{found.group(2)}”另起一行，比“{found.group(1)}:”多空两格。"
    return Problem(At(at.file, at.line, found.start(2) + 1), "yaml-syntax", f"“{found.group(1)}:”后面不写内容。", help)


def shifted(lines: Sequence[str], inside: Set[int], file: str) -> Problem | None:
    """A field with rows that stands to the right of where fields begin, as it does when it was copied from a page.

    Beside fields of one line each it is one of an entry of a register, which may have rows of its own.
    """
    for number, (line, below) in enumerate(pairwise(lines)):
        found = SHIFTED.match(line)
        width = _indent(line)
        if found and number not in inside and ROW.match(below) and _indent(below) > width:
            around = [*_block_of(reversed(lines[:number]), width), *_block_of(lines[number + 1 :], width)]
            if any(_indent(other) == width and VALUE.match(other) for other in around):
                continue
            help = f"“{found.group(1)}:”要从行首写起：请把这一行和它下面的各行都左移 {width} 格。"
            return Problem(
                At(file, number + 1, width + 1), "bad-indent", f"“{found.group(1)}:”前面多空了 {width} 格。", help
            )
    return None


def _block_of(lines: Iterable[str], width: int) -> Iterator[str]:
    """The lines from here on that stand at this indentation or to the right of it."""
    return takewhile(lambda line: not line.strip() or _indent(line) >= width, lines)


def _above(lines: Sequence[str], at: At) -> str:
    """The nearest line above that is not blank; "" if there is none."""
    return next((other for other in reversed(lines[: at.line - 1]) if other.strip()), "")


def _fence(line: str, at: At) -> Problem | None:
    """What pages and chats put around code, copied with it."""
    if not line.strip().startswith("```"):
        return None
    message = "“```”是网页和聊天软件里标代码的符号，不是文件的内容。"
    return Problem(
        At(at.file, at.line, _indent(line) + 1), "yaml-syntax", message, "请删掉这一行；末尾也有的，一起删掉。"
    )


def _quotes(line: str, at: At) -> Problem | None:
    """The name of a field with half its quotes, or a sign behind a value in quotes, as between items of other notations."""
    if found := HALF_QUOTED.match(line):
        sign, name = found.groups()
        message = f"字段名“{name}”的引号没有成对。"
        return Problem(
            At(at.file, at.line, found.start(1) + 1), "yaml-syntax", message, f"请写成“{sign}{name}{sign}: ”。"
        )
    if found := BEHIND_QUOTES.match(line):
        message = f"收尾的引号后面多了“{found.group(2)}”。"
        return Problem(At(at.file, at.line, found.start(2) + 1), "yaml-syntax", message, "请删掉它。")
    return None


def _dash_too_far_left(lines: Sequence[str], at: At) -> Problem | None:
    """An item of a list that stands to the left of the field whose list it is."""
    line, above = lines[at.line - 1], _above(lines, at)
    if not line.lstrip(" ").startswith("- ") or not NAMED.match(above) or _indent(line) >= _indent(above):
        return None
    help = f"请在“- ”前面空 {_indent(above) + 2} 格。"
    message = f"列表的这一行要写在“{above.strip()}”下面，缩进少了。"
    return Problem(At(at.file, at.line, _indent(line) + 1), "yaml-syntax", message, help)


def _bare_sign(line: str, at: At) -> Problem | None:
    """A value that begins with a sign with which none may, without quotes."""
    found = BARE_SIGN.match(line)
    if not found:
        return None
    quoted = "'" + found.group(2).replace("'", "''") + "'"
    message = f"内容不能直接以“{found.group(2)[0]}”开头。"
    help = f"请用半角引号括起来，写成“{found.group(1).lstrip()}{quoted}”。"
    return Problem(At(at.file, at.line, found.start(2) + 1), "yaml-syntax", message, help)


def odd_end(line: str, at: At) -> Problem | None:
    """A value in quotes that ends with another sign than it begins with."""
    found = ODD_END.match(line)
    if not found:
        return None
    message = f"这一项以“{found.group(1)}”开头，却以“{found.group(2)}”收尾。"
    help = f"收尾也要用半角的“{found.group(1)}”。"
    return Problem(At(at.file, at.line, found.start(2) + 1), "yaml-syntax", message, help)


def _wrapped(lines: Sequence[str], at: At) -> Problem | None:
    """The rest of a value that was copied with its line ends: words without a name, below a value."""
    line = lines[at.line - 1]
    above = lines[at.line - 2] if at.line > 1 else ""
    if not (VALUE.match(above) and HAN.search(line)) or FIELD.match(line):
        return None
    help = "是上一项折下来的，请接到上一行末尾；是另一段的，用“|”分行写；是另一项的，写上字段名、半角冒号和一个空格。"
    return Problem(
        At(at.file, at.line, _indent(line) + 1), "yaml-syntax", "这一行没有字段名，接不上上一行的内容。", help
    )


def _block(lines: Sequence[str], at: At) -> Problem | None:
    """Words behind the sign that announces lines of text, or lines below it that do not stand to its right."""
    line = lines[at.line - 1]
    if found := BEHIND_BAR.match(line):
        help = "“|”后面直接换行；内容从下一行起，每行比字段名多空两格。"
        return Problem(At(at.file, at.line, found.start(1) + 1), "yaml-syntax", "“|”后面不能接着写内容。", help)
    above = _above(lines, at)
    if BAR.search(above) and _indent(line) <= _indent(above) and not FIELD.match(line):
        help = f"“|”下面的每一行都要缩进 {_indent(above) + 2} 格。"
        return Problem(
            At(at.file, at.line, _indent(line) + 1), "yaml-syntax", "这一行没有缩进，不在“|”的段落里。", help
        )
    return None


def _dash(lines: Sequence[str], at: At) -> Problem | None:
    """An item of a list that does not stand below the one above."""
    line, above = lines[at.line - 1], _above(lines, at)
    if not (line.lstrip(" ").startswith("- ") and above.lstrip(" ").startswith("- ")) or _indent(line) == _indent(
        above
    ):
        return None
    help = f"请与上一行的“- ”对齐，缩进 {_indent(above)} 格。"
    return Problem(At(at.file, at.line, _indent(line) + 1), "yaml-syntax", "列表的这一行没有对齐。", help)


def unsigned(lines: Sequence[str], number: int, file: str) -> Problem | None:
    """A line that lacks its sign: the dash that its neighbours have, or the colon behind a name."""
    line = lines[number]
    words = line.strip()
    indent = _indent(line)
    beside = (lines[other] for other in (number - 1, number + 1) if 0 <= other < len(lines))
    at = At(file, number + 1, indent + 1)
    is_signed = words.startswith(("- ", "#", "'", '"')) or FIELD.match(line)
    if not is_signed and any(other.startswith(f"{' ' * indent}- ") for other in beside):
        return Problem(at, "yaml-syntax", "列表的这一行少了“- ”。", f"请写成“- {words}”。")
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if NAKED.match(line) and (_indent(below) > indent or below.lstrip(" ").startswith("- ")):
        return Problem(at, "yaml-syntax", f"“{words}”后面少了半角冒号。", f"请写成“{words}:”。")
    return None


def row_keys(lines: Sequence[str]) -> frozenset[str]:
    """The keys of all rows: t1, t2, p1 …"""
    return frozenset(row.group(1) for row in map(ROW.match, lines) if row)


def orphan(lines: Sequence[str], inside: Set[int], file: str) -> Problem | None:
    """A row whose field is lacking above it: it stands below a value or a list."""
    for number, line in enumerate(lines):
        row = ROW.match(line)
        if not row or number in inside or _indent(line) != 2 or row.group(1)[0] not in ROWS_OF:
            continue
        above = [other for other in reversed(lines[:number]) if other.strip() and not other.lstrip().startswith("#")]
        owner = next((other for other in above if _indent(other) < 2), "")
        between = list(takewhile(lambda other: _indent(other) >= 2, above))
        if ROW.match(owner):
            continue  # a key that stands too far left
        if not NAMED.match(owner) or any(other.startswith("  - ") for other in between):
            key, field = row.group(1), ROWS_OF[row.group(1)[0]]
            message = f"“{key}:”是“{field}”的一项，上面少了一行“{field}:”。"
            return Problem(At(file, number + 1, 3), "yaml-syntax", message, f"请在这一行上面加一行“{field}:”，顶格写。")
    return None


def too_far_left(lines: Sequence[str], number: int, file: str) -> Problem | None:
    """The field above a line (from 0) that stands to the left of those around it, so that they hang on it."""
    above, before = lines[number - 1], lines[number - 2] if number > 1 else ""
    width = _indent(lines[number])
    names = all(map(NAME.match, (above, before, lines[number])))
    if not (names and VALUE.match(above)) or not _indent(above) < _indent(before) == width:
        return None
    missing = width - _indent(above)
    help = f"请在这一行前面补 {missing} 个空格，与上下各行对齐。"
    return Problem(At(file, number, _indent(above) + 1), "bad-indent", f"这一行缩进少了 {missing} 格。", help)


def next_key(key: str, used: Set[str]) -> str:
    """The key behind the last one of its kind: t4 where there are t1 to t3."""
    return f"{key[0]}{max((int(other[1:]) for other in used if other[0] == key[0]), default=0) + 1}"


def _free_key(key: str, used: Set[str]) -> str:
    """The first key of its kind that no row has."""
    return next(other for number in count(1) if (other := f"{key[0]}{number}") not in used)


def _wide_comma(error: yaml.MarkedYAMLError, lines: Sequence[str], file: str) -> Problem | None:
    """The comma within braces that ought to be a narrow one, where the parser misses one."""
    begun, given_up = error.context_mark, error.problem_mark
    if not (begun and given_up and "flow mapping" in (error.context or "") and begun.line == given_up.line):
        return None
    found = WIDE_COMMA.search(lines[begun.line], begun.column, given_up.column)
    if not found:
        return None
    help = "花括号里请用半角逗号加一个空格分开，或改成每行一个“字段: 内容”。"
    at = At(file, begun.line + 1, found.start() + 1)
    return Problem(at, "fullwidth-comma", f"花括号里用了“{found.group()}”。", help)


def _row(error: yaml.MarkedYAMLError, lines: Sequence[str], file: str) -> Problem | None:
    """What is wrong above a row that stands with nothing: fields without their row's key, or a key too far left."""
    given_up = error.problem_mark
    row = ROW.match(lines[given_up.line]) if given_up and given_up.line < len(lines) else None
    if not (row and given_up and "block mapping" in (error.context or "")):
        return None
    key = row.group(1)
    below = f"第 {given_up.line + 1} 行的“{key}:”"
    # The fields of the row above, up to the line that they hang on.
    above = given_up.line - 1
    while above > 0 and (not lines[above].strip() or _indent(lines[above]) > _indent(lines[given_up.line])):
        above -= 1
    other = ROW.match(lines[above])
    if other and other.group(1)[0] == key[0]:
        at = At(file, above + 1, _indent(lines[above]) + 1)
        help = f"请与{below}对齐，它的字段再多空两格。"
        return Problem(at, "bad-indent", f"“{other.group(1)}:”缩进少了。", help)
    if FIELD.match(lines[above]):
        at = At(file, above + 2, _indent(lines[above + 1]) + 1)
        help = f"请在上面加一行“{_free_key(key, row_keys(lines))}:”，与{below}对齐。"
        return Problem(at, "yaml-syntax", "这一行前面少了编号。", help)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
