"""How one text is written in YAML. overrides/assets/edit-yaml.js does the same in the browser; a test holds them together."""

import json
import re

# What some reader of YAML (1.1 or 1.2) takes for a number, a date, a time, a truth value or nothing.
AMBIGUOUS = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|=|<<"
    r"|[-+]?(?:0[xo][0-9a-f_]+|0b[01_]+|[0-9][0-9_,]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?)"
    r"|[-+]?\.(?:inf|nan)|[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?"
    r"|[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2}(?:[Tt ].*)?)?",
    re.IGNORECASE,
)
# A text that begins or goes on like this means something else in YAML.
SPECIAL = re.compile(r"^[-?:](?: |$)|^[,\[\]{}#&*!|>'\"%@`]|: |:$| #|^\s|\s$|^---|^\.\.\.|^[a-z0-9_-]+ *[：﹕∶]")
UNSAFE = re.compile(r"[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")
AS_IS = ("number", "boolean")  # types of the schema whose values need no quotes


def scalar(value: str, type: str = "", indent: int = 0) -> str:
    """A text as it stands behind `field: `; `indent` is that of the lines below, for text of several lines."""
    if type in AS_IS and AMBIGUOUS.fullmatch(value):
        return value
    if "\n" in value and not UNSAFE.search(value) and not re.search(r"\A\s|\n\s*\Z", value):
        pad = " " * indent
        return "\n".join(["|", *(f"{pad}{line}" if line else "" for line in value.split("\n"))])
    if "\n" in value or UNSAFE.search(value):
        return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))
    if not value or SPECIAL.search(value) or AMBIGUOUS.fullmatch(value):
        return "'" + value.replace("'", "''") + "'"
    return value
