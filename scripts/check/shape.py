"""Is each file of the shape that its JSON Schema describes? The schema's words become the editor's help."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from scripts.check.misplaced import misplaced
from scripts.check.numbers import CHINESE, chinese_number
from scripts.check.quotes import FOLDING, WIDE_QUOTES, between_wide_quotes
from scripts.load import At, Fields, Items, Node, Problem, Record, Text, node_at, plain
from scripts.load.nodes import Given
from scripts.load.stumbles import ROW_KEY
from scripts.problem import near, nearest
from scripts.schemas import resolved, row_fields, row_letter, schemas

ALPHABETS = {"CYRILLIC": "西里尔字母", "GREEK": "希腊字母", "FULLWIDTH": "全角字符"}  # letters that pass for Latin ones
MEANT = re.compile("^(?:是不是|请写字段名)“([a-z_]+)”")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")  # what every reader of JSON keeps exactly
ENDS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:[-—–~～]+|[至到])\s*([0-9]+(?:\.[0-9]+)?)")  # of a range: 2-3
QUOTED = {  # validator → what is said of a value between full-width quotation marks
    "enum": ("not-allowed", "这里不能写“{}”。"),
    "format": ("wrong-form", "“{}”的写法不对。"),
    "pattern": ("wrong-form", "“{}”的写法不对。"),
}
ADDRESS = re.compile("https?://")
NO_SIGN_OF_AN_ADDRESS = re.compile(r"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]")
ID = "[a-z0-9]+(-[a-z0-9]+)*"  # in the pattern of whatever bears or names an id
UNIT = re.compile("[\u4e00-\u9fff%]")
NEGATION = re.compile("[未不无非没]")  # 未找到 is not 已找到 written wrong
NO_IDS: Mapping[str, str] = MappingProxyType({})
SPACES = ("", "两", "四", "六", "八", "十")  # before an item of a list, by the depth of its field
FEW = 6  # values that a message explains one by one
TYPES = {
    "string": "一段文字",
    "array": "列表（每行以“- ”开头）",
    "object": "一组“字段: 内容”",
    "boolean": "“true”或“false”",
    "number": "数字",
}


# Files are read as text, so the schema's numbers and truth values are texts of that form.
_types = Draft202012Validator.TYPE_CHECKER.redefine_many(
    {
        "number": lambda _, value: isinstance(value, str) and NUMBER.fullmatch(value) is not None,
        "boolean": lambda _, value: value in ("true", "false"),
    }
)


def _pattern(validator, pattern: str, value: object, schema: dict) -> Iterator[ValidationError]:
    """As in ECMA 262, which JSON Schema follows, `$` is the very end; Python would allow a line end after it."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError("does not match")


def _no_other_fields(validator, allowed: object, value: object, schema: dict) -> Iterator[ValidationError]:
    """Fields that the schema does not know are errors even where they were left empty."""
    yield from Draft202012Validator.VALIDATORS["additionalProperties"](validator, allowed, value, schema)
    known = schema.get("properties", {})
    if isinstance(value, Given) and any(name not in known for name in value.empty):
        yield ValidationError("left empty")


_Validator = extend(
    Draft202012Validator, {"pattern": _pattern, "additionalProperties": _no_other_fields}, type_checker=_types
)


@cache
def _validator(kind: str) -> Draft202012Validator:
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas().values()
    )
    return _Validator(schemas()[kind], registry=registry, format_checker=FormatChecker(["date"]))


def has_the_right_shape(record: Record, ids: Mapping[str, str] = NO_IDS) -> Iterator[Problem]:
    """Each problem that the schema of this kind of file finds, at the value or the field name that is wrong.

    `ids` has the id of every name in the registers: where an id is wanted, editors write the name.
    """
    slips = list(misplaced(record.root, schemas()[record.kind]))
    told = {field for slip in slips for field in slip.fields}
    places = {place for slip in slips for place in slip.places}
    found = [slip.problem for slip in slips]
    found += [
        problem
        for error in _validator(record.kind).iter_errors(plain(record.root))
        if not (error.absolute_path and error.absolute_path[0] in told)
        for problem in _problems(error, node_at(record.root, list(error.absolute_path)), schemas()[record.kind], ids)
        if problem.at not in places
    ]
    misspelt = {meant for problem in found if problem.rule == "unknown-field" for meant in MEANT.findall(problem.help)}
    for problem in found:
        # A field under a wrong name is not missing.
        if not (problem.rule == "missing-field" and any(f"“{name}”" in problem.message for name in misspelt)):
            yield problem


