"""Every field of every JSON that holds one record, of what stands in the place of a removed one, and of the manifest."""

from dataclasses import dataclass

from scripts.api.evidence import CHECKED, ENTRY, PROGRESS, SEARCHES
from scripts.api.model import (
    COUNT,
    DATE,
    FLAG,
    HREF,
    ID,
    MEASURE_ID,
    PERIOD,
    RECORD,
    SHA256,
    TEXT,
    VERSION,
    Field,
    Many,
    Maybe,
    Shape,
    listed,
    one_of,
)
from scripts.schemas import schemas


@dataclass(frozen=True)
class Record:
    """A kind of JSON file; `kind` is the name of its schema."""

    kind: str
    title: str
    description: str
    fields: tuple[Field, ...]


KIND = listed("department", "properties", "kind")
STATUS = listed("policy", "properties", "status")
RELATION = listed("measure", "properties", "relations", "additionalProperties", "properties", "relation")
STATE = listed("common", "$defs", "unknown", "properties", "state")
_INSTRUMENT = ("$defs", "instruments", "additionalProperties", "properties")
CITED = listed("common", *_INSTRUMENT, "relation")
FOUND = listed("common", *_INSTRUMENT, "search", "properties", "result")
PARTS = one_of(
    *(name for name in schemas()["policy"]["properties"]["parts"]["items"]["properties"] if name != "measure"),
    *("number", "text", "clause", "deadline"),
)

# fmt: off
_URL = Field("url", "网页地址", "站点没有设网址时为站内地址", TEXT)
_JSON = Field("href", "JSON 文件的位置", "相对于这个文件", HREF)
_UNKNOWNS = Field("unknowns", "空缺项", "没有内容的项，逐项说明属于哪一种和原因", Many((
    Field("field", "字段", "空着的是哪一项；lead 是牵头部门", TEXT),
    Field("state", "属于哪一种", "未载明：原文没有说；未规定：文件没有作出规定；不适用：这一项不可能有", STATE),
    Field("reason", "原因", "为什么空着", TEXT),
)))
_NOTE = Field("note", "说明", "编辑写的说明；没有时为 null", Maybe(TEXT))
_ANOMALIES = Field("anomalies", "原文疑点", "原文里看起来不寻常的地方，照录并说明", Many((
    ENTRY,
    Field("quote", "原文词句", "照录原文", TEXT),
    Field("explanation", "说明", "哪里不寻常", TEXT),
)))
_INSTRUMENTS = Field("instruments", "提到的文件", "引用或要求出台的文件", Many((
    ENTRY,
    Field("title", "文件名称", "原文写法，不带书名号", TEXT),
    Field("number", "发文字号", "原文写法；原文没有写时为空字符串", TEXT),
    Field("relation", "关系", "basis 依据，promised 要求出台，cited 提到", CITED),
    Field("search", "检索", "有没有找过这份文件；没有登记时为 null", Maybe((
        Field("result", "结果", "找到没有", FOUND),
        Field("on", "检索日期", "哪一天检索", DATE),
        Field("by", "检索人", "由谁检索", TEXT),
        Field("where", "在哪里检索", "检索的地方", TEXT),
        Field("address", "公开网址", "找到的网址；没有找到时为空字符串", TEXT),
    ))),
)))
_IDENTIFIERS = Field("identifiers", "外部编号", "别处给的编号", Many((
    Field("scheme", "编号种类", "如索引号、统一社会信用代码", TEXT),
    Field("value", "编号", "编号本身", TEXT),
)))
_JURISDICTION = Field("jurisdiction", "辖区", "这是哪一级、哪一地的", (
    Field("id", "编号", "辖区编号", ID),
    Field("name", "名称", "辖区全称", TEXT),
))
_TERM = (
    Field("id", "编号", "写定后不变", ID),
    Field("name", "名称", "显示的名称", TEXT),
)
_BRIEF = (
    Field("id", "编号", "措施编号", MEASURE_ID),
    Field("number", "序号", "原文写法", TEXT),
    Field("title", "标题", "原文小标题，没有的由编辑拟写", TEXT),
    Field("deadline", "完成时限", "整条的时限，写成 YYYY、YYYY-Qn、YYYY-MM 或 YYYY-MM-DD；没有时为 null", Maybe(PERIOD)),
    _URL,
    _JSON,
)
_DEPARTMENT = (
    Field("id", "编号", "部门编号", ID),
    Field("name", "名称", "统一写法", TEXT),
    _URL,
    _JSON,
)
_START = Field("source_start", "起点", "在存档原文里的位置，从 0 数的字符", COUNT)
_END = Field("source_end", "终点", "不含这个字符", COUNT)
_SOURCE = Field("source_sha256", "存档原文的校验值", "存档原文文件的 SHA-256", SHA256)


