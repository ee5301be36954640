"""Every page that is generated: where it is staged, what it is called, and the facts that its template lays out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scripts.ledger import Ledger
from scripts.made import Made
from scripts.pages import api, guide, linked, quality
from scripts.pages.practices import assess

FORMATS = ("CSV", "JSON", "Parquet")  # of every table; the last is missing where nothing writes it
WHOLE = (
    ("ledger.xlsx", "Excel、WPS"),
    ("ledger.sqlite", "SQL：表之间的关系、索引和常用查询都在里面"),
    ("ledger.zip", "存档：以上和单条记录、说明文件、校验值，全在一个压缩包里"),
)
DESCRIPTIONS = (
    ("index.json", "清单：版本、行数和每个文件的地址，程序从这里开始"),
    ("datapackage.json", "Data Package 第 2 版"),
    ("csv-metadata.json", "CSV on the Web"),
    ("dcat.jsonld", "DCAT 3，供数据目录收录"),
    ("openapi.json", "OpenAPI 3.1，接口说明"),
    ("schemas/tables.schema.json", "JSON Schema，各张表的形状"),
    ("CITATION.cff", "引用格式"),
    ("SHA256SUMS", "校验值"),
)
DESCRIBED = 120  # characters of a description


@dataclass(frozen=True)
class Page:
    """One page to be: where it is staged, what its front matter says, and the facts its template lays out."""

    path: str
    template: str
    title: str
    description: str
    source: str  # the file that an editor would change
    facts: Mapping[str, object] = field(default_factory=dict)
    linked: Mapping[str, object] | None = None  # what machines read of it, as JSON-LD


def plan(ledger: Ledger, downloads: Sequence[Made]) -> Iterator[Page]:
    """In the order in which they are made. What the pages say of the downloads comes from `downloads`."""
    site = ledger.site
    yield Page("index.md", "home", site.name, site.description or site.name, "data/site.yml")
    yield Page(
        "policies/index.md", "policies", "政策文件", f"收录的 {len(ledger.policies)} 份政策文件。", "data/policies/"
    )
    for policy in ledger.policies:
        measures = ledger.measures_of(policy)
        description = f"《{policy.title}》全文，{len(measures)} 条{policy.measure_term}，逐条注明责任部门和时限。"
        yield Page(
            f"policies/{policy.id}/index.md",
            "policy",
            policy.title,
            description,
            policy.source,
            {"policy": policy},
            linked.legislation(policy, ledger),
        )
        yield Page(
            f"policies/{policy.id}/source.md",
            "source",
            f"原文：{policy.title}",
            f"《{policy.title}》存档原文，逐字标明每一部分的位置。",
            f"data/policies/{policy.id}/source.txt",
            {"policy": policy},
        )
        for before, measure, after in zip((None, *measures), measures, (*measures[1:], None), strict=False):
            yield Page(
                f"policies/{measure.id}.md",
                "measure",
                f"{measure.title}（{policy.short_title}{measure.number}）",
                measure.text[:DESCRIBED],
                measure.source,
                {"measure": measure, "before": before, "after": after},
                linked.duty(measure, ledger),
            )
    yield Page(
        "measures/index.md",
        "measures",
        "全部措施",
        f"全部 {len(ledger.measures)} 条措施和任务，可按词查找。",
        "data/policies/",
    )
    yield Page("search/index.md", "search", "查找", "在全部措施、部门和文件里查找。", "")
    yield Page(
        "departments/index.md",
        "departments",
        "责任部门",
        f"{len(ledger.departments)} 个责任部门，各自承担的措施。",
        "data/departments/",
    )
    for department in ledger.departments:
        duties = len(ledger.duties_of(department))
        yield Page(
            f"departments/{department.id}.md",
            "department",
            department.name,
            f"{department.name}承担的 {duties} 条措施和任务，以及与哪些部门共同承担。",
            department.source,
            {"department": department},
        )
    for kind, terms, label in (("themes", ledger.themes, "主题"), ("audiences", ledger.audiences, "适用对象")):
        for term in terms:
            yield Page(
                f"{kind}/{term.id}.md",
                "term",
                f"{label}：{term.name}",
                f"{label}“{term.name}”的措施和任务。{term.description}",
                f"data/{kind}.yml",
                {"term": term, "kind": kind, "label": label},
            )
    yield Page("deadlines/index.md", "deadlines", "完成时限", "按月份排列的全部时限。", "data/policies/")
    yield Page("targets/index.md", "targets", "量化目标", "文件里承诺的全部数字，附原文词句。", "data/policies/")
    yield Page("glossary/index.md", "glossary", "名词", "文件自己作了解释的名词，照录原文。", "data/glossary.yml")
    yield Page("matrix/index.md", "matrix", "责任矩阵", "部门和措施对照，每份文件一张。", "data/policies/")
    yield Page("network/index.md", "network", "共同承担", "哪些部门共同承担，共多少条。", "data/policies/")
    yield Page(
        "relations/index.md",
        "relations",
        "措施关联",
        "文字相近的措施，标明共有的词句。",
        "data/policies/",
    )
    yield Page(
        "instruments/index.md",
        "instruments",
        "提到的文件",
        "作为依据、要求出台和提到的文件，及其检索结果。",
        "data/policies/",
    )
    yield Page("changes/index.md", "changes", "修改记录", "数据每次改了什么，为什么改。", "")
    yield Page("changes/corrections.md", "corrections", "更正记录", "公布以后改正或撤下的内容，附日期和原因。", "")
    yield Page(
        "quality.md",
        "quality",
        "数据质量",
        "数据里缺什么，为什么缺，可以怎样补。",
        "",
        {"quality": quality.assess(ledger), "SHOWN": quality.SHOWN, "STATES": quality.STATES},
    )
    for snapshot in ledger.snapshots:
        yield Page(
            f"{snapshot.address}index.md",
            "snapshot",
            f"固定版本 {snapshot.on}",
            f"{snapshot.on} 的全部数据，不再改动，供引用。",
            "",
            {"snapshot": snapshot},
        )
    for removal in ledger.removed:
        yield Page(
            f"{removal.id}.md",
            "removed",
            f"已移除：{removal.name}",
            f"这条记录已于 {removal.on} 移除：{removal.reason}",
            "data/removed.yml",
            {"removal": removal},
        )
    files = {made.path: made for made in downloads}
    yield Page(
        "data/index.md",
        "data",
        "数据下载",
        "全部数据：XLSX、CSV、JSON、SQLite、Parquet。",
        "data/",
        {"files": files, "formats": [kind for kind in FORMATS if f"data/v1/ledger.{kind.lower()}" in files]},
        linked.dataset(ledger, downloads),
    )
    yield Page(
        "data/query/index.md",
        "query",
        "在浏览器里查询",
        "选几个条件，或者写 SQL，在浏览器里查询全部数据。",
        "scripts/templates/query.md.jinja",
    )
    yield Page(
        "edit/index.md",
        "edit",
        "网页编辑",
        "用表单改一条数据，边填边检查。",
        "scripts/templates/edit.md.jinja",
    )
    yield Page(
        "data/practices.md",
        "practices",
        "最佳实践自评",
        "对照 W3C《网上数据最佳实践》35 条逐条自评。",
        "scripts/pages/practices.py",
        {"practices": assess(ledger)},
    )
    yield Page(
        "data/dictionary.md",
        "dictionary",
        "字段说明",
        "每一列的含义、类型和例子。",
        "scripts/tables/columns.py",
    )
    yield Page(
        "data/api.md",
        "api",
        "接口说明",
        "地址、字段和例子：curl、Python、R、Excel、SQL。",
        "scripts/downloads/openapi.py",
        api.facts(ledger, downloads),
    )
    yield Page(
        "contribute/rules.md",
        "rules",
        "检查规则",
        f"{len(guide.RULES)} 条规则，附错的和对的写法。",
        "scripts/rules/",
        {"groups": guide.rules()},
    )
    yield Page(
        "contribute/fields.md",
        "fields",
        "录入字段说明",
        "每个字段怎么写，附例子。",
        "data/schemas/",
        {"kinds": guide.kinds()},
    )