def _problems(error: ValidationError, node: Node, root: dict, ids: Mapping[str, str]) -> Iterator[Problem]:
    schema, value = _schema_at(root, error.absolute_schema_path), error.instance
    help = help_of(schema)
    if "propertyNames" in error.absolute_schema_path and isinstance(node, Fields):
        names = schema.get("enum", [])
        rule = "unknown-field" if names else "bad-id"
        yield Problem(
            node.at_key(value),
            rule,
            f"这里不能用“{value}”作字段名。",
            near(value, names, "") or _limit(error) + help or _list(names),
        )
        return
    if isinstance(value, str) and (inside := between_wide_quotes(value)) and error.validator in QUOTED:
        rule, message = QUOTED[error.validator]
        yield Problem(node.at, rule, message.format(value), WIDE_QUOTES.format(inside))
        return
    match error.validator:
        case "additionalProperties" if isinstance(node, Fields):
            known = schema.get("properties", {})
            for name, at in node.keys.items():
                if known and name not in known:
                    yield Problem(at, "unknown-field", _unknown(name), _known_field(name, known))
                elif not known and name not in node.fields:
                    yield Problem(at, "empty-value", f"“{name}”是空的。", "请写上内容，或删掉这一行。")
        case "required" if isinstance(node, Fields):
            name = next(name for name in schema["required"] if f"'{name}' is a required" in error.message)
            message = f"“{name}”是空的。" if name in node.keys else f"缺少“{name}”。"
            inner = resolved(schema["properties"][name])
            way = f"先写一行“{name}:”，从下一行起每行一项“- 内容”。" if inner.get("type") == "array" else ""
            yield Problem(node.at_key(name), "missing-field", message, f"{way}{help_of(schema['properties'][name])}")
        case "type":
            wanted = TYPES[schema["type"]]
            yield Problem(
                node.at,
                "wrong-type",
                f"这里要写{wanted}，现在是{_what(node)}。",
                f"{_form(schema, node, len(error.absolute_path))}{help}" or f"请改成{wanted}。",
            )
        case "enum" if isinstance(value, str):
            alike = [word for word in schema["enum"] if NEGATION.findall(word) == NEGATION.findall(value)]
            hint = near(value, alike, "")
            yield Problem(node.at, "not-allowed", f"这里不能写“{value}”。", f"{hint}{_list(_allowed(schema))}{help}")
        case "enum":
            return  # its type is wrong, which is said
        case "uniqueItems" if isinstance(node, Items):
            yield from _repeated(node)
        case "maxProperties":
            yield Problem(
                node.at, "one-field-only", "这里只能写一个字段。", "请把其余字段各写成新的一项“- 字段: 内容”。"
            )
        case "minLength" | "minItems" | "minProperties":
            yield Problem(node.at, "empty-value", "这里是空的。", help or "请写上内容，或删掉这个字段。")
        case "pattern" if not str(value).strip():
            if value:  # an empty text is too short, which is said
                yield Problem(node.at, "empty-value", "这里只有空格。", help or "请写上内容，或删掉这个字段。")
        case "format":
            yield Problem(node.at, "wrong-form", f"日历上没有“{value}”这一天。", help)
        case "pattern" if value in ids:
            yield Problem(node.at, "wrong-form", f"“{value}”是名称，这里要写编号。", f"它的编号是“{ids[value]}”。")
        case "pattern":
            yield Problem(node.at, "wrong-form", f"“{value}”的写法不对。", f"{_instead(str(value), schema)}{help}")
        case _:
            yield Problem(node.at, "wrong-form", f"“{value}”的写法不对。", help)


def _instead(value: str, schema: dict) -> str:
    """What to change in a value: full-width signs, capitals, or the first sign that stands in no address; "" if none."""
    pattern, narrow = schema["pattern"], unicodedata.normalize("NFKC", value).translate(FOLDING).strip()
    if schema.get("format") == "date" and (day := _day_in(narrow)):
        return f"请写成“{day}”。"
    bare = value.rstrip("。，；、）")
    if bare != value and ADDRESS.match(bare) and re.search(pattern, bare):
        return f"末尾的“{value[len(bare) :]}”是句子的标点，请去掉，写成“{bare}”。"
    for meant, how in ((narrow, "请改用半角字符，"), (narrow.lower(), "请改用小写字母，")):
        if meant != value and re.search(pattern, meant):
            return f"{how}写成“{meant}”。"
    if ID in pattern:
        return "编号只用小写英文字母、数字和连字符。"
    if not pattern.startswith("^https?://"):
        return ""
    if not ADDRESS.match(value):
        return "网址开头要有 https:// 或 http://。"
    odd = NO_SIGN_OF_AN_ADDRESS.search(value)
    if not odd or odd.group() in "{}":
        return ""
    way = "；有中文的，请从浏览器地址栏复制" if ord(odd.group()) > 0x7F else ""
    return f"网址里不能有{'空格或换行' if odd.group().isspace() else f'“{odd.group()}”'}{way}。"


def _day_in(value: str) -> str:
    """The day of a date in another form, 2026年1月3日, 2026/1/3 or 2026.1.3; "" if it is none."""
    found = re.fullmatch(r"([0-9]{4})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})日?", value)
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else ""


def _limit(error: ValidationError) -> str:
    return (
        f"现在有 {len(str(error.instance))} 个字，最多 {error.validator_value} 个。"
        if error.validator == "maxLength"
        else ""
    )


