"""What an id that nothing bears may mean: a path or an address written for it, or one of those that there are."""

import re
import unicodedata
from collections.abc import Collection, Mapping

from scripts.load import Fields
from scripts.problem import near

MEASURE_ID = "编号写成 文件编号/两位数，如 city-tasks/07。"
# city-tasks/07, policies/city-tasks/measures/07.yml, https://…/policies/city-tasks/07/, 7
WRITTEN = re.compile(r"(?:(?P<policy>[a-z0-9-]+)/(?:measures/)?)?(?P<number>[0-9]{1,3})(?:\.yml|/|/index\.html)?")
MOST_LISTED = 8


def measure_hint(written: str, measures: Collection[str], own: str = "") -> str:
    """`measures`: the ids that there are; `own`: that of the policy for which a bare number stands."""
    plain = unicodedata.normalize("NFKC", written).strip().lower()
    found = WRITTEN.fullmatch(plain) or re.search(rf"(?<=/){WRITTEN.pattern}$", plain)
    policy = (found["policy"] or own) if found else plain  # the id of a document alone
    if found and (id := f"{policy}/{found['number']:0>2}") in measures and id != written:
        return f"请写成“{id}”。"
    ends = f"/{found['number']:0>2}" if found and not found["policy"] else ""
    same = sorted(id for id in measures if ends and id.endswith(ends))
    if same:
        return f"是不是“{'”“'.join(same)}”？"
    numbers = sorted(id.rsplit("/", 1)[1] for id in measures if policy and id.startswith(f"{policy}/"))
    if numbers:
        return f"“{policy}”的措施是 {_range(numbers)}，写法如 {policy}/{numbers[0]}。"
    policies = "、".join(sorted({id.split("/")[0] for id in measures}))
    return near(plain, measures, f"{MEASURE_ID}文件编号有：{policies}。" if policies else MEASURE_ID)


def _range(numbers: list[str]) -> str:
    is_whole = len(numbers) > 2 and int(numbers[-1]) - int(numbers[0]) == len(numbers) - 1
    return f"{numbers[0]}—{numbers[-1]}" if is_whole else "、".join(numbers)


def jurisdiction_hint(written: str, table: Mapping[str, object], otherwise: str) -> str:
    """`otherwise`: what to do where none of them is meant."""
    named = (f"{id}（{entry.text('name')}）" if isinstance(entry, Fields) else id for id, entry in table.items())
    listed = f"可以写：{'、'.join(named)}；" if len(table) <= MOST_LISTED else ""
    return near(written, table, f"{listed}{otherwise}")
