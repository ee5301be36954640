"""Where the article of a saved government page stands, what its title is, and what on the page is only furniture."""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

NOT_TEXT = [
    *("script", "style", "noscript", "template", "link", "meta", "iframe", "object", "embed", "svg", "canvas"),
    *("video", "audio", "map", "input", "select", "option", "button", "textarea"),
]
OF_HEAD = ("title", "meta", "link", "base", "style", "script", "noscript", "template")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# What the systems that make government pages call the article; the first are sure, the others only where they hold it.
SURE = (
    *("#UCAP-CONTENT", "#zoom", "#Zoom", "#js_content", "#vsb_content", "#article-content", "#articleContent"),
    *(".TRS_Editor", ".TRS_UEDITOR", ".trs_editor_view", ".pages_content", ".article-content", ".article_content"),
    *(".article-con", ".articleCon", ".news_content", ".v_news_content", ".xxgk_content", ".wz_content", ".bt-content"),
)
LIKELY = ("article", "#content", ".content", "#con", ".con", "#view", ".view", ".article", "#main", ".main", "main")
TITLES = "h1, h2, h3, .title, #title, .article-title, .article_title, .tit, .bt, .news_title, .pages-title, .xxgk-title"
FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|header|head|top|topbar|foot\w*|side|sidebar|aside|(?:bread)?crumbs?|bread|location|"
    r"position|dqwz|weizhi|(?:bd|b)?share\w*|social\w*|print\w*|tools?|toolbar|related\w*|xgwj|xglj|recommend\w*|"
    r"copyright|search\w*|pager|pagination|qrcode|ewm|erweima|login|banner|fontsize|zihao)(?:$|[\s_-])",
    re.IGNORECASE,
)
FURNITURE_TAGS = ("nav", "header", "footer", "aside", "form", "dialog")
FURNITURE_LINES = (
    re.compile(r"(?:您?(?:现在|当前)?的?(?:所在)?的?(?:页面)?位置|首页)\s*(?:[:：]|[>＞»›]).*"),
    re.compile(
        r"(?=.*(?:打印|关闭|字体|字号|分享|扫一扫|收藏|纠错))(?:打印|关闭|本页|窗口|页面|字体|字号|颜色|大小|默认|特大|"
        r"[大中小]|分享到?|微信|微博|QQ空间|扫一扫|在?手机(?:上?打开|浏览|查看)(?:当前页面?|本页)?|加?入?收藏|我要|纠错|"
        r"返回|顶部|保存|下载|A[+-]?|[\s\[\]【】()（）:：|｜/·、,，+-])+"
    ),
    re.compile(r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?[:：]?\s*[0-9]*\s*次?"),
    re.compile(r"[<《]?\s*(?:上|下)一(?:篇|条|页)[:：].*"),
    re.compile(r"[\[（(【]?\s*(?:责任)?编辑[:：]\s*\S{1,10}"),
)
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔［\[]20[0-9]{2}[〕］\]][0-9]{1,4}号")  # of a document
NUMBER_TAGS = ("p", "div", "span", "td", "dd", "li", "h2", "h3", "h4", "strong", "b")
TITLE_TAGS = ("td", "center", "font", "b", "strong")  # of pages made before headings were marked
WHOLE_TITLE = re.compile("[^。；，]{0,40}关于[^。；]{4,60}(?:通知|意见|方案|措施|办法|规定|决定)")
HAN = re.compile("[\u3400-\u9fff]")
MOST_FURNITURE = 0.3  # share of a page's text above which nothing is taken for furniture
SHARE_OF_SURE, SHARE_OF_LIKELY, SHARE_OF_BLOCK = 0.5, 0.8, 0.9  # of the page's text, links not counted
SHORTEST_TITLE, LONGEST_TITLE = 5, 120
SITE = re.compile("(?:网|网站|门户|平台|政府|委员会|[局厅部])$")
DOCUMENT = re.compile("关于|印发|(?:通知|意见|方案|措施|办法|规划|计划|细则|规定|清单|条例|决定|公告|要点)$")


def whole_body(page: BeautifulSoup) -> Tag:
    """The body of a page, with what the parser left in the head: elements younger than it do not end a head for it."""
    body = page.body or page
    strays = page.head.find_all(lambda tag: tag.name not in OF_HEAD, recursive=False) if page.head and page.body else []
    for place, tag in enumerate(strays):
        body.insert(place, tag.extract())
    return body


def remove_invisible(body: Tag) -> None:
    """Takes out of a tree what a browser does not show as text."""
    for tag in body.find_all(NOT_TEXT):
        tag.decompose()
    whole = _prose(body)
    for tag in _outermost(body.find_all(_is_hidden)):
        if _prose(tag) <= whole / 2:  # some pages hide the article until their script has run
            tag.decompose()


