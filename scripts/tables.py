"""Every published table and column, as one list: the downloads, the dictionary and the descriptions are made from it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scripts.ledger import Deadline, Department, Ledger, Measure, Policy, Responsibility, Unknown

Value = str | int | bool | None

LAYERS = {"official": "原文", "editorial": "编辑整理", "computed": "自动计算"}
TYPES = {
    "text": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": "true 或 false",
    "month": "年月（YYYY-MM）",
    "date": "日期（YYYY-MM-DD）",
    "list": "文字，多个值用英文分号“;”隔开",
}


@dataclass(frozen=True)
class Column:
    """One column. `empty` says what an empty cell means; "" if no cell is ever empty."""

    name: str
    layer: str  # a key of LAYERS
    type: str  # a key of TYPES
    meaning: str
    get: Callable[[Any, Ledger], Value]
    empty: str = ""


@dataclass(frozen=True)
class Table:
    """One table in long form: one fact a row, in a fixed order. The first `key` columns tell rows apart."""

    name: str
    title: str
    row: str  # what one row is
    rows: Callable[[Ledger], Iterable[Any]]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)

    def records(self, ledger: Ledger) -> Iterator[dict[str, Value]]:
        """Each row as column → value; an empty value is ""."""
        for row in self.rows(ledger):
            yield {column.name: column.get(row, ledger) for column in self.columns}


def cell(value: Value) -> str:
    """A value as the text of a cell. Official text is never altered."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def join(values: Iterable[str]) -> str:
    return ";".join(values)


UNEXPLAINED = "原因见 unknowns 表"


def _period(deadline: Deadline | None) -> str:
    return deadline.period.text if deadline and deadline.period else ""


def _end(deadline: Deadline | None) -> str:
    return deadline.period.end if deadline and deadline.period else ""


@dataclass(frozen=True)
class _Share:
    measure: Measure
    share: Responsibility


@dataclass(frozen=True)
class _Of:
    """A row that belongs to a policy, and to one of its measures unless it belongs to the policy as a whole."""

    policy: Policy
    measure: Measure | None
    fact: Any

    @property
    def id(self) -> str:
        return f"{self.measure.id if self.measure else self.policy.id}/{self.fact.id}"

    @property
    def measure_id(self) -> str:
        return self.measure.id if self.measure else ""


@dataclass(frozen=True)
class _Gap:
    policy_id: str
    measure_id: str
    department_id: str
    field: str
    unknown: Unknown


def _shares(ledger: Ledger) -> Iterator[_Share]:
    return (_Share(measure, share) for measure in ledger.measures for share in measure.responsibilities)


def _facts(name: str) -> Callable[[Ledger], Iterator[_Of]]:
    """Rows of the facts that measures, and where they have any policies, carry under a name."""

    def rows(ledger: Ledger) -> Iterator[_Of]:
        for policy in ledger.policies:
            yield from (_Of(policy, None, fact) for fact in getattr(policy, name, ()))
            for measure in ledger.measures_of(policy):
                yield from (_Of(policy, measure, fact) for fact in getattr(measure, name))

    return rows


# A field without a value leaves these columns empty, where they are not named like it.
EMPTY_COLUMNS = {
    "deadline": ("deadline_text", "deadline", "deadline_end"),
    **{field: (f"{field}_text", field) for field in ("issued", "effective", "valid_until")},
}


def _unknowns(ledger: Ledger) -> Iterator[_Gap]:
    for policy in ledger.policies:
        for unknown in policy.unknowns:
            yield from (
                _Gap(policy.id, "", "", column, unknown)
                for column in _empty(unknown.field, getattr(policy, unknown.field))
            )
        for measure in ledger.measures_of(policy):
            for unknown in measure.unknowns:
                written = unknown.field == "deadline" and measure.deadline
                yield from (
                    _Gap(policy.id, measure.id, "", column, unknown) for column in _empty(unknown.field, written)
                )
    for department in ledger.departments:
        yield from (_Gap("", "", department.id, unknown.field, unknown) for unknown in department.unknowns)


