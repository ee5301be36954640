"""YAML to nodes, strictly: read as events, every scalar as text, no anchors, tags, merges, duplicates or guesses."""

import re
from collections.abc import Iterator

import yaml

from scripts.load.decode import forbidden
from scripts.load.nodes import Fields, Items, Node, Text
from scripts.load.slips import BEGUN, COMPLAINTS, INDENT, SLIPS, UNKNOWN
from scripts.load.stumbles import (
    FIELD,
    ROW,
    ROW_KEY,
    WIDE_COMMA,
    next_key,
    odd_end,
    orphan,
    row_keys,
    shifted,
    stumble,
    too_far_left,
    unsigned,
)
from scripts.problem import At, Problem

DEEPEST = 20  # levels; the deepest record has 4
LONGEST = 100_000  # code points of one value

UNPARSABLE = re.compile("[\r\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff\u2028\u2029]")
BLOCK = re.compile(r"^( *)(?:- +)?(?:[a-z0-9_-]+: +)?[|>][+-]?[0-9]?[+-]? *$")
QUOTE = re.compile(r"^ *(?:- +)?(?:[a-z0-9_-]+: +)?(['\"])(?:(?!\1).)*$")  # a quote that its line does not close
COMMENT = re.compile(r"(?<=\s)#")
ECHOES = ("yaml-syntax", "folded-text", "bad-indent")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Open:
    """A mapping or list that is still being read."""

    def __init__(self, at: At, is_list: bool, is_flow: bool) -> None:
        self.at, self.is_list = at, is_list
        self.is_flow_list = is_list and is_flow  # in brackets
        self.items: list[Node] = []
        self.fields: dict[str, Node] = {}
        self.keys: dict[str, At] = {}
        self.key: Text | None = None
        self.repeated = False
        self.is_doubled = False  # is a field there twice, and said to be?

    def close(self) -> Node:
        return Items(tuple(self.items), self.at) if self.is_list else Fields(self.fields, self.keys, self.at)


