"""Every address under /data/v1/, what stands there, and a true example of each."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from scripts.ledger import Ledger
from scripts.tables import TABLES

JSON, CSV = "application/json", "text/csv"
JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
GROUPS = {
    "entry": "入口",
    "tables": "各张表",
    "whole": "全部数据",
    "records": "单条记录",
    "sources": "存档原文",
    "descriptions": "说明文件",
}


@dataclass(frozen=True)
class Endpoint:
    """What stands at one address, or at all addresses of one form. `schemas` are addresses of the schemas of which exactly
    one describes a file there; `standard` is that of a standard that others keep."""

    path: str
    group: str  # a key of GROUPS
    title: str
    media: str
    schemas: tuple[str, ...] = ()
    standard: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(re.findall(r"\{(\w+)\}", self.path))


@dataclass(frozen=True)
class Parameter:
    """A part of an address in braces: what it is, the values it may have (all of them, or their form), and one of them."""

    title: str
    shape: Mapping[str, object]
    example: Callable[[Ledger], str]


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64}
PARAMETERS = {
    "table": Parameter(
        "表名：" + "，".join(f"{table.name} {table.title}" for table in TABLES),
        {"type": "string", "enum": [table.name for table in TABLES]},
        lambda ledger: TABLES[0].name,
    ),
    "policy": Parameter("政策文件编号", ID, lambda ledger: _first(measure.policy.id for measure in ledger.measures)),
    "nn": Parameter(
        "措施编号斜线后面的数字",
        {"type": "string", "pattern": "^[0-9]{2,}$"},
        lambda ledger: _first(measure.nn for measure in ledger.measures),
    ),
    "department": Parameter("部门编号", ID, lambda ledger: _first(body.id for body in ledger.departments)),
    "kind": Parameter(
        "记录或文件的种类",
        {"type": "string", "pattern": "^[a-z]+(-record)?$"},
        lambda ledger: "measure-record",
    ),
}

# fmt: off
ENDPOINTS = (
    Endpoint("/index.json", "entry", "清单：版本、日期、数目，各张表和各条记录在哪里", JSON, ("schemas/index.schema.json",)),
    Endpoint("/openapi.json", "entry", "接口说明，供程序读取（OpenAPI 3.1）", JSON, standard="https://spec.openapis.org/oas/v3.1.1.html"),
    Endpoint("/{table}.json", "tables", "一张表，一行一个对象，空着的是 null", JSON, ("schemas/tables.schema.json#/$defs/{table}",)),
    Endpoint("/{table}.csv", "tables", "一张表，UTF-8，不带 BOM，首行是列名", CSV),
    Endpoint("/{table}.parquet", "tables", "一张表，列式存储", "application/vnd.apache.parquet"),
    Endpoint("/ledger.xlsx", "whole", "全部的表，每张一个工作表，所有单元格都是文字", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Endpoint("/ledger.sqlite", "whole", "全部的表，带主键、外键和常用视图", "application/vnd.sqlite3"),
    Endpoint("/ledger.zip", "whole", "这里的全部文件", "application/zip"),
    Endpoint("/policies/{policy}.json", "records", "一份政策文件：全文和全部措施的位置", JSON, ("schemas/policy-record.schema.json", "schemas/removed-record.schema.json")),
    Endpoint("/measures/{policy}/{nn}.json", "records", "一条措施：原文、责任部门、时限、目标、关联", JSON, ("schemas/measure-record.schema.json", "schemas/removed-record.schema.json")),
    Endpoint("/departments/{department}.json", "records", "一个责任部门：名称和承担的措施", JSON, ("schemas/department-record.schema.json", "schemas/removed-record.schema.json")),
    Endpoint("/departments/{department}.csv", "records", "一个责任部门承担的措施，列与总表相同", CSV),
    Endpoint("/departments/{department}.docx", "records", "一个责任部门承担措施清单，供打印", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    Endpoint("/sources/{policy}.txt", "sources", "一份政策文件的存档原文，一字不改", "text/plain"),
    Endpoint("/schemas/{kind}.schema.json", "descriptions", "一种 JSON 或数据文件的格式说明（JSON Schema 2020-12）", JSON, standard=JSON_SCHEMA),
    Endpoint("/datapackage.json", "descriptions", "各张表的列、主键、大小和校验值（Data Package 2）", JSON, standard="https://datapackage.org/profiles/2.0/datapackage.json"),
    Endpoint("/csv-metadata.json", "descriptions", "各张 CSV 的列和类型（CSV on the Web）", "application/csvm+json", standard="https://www.w3.org/TR/tabular-metadata/"),
    Endpoint("/dcat.jsonld", "descriptions", "数据目录（DCAT 3）", "application/ld+json", standard="https://www.w3.org/TR/vocab-dcat-3/"),
    Endpoint("/CITATION.cff", "descriptions", "怎样引用这份数据", "application/yaml"),
    Endpoint("/README.txt", "descriptions", "说明：出处、版本、许可和每一列的含义，供脱离网站时查看", "text/plain"),
    Endpoint("/SHA256SUMS", "descriptions", "每个文件的校验值，用 sha256sum -c 核对", "text/plain"),
)
# fmt: on


def example(endpoint: Endpoint, ledger: Ledger) -> str:
    """The path of a file of this kind below the folder of the data: policies/city-tasks.json."""
    values = {name: PARAMETERS[name].example(ledger) for name in endpoint.parameters}
    return endpoint.path.removeprefix("/").format(**values)


def published(ledger: Ledger, paths: Iterable[str]) -> Iterator[Endpoint]:
    """The endpoints that stand in this edition of the data: what takes a program or an address that is missing does not."""
    known = set(paths)
    return (endpoint for endpoint in ENDPOINTS if example(endpoint, ledger) in known)