def _links(*more: Field, schema: str) -> Field:
    """The ways from a record to its neighbours; `schema` names the schema that describes it."""
    return Field("links", "链接", "都是相对于这个文件的地址，放在任何网址、任何文件夹下都能用", (
        Field("self", "本文件", "这个文件自己", HREF),
        Field("html", "网页", "给人看的页面", HREF),
        *more,
        Field("schema", "格式说明", f"描述这个文件的 {schema}.schema.json", HREF),
        Field("manifest", "清单", "接口的入口 index.json", HREF),
    ))


POLICY = (
    Field("id", "编号", "写定后不变，等于文件名", ID),
    _URL,
    Field("official", "原文", "照录官方文件", (
        Field("title", "标题", "原文写法", TEXT),
        Field("issuer", "发文机关", "原文没有写时为 null", Maybe(TEXT)),
        Field("document_number", "发文字号", "原文没有写时为 null", Maybe(TEXT)),
        Field("issued", "成文日期", "原文写法；没有写时为 null", Maybe(TEXT)),
        Field("effective", "施行日期", "原文写法；没有写时为 null", Maybe(TEXT)),
        Field("valid_until", "有效期", "原文写法；没有写时为 null", Maybe(TEXT)),
        Field("lead_rule", "牵头的标示方法", "原文说明怎样标示牵头部门的话；没有写时为 null", Maybe(TEXT)),
        Field("parts", "全文各部分", "按原文顺序，连起来就是整份文件", Many((
            Field("kind", "是什么", "标题、主送、章节标题等；一条措施分为 number 序号、text 正文、clause 责任条款、deadline 时限", PARTS),
            Field("text", "文字", "照录原文，折行处已接起来", TEXT),
            Field("measure_id", "措施编号", "属于哪一条措施；不属于措施的为 null", Maybe(MEASURE_ID)),
            _START,
            _END,
        ))),
    )),
    Field("editorial", "编辑整理", "由人整理，不是原文", (
        Field("short_title", "短标题", "编辑拟写", TEXT),
        Field("status", "效力状态", "有依据才写；没有时为 null", Maybe(STATUS)),
        _JURISDICTION,
        Field("measure_term", "一条怎样称呼", "文件里的一条叫措施还是任务", TEXT),
        Field("deadline_year", "时限所指的年份", "时限只写月份的，说的是哪一年；没有时为 null", Maybe(TEXT)),
        Field("source_address", "原文公开网址", "没有时为 null", Maybe(TEXT)),
        Field("received", "收到日期", "收到存档原文的日期；没有时为 null", Maybe(DATE)),
        _INSTRUMENTS,
        _IDENTIFIERS,
        _ANOMALIES,
        _NOTE,
        CHECKED,
        _UNKNOWNS,
    )),
    Field("computed", "自动计算", "由程序算出", (
        Field("issued", "成文日期", "由原文写法得出；得不出时为 null", Maybe(DATE)),
        Field("effective", "施行日期", "由原文写法得出；得不出时为 null", Maybe(DATE)),
        Field("valid_until", "有效期的最后一天", "由原文写法得出；得不出时为 null", Maybe(DATE)),
        _SOURCE,
        Field("source_url", "存档原文的地址", "站点没有设网址时为站内地址", TEXT),
        Field("measures", "全部措施", "按原文顺序", Many(_BRIEF)),
    )),
    _links(Field("source", "存档原文", "文本文件，UTF-8", HREF), schema="policy-record"),
)

