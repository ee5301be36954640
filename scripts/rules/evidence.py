"""Rules about what is said to have been done, and about the files kept as evidence of it."""

from scripts.rules.model import Rule

EVIDENCE = "进展和出处"

EVIDENCE_RULES = (
    Rule(
        "evidence-too-large",
        "error",
        EVIDENCE,
        "出处存档太大",
        "存档的文件随网站一起公布和下载，一个超过 5 MB，手机打不开，网站也搬不动。",
        "压缩，或只留有关的几页；网上有的，只写网址 evidence_url。",
    ),
    Rule(
        "unused-evidence",
        "warning",
        EVIDENCE,
        "出处存档没有用到",
        "evidence 文件夹里的文件，没有一条进展写到它，不会公布。",
        "在那一条措施的 progress 里用 evidence_file 写上文件名；不需要的，删掉这个文件。",
    ),
    Rule(
        "found-not-recorded",
        "warning",
        EVIDENCE,
        "检索已找到，进展里没有登记",
        "读者看到“已找到”，却看不到找到了什么。",
        "把找到的进展写进 progress；找到的内容不能说明进展的，结果写“未见公开结果”。",
        "searches:\n  s1:\n    result: 已找到\n    on: '2026-01-31'\n    by: 张三\n    where: 市政府网站\n",
        "searches:\n  s1:\n    result: 未见公开结果\n    on: '2026-01-31'\n    by: 张三\n    where: 市政府网站\n",
    ),
    Rule(
        "future-date",
        "error",
        EVIDENCE,
        "日期还没有到",
        "进展、检索、核对、收到都是已经做过的事，日期不会在今天以后，多半是年份写错了。",
        "核对年份；还没有发生的事不要写。",
        "checked:\n  by: 张三\n  on: '2999-01-31'\n",
        "checked:\n  by: 张三\n  on: '2026-01-31'\n",
    ),
    Rule(
        "before-the-document",
        "warning",
        EVIDENCE,
        "进展、检索或核对的日期早于文件",
        "文件还没有印发，就不会有按它办的事，多半是年份写错了。",
        "核对日期；日期没有错的，不用管。",
        "progress:\n  p1:\n    date: '2023-03-01'\n    status: 已完成\n    summary: 建成。\n    evidence_url: https://news.example/1.html\n    evidence_title: 答复\n",
        "progress:\n  p1:\n    date: '2025-03-01'\n    status: 已完成\n    summary: 建成。\n    evidence_url: https://news.example/1.html\n    evidence_title: 答复\n",
    ),
)
