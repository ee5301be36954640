"""Slips of the pen that are known by how a line looks, and what the YAML parser's complaints mean to an editor."""

import re
from dataclasses import dataclass

# Slips of a Chinese input method, found line by line: pattern (group 1 is the culprit), rule, message, help.
FULLWIDTH_COLON = (
    "fullwidth-colon",
    "字段名后面用了全角冒号。",
    "请改成半角冒号加一个空格“: ”；不是字段名的，用引号把整项括起来。",
)
INDENT = "缩进请用半角空格，每一级两个。"
SLIPS = (
    (re.compile(r"""^ *(?:- +)?(?:'[a-z0-9_-]+'|"[a-z0-9_-]+"|[a-z0-9_-]+) *([：﹕∶])"""), *FULLWIDTH_COLON),
    (re.compile(r"^[A-Za-z\u4e00-\u9fff]{1,12} *([：﹕∶])"), *FULLWIDTH_COLON),
    (re.compile(r"^[ \u3000\u00a0]*(\t)(?=.*\S)"), "tab-indent", "行首用了制表符（Tab）。", INDENT),
    (
        re.compile(r"^ *([\u3000\u00a0\u2000-\u200a])(?=.*\S)"),
        "wide-space-indent",
        "行首用了全角空格或特殊空格。",
        INDENT,
    ),
    (
        re.compile(r"^ *-([\t\u3000\u00a0])"),
        "wide-space-indent",
        "“-”后面用了全角空格或制表符。",
        "请改成一个半角空格。",
    ),
    (re.compile(r"^ *([－—–−])"), "wide-dash", "列表项用了全角横线或破折号。", "请改成半角“-”加一个空格。"),
    (re.compile(r"^ *([*•·]) "), "wide-dash", "列表项要以“-”开头。", "请改成半角“-”加一个空格。"),
    (re.compile(r"^ *(-)[^\s-]"), "dash-without-space", "“-”后面少一个半角空格。", "请写成“- 内容”。"),
    (re.compile(r"^ *(＃)"), "fullwidth-hash", "说明文字前用了全角“＃”。", "请改成半角“#”加一个空格。"),
    (
        re.compile(r"^ *(?:- +)?[a-z][a-z0-9_-]*(:)(?!//)[^ ]"),
        "colon-without-space",
        "冒号后面少一个半角空格。",
        "请写成“字段: 内容”；不是字段名的，用引号把整项括起来。",
    ),
    (
        re.compile(r"^ *(?:- +)?[a-z][a-z0-9_-]*: +(\[[^\]]*\]\(https?://[^)]*\)) *$"),
        "yaml-syntax",
        "这是网页编辑器里“[标题](网址)”的写法。",
        "只留圆括号里的网址。",
    ),
    (
        re.compile(r"^ *(?:- +)?[a-z][a-z0-9_-]*: +([\[{])(?!.*[\]}](?: +#.*| *)$)(?!.*\]\(https?://)"),
        "yaml-syntax",
        "这里的半角括号没有配对。",
        "要写列表的，补上收尾的半角方括号；是正文的，用引号把整项内容括起来。",
    ),
    (
        re.compile(r"""^ *(?:- +)?(?:['"]?[a-z0-9_-]+['"]?: +)?"(?:[^"\\]|\\.)*?(\\u[dD][89A-Fa-f][0-9A-Fa-f]{2})"""),
        "broken-character",
        "这里有半个字符（代理码位）。",
        "请删掉它，把这个字符直接写出来。",
    ),
    (
        re.compile(r"^(<{7}|={7}|>{7})(?: |$)"),
        "merge-conflict",
        "这里留有合并冲突的标记。",
        "请选定一种内容，删掉标记行。",
    ),
)


@dataclass(frozen=True)
class Complaint:
    """What the parser says (words of it), what it means to an editor, and whether the place where it gave up tells."""

    words: str
    what: str
    help: str
    rule: str = "yaml-syntax"
    is_there: bool = False
    begins: str = ""  # how the line begins
    behind: str = ""  # what ends the line's words before that place: one of these characters

    def fits(self, said: str, line: str, column: int) -> bool:
        """`column`: where the parser gave up, from 0."""
        before = line[:column].rstrip(" ")
        return (
            self.words in said
            and line.lstrip(" ").startswith(self.begins)
            and (not self.behind or before.endswith(tuple(self.behind)))
        )


BEGUN = ("scanning a", "simple key", "quoted scalar", "flow")  # the parser gave up within what had begun elsewhere
COMPLAINTS = (
    Complaint("did not find expected key", "冒号前面没有字段名", "请写上字段名，或删掉这一行。", "odd-key", begins=":"),
    Complaint(
        "did not find expected key",
        "收尾的引号后面还有文字",
        "引号是原文里的，请照原文改成中文引号“”；不是的，内容要整项写在一对引号里，引号后面不写别的。",
        is_there=True,
        behind="'\"",
    ),
    Complaint(
        "could not find expected ':'",
        "这一行不是“字段: 内容”的形式",
        "字段名后面要有半角冒号和一个空格；内容要写在同一行。",
    ),
    Complaint(
        "mapping values are not allowed",
        "内容里又出现了冒号加空格",
        "请用引号把整项内容括起来，例如 title: '通知: 关于……'。",
    ),
    Complaint(
        "block sequence entries are not allowed",
        "“- ”要另起一行",
        "字段名后面不写内容，从下一行起每行一项：先空两格，再写“- ”和内容。",
    ),
    Complaint("found character that cannot start any token", "内容不能以这个字符开头", "请用引号把整项内容括起来。"),
    Complaint("found character '\\t'", "这里用了制表符（Tab）", "缩进请用空格，每一级两个。"),
    Complaint("found unexpected end of stream", "引号没有配对", "请补上收尾的半角引号。"),
    Complaint("did not find expected key", "缩进没有对齐，或引号、括号没有配对", "同一级的字段要左对齐，缩进用空格。"),
    Complaint("did not find expected '-' indicator", "列表项没有对齐", "同一列表的“-”要左对齐，缩进用空格。"),
    Complaint("did not find expected ',' or", "方括号或花括号没有写完", "请补上收尾的括号，或改成每行一项“- 内容”。"),
    Complaint(
        "found unknown escape character",
        "双引号里有不认识的反斜线写法",
        "请改用单引号，或去掉反斜线“\\”。",
        is_there=True,
    ),
    Complaint("found undefined tag handle", "内容不能以“!”开头", "请用引号把整项内容括起来。"),
    Complaint("while scanning an alias", "内容不能以“*”开头", "请用引号把整项内容括起来。"),
    Complaint("while scanning a tag", "内容不能以“!”开头", "请用引号把整项内容括起来。", "no-tags"),
    Complaint("while parsing a tag", "内容不能以“!”开头", "请用引号把整项内容括起来。", "no-tags"),
    Complaint("while scanning a directive", "一行不能以“%”开头", "请删掉这一行，或用引号把内容括起来。"),
    Complaint("found incompatible YAML document", "文件开头的“%YAML”写错了", "请删掉这一行。"),
    Complaint(
        "did not find expected node content",
        "方括号里多了一个逗号，或少了内容",
        "请删掉多余的逗号，或改成每行一项“- 内容”。",
    ),
    Complaint("while scanning an anchor", "内容不能以“&”开头", "请用引号把整项内容括起来。"),
    Complaint("found a tab character", "这里用了制表符（Tab）", INDENT, "tab-indent", is_there=True),
)
UNKNOWN = Complaint("", "这里的写法读不懂", "请对照同类文件的写法。")
