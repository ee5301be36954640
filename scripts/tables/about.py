"""What the data is and on what terms, in the words of catalogues."""

from dataclasses import dataclass

from scripts.ledger import Ledger


@dataclass(frozen=True)
class Licence:
    name: str  # as the Open Definition's list and SPDX have it
    title: str
    path: str


COMPILED = Licence("CC-BY-4.0", "知识共享 署名 4.0 国际", "https://creativecommons.org/licenses/by/4.0/")
# 《中华人民共和国著作权法》第五条: laws, decisions and other documents of state organs are not protected.
OFFICIAL = Licence(
    "other-pd",
    "官方文件，不适用著作权法（《中华人民共和国著作权法》第五条）",
    "https://creativecommons.org/publicdomain/mark/1.0/",
)

ABOUT = (
    "{name}：官方政策文件逐条整理成的数据，包括每条措施的原文、责任部门、完成时限、量化目标、提到的文件和原文疑点。"
    "原文照录，编辑整理和自动计算的内容逐列标明，空着的内容逐项说明原因。"
)


def description(ledger: Ledger) -> str:
    """What the data is, in 50 characters and more, as catalogues want it."""
    return " ".join(filter(None, (ledger.site.description, ABOUT.format(name=ledger.site.name))))


def citation(ledger: Ledger) -> str:
    """How to name the data in a text of one's own."""
    history = ledger.history
    version = f" {history.version} 版（{history.changed_on}）" if history.version else ""
    return f"据《{ledger.site.name}》{version.lstrip()}整理"


def provenance(ledger: Ledger) -> list[str]:
    """What goes with the data wherever it is passed on: what it is, by whom, which version, on what terms."""
    site, history = ledger.site, ledger.history
    version = f"第 {history.version} 版，{history.changed_on} 修改。" if history.version else "没有版本号。"
    return [
        site.name,
        f"{site.operator}整理，以原文为准。" if site.operator else "非官方整理，以原文为准。",
        version + (f"网站：{site.address}" if site.address else ""),
        "原文逐字照录；编辑整理和自动计算的列在字段说明里逐列标明；空着的内容，原因见 unknowns 表。",
        "官方文件的原文不适用著作权法（第五条）；编辑整理和自动计算的内容按 CC BY 4.0 许可使用，"
        f"请注明：{citation(ledger)}。",
        "role 一列是 unmarked 的，是原文没有标明或存档文本无法辨认谁牵头；排列次序不说明谁牵头。",
        "所有单元格都是文字，没有公式；时间照原文写法和自动计算的写法分列。",
    ]