def title(page: Tag) -> str:
    """The title that a page gives its article; "" if none is clear."""
    for meta in page.find_all("meta", attrs={"name": re.compile("^ArticleTitle$", re.IGNORECASE)}):
        if _can_be_title(said := _words(str(meta.get("content") or ""))):
            return said
    of_page = _words(page.title.get_text()) if page.title else ""
    named = [said for tag in page.select(TITLES) if _can_be_title(said := _words(tag.get_text()))]
    agreed = [said for said in named if said in of_page]
    heads = [said for tag in page.find_all("h1") if _can_be_title(said := _words(tag.get_text()))]
    parts = [part for part in re.split("[_|｜—–-]+", of_page) if _can_be_title(part) and DOCUMENT.search(part)]
    return max(agreed, key=len, default="") or (heads or parts or [_only_title(page)])[-1]


def _only_title(page: Tag) -> str:
    """The words of an element that are those of a title by themselves, on pages that mark none; "" if several are."""
    found = {words for words in _unlinked(page, TITLE_TAGS) if WHOLE_TITLE.fullmatch(words)}
    return found.pop() if len(found) == 1 else ""


def document_number(page: Tag) -> str:
    """The number that an element of the page holds and nothing else, as its letterhead does; "" if there is none, or several."""
    found = {words for words in _unlinked(page, NUMBER_TAGS) if NUMBER.fullmatch(words)}
    alone = {words for words in found if not any(words != other and words.endswith(other) for other in found)}
    return alone.pop() if len(alone) == 1 else ""


def _unlinked(page: Tag, names: Iterable[str]) -> set[str]:
    """The words of elements that hold no link and stand in none."""
    found = page.find_all(list(names))
    return {_words(tag.get_text()) for tag in found if not (tag.find_parent("a") or tag.find("a"))}


def article(body: Tag) -> Tag:
    """The element that holds the article: by a usual name, else the smallest that holds nearly all of the text."""
    sure = _outermost([tag for tag in body.select(", ".join(SURE)) if _prose(tag)])
    _remove_furniture(body, sure)
    whole = _prose(body)
    if sure:
        holder = _common(sure)
        if _prose(holder) >= SHARE_OF_SURE * whole:
            return holder
    for name in LIKELY:
        found = _outermost([tag for tag in body.select(name) if _prose(tag)])
        if found and _prose(holder := _common(found)) >= SHARE_OF_LIKELY * whole:
            return _whole_table(_smallest(holder, whole))
    return _whole_table(_smallest(body, whole))


def is_furniture(line: str) -> bool:
    """Is a line one of those that every page of a site bears: where you are, print, close, share?"""
    return any(pattern.fullmatch(line.strip()) for pattern in FURNITURE_LINES)


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or bool(HIDDEN.search(str(tag.get("style") or "")))


def _remove_furniture(body: Tag, kept: Iterable[Tag]) -> None:
    """Takes out navigation, footers and tools by their names, if they neither are in the article nor hold it."""
    kept = list(kept)
    whole = _prose(body, links=True)
    for tag in _outermost(body.find_all(_named_furniture), hold=kept):
        if not any(one is tag or tag in one.descendants for one in kept) and _prose(
            tag, links=True
        ) <= MOST_FURNITURE * max(whole, 1):
            tag.decompose()


def _named_furniture(tag: Tag) -> bool:
    names = [*(tag.get("class") or []), str(tag.get("id") or "")]
    return tag.name in FURNITURE_TAGS or bool(FURNITURE_NAMES.search(" ".join(map(str, names))))


def _prose(tag: Tag, links: bool = False) -> int:
    """Chinese characters of an element, those of links not counted."""
    count = len(HAN.findall(tag.get_text()))
    return count if links else count - sum(len(HAN.findall(link.get_text())) for link in tag.find_all("a"))


def _outermost(tags: Iterable[Tag], hold: Iterable[Tag] = ()) -> list[Tag]:
    """Elements that lie in no other of the same list; those that hold one of `hold` are passed over."""
    held = {id(parent) for one in hold for parent in one.parents}
    found: list[Tag] = []
    inside: set[int] = set()
    for tag in tags:
        if id(tag) in held or any(id(parent) in inside for parent in tag.parents):
            continue
        inside.add(id(tag))
        found.append(tag)
    return found


def _common(tags: list[Tag]) -> Tag:
    """The smallest element that holds all of these."""
    holder = tags[0]
    while not all(tag is holder or any(parent is holder for parent in tag.parents) for tag in tags):
        holder = holder.parent
    return holder


def _smallest(holder: Tag, whole: int) -> Tag:
    """The smallest element within one that still holds nearly all of the text."""
    while True:
        inner = [tag for tag in holder.find_all(True, recursive=False) if _prose(tag) >= SHARE_OF_BLOCK * max(whole, 1)]
        if not inner or inner[0].name in ("p", "span", "font", "b", "strong", "a"):
            return holder
        holder = inner[0]


def _whole_table(tag: Tag) -> Tag:
    """A part of a table stands for the whole."""
    table = tag.find_parent("table") if tag.name in ("tr", "tbody", "thead", "tfoot") else None
    return table or tag


def _words(text: str) -> str:
    return re.sub(r"\s+", "", text) if HAN.search(text) else text.strip()


def _can_be_title(text: str) -> bool:
    return len(HAN.findall(text)) >= SHORTEST_TITLE and len(text) <= LONGEST_TITLE and not SITE.search(text)