def _empty(field: str, written: object) -> Iterator[str]:
    """The columns that a field without a value leaves empty. Words that mean no date are a value as written."""
    for column in EMPTY_COLUMNS.get(field, (field,)):
        if not (column.endswith("_text") and written):
            yield column


def _names(ledger: Ledger) -> Iterator[tuple[Department, str, str]]:
    for department in ledger.departments:
        yield from ((department, name, "written") for name in department.names)
        yield from ((department, name, "alias") for name in department.aliases)


# fmt: off
_FACT = (
    Column("id", "computed", "text", "行的编号：所属记录的编号加行编号，写定后不变", lambda row, _: row.id),
    Column("policy_id", "computed", "text", "政策文件编号", lambda row, _: row.policy.id),
    Column("measure_id", "computed", "text", "措施编号", lambda row, _: row.measure_id, "属于整份文件，不属于某一条措施"),
)

TABLES = (
    Table("ledger", "总表", "一条措施的一个责任部门", _shares, (
        Column("policy_title", "official", "text", "政策文件标题", lambda row, _: row.measure.policy.title),
        Column("policy_id", "computed", "text", "政策文件编号", lambda row, _: row.measure.policy.id),
        Column("number", "official", "text", "序号，原文写法", lambda row, _: row.measure.number),
        Column("title", "editorial", "text", "标题：原文有小标题的用小标题，没有的由编辑拟写（见 measures 表）", lambda row, _: row.measure.title),
        Column("text", "official", "text", "正文，不含序号和责任条款", lambda row, _: row.measure.text),
        Column("department", "editorial", "text", "部门名称（同一部门的不同写法统一为一个）", lambda row, _: row.share.department.name),
        Column("role", "editorial", "text", "责任：lead 牵头，support 配合，unmarked 未标明", lambda row, _: row.share.role),
        Column("deadline_text", "official", "text", "完成时限，原文写法", lambda row, _: row.measure.deadline.quote if row.measure.deadline else "", UNEXPLAINED),
        Column("deadline", "computed", "text", "完成时限（YYYY-MM；原文只写到年或季度的为 YYYY、YYYY-Qn，写到日的为 YYYY-MM-DD）", lambda row, _: _period(row.measure.deadline), UNEXPLAINED),
        Column("deadline_end", "computed", "date", "完成时限的最后一天", lambda row, _: _end(row.measure.deadline), UNEXPLAINED),
        Column("measure_id", "computed", "text", "措施编号", lambda row, _: row.measure.id),
        Column("department_id", "computed", "text", "部门编号", lambda row, _: row.share.department.id),
        Column("url", "computed", "text", "措施页面的地址；站点没有设网址时为站内地址", lambda row, ledger: ledger.site.url(row.measure.address)),
    ), ("measure_id", "department_id")),
    Table("policies", "政策文件", "一份政策文件", lambda ledger: ledger.policies, (
        Column("id", "computed", "text", "编号，写定后不变", lambda row, _: row.id),
        Column("title", "official", "text", "标题", lambda row, _: row.title),
        Column("short_title", "editorial", "text", "短标题", lambda row, _: row.short_title),
        Column("issuer", "official", "text", "发文机关", lambda row, _: row.issuer, UNEXPLAINED),
        Column("document_number", "official", "text", "发文字号", lambda row, _: row.document_number, UNEXPLAINED),
        Column("issued", "computed", "date", "成文日期", lambda row, _: row.issued_on, UNEXPLAINED),
        Column("issued_text", "official", "text", "成文日期，原文写法", lambda row, _: row.issued, "原文没有写"),
        Column("effective", "computed", "date", "施行日期", lambda row, _: row.effective_on, UNEXPLAINED),
        Column("effective_text", "official", "text", "施行日期，原文写法", lambda row, _: row.effective, "原文没有写"),
        Column("valid_until", "computed", "date", "有效期的最后一天", lambda row, _: row.valid_until_on, UNEXPLAINED),
        Column("valid_until_text", "official", "text", "有效期，原文写法", lambda row, _: row.valid_until, "原文没有写"),
        Column("status", "editorial", "text", "效力状态", lambda row, _: row.status, UNEXPLAINED),
        Column("jurisdiction", "editorial", "text", "辖区编号", lambda row, _: row.jurisdiction.id),
        Column("jurisdiction_name", "editorial", "text", "辖区名称", lambda row, _: row.jurisdiction.name),
        Column("measure_term", "editorial", "text", "文件里的一条叫什么：措施或任务", lambda row, _: row.measure_term),
        Column("measure_count", "computed", "integer", "措施条数", lambda row, ledger: len(ledger.measures_of(row))),
        Column("lead_rule", "official", "text", "原文怎样标示牵头部门", lambda row, _: row.lead_rule, "原文没有写"),
        Column("source_address", "editorial", "text", "原文的公开网址", lambda row, _: row.source_address, UNEXPLAINED),
        Column("received", "editorial", "date", "收到文本的日期", lambda row, _: row.received, UNEXPLAINED),
        Column("source_sha256", "computed", "text", "存档原文 source.txt 的 SHA-256", lambda row, _: row.source_sha256),
        Column("url", "computed", "text", "页面地址；站点没有设网址时为站内地址", lambda row, ledger: ledger.site.url(row.address)),
    )),
    Table("measures", "措施和任务", "一条措施或任务", lambda ledger: ledger.measures, (
        Column("id", "computed", "text", "编号，写定后不变", lambda row, _: row.id),
        Column("policy_id", "computed", "text", "政策文件编号", lambda row, _: row.policy.id),
        Column("number", "official", "text", "序号，原文写法", lambda row, _: row.number),
        Column("section", "official", "text", "所在章节的标题", lambda row, _: row.section, UNEXPLAINED),
        Column("title", "editorial", "text", "标题：原文有小标题的用小标题，没有的由编辑拟写", lambda row, _: row.title),
        Column("title_is_editorial", "computed", "boolean", "标题是不是编辑拟写的", lambda row, _: row.title_is_editorial),
        Column("heading", "official", "text", "原文小标题", lambda row, _: row.heading, UNEXPLAINED),
        Column("text", "official", "text", "正文，不含序号和责任条款；折行处已接起来", lambda row, _: row.text),
        Column("clause", "official", "text", "责任条款", lambda row, _: row.clause, UNEXPLAINED),
        Column("deadline_text", "official", "text", "完成时限，原文写法", lambda row, _: row.deadline.quote if row.deadline else "", UNEXPLAINED),
        Column("deadline", "computed", "text", "完成时限（YYYY-MM；原文只写到年或季度的为 YYYY、YYYY-Qn，写到日的为 YYYY-MM-DD）", lambda row, _: _period(row.deadline), UNEXPLAINED),
        Column("deadline_end", "computed", "date", "完成时限的最后一天", lambda row, _: _end(row.deadline), UNEXPLAINED),
        Column("open_list", "editorial", "boolean", "责任部门名单是否以“等”结尾（没有列全）", lambda row, _: row.open_list),
        Column("department_count", "computed", "integer", "责任部门个数", lambda row, _: len(row.responsibilities)),
        Column("themes", "editorial", "list", "主题编号", lambda row, _: join(term.id for term in row.themes), UNEXPLAINED),
        Column("audiences", "editorial", "list", "适用对象编号", lambda row, _: join(term.id for term in row.audiences), UNEXPLAINED),
        Column("source_start", "computed", "integer", "在 source.txt 里的起点（从 0 数的字符位置）", lambda row, _: row.source_start),
        Column("source_end", "computed", "integer", "在 source.txt 里的终点（不含这个字符）", lambda row, _: row.source_end),
        Column("url", "computed", "text", "页面地址；站点没有设网址时为站内地址", lambda row, ledger: ledger.site.url(row.address)),
    )),
    Table("departments", "责任部门", "一个承担责任的部门", lambda ledger: ledger.departments, (
        Column("id", "computed", "text", "编号，写定后不变", lambda row, _: row.id),
        Column("name", "official", "text", "名称，原文写法之一", lambda row, _: row.name),
        Column("kind", "editorial", "text", "类别", lambda row, _: row.kind, UNEXPLAINED),
        Column("jurisdiction", "editorial", "text", "辖区编号", lambda row, _: row.jurisdiction.id),
        Column("level", "editorial", "text", "层级", lambda row, _: row.level, UNEXPLAINED),
        Column("collective", "editorial", "boolean", "是不是集合主体（如“各区县人民政府”）", lambda row, _: row.is_collective),
        Column("measure_count", "computed", "integer", "承担的措施条数", lambda row, ledger: len(ledger.duties_of(row))),
        Column("url", "computed", "text", "页面地址；站点没有设网址时为站内地址", lambda row, ledger: ledger.site.url(row.address)),
    )),
    Table("department_names", "部门名称和简称", "一个部门的一种写法", _names, (
        Column("department_id", "computed", "text", "部门编号", lambda row, _: row[0].id),
        Column("name", "editorial", "text", "名称或简称", lambda row, _: row[1]),
        Column("jurisdiction", "editorial", "text", "辖区编号", lambda row, _: row[0].jurisdiction.id),
        Column("use", "editorial", "text", "written 原文写法；alias 简称，只供查找", lambda row, _: row[2]),
    ), ("department_id", "name")),
    Table("responsibilities", "责任分工", "一条措施的一个责任部门，原文写法和次序", _shares, (
        Column("measure_id", "computed", "text", "措施编号", lambda row, _: row.measure.id),
        Column("position", "computed", "integer", "在责任条款里的次序，从 1 数；次序不说明谁牵头", lambda row, _: row.share.position),
        Column("department_id", "computed", "text", "部门编号", lambda row, _: row.share.department.id),
        Column("name_as_written", "official", "text", "部门名称，原文写法", lambda row, _: row.share.name_as_written),
        Column("label_as_written", "official", "text", "名称前的说法或栏名，如“责任单位”", lambda row, _: row.share.label_as_written, "原文没有写"),
        Column("role", "editorial", "text", "责任：lead 牵头，support 配合，unmarked 未标明", lambda row, _: row.share.role),
        Column("role_evidence", "editorial", "text", "凭什么知道牵头或配合", lambda row, _: row.share.role_evidence, "未标明牵头或配合"),
    ), ("measure_id", "position")),
    Table("deadlines", "完成时限", "一个时限：一行的，或写在正文里的", _facts("deadlines"), (
        Column("id", "computed", "text", "编号，写定后不变", lambda row, _: row.fact.id),
        Column("measure_id", "computed", "text", "措施编号", lambda row, _: row.measure_id),
        Column("scope", "computed", "text", "row 整条的时限；inner 写在正文里的时限", lambda row, _: row.fact.scope),
        Column("quote", "official", "text", "原文写法", lambda row, _: row.fact.quote),
        Column("period", "computed", "text", "时限的含义：YYYY、YYYY-Qn、YYYY-MM 或 YYYY-MM-DD，不比原文更细", lambda row, _: _period(row.fact), "原文的说法不是日期"),
        Column("precision", "computed", "text", "精确到：year 年，quarter 季度，month 月，day 日", lambda row, _: row.fact.period.precision if row.fact.period else "", "原文的说法不是日期"),
        Column("end", "computed", "date", "最后一天", lambda row, _: _end(row.fact), "原文的说法不是日期"),
    )),
    Table("targets", "量化目标", "正文承诺的一个数字", _facts("targets"), (
        *_FACT,
        Column("quote", "official", "text", "原文词句", lambda row, _: row.fact.quote),
        Column("subject", "official", "text", "指标对象", lambda row, _: row.fact.subject),
        Column("comparator", "official", "text", "限定词，原文写法", lambda row, _: row.fact.comparator, "原文没有限定词"),
        Column("bound", "computed", "text", "限定词的含义：min 不少于，max 不超过，about 左右，each 每个，exact 没有限定", lambda row, _: row.fact.bound),
        Column("value", "official", "number", "数值，不换算", lambda row, _: row.fact.value),
        Column("value_max", "official", "number", "区间的上限", lambda row, _: row.fact.value_max, "不是区间"),
        Column("unit", "official", "text", "单位", lambda row, _: row.fact.unit),
        Column("scope", "official", "text", "范围或口径", lambda row, _: row.fact.scope, "原文没有写"),
        Column("by_text", "official", "text", "期限，原文写法", lambda row, _: row.fact.by_text, "正文没有写；整条的时限见 deadlines 表"),
        Column("by", "computed", "text", "期限的含义（YYYY、YYYY-Qn、YYYY-MM 或 YYYY-MM-DD）", lambda row, _: row.fact.by.text if row.fact.by else "", "正文没有写，或写的不是日期"),
    )),
    Table("instruments", "提到的文件", "一份被引用或要求出台的文件", _facts("instruments"), (
        *_FACT,
        Column("title", "official", "text", "文件名称，不带书名号", lambda row, _: row.fact.title),
        Column("number", "official", "text", "发文字号，原文写法", lambda row, _: row.fact.number, "原文没有写"),
        Column("relation", "editorial", "text", "basis 依据，promised 要求出台，cited 提到", lambda row, _: row.fact.relation),
        Column("search_result", "editorial", "text", "检索结果：已找到、未找到", lambda row, _: row.fact.search.result if row.fact.search else "", "没有登记检索"),
        Column("search_on", "editorial", "date", "检索日期", lambda row, _: row.fact.search.on if row.fact.search else "", "没有登记检索"),
        Column("search_where", "editorial", "text", "在哪里检索", lambda row, _: row.fact.search.where if row.fact.search else "", "没有登记检索"),
        Column("search_address", "editorial", "text", "找到的公开网址", lambda row, _: row.fact.search.address if row.fact.search else "", "没有登记检索，或没有找到"),
    )),
    Table("relations", "措施之间的关联", "两条措施的一个关联", _facts("relations"), (
        Column("id", "computed", "text", "编号，写定后不变", lambda row, _: row.id),
        Column("from_id", "computed", "text", "措施编号", lambda row, _: row.measure_id),
        Column("to_id", "editorial", "text", "另一条措施的编号", lambda row, _: row.fact.to),
        Column("relation", "editorial", "text", "similar 文字相近，implements 原文写明是落实另一条", lambda row, _: row.fact.relation),
        Column("evidence", "official", "list", "依据：两条正文里都有的词句", lambda row, _: join(row.fact.evidence)),
        Column("layer", "computed", "text", "关联由谁得出：editorial 编辑整理", lambda row, _: "editorial"),
    )),
    Table("progress", "进展", "一条有出处的进展", _facts("progress"), (
        *_FACT[:1], *_FACT[2:],
        Column("date", "editorial", "date", "公开的日期", lambda row, _: row.fact.date),
        Column("status", "editorial", "text", "进展", lambda row, _: row.fact.status),
        Column("summary", "editorial", "text", "做了什么", lambda row, _: row.fact.summary),
        Column("evidence_url", "editorial", "text", "公开出处的网址", lambda row, _: row.fact.evidence_url),
        Column("evidence_title", "editorial", "text", "公开出处的标题", lambda row, _: row.fact.evidence_title),
    )),
    Table("anomalies", "原文疑点", "原文的一处疑点，照录并说明", _facts("anomalies"), (
        *_FACT,
        Column("quote", "official", "text", "原文词句", lambda row, _: row.fact.quote),
        Column("explanation", "editorial", "text", "说明", lambda row, _: row.fact.explanation),
    )),
    Table("unknowns", "空缺项及原因", "一个空缺项，和空缺的原因", _unknowns, (
        Column("policy_id", "computed", "text", "政策文件编号", lambda row, _: row.policy_id, "属于部门"),
        Column("measure_id", "computed", "text", "措施编号", lambda row, _: row.measure_id, "属于整份文件，或属于部门"),
        Column("department_id", "computed", "text", "部门编号", lambda row, _: row.department_id, "属于文件或措施"),
        Column("field", "computed", "text", "空着的列；lead 是牵头部门", lambda row, _: row.field),
        Column("state", "editorial", "text", "未载明：原文没有说；未规定：文件没有作出规定；不适用：这一项不可能有", lambda row, _: row.unknown.state),
        Column("reason", "editorial", "text", "原因", lambda row, _: row.unknown.reason),
    ), ("policy_id", "measure_id", "department_id", "field")),
)
# fmt: on
