"""The checks of a measure's targets against the words that they are quoted from."""

import re
from collections.abc import Callable, Iterator

from scripts.check.numbers import ARABIC, NUMERAL, numbers
from scripts.check.quotes import not_found
from scripts.check.world import World, all_text
from scripts.load import Problem, Record, Text

POWER = re.compile("[十百千万亿]+")
RANGE = re.compile(rf"({ARABIC.pattern})%?(?:[-—–~～－]+|[至到])({ARABIC.pattern})(?![0-9.]*年)")
# Words that say no less or no more, as they stand before or behind a number.
BEFORE = re.compile(r"(至少|不少于|不低于|不小于|不超过|不高于|超过)(?:达到)?\s*$")
BEHIND = re.compile(r"[^，。；、：]{0,4}?(以上|以内|以下|左右)")


def targets_are_in_their_quote(measure: Record, world: World) -> Iterator[Problem]:
    """Subject, comparator, numbers and unit of a target are words of its quote."""
    for _, row in measure.root.rows("targets"):
        quote = row.text("quote")
        if quote not in all_text(measure):
            continue  # which is said
        for field in ("subject", "comparator", "unit"):
            word = row.get(field)
            if isinstance(word, Text) and word.value not in quote:
                yield not_found(word, "这个指标的 quote ", quote)
        for field in ("value", "value_max"):
            number = row.get(field)
            if isinstance(number, Text) and number.value not in numbers(quote):
                yield not_found(number, "这个指标的 quote ")
        least, most = (row.get(field) for field in ("value", "value_max"))
        is_range = isinstance(least, Text) and isinstance(most, Text)
        if is_range and {least.value, most.value} <= numbers(quote) and float(most.value) < float(least.value):
            message = f"上限 {most.value} 小于下限 {least.value}。"
            yield Problem(most.at, "range-upside-down", message, "请把小的数写在 value，大的数写在 value_max（上限）。")


def units_are_whole(measure: Record, world: World) -> Iterator[Problem]:
    """A number that the quote goes on with 万 or 亿 has that in its unit: 15万人次 is no 15人次."""
    for _, row in measure.root.rows("targets"):
        quote, value, unit = row.text("quote"), row.text("value"), row.get("unit")
        behind = [quote[found.end() :] for found in ARABIC.finditer(quote) if found.group() == value]
        if not isinstance(unit, Text) or not behind or unit.value not in quote:
            continue
        power = POWER.match(behind[0])
        if power and all(POWER.match(rest) for rest in behind) and not unit.value.startswith(power.group()):
            message = f"原文“{value}”后面是“{power.group()}”，单位里没有。"
            yield Problem(unit.at, "not-in-source", message, f"请写成 {power.group()}{unit.value}。")


def ranges_have_two_ends(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder where a target has one end of a range of its quote."""
    for _, row in measure.root.rows("targets"):
        quote, value = row.get("quote"), row.text("value")
        for found in RANGE.finditer(quote.value) if isinstance(quote, Text) and "value_max" not in row else ():
            if value in found.groups():
                message = f"原文是“{found.group()}”，这个指标只写了 {value}。"
                help = f"请写上两头：value: {found.group(1)}，value_max: {found.group(2)}；说的不是一个区间的，不用管。"
                yield Problem(quote.at_offset(found.start()), "half-a-range", message, help)
                break


def limits_are_recorded(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder where a target has no comparator, and its number has one in the quote."""
    for _, row in measure.root.rows("targets"):
        quote, value = row.get("quote"), row.text("value")
        if not isinstance(quote, Text) or "comparator" in row:
            continue
        for found in NUMERAL.finditer(quote.value):
            said = BEFORE.search(quote.value[: found.start()]) or BEHIND.match(quote.value, found.end())
            if said and value in numbers(found.group()):
                message = f"原文有“{said.group(1)}”，这个指标没有写限定词。"
                help = f"请写上：comparator: {said.group(1)}；说的不是这个数的，不用管。"
                yield Problem(quote.at_offset(said.start(1)), "unlisted-comparator", message, help)
                break


TARGET_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    targets_are_in_their_quote,
    units_are_whole,
    ranges_have_two_ends,
    limits_are_recorded,
)
