"""The checks of a policy and of a department against the other records. Each is named for what should be true."""

from collections.abc import Callable, Iterator

from scripts.check.world import World, all_text, near, not_found, parts, unlisted
from scripts.load import Fields, Node, Problem, Record, Text
from scripts.period import read_period


def policy_words_are_in_the_document(policy: Record, world: World) -> Iterator[Problem]:
    """Title, issuer, number, dates and quotes of a policy stand in its parts, word for word."""
    texts = [text.value for kind, text in parts(policy) if kind != "measure"]
    everything = "\n".join([*texts, *(all_text(measure) for measure in world.measures_in_order(policy))])
    quoted: list[Node | None] = [
        policy.root.get(name)
        for name in (
            "title",
            "issuer",
            "document_number",
            "issued",
            "effective",
            "valid_until",
            "clause_label",
            "lead_rule",
        )
    ]
    for name, fields in (("instruments", ("title", "number")), ("anomalies", ("quote",))):
        quoted += [row.get(field) for _, row in policy.root.rows(name) for field in fields]
    for words in quoted:
        if isinstance(words, Text) and words.value not in everything:
            yield not_found(words, "原文各段")


def policy_jurisdiction_is_known(policy: Record, world: World) -> Iterator[Problem]:
    yield from _jurisdiction_is_known(policy.root.get("jurisdiction"), world)


def _jurisdiction_is_known(id: Node | None, world: World) -> Iterator[Problem]:
    table = world.tables.get("jurisdictions")
    if isinstance(id, Text) and table and id.value not in table:
        yield Problem(
            id.at,
            "unknown-jurisdiction",
            f"没有编号为“{id.value}”的辖区。",
            near(id.value, table.fields, "请先在 data/jurisdictions.yml 里添加。"),
        )


def policy_dates_are_dates(policy: Record, world: World) -> Iterator[Problem]:
    """A date as written is a day, or the policy says why it is none."""
    unknowns = policy.root.get("unknowns")
    for field in ("issued", "effective", "valid_until"):
        written = policy.root.get(field)
        explained = isinstance(unknowns, Fields) and field in unknowns
        period = read_period(written.value) if isinstance(written, Text) else None
        if isinstance(written, Text) and (period is None or period.precision != "day") and not explained:
            yield Problem(
                written.at,
                "deadline-not-a-date",
                f"“{written.value}”不是能读懂的日期。",
                f"写到日，如 2023年9月1日；原文没有写明日期的，请在 unknowns 里写明 {field} 的状态和原因。",
            )


def policy_unknowns_are_explained(policy: Record, world: World) -> Iterator[Problem]:
    unknowns = policy.root.get("unknowns")
    for field in (
        "issuer",
        "document_number",
        "issued",
        "effective",
        "valid_until",
        "status",
        "source_address",
        "received",
    ):
        if field not in policy.root and not (isinstance(unknowns, Fields) and field in unknowns):
            yield Problem(
                policy.root.at,
                "unexplained-unknown",
                f"这份文件没有“{field}”，也没有说明为什么。",
                "请在 unknowns 里写明状态（未载明、未规定、不适用）和原因。",
            )


def policy_instruments_are_listed(policy: Record, world: World) -> Iterator[Problem]:
    listed = [row.text("title") for _, row in policy.root.rows("instruments")]
    for kind, text in parts(policy):
        if kind != "measure":
            yield from unlisted(text, [*listed, policy.root.text("title")])


POLICY_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    policy_words_are_in_the_document,
    policy_jurisdiction_is_known,
    policy_dates_are_dates,
    policy_unknowns_are_explained,
    policy_instruments_are_listed,
)


def department_jurisdiction_is_known(department: Record, world: World) -> Iterator[Problem]:
    yield from _jurisdiction_is_known(department.root.get("jurisdiction"), world)


def department_unknowns_are_explained(department: Record, world: World) -> Iterator[Problem]:
    unknowns = department.root.get("unknowns")
    for field in ("kind", "level"):
        if field not in department.root and not (isinstance(unknowns, Fields) and field in unknowns):
            yield Problem(
                department.root.at,
                "unexplained-unknown",
                f"这个部门没有“{field}”，也没有说明为什么。",
                "请在 unknowns 里写明状态（未载明、未规定、不适用）和原因。",
            )


DEPARTMENT_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    department_jurisdiction_is_known,
    department_unknowns_are_explained,
)
