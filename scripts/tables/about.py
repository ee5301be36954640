"""What the data is, in the words of catalogues."""

from scripts.ledger import Ledger

ABOUT = (
    "{name}：官方政策文件逐条整理成的数据，包括每条措施的原文、责任部门、完成时限、量化目标、提到的文件和原文疑点。"
    "原文照录，编辑整理和自动计算的内容逐列标明，空着的内容逐项说明原因。"
)


def description(ledger: Ledger) -> str:
    """What the data is, in 50 characters and more, as catalogues want it."""
    return " ".join(filter(None, (ledger.site.description, ABOUT.format(name=ledger.site.name))))
