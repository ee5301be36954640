"""Fields that stand where another one's belong: too far right or left, or below a row that is not there.

Each is one slip, whatever the schema would say of all that it leads to.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.load import At, Fields, Problem
from scripts.load.stumbles import ROW_KEY, next_key
from scripts.schemas import resolved, row_fields, row_letter


@dataclass(frozen=True)
class Misplaced:
    """A slip, and where else nothing is to be said: in these fields of the record, and at these places."""

    problem: Problem
    fields: tuple[str, ...] = ()
    places: tuple[At, ...] = ()


def misplaced(root: Fields, schema: dict) -> Iterator[Misplaced]:
    known = schema.get("properties", {})
    for name, value in root.fields.items():
        if not isinstance(value, Fields) or name not in known:
            continue
        inner = resolved(known[name])
        found = (
            _too_far_right(value, inner, root, known)
            or _of_another(value, inner, root, known)
            or _left_behind(name, value, inner, root, known)
            or _numbered(name, value, inner)
            or _unnumbered(name, value, inner)
        )
        if isinstance(found, Misplaced):
            yield found
        elif found:
            yield Misplaced(found, (name,))


def _too_far_right(value: Fields, schema: dict, root: Fields, known: dict) -> Problem | None:
    """A field of the record that was indented into the one above: checked below the rows of searches."""
    own = schema.get("properties")
    ids = resolved(schema.get("propertyNames", {})).get("enum")
    row = schema.get("additionalProperties")
    for key, at in value.keys.items():
        astray = key in known and key not in root.keys and key not in (own or ids or ())
        if astray and (own or ids or row_letter(schema)):
            right = at.column - 1
            help = f"“{key}:”要从行首写起：请把这一行和它下面的各行都左移 {right} 格。"
            return Problem(at, "bad-indent", f"“{key}:”前面多空了 {right} 格。", help)
        inside = value.get(key)
        below = resolved((own or {}).get(key) or (row if isinstance(row, dict) else {}))
        if isinstance(inside, Fields) and (found := _too_far_right(inside, below, root, known)):
            return found
    return None


def _of_another(value: Fields, schema: dict, root: Fields, known: dict) -> Problem | None:
    """A row of another field, whose name is lacking above it."""
    letters = {row_letter(resolved(other)): field for field, other in known.items()}
    for key, at in value.keys.items():
        holder = letters.get(key[:1], "")
        fields = value.fields.get(key)
        if not (row_letter(schema) and holder and ROW_KEY.fullmatch(key) and isinstance(fields, Fields)):
            continue
        is_its = fields.keys.keys() <= row_fields(resolved(known[holder])).keys()
        if key[0] != row_letter(schema) and is_its and not fields.keys.keys() <= row_fields(schema).keys():
            way = "请把它移到那一组里" if holder in root.keys else f"请在上面加一行“{holder}:”，顶格写"
            return Problem(at, "bad-id", f"“{key}”是“{holder}”的一项，不在“{holder}:”下面。", f"{way}。")
    return None


def _left_behind(name: str, value: Fields, schema: dict, root: Fields, known: dict) -> Misplaced | None:
    """The fields of the last row, written from the beginning of the line."""
    empty = [key for key in value.keys if ROW_KEY.fullmatch(key) and key not in value.fields]
    stray = {key: at for key, at in root.keys.items() if key not in known and key in row_fields(schema)}
    if not (row_letter(schema) and len(empty) == 1 and stray):
        return None
    first = min(stray.values())
    message = f"这里起有 {len(stray)} 行是“{empty[0]}:”的字段，缩进少了。"
    help = f"请把 {'、'.join(stray)} 这几行都右移，行首各空四格。"
    return Misplaced(Problem(first, "bad-indent", message, help), (name,), tuple(stray.values()))


def _numbered(name: str, value: Fields, schema: dict) -> Problem | None:
    """A key of a row in a field that has no rows."""
    for key, inside in value.fields.items():
        own = schema.get("properties", {})
        if own and ROW_KEY.fullmatch(key) and isinstance(inside, Fields) and inside.keys.keys() <= own.keys():
            help = f"请删掉“{key}:”这一行，把它下面的各行都左移两格。"
            return Problem(value.keys[key], "unknown-field", f"“{name}”只写一份，不用编号。", help)
    return None


def _unnumbered(name: str, value: Fields, schema: dict) -> Problem | None:
    """The fields of a row without its key."""
    letter = row_letter(schema)
    fields = [key for key in value.keys if not ROW_KEY.fullmatch(key)]
    if not letter or not fields or not {*fields} <= row_fields(schema).keys():
        return None
    at = value.keys[fields[0]]
    above = [key for key, place in value.keys.items() if ROW_KEY.fullmatch(key) and place < at]
    if not above:
        help = f"请在上面加一行“{letter}1:”，行首空两格，下面的字段各空四格。"
        return Problem(at, "bad-id", f"“{name}”的这一行前面少了编号。", help)
    another = next_key(letter, {*value.keys})
    more = "" if above[-1] not in value else f"是另一项的，在上面加一行“{another}:”。"
    help = f"“{above[-1]}:”的字段要比它多空两格。{more}"
    return Problem(at, "bad-indent", f"这一行缩进少了，没有归到“{above[-1]}”。", help)