MEASURE = (
    Field("id", "编号", "文件编号加斜线加两位数，写定后不变", MEASURE_ID),
    _URL,
    Field("policy", "政策文件", "出自哪一份文件", (
        Field("id", "编号", "政策文件编号", ID),
        Field("title", "标题", "原文写法", TEXT),
        _URL,
        _JSON,
    )),
    Field("official", "原文", "照录官方文件", (
        Field("number", "序号", "原文写法", TEXT),
        Field("section", "章节", "所在章节的标题；没有时为 null", Maybe(TEXT)),
        Field("heading", "小标题", "正文开头的几个字；没有时为 null", Maybe(TEXT)),
        Field("text", "正文", "不含序号和责任条款，折行处已接起来", TEXT),
        Field("clause", "责任条款", "写明责任部门的话，连同括号；没有时为 null", Maybe(TEXT)),
        Field("shared_clause", "合用的责任条款", "原文写在别处、同时管几条的责任条款；没有时为 null", Maybe(TEXT)),
        Field("deadline", "完成时限", "整条的时限，原文写法，含表里几条合用一格的；没有时为 null", Maybe(TEXT)),
    )),
    Field("editorial", "编辑整理", "由人整理，不是原文", (
        Field("title", "标题", "编辑拟写的标题；用原文小标题的为 null", Maybe(TEXT)),
        Field("responsibilities", "责任部门", "按原文次序；次序不说明谁牵头", Many((
            Field("position", "次序", "从 1 数", {"type": "integer", "minimum": 1}),
            Field("department", "部门", "哪一个部门", _DEPARTMENT),
            Field("name_as_written", "原文写法", "部门名称的原文写法", TEXT),
            Field("label_as_written", "名称前的说法", "如“责任单位”；原文没有写时为 null", Maybe(TEXT)),
            Field("role", "责任", "lead 牵头，support 配合，unmarked 未标明", one_of("lead", "support", "unmarked")),
            Field("role_evidence", "依据", "凭什么知道牵头或配合；未标明时为 null", Maybe(TEXT)),
        ))),
        Field("open_list", "名单没有列全", "责任条款以“等”结尾时为 true", FLAG),
        Field("targets", "量化目标", "正文承诺的数字", Many((
            ENTRY,
            Field("quote", "原文词句", "照录原文", TEXT),
            Field("subject", "指标对象", "原文里的词", TEXT),
            Field("comparator", "限定词", "原文写法；没有时为空字符串", TEXT),
            Field("value", "数值", "原文写法，不换算，所以是文字", TEXT),
            Field("value_max", "区间的上限", "不是区间时为空字符串", TEXT),
            Field("unit", "单位", "原文写法", TEXT),
            Field("scope", "范围或口径", "原文没有写时为空字符串", TEXT),
            Field("by_text", "期限", "原文写法；正文没有写时为空字符串", TEXT),
            Field("by", "期限的含义", "正文没有写，或写的不是日期时为 null", Maybe(PERIOD)),
        ))),
        _INSTRUMENTS,
        Field("themes", "主题", "属于哪些主题", Many(_TERM)),
        Field("audiences", "适用对象", "与谁有关", Many(_TERM)),
        Field("relations", "关联", "与别的措施的关联", Many((
            Field("measure", "另一条措施", "哪一条", _BRIEF),
            Field("relation", "关系", "similar 文字相近，implements 原文写明是落实另一条", RELATION),
            Field("evidence", "依据", "两条正文里都有的词句", Many(TEXT)),
        ))),
        _ANOMALIES,
        PROGRESS,
        SEARCHES,
        _NOTE,
        CHECKED,
        _UNKNOWNS,
    )),
    Field("computed", "自动计算", "由程序算出", (
        Field("deadlines", "时限", "整条的时限和写在正文里的时限", Many((
            Field("id", "编号", "措施编号加行的编号，写定后不变", TEXT),
            Field("scope", "范围", "row 整条的时限（含表里几条合用一格的）；inner 写在正文里的时限", one_of("row", "inner")),
            Field("quote", "原文词句", "照录原文", TEXT),
            Field("period", "含义", "写成 YYYY、YYYY-Qn、YYYY-MM 或 YYYY-MM-DD，不比原文更细；原文的说法不是日期时为 null", Maybe(PERIOD)),
            Field("precision", "精确到", "year 年，quarter 季度，month 月，day 日；不是日期时为 null", Maybe(one_of("year", "quarter", "month", "day"))),
            Field("end", "最后一天", "不是日期时为 null", Maybe(DATE)),
        ))),
        _START,
        _END,
        _SOURCE,
    )),
    _links(
        Field("policy", "政策文件", "所属文件的 JSON", HREF),
        Field("previous", "上一条", "同一份文件里的上一条；第一条为 null", Maybe(HREF)),
        Field("next", "下一条", "同一份文件里的下一条；最后一条为 null", Maybe(HREF)),
        Field("source", "存档原文", "文本文件，UTF-8", HREF),
        schema="measure-record",
    ),
)

