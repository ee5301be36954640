"""A self-assessment by the 35 practices of “Data on the Web Best Practices” (W3C Recommendation, 31 January 2017).

tests/test_practices.py has one test for each practice that is claimed here.
"""

from dataclasses import dataclass, replace

from scripts.ledger import Ledger


@dataclass(frozen=True)
class Practice:
    number: int
    title: str
    is_met: bool
    how: str
    shown_at: str = ""  # address within the site
    needs: str = ""  # what this ledger must have for it: history, snapshots


def assess(ledger: Ledger) -> tuple[Practice, ...]:
    """All practices as this ledger meets them."""
    has = {"": True, "history": bool(ledger.history.releases), "snapshots": bool(ledger.snapshots)}
    return tuple(replace(practice, is_met=practice.is_met and has[practice.needs]) for practice in PRACTICES)


# fmt: off
PRACTICES = (
    Practice(1, "提供元数据", True, "人看的说明在数据下载页和字段说明页，程序读的说明在 datapackage.json 等文件里。", "data/"),
    Practice(2, "提供描述性元数据", True, "名称、说明、关键词、涵盖的时间和地区、修改日期，写在网页的 schema.org 标记和 datapackage.json 里。", "data/v1/datapackage.json"),
    Practice(3, "提供结构性元数据", True, "每张表每一列的含义、类型、所属的层、空着表示什么，人和程序都能读。", "data/dictionary/"),
    Practice(4, "提供许可信息", True, "每个文件各自写明许可，官方原文和编辑整理的内容分开。", "data/v1/datapackage.json"),
    Practice(5, "提供来源信息", True, "每份文件存档原文并登记 SHA-256，每条措施记着它在原文里的位置。", "policies/"),
    Practice(6, "提供质量信息", True, "原文覆盖率、空缺项和原因、原文疑点，都逐条公布；对照原文核对过的，写明由谁、何时核对；都汇总在数据质量页。", "quality/"),
    Practice(7, "提供版本标识", True, "数据有版本号和修改日期，写在清单和说明文件里。", "data/v1/index.json", "history"),
    Practice(8, "提供版本历史", True, "每次改了什么、改前改后、日期，以及修改的人写明的原因，都在修改记录里，也可以下载。", "changes/", "history"),
    Practice(9, "用持久网址标识数据集", True, "下载文件的地址不变；表的布局有不兼容的改动时另开 v2，v1 照常保留。", "data/changelog/"),
    Practice(10, "用持久网址标识数据里的事物", True, "每份文件、每条措施、每个部门有固定编号和网址，编号写定后不改。", "measures/"),
    Practice(11, "给各个版本各自的网址", True, "固定版本各有网址，存下来以后不再改动。", "data/", "snapshots"),
    Practice(12, "用机器可读的标准格式", True, "CSV、JSON、XLSX、SQLite、Parquet。", "data/"),
    Practice(13, "不依赖地区习惯的写法", True, "日期写成 2022-12-31，年月写成 2022-12，文字用 UTF-8，数字不带千位分隔符。", "data/dictionary/"),
    Practice(14, "提供多种格式", True, "每张表有 CSV、JSON 和 Parquet，整份数据有 XLSX 和 SQLite。", "data/"),
    Practice(15, "沿用标准词汇", True, "Data Package、CSV on the Web、schema.org、Atom、iCalendar；设了网址的网站另有 DCAT。", "data/"),
    Practice(16, "形式化程度适当", True, "先给平的总表，再给分开的表和键；不要求先学本体。", "data/dictionary/"),
    Practice(17, "提供整体下载", True, "整份数据一个压缩包，另有一个 XLSX 和一个 SQLite 文件。", "data/v1/ledger.zip"),
    Practice(18, "大的数据集提供子集", True, "按表、按文件、按措施、按部门都能单独下载；查询的结果也能存成 CSV。", "departments/"),
    Practice(19, "用内容协商提供多种格式", False, "这是静态网站，服务器不做内容协商；各种格式各有固定的网址。"),
    Practice(20, "提供实时访问", False, "政策文件不是实时产生的数据；改动合并后随网站一起发布。"),
    Practice(21, "提供最新的数据", True, "网页和下载文件每次由同一份数据一起生成，不会一新一旧；有修改日期和订阅。", "changes/", "history"),
    Practice(22, "说明没有的数据", True, "空着的内容逐项说明属于未载明、未规定还是不适用，以及原因；移除的记录留下说明。", "data/v1/unknowns.csv"),
    Practice(23, "提供接口（API）", True, "静态接口：清单、每张表、每份文件、每条措施、每个部门都有 JSON。", "data/api/"),
    Practice(24, "接口以网络标准为基础", True, "HTTP、JSON、JSON Schema、OpenAPI，允许跨站读取。", "data/v1/openapi.json"),
    Practice(25, "接口有完整的文档", True, "接口说明有每个地址、每个字段和能直接运行的例子。", "data/api/"),
    Practice(26, "接口不做破坏性改动", True, "v1 里的列和字段只增不减；列有没有少，测试程序逐次核对。", "data/changelog/"),
    Practice(27, "保留标识", True, "移除的记录在原来的网址留下说明，不会变成打不开。", "changes/"),
    Practice(28, "评估数据的涵盖范围", True, "每份文件的原文有多少字在数据里，逐字核对后公布。", "policies/"),
    Practice(29, "收集使用者的反馈", True, "每一页都有报告错误的入口。", "contribute/"),
    Practice(30, "公开反馈", False, "反馈在办站的人选用的平台或信箱里，网站本身不公布；据此作的更正全部公布。", "changes/corrections/"),
    Practice(31, "加工出新的数据", True, "从原文里整理出部门、时限、量化目标、提到的文件和措施之间的关联。", "targets/"),
    Practice(32, "提供其他呈现方式", True, "时间轴、责任矩阵、共同承担的网络、可筛选的表和图。", "deadlines/"),
    Practice(33, "向原发布者反馈", False, "原文的疑点在这里公布；是否转告发文机关，由办站的人决定。", "data/v1/anomalies.csv"),
    Practice(34, "遵守原数据的许可", True, "官方文件不适用著作权法，原文照录，不加限制。", "data/"),
    Practice(35, "注明原始出处", True, "每条措施都注明出自哪份文件第几条，附引用格式。", "policies/"),
)
# fmt: on