class Reader:
    """Reads one file; `problems` holds what was wrong, `root` the mapping, or None if nothing can be made of it."""

    def __init__(self, text: str, file: str) -> None:
        self.lines, self.file = text.split("\n"), file
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.spans: list[tuple[int, int, int, int]] = []  # of scalars: first line and column, last line and column
        self.inside: set[int] = set()  # lines within quotes or block text, where nothing is a field
        self.headers: set[int] = set()  # lines on which block text is announced
        self.failed = self.astray = False
        self.next_keys: dict[str, str] = {}  # by the letter of a row's key
        try:
            # What the parser would stumble over is named already; the rest of the file is worth reading.
            self._read(UNPARSABLE.sub("_", text))
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
            self._blocks()
        self._slips()
        lost = orphan(self.lines, self.inside, file) if self.failed or self.astray else None
        if (
            problem := shifted(self.lines, self.inside, file) or lost
        ):  # all else that is said of the file comes from that
            self.problems, self.root, self.failed = [problem], None, True
        if not self.failed:
            self._comments()
            if self.root is not None and not isinstance(self.root, Fields):
                self._say(self.root.at, "no-record", "这个文件不是“字段: 内容”的形式。", "请对照同类文件的写法。")
                self.root = None
            elif (self.root is None or not self.root.keys) and not self.problems:
                self._say(At(file), "no-record", "这个文件里没有记录。", "请写上内容，或删掉这个文件。")

    def _say(self, at: At, rule: str, message: str, help: str = "") -> None:
        self.problems.append(Problem(at, rule, message, help))

    def _at(self, mark: yaml.Mark) -> At:
        if mark.line < len(self.lines):
            return At(self.file, mark.line + 1, mark.column + 1)
        # What is missing at the end is missed behind the last word.
        last = max((number for number, line in enumerate(self.lines) if line.strip()), default=0)
        return At(self.file, last + 1, max(1, len(self.lines[last].rstrip())))

    def _read(self, text: str) -> None:
        documents = 0
        for event in yaml.parse(text, Loader=Loader):
            at = self._at(event.start_mark)
            if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
                self._say(at, "no-anchors", "这里用了“&”锚点。", "请直接写内容；内容以“&”开头时用引号括起来。")
            if getattr(event, "tag", None) is not None:
                self._say(at, "no-tags", "这里用了“!”标签。", "请直接写内容；内容以“!”开头时用引号括起来。")
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._say(at, "one-record-per-file", "这里用“---”开始了第二份记录。", "一个文件只写一条记录。")
                        return
                case yaml.AliasEvent():
                    self._say(
                        at,
                        "no-anchors",
                        "这里引用了别处的内容（*）。",
                        "请把内容直接写出来；内容以“*”开头时用引号括起来。",
                    )
                    self._add(Text("", at, "*"))
                case yaml.ScalarEvent():
                    self._scalar(event, at)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    if len(self.open) == DEEPEST:
                        self._say(at, "too-deep", f"层级太深（超过 {DEEPEST} 层）。", "请对照同类文件的写法。")
                        self.failed = True
                    self.open.append(_Open(at, isinstance(event, yaml.SequenceStartEvent), bool(event.flow_style)))
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._add(self.open.pop().close())
            if self.failed:
                self.root = None
                return

    def _scalar(self, event: yaml.ScalarEvent, at: At) -> None:
        start, end = event.start_mark, event.end_mark
        self.spans.append((start.line, start.column, end.line, end.column))
        if event.style and event.style in "|>":
            self.headers.add(start.line)  # what stands behind | is no text yet
        if event.style:
            self.inside.update(range(start.line + 1, end.line + bool(end.column)))
        value = event.value
        if event.style == "|":
            body = next((line for line in self.lines[start.line + 1 :] if line.strip()), "")
            # The last line end belongs to the notation, not to the text.
            text = Text(value.removesuffix("\n"), at, "", len(body) - len(body.lstrip(" ")))
        else:
            astray = self._astray(start.line, end.line)
            if astray and event.style:
                told = odd_end(self.lines[start.line], at)
                self.problems.append(told or Problem(at, "yaml-syntax", "引号没有配对。", "请补上收尾的半角引号。"))
                self.failed = True
                return
            if astray:
                self.problems += astray
                self.astray = True
            elif event.style == ">" or start.line != end.line:
                self._say(
                    at, "folded-text", "这一项折成了几行，折行处会多出空格。", "请写成一行；原文确有分段的，用“|”。"
                )
            # An empty value may stand behind the last line.
            line = self.lines[start.line] if start.line < len(self.lines) else ""
            raw = line[start.column :] if astray else line[start.column : end.column]
            text = Text(raw if astray else value, at, raw or "~")
        if len(value) > LONGEST:
            self._say(at, "too-long", f"这一项有 {len(value)} 个字，超过了 {LONGEST}。", "请检查引号是否配对。")
        if event.style == '"':
            for offset, *said in forbidden(value):
                self._say(text.at_offset(offset), *said)
        if not event.style and self.open and self.open[-1].is_flow_list and (comma := WIDE_COMMA.search(value)):
            help = "列表里请用半角逗号加一个空格分开，或改成每行一项“- 内容”；本来就是一项的，用引号括起来。"
            self._say(text.at_offset(comma.start()), "fullwidth-comma", f"列表里用了“{comma.group()}”。", help)
        self._add(text, absent=not event.style and value in ("", "~", "null", "Null", "NULL"))

    def _astray(self, first: int, last: int) -> list[Problem]:
        """Lines that were taken for the end of a text: they are indented too far, or the one above lacks its sign."""
        found = [(number, FIELD.match(self.lines[number])) for number in range(first + 1, last + 1)]
        if any(field for _, field in found) and (above := unsigned(self.lines, first, self.file)):
            return [above]
        if found and found[0][1] and (above := too_far_left(self.lines, first + 1, self.file)):
            return [above]
        return [
            Problem(
                At(self.file, number + 1, field.start(1) + 1), "bad-indent", *_deeper(field.group(1), self.lines[first])
            )
            for number, field in found
            if field
        ]

    def _add(self, node: Node, absent: bool = False) -> None:
        if not self.open:
            self.root = None if absent else node
            return
        parent = self.open[-1]
        if parent.is_list:
            if absent:
                self._say(node.at, "empty-item", "这一列表项是空的。", "请写上内容，或删掉这一行。")
            else:
                parent.items.append(node)
        elif parent.key is None:
            self._key(parent, node)
        else:
            if not (absent or parent.repeated):
                parent.fields[parent.key.value] = node
            parent.key, parent.repeated = None, False

    def _key(self, parent: _Open, node: Node) -> None:
        if not isinstance(node, Text):
            self._say(node.at, "odd-key", "字段名要是一个词。", "请对照同类文件的写法。")
            node = Text(f"?{len(parent.keys)}", node.at)
        parent.key, parent.repeated = node, node.value in parent.keys
        if parent.repeated:
            first, row = parent.keys[node.value].line, self.open[-2].key if len(self.open) > 1 else None
            if row and ROW_KEY.fullmatch(row.value):
                if not parent.is_doubled:  # the key of a row is missing, or all of it is there twice
                    help = f"是另一项的，请在上面加一行“{self._next(row.value)}:”；写重了的，只留一处。"
                    self._say(node.at, "duplicate-key", f"“{node.value}”在第 {first} 行已经写过。", help)
                parent.is_doubled = True
                return
            has_rows = node.at.line < len(self.lines) and bool(ROW.match(self.lines[node.at.line]))
            help = self._instead(node.value, has_rows)
            self._say(node.at, "duplicate-key", f"“{node.value}”在第 {first} 行已经写过。", help)
        else:
            parent.keys[node.value] = node.at

    def _instead(self, key: str, has_rows: bool) -> str:
        """What to do with a key that is there twice; of rows, the next one that is free."""
        if not ROW_KEY.fullmatch(key):
            return (
                "请只留一处；两处都要的，把这里的几行并到前一处下面，编号接着往下排。" if has_rows else "请只留一处。"
            )
        return f"是另一项的，请改成“{self._next(key)}”；写重了的，只留一处。"

    def _next(self, key: str) -> str:
        """The next key for a row beside this one."""
        if key[0] not in self.next_keys:
            self.next_keys[key[0]] = next_key(key, {key, *row_keys(self.lines)})
        return self.next_keys[key[0]]

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        self.failed, self.root = True, None
        if self.astray:
            return  # what the parser stumbles over then is no other slip
        # A bracket that nobody closed makes a list of what is none.
        self.problems = [problem for problem in self.problems if problem.rule != "fullwidth-comma"]
        said = f"{error.context or ''} {error.problem or ''}"
        row = error.problem_mark.line if error.problem_mark else len(self.lines)
        line = self.lines[row] if row < len(self.lines) else ""
        column = error.problem_mark.column if error.problem_mark else 0
        complaint = next((complaint for complaint in COMPLAINTS if complaint.fits(said, line, column)), UNKNOWN)
        # The place where an unfinished key or quote began says more than the place where the parser gave up.
        early = any(words in said for words in BEGUN) and not complaint.is_there
        mark = (error.context_mark if early else None) or error.problem_mark or error.context_mark
        at = self._at(mark) if mark else At(self.file)
        told = Problem(at, complaint.rule, f"{complaint.what}。", complaint.help)
        self.problems.append(stumble(error, self.lines, at) or told)

    def _blocks(self) -> None:
        """Block text and quotes behind the place where the parser gave up: what stands in them is no slip."""
        depth, closing = -1, None
        for number, line in enumerate(self.lines):
            if closing:
                self.inside.add(number)
                closing = None if closing.search(line) else closing
            elif depth >= 0 and (not line.strip() or len(line) - len(line.lstrip(" ")) > depth):
                self.inside.add(number)
            else:
                block, quote = BLOCK.match(line), QUOTE.match(line)
                depth = len(block.group(1)) if block else -1
                ends = quote and re.compile(rf"{quote.group(1)} *$")
                closing = ends if ends and any(map(ends.search, self.lines[number + 1 :])) else None

    def _slips(self) -> None:
        slips = [
            Problem(At(self.file, number + 1, found.start(1) + 1), rule, message, help)
            for number, line in enumerate(self.lines)
            for pattern, rule, message, help in SLIPS
            if number not in self.inside and (found := pattern.match(line))
        ]
        if slips:  # the slip is the cause, the parser's complaint its echo
            lines = {problem.at.line for problem in slips}
            self.problems = [
                problem
                for problem in self.problems
                if problem.rule not in ECHOES and not (problem.rule == "fullwidth-comma" and problem.at.line in lines)
            ]
            self.failed = self.failed or not isinstance(self.root, Fields)
        self.problems += slips

    def _comments(self) -> None:
        """A `#` behind a value may be lost text: comments stand on lines of their own."""
        scalars: dict[int, list[tuple[int, int]]] = {}
        for first, start, last, end in self.spans:
            for line in range(first, last + 1):
                scalars.setdefault(line, []).append((start if line == first else 0, end if line == last else 10**9))
        for number, line in enumerate(self.lines):
            for found in COMMENT.finditer(line):
                column = found.start()
                if any(start <= column < end for start, end in scalars.get(number, ())) and number not in self.headers:
                    continue
                if line[:column].strip():
                    self._say(
                        At(self.file, number + 1, column + 1),
                        "comment-after-value",
                        "“#”后面的文字会丢失。",
                        "是正文就用引号把整项括起来；是说明就另起一行。",
                    )
                break

    def comments(self) -> list[str]:
        """The comments of the file, sorted."""
        outside = (line.strip() for number, line in enumerate(self.lines) if number not in self.inside)
        return sorted(line for line in outside if line.startswith("#"))


def _deeper(begins: str, above: str) -> tuple[str, str]:
    """What is said of a line that was taken for the end of the one above, by how it and the one above begin."""
    if begins == "- " and not above.lstrip(" ").startswith("- "):
        return "这一行是列表的一项，上面却不是列表。", "请移到它所属字段（如“aliases:”）的下面，与那里的“- ”对齐。"
    return "这一行缩进多了，并进了上一项。", INDENT


def read_yaml(text: str, file: str) -> tuple[Fields | None, list[Problem]]:
    """The mapping that a YAML file holds, or None, and everything that is wrong with how it is written."""
    reader = Reader(text, file)
    return (reader.root if isinstance(reader.root, Fields) else None), reader.problems


def walk(node: Node) -> Iterator[Text]:
    """Every text in a node."""
    match node:
        case Text():
            yield node
        case Items():
            for item in node.items:
                yield from walk(item)
        case Fields():
            for value in node.fields.values():
                yield from walk(value)