DEPARTMENT = (
    Field("id", "编号", "写定后不变，等于文件名", ID),
    _URL,
    Field("official", "原文", "照录官方文件", (
        Field("names", "名称", "原文里的各种写法，第一个是统一写法", Many(TEXT)),
    )),
    Field("editorial", "编辑整理", "由人整理，不是原文", (
        Field("name", "名称", "统一写法", TEXT),
        Field("aliases", "简称和俗称", "只供查找", Many(TEXT)),
        Field("counterparts", "对应部门", "上一级或下一级的对应部门", Many(_DEPARTMENT)),
        Field("kind", "类别", "没有时为 null", Maybe(KIND)),
        _JURISDICTION,
        Field("level", "层级", "没有时为 null", Maybe(TEXT)),
        Field("collective", "集合主体", "“各区县人民政府”这样不止一家的为 true", FLAG),
        _IDENTIFIERS,
        _NOTE,
        CHECKED,
        _UNKNOWNS,
    )),
    Field("computed", "自动计算", "由程序算出", (
        Field("duties", "承担的措施", "按文件和原文顺序", Many(_BRIEF)),
        Field("shared_with", "共同承担", "与哪些部门共同承担措施，多的在前", Many((
            *_DEPARTMENT,
            Field("count", "条数", "共同承担多少条", {"type": "integer", "minimum": 1}),
        ))),
    )),
    _links(
        Field("csv", "CSV", "承担的措施，列与总表相同", HREF),
        Field("docx", "Word", "承担措施清单，供打印", HREF),
        schema="department-record",
    ),
)

REMOVED = (
    Field("id", "编号", "移除前的编号", {"type": "string", "pattern": f"({ID['pattern']})|({MEASURE_ID['pattern']})"}),
    Field("removed", "移除", "什么时候、为什么移除", (
        Field("on", "移除日期", "哪一天移除", DATE),
        Field("reason", "原因", "为什么移除", TEXT),
        Field("replaced_by", "由哪一条替代", "现在看哪一条记录，写成站内地址；没有时为 null", Maybe(RECORD)),
    )),
    _links(
        Field("replaced_by", "替代的记录", "替代它的记录的 JSON；没有时为 null", Maybe(HREF)),
        schema="removed-record",
    ),
)

_FILE = (
    Field("href", "位置", "相对于清单", HREF),
    Field("bytes", "大小", "字节", COUNT),
    Field("sha256", "校验值", "文件的 SHA-256", SHA256),
)


def _entry(what: str, *more: Field) -> Shape:
    return Many((
        Field("id", "编号", f"{what}编号", ID),
        Field("title", "标题", "标题或名称", TEXT),
        *more,
        Field("href", "JSON 文件的位置", "相对于清单", HREF),
    ))


def _template(what: str) -> Field:
    return Field(what, "位置的写法", "把花括号里的名字换成编号（RFC 6570）", TEXT)


