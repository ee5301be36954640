"""The fields that say what people did with a record: compared it, looked for what became of it, and what they found."""

from scripts.api.model import DATE, ROW, SHA256, TEXT, Field, Many, Maybe, listed

_ROWS = ("additionalProperties", "properties")
STATUS = listed("measure", "properties", "progress", *_ROWS, "status")
RESULT = listed("measure", "properties", "searches", *_ROWS, "result")

# fmt: off
ENTRY = Field("id", "行的编号", "在这条记录里不重复，写定后不变", ROW)
CHECKED = Field("checked", "核对", "谁在哪天对照原文看过；没有登记时为 null", Maybe((
    Field("by", "核对人", "由谁核对", TEXT),
    Field("on", "核对日期", "哪一天核对", DATE),
)))
PROGRESS = Field("progress", "进展", "有日期、有公开出处的进展", Many((
    ENTRY,
    Field("date", "日期", "公开的日期", DATE),
    Field("status", "进展", "到了哪一步", STATUS),
    Field("summary", "做了什么", "一句话", TEXT),
    Field("evidence_url", "出处网址", "公开出处的网址；出处只有存档的文件时为空字符串", TEXT),
    Field("evidence_title", "出处标题", "公开出处的标题", TEXT),
    Field("evidence_file", "出处存档", "存档文件的地址，站点没有设网址时为站内地址；没有存档时为 null", Maybe(TEXT)),
    Field("evidence_sha256", "出处存档的校验值", "存档文件的 SHA-256；没有存档时为 null", Maybe(SHA256)),
)))
SEARCHES = Field("searches", "检索记录", "找过进展的记录；没有找过时是空的列表", Many((
    ENTRY,
    Field("result", "结果", "找到没有", RESULT),
    Field("on", "检索日期", "哪一天检索", DATE),
    Field("by", "检索人", "由谁检索", TEXT),
    Field("where", "在哪里检索", "检索的地方", TEXT),
    Field("address", "网址", "检索的页面或找到的内容的网址；没有登记时为空字符串", TEXT),
)))
# fmt: on
