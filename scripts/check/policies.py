"""The checks of a policy, a department, the glossary and the synonyms against the other records. Each is named for what should be true."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256

from scripts.characters import solid
from scripts.check.hints import jurisdiction_hint, measure_hint
from scripts.check.quotes import not_found
from scripts.check.registers import credit_code_is_right
from scripts.check.source import LINE
from scripts.check.unknowns import has_day, is_explained, unknowns_fit
from scripts.check.world import World, all_text, is_one, names_of, parts, unlisted
from scripts.load import Node, Problem, Record, Text
from scripts.period import day_in
from scripts.problem import near

# What a document says of itself in full, and the kinds of the parts in which it does.
WHOLE = {"title": ("title",), "issuer": ("issuer", "signature"), "document_number": ("document_number",)}
UNKNOWABLE = ("issuer", "document_number", "issued", "effective", "valid_until")  # of the document, in its own words
KNOWN_ELSEWHERE = "存档文本里没有的，不能写在这里：请删掉这一项；unknowns 里的说明留着，从别处查到的写进它的 reason。"
WHOLE_FORMS = ("{}", "{}文件", "{}。", "（{}）", "({})", "《{}》")  # what may stand around it in the document
PARTS_OF_A_TITLE = 4  # lines over which it may go on, each a part
IN_ORDER = (
    ("issued", "received", "收到日期早于成文日期。"),
    ("issued", "valid_until", "有效期的最后一天早于成文日期。"),
    ("effective", "valid_until", "有效期的最后一天早于施行日期。"),
)


def _everything(policy: Record, world: World) -> str:
    """All official words of a policy. A title may go over lines, the issuer in the first; so may the head of a column."""
    texts = [text.value for kind, text in parts(policy) if kind != "measure"]
    whole = [LINE.sub("", text) for text in texts]
    rows = (all_text(measure) for measure in world.measures_in_order(policy))
    return "\n".join([*texts, *whole, "".join(texts[:PARTS_OF_A_TITLE]), *rows])


def policy_words_are_in_the_document(policy: Record, world: World) -> Iterator[Problem]:
    """Title, issuer, number, dates and quotes of a policy stand in its parts, word for word."""
    everything = _everything(policy, world)
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
    source = world.source(policy.id)
    archived = solid(source.text) if source else ""
    for words in quoted:
        if isinstance(words, Text) and words.value not in everything and not world.is_misquoted(words.value, policy.id):
            elsewhere = solid(words.value) in archived and solid(words.value) not in solid(everything)
            if elsewhere and not world.has_all_of(policy.id):
                continue  # it may stand in what could not be read
            problem = not_found(words, "原文各段", everything)
            if any(policy.root.get(field) is words and is_explained(policy, field) for field in UNKNOWABLE):
                problem = replace(problem, help=KNOWN_ELSEWHERE)
            yield (
                replace(problem, help="source.txt 里有这些字，请先把它们所在的一段写进 parts。")
                if elsewhere
                else problem
            )


def policy_facts_are_whole(policy: Record, world: World) -> Iterator[Problem]:
    """Title, issuer and number are what the document says of itself in full: a part of a name may name another body."""
    listed = [(kind, solid(text.value)) for kind, text in parts(policy)]
    for field, kinds in WHOLE.items():
        value = policy.root.get(field)
        whole = {
            "".join(words for _, words in listed[first:last])
            for first in range(len(listed))
            for last in range(first + 1, min(first + PARTS_OF_A_TITLE, len(listed)) + 1)
            if any(kind in kinds for kind, _ in listed[first:last])
        }
        if not isinstance(value, Text) or not whole or policy.id in world.differing:
            continue
        if not whole & {solid(form.format(value.value)) for form in WHOLE_FORMS}:
            told = dict.fromkeys(text.value for kind, text in parts(policy) if kind in kinds)
            message = f"“{value.value}”不是原文里完整的写法。"
            yield Problem(value.at, "not-in-source", message, f"原文是“{'”“'.join(told)}”，请完整照录。")


def original_is_the_archived_one(policy: Record, world: World) -> Iterator[Problem]:
    """The file that the text was taken from has the hash that was written down when it was received."""
    written, original = policy.root.get("original_sha256"), world.tree.originals.get(policy.id)
    if not isinstance(written, Text):
        return
    if not original:
        message = "登记了校验值，却没有原始文件。"
        help = "请把收到的文件存为 original.docx（或 .pdf、.html、.md、.txt）；没有的，删掉这一项。"
        yield Problem(written.at, "missing-file", message, help)
        return
    actual = sha256(original.path.read_bytes()).hexdigest()
    if written.value != actual:
        message = f"{original.path.name} 的 SHA-256 是 {actual}，与这里登记的不同。"
        help = "存档的原始文件不许改动，请恢复原来的；确实换了文件的，同时改这里。"
        yield Problem(written.at, "source-changed", message, help)


def policy_jurisdiction_is_known(policy: Record, world: World) -> Iterator[Problem]:
    yield from _jurisdiction_is_known(policy.root.get("jurisdiction"), world)


def _jurisdiction_is_known(id: Node | None, world: World) -> Iterator[Problem]:
    table = world.tables.get("jurisdictions")
    if isinstance(id, Text) and table and id.value not in table:
        yield Problem(
            id.at,
            "unknown-jurisdiction",
            f"没有编号为“{id.value}”的辖区。",
            jurisdiction_hint(id.value, table.fields, "没有的，请先在 data/jurisdictions.yml 里添加。"),
        )


def policy_dates_are_dates(policy: Record, world: World) -> Iterator[Problem]:
    """A date as written is a day, or the policy says why it is none."""
    for field in ("issued", "effective", "valid_until"):
        written = policy.root.get(field)
        if isinstance(written, Text) and not day_in(written.value) and not is_explained(policy, field):
            message = f"“{written.value}”里没有能读懂的日期。"
            help = f"写到日，如 2023年9月1日、自2024年7月1日起施行；原文没有写明日期的，请在 unknowns 里写明 {field} 的状态和原因。"
            yield Problem(written.at, "deadline-not-a-date", message, help)


def policy_dates_are_in_order(policy: Record, world: World) -> Iterator[Problem]:
    """A reminder where a document would end before it begins, or was received before it was made."""
    days = {field: day_in(policy.root.text(field)) for field in ("issued", "effective", "valid_until")}
    days["received"] = policy.root.text("received")
    for first, then, message in IN_ORDER:
        if days[first] and days[then] and days[then] < days[first]:
            at = policy.root.fields[then].at
            yield Problem(at, "dates-out-of-order", message, "请核对这两个日期；没有错的，不用管。")


def policy_unknowns_are_explained(policy: Record, world: World) -> Iterator[Problem]:
    plain = ("issuer", "document_number", "status", "source_address", "received")
    dated = ("issued", "effective", "valid_until")
    has_value = {field: field in policy.root for field in plain} | {field: has_day(policy, field) for field in dated}
    # What the document does not say is no value of it, and told so.
    both = [field for field in UNKNOWABLE if field in policy.root and is_explained(policy, field)]
    everything = _everything(policy, world) if both else ""
    elsewhere = {field: False for field in both if policy.root.text(field) not in everything}
    yield from unknowns_fit(policy, has_value | elsewhere)


def policy_instruments_are_listed(policy: Record, world: World) -> Iterator[Problem]:
    listed = [row.text("title") for _, row in policy.root.rows("instruments")]
    for kind, text in parts(policy):
        if kind != "measure":
            yield from unlisted(text, [*listed, policy.root.text("title")])


def policy_year_is_told(policy: Record, world: World) -> Iterator[Problem]:
    """The year of dates that name none stands in the document, outside of its measures."""
    year = policy.root.get("deadline_year")
    words = "".join(text.value for kind, text in parts(policy) if kind != "measure")
    if isinstance(year, Text) and year.value not in words and policy.id not in world.differing:
        help = "这一年要写在标题、说明等处；原文没有写明年份的，删掉这一项。"
        yield Problem(year.at, "not-in-source", f"原文各段里找不到“{year.value}”。", help)


POLICY_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    policy_words_are_in_the_document,
    policy_facts_are_whole,
    original_is_the_archived_one,
    policy_dates_are_in_order,
    policy_jurisdiction_is_known,
    policy_dates_are_dates,
    policy_year_is_told,
    policy_unknowns_are_explained,
    policy_instruments_are_listed,
)


def department_jurisdiction_is_known(department: Record, world: World) -> Iterator[Problem]:
    yield from _jurisdiction_is_known(department.root.get("jurisdiction"), world)


def department_unknowns_are_explained(department: Record, world: World) -> Iterator[Problem]:
    # A body without a level of its own has that of its jurisdiction.
    yield from unknowns_fit(
        department,
        {
            "kind": "kind" in department.root,
            "level": "level" in department.root or not is_explained(department, "level"),
        },
    )


def aliases_are_no_other_body_s_names(department: Record, world: World) -> Iterator[Problem]:
    """Within a jurisdiction, a short form must not lead to two bodies."""
    for alias in department.root.texts("aliases"):
        place = department.root.text("jurisdiction")
        owner = world.names.get((place, alias.value))
        if owner:
            whose = "自己" if owner == department.id else f" {world.departments[owner].path} "
            message = f"“{alias.value}”已经是{whose}的名称。"
            yield Problem(alias.at, "repeated-name", message, "简称不要与名称相同，请删掉这一项。")
        if owner and owner != department.id:  # which of the two files is wrong cannot be told
            name = next(name for name in names_of(world.departments[owner]) if name.value == alias.value)
            message = f"“{alias.value}”是 {department.path} 的简称。"
            help = f"是同一家的，不要另建文件；不是的，请从 {department.path} 的 aliases 里删掉它。"
            yield Problem(name.at, "repeated-name", message, help)
        others = [other for other in world.aliases.get((place, alias.value), ()) if other != department.id]
        if others and not owner:
            message = f"“{alias.value}”也是 {world.departments[others[0]].path} 的简称。"
            help = "请只留在常用这个简称的部门那里；确实都这样叫的，不用管。"
            yield Problem(alias.at, "shared-alias", message, help)


def counterparts_are_known(department: Record, world: World) -> Iterator[Problem]:
    for id in department.root.texts("counterparts"):
        if id.value == department.id:
            yield Problem(id.at, "unknown-department", "对应部门不能是自己。", "请写另一级部门的编号。")
        elif id.value not in world.departments and not world.is_broken(f"departments/{id.value}."):
            help = near(id.value, world.departments, "请先在 data/departments/ 里添加这个部门。")
            yield Problem(id.at, "unknown-department", f"没有编号为“{id.value}”的部门。", help)


def department_carries_a_duty(department: Record, world: World) -> Iterator[Problem]:
    """A reminder: only bodies that a measure names are published."""
    names = {department.root.text("name"), *(name.value for name in department.root.texts("other_names"))}
    named = (name.value for measure in world.measures.values() for name in measure.root.texts("departments"))
    if names.isdisjoint(named):
        message = "没有一条措施写到这个部门，网站和下载文件里不会有它。"
        several = "" if is_one(department.root.text("name")) else "名称里写了几个部门的，请一个部门一个文件；"
        yield Problem(department.root.at, "idle-department", message, f"{several}不再需要的，请删掉这个文件。")


DEPARTMENT_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    department_jurisdiction_is_known,
    department_unknowns_are_explained,
    aliases_are_no_other_body_s_names,
    counterparts_are_known,
    credit_code_is_right,
    department_carries_a_duty,
)


def definitions_are_quoted(glossary: Record, world: World) -> Iterator[Problem]:
    """A term and its explanation are words of the measure that they are taken from: nothing is defined here."""
    for _, entry in glossary.root.rows_of():
        id = entry.get("measure")
        measure = world.measures.get(id.value) if isinstance(id, Text) else None
        if isinstance(id, Text) and not measure and not world.doubts(id.value):
            help = measure_hint(id.value, world.measures)
            yield Problem(id.at, "unknown-measure", f"没有编号为“{id.value}”的措施。", help)
        for field in ("term", "definition"):
            words = entry.get(field)
            if (
                isinstance(words, Text)
                and measure
                and not world.doubts(measure.id)
                and words.value not in all_text(measure)
            ):
                yield not_found(words, f"{measure.id} 的原文", all_text(measure))


GLOSSARY_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (definitions_are_quoted,)


def official_words_are_in_a_measure(synonyms: Record, world: World) -> Iterator[Problem]:
    """What an everyday word is led to stands in some measure; else it would lead nowhere."""
    if not world.has_all_measures():  # what cannot be relied on may hold the words
        return
    everything = "\n".join(map(all_text, world.measures.values()))
    for _, entry in synonyms.root.rows_of():
        for words in entry.texts("official"):
            if words.value not in everything:
                yield not_found(words, "各条措施的原文", everything)


SYNONYM_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (official_words_are_in_a_measure,)