INDEX = (
    Field("title", "站点名称", "数据的名称", TEXT),
    Field("home", "网站", "网站的网址；没有设时为 null", Maybe(TEXT)),
    Field("api", "接口版本", "地址里的 v1", one_of("v1")),
    Field("version", "数据版本", "每次修改数据都会变；没有完整修改历史时为 null", Maybe(VERSION)),
    Field("modified", "修改日期", "数据最后一次修改的日期（北京时间）；没有完整修改历史时为 null", Maybe(DATE)),
    Field("licence", "许可", "怎样可以使用", (
        Field("compiled", "编辑整理的内容", "许可的通用名称", TEXT),
        Field("official", "官方文件原文", "法律上的说明", TEXT),
    )),
    Field("counts", "数目", "各有多少条记录", (
        Field("policies", "政策文件", "份数", COUNT),
        Field("measures", "措施", "条数", COUNT),
        Field("departments", "责任部门", "个数", COUNT),
        Field("removed", "移除的记录", "条数", COUNT),
    )),
    Field("tables", "各张表", "每张表的行数、列和文件", Many((
        Field("name", "表名", "也是文件名", TEXT),
        Field("title", "标题", "表的中文名称", TEXT),
        Field("row", "一行是什么", "一行说的是什么", TEXT),
        Field("rows", "行数", "不含首行列名", COUNT),
        Field("columns", "列", "按顺序", Many(TEXT)),
        Field("files", "文件", "各种格式；Parquet 只在发布时生成，可能没有", (
            Field("csv", "CSV", "UTF-8，不带 BOM", _FILE),
            Field("json", "JSON", "一行一个对象的列表", _FILE),
            Field("parquet", "Parquet", "列式存储，Zstandard 压缩；没有生成时为 null", Maybe(_FILE)),
        )),
    ))),
    Field("whole", "合成一个文件", "全部的表", (
        Field("xlsx", "XLSX", "每张表一个工作表，所有单元格都是文字", _FILE),
        Field("sqlite", "SQLite", "带主键、外键和常用视图的数据库", _FILE),
    )),
    Field("records", "记录", "从政策文件和部门出发；各条措施列在所属文件的 computed.measures 里", (
        Field("policies", "政策文件", "全部文件", _entry("政策文件", Field("measures", "条数", "有多少条措施", COUNT))),
        Field("departments", "责任部门", "全部部门", _entry("部门", Field("measures", "条数", "承担多少条措施", COUNT))),
    )),
    Field("templates", "记录的位置", "知道编号，就知道 JSON 在哪里", (
        _template("policies"), _template("measures"), _template("departments"), _template("sources"),
    )),
    Field("descriptions", "说明文件", "描述数据的文件", (
        Field("datapackage", "Data Package", "各张表的列、主键、大小和校验值", HREF),
        Field("csvw", "CSV on the Web", "W3C 的 CSV 说明", HREF),
        Field("dcat", "DCAT", "数据目录；站点没有设网址时为 null", Maybe(HREF)),
        Field("citation", "CITATION.cff", "怎样引用", HREF),
        Field("checksums", "SHA256SUMS", "每个文件的校验值，可用 sha256sum -c 核对", HREF),
        Field("openapi", "OpenAPI", "接口说明，供程序读取", HREF),
        Field("schemas", "格式说明", "全部 JSON Schema", Many(HREF)),
        Field("record_schemas", "记录的格式说明", "哪一种记录用哪一个 JSON Schema", (
            Field("policies", "政策文件", "单份文件的 JSON", HREF),
            Field("measures", "措施", "单条措施的 JSON", HREF),
            Field("departments", "责任部门", "单个部门的 JSON", HREF),
            Field("removed", "移除的记录", "移除后留在原处的 JSON", HREF),
            Field("tables", "各张表", "表的 JSON，在 $defs 里按表名分开", HREF),
        )),
    )),
    Field("links", "链接", "都是相对于清单的地址", (
        Field("self", "本文件", "清单自己", HREF),
        Field("html", "网页", "数据下载页", HREF),
        Field("documentation", "接口说明", "给人看的接口说明", HREF),
        Field("dictionary", "字段说明", "每一列的含义", HREF),
        Field("changelog", "接口变更", "接口的变更和承诺", HREF),
        Field("schema", "格式说明", "描述清单的 index.schema.json", HREF),
    )),
)

RECORDS = (
    Record("index", "清单", "接口的入口：版本、日期、数目，各张表和各条记录在哪里。", INDEX),
    Record("policy-record", "一份政策文件", "全文、编辑整理的内容和全部措施的位置。", POLICY),
    Record("measure-record", "一条措施", "原文、责任部门、时限、目标和关联，三层分开。", MEASURE),
    Record("department-record", "一个责任部门", "名称、类别和承担的措施。", DEPARTMENT),
    Record("removed-record", "移除的记录", "记录移除后，原来的位置留下的说明。", REMOVED),
)
# fmt: on