def _form(schema: dict, node: Node, depth: int) -> str:
    """How a value of the wanted type is written, as far as its schema tells. `depth`: of its field, from 1."""
    digits = unicodedata.normalize("NFKC", node.value) if isinstance(node, Text) else ""
    if schema["type"] == "number":
        if ends := ENDS.fullmatch(digits):
            return f"原文是区间的，value 写 {ends.group(1)}，value_max（区间的上限）写 {ends.group(2)}。"
        begins = NUMBER.match(digits)
        if begins and UNIT.match(digits, begins.end()):
            return f"只写数字，写成 {begins.group()}；单位另外写。"
        if CHINESE.fullmatch(digits):
            return f"请改用阿拉伯数字，写成 {chinese_number(digits)}。"
        return f"请改用半角数字，写成 {digits}。" if NUMBER.fullmatch(digits) else ""
    if schema["type"] == "array":
        return f"字段名后面不写内容，从下一行起每行一项：先空{SPACES[depth]}格，再写“- ”和内容。"
    row = row_fields(schema)
    fields = "、".join(schema.get("properties", row))
    if not fields:
        return ""
    if "properties" in schema and isinstance(node, Items) and all(isinstance(item, Fields) for item in node.items):
        return "请去掉各行开头的“- ”，各行的字段名对齐。"
    letter = row_letter(schema)
    rows = f"每一行先写编号“{letter}1:”，" if letter else "每一项先写编号和冒号，" if row else "请另起一行，"
    return f"{rows}下面缩进两格写它的字段：{fields}。"


def _allowed(schema: dict) -> Iterable[str]:
    """The values of a field; of a few, what they mean too."""
    values, meanings = schema["enum"], schema.get("enumDescriptions", ())
    if not meanings or len(values) > FEW:
        return values
    return (f"{value}（{meaning}）" for value, meaning in zip(values, meanings, strict=True))


def _schema_at(schema: dict, path: Sequence[str | int]) -> dict:
    """The schema that a value does not fit: its own words come before those of the one that it refers to.

    `path`: of the keyword that it breaks, from `schema`.
    """
    for step in list(path)[:-1]:
        schema = schema if step == "$ref" else resolved(schema)[step]
    return resolved(schema)


def _list(names: Iterable[str]) -> str:
    return f"可以写：{'、'.join(names)}。"


def _unknown(name: str) -> str:
    """What is wrong with a field's name; a letter that only looks Latin is pointed out."""
    for place, letter in enumerate(name, 1):
        if letter.isspace() or not letter.isprintable():
            return f"没有叫“{name}”的字段：第 {place} 个字符是空格或看不见的字符。"
        kind = unicodedata.name(letter, "").split(" ")[0]
        if kind in ALPHABETS:
            return f"没有叫“{name}”的字段：第 {place} 个字符“{letter}”是{ALPHABETS[kind]}。"
    return f"没有叫“{name}”的字段。"


def _known_field(name: str, known: Mapping[str, dict]) -> str:
    """Which field may be meant: by its title, by what it holds, or by its spelling; else all there are, with their titles."""
    if name == "id":
        return "编号不写成字段：一个文件的编号就是它的文件名。请删掉这一行。"
    shown = {field: resolved(schema).get("title", "") for field, schema in known.items()}
    holder = next((field for field, schema in known.items() if row_letter(resolved(schema)) == name[:1]), "")
    if holder and ROW_KEY.fullmatch(name):
        return f"这是“{holder}”的一项，要写在“{holder}:”下面：行首空两格，它的字段空四格。"
    if ROW_KEY.fullmatch(name):
        return "这是另一项，要与上面一项的编号对齐：行首空两格，它的字段空四格。"
    if title := nearest(name, filter(None, shown.values())):
        return f"请写字段名“{next(field for field in shown if shown[field] == title)}”。"
    return near(name, known, "") or _list(f"{field}（{title}）" if title else field for field, title in shown.items())


def _repeated(node: Items) -> Iterator[Problem]:
    seen: dict[str, At] = {}
    for item in node.items:
        key = json.dumps(plain(item), ensure_ascii=False, sort_keys=True)
        if key in seen:
            yield Problem(item.at, "repeated-item", f"这一项和第 {seen[key].line} 行重复。", "请只留一处。")
        seen.setdefault(key, item.at)


def _what(node: Node) -> str:
    match node:
        case Text():
            return f"“{node.value}”"
        case Items():
            return TYPES["array"]
        case _:
            return TYPES["object"]


def help_of(schema: dict) -> str:
    """What the schema says of a value, as a sentence with an example."""
    schema = resolved(schema)
    words = schema.get("description", "")
    example = next(map(_example, schema.get("examples", ())), "")
    sentence = f"{words}，例如：{example}" if example else words
    return sentence if sentence.endswith("。") or not words else f"{sentence}。"


def _example(value: object) -> str:
    """An example as an editor would write it in one line; "" if it takes several."""
    match value:
        case str() | int() | float():
            return str(value)
        case [first, *_]:
            return f"- {_example(first)}"
        case dict() if len(value) == 1:
            ((name, inner),) = value.items()
            return f"{name}: {inner}" if isinstance(inner, str) else ""
        case _:
            return ""
