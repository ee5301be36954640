"""Is each file of the shape that its JSON Schema describes? The schema's words become the editor's help."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from scripts.check.world import near
from scripts.load import At, Fields, Items, Node, Problem, Record, Text, node_at, plain

# The schemas come with the program, so a data folder elsewhere needs none of its own.
SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")  # what every reader of JSON keeps exactly
TYPES = {
    "string": "一段文字",
    "array": "列表（每行以“- ”开头）",
    "object": "一组“字段: 内容”",
    "boolean": "true 或 false",
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


_Validator = extend(Draft202012Validator, {"pattern": _pattern}, type_checker=_types)


@cache
def schemas() -> dict[str, dict]:
    """Every schema by the kind of file it describes."""
    return {
        path.name.split(".")[0]: json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.schema.json"))
    }


@cache
def _validator(kind: str) -> Draft202012Validator:
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas().values()
    )
    return _Validator(schemas()[kind], registry=registry, format_checker=FormatChecker(["date"]))


def has_the_right_shape(record: Record) -> Iterator[Problem]:
    """Each problem that the schema of this kind of file finds, at the value or the field name that is wrong."""
    for error in _validator(record.kind).iter_errors(plain(record.root)):
        yield from _problems(error, node_at(record.root, list(error.absolute_path)))


def _problems(error: ValidationError, node: Node) -> Iterator[Problem]:
    schema, value = error.schema, error.instance
    help = _help(schema)
    if "propertyNames" in error.absolute_schema_path and isinstance(node, Fields):
        names = schema.get("enum", [])
        yield Problem(
            node.at_key(value),
            "unknown-field" if names else "bad-id",
            f"这里不能用“{value}”作字段名。",
            near(value, names, help),
        )
        return
    match error.validator:
        case "additionalProperties" if isinstance(node, Fields):
            for name in node.fields:
                if name not in schema["properties"]:
                    yield Problem(
                        node.at_key(name),
                        "unknown-field",
                        f"没有叫“{name}”的字段。",
                        near(name, schema["properties"], f"可以写的字段：{'、'.join(schema['properties'])}。"),
                    )
        case "required" if isinstance(node, Fields):
            name = next(name for name in schema["required"] if f"'{name}' is a required" in error.message)
            message = f"“{name}”是空的。" if name in node.keys else f"缺少“{name}”。"
            yield Problem(node.at_key(name), "missing-field", message, _help(schema["properties"][name]))
        case "type":
            wanted = schema["type"]
            yield Problem(node.at, "wrong-type", f"这里要写{TYPES[wanted]}，现在是{_what(node)}。", help)
        case "enum":
            hint = near(value, schema["enum"], "")
            yield Problem(
                node.at, "not-allowed", f"这里不能写“{value}”。", f"{hint}可以写：{'、'.join(schema['enum'])}。"
            )
        case "uniqueItems" if isinstance(node, Items):
            yield from _repeated(node)
        case "maxProperties":
            yield Problem(
                node.at, "one-field-only", "这里只能写一个字段。", "请把其余字段各写成新的一项“- 字段: 内容”。"
            )
        case "minLength" | "minItems" | "minProperties":
            yield Problem(node.at, "empty-value", "这里是空的。", help or "请写上内容，或删掉这个字段。")
        case "pattern" if not str(value).strip():
            yield Problem(node.at, "empty-value", "这里是空的。", help or "请写上内容，或删掉这个字段。")
        case "format":
            yield Problem(node.at, "wrong-form", f"日历上没有“{value}”这一天。", help)
        case _:
            yield Problem(node.at, "wrong-form", f"“{value}”的写法不对。", help)


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
            return f"“{node.value[:30]}”"
        case Items():
            return TYPES["array"]
        case _:
            return TYPES["object"]


def _help(schema: dict) -> str:
    """What the schema says of a value, as a sentence with an example."""
    if "$ref" in schema and "description" not in schema:
        schema = schemas()["common"]["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    words = schema.get("description", "")
    example = f"，例如：{schema['examples'][0]}" if "examples" in schema else ""
    return f"{words}{example}。" if words else ""
