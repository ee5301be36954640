"""The face of every run of a Word document: bold, black or hidden, by itself, its styles and the theme (ECMA-376, 17.7)."""

from collections.abc import Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from scripts.importer.read.faces import is_black

OFF = {"0", "false", "off"}


@dataclass(frozen=True)
class Face:
    """Properties of a run or a style; None where it says nothing."""

    bold: bool | None = None
    font: str | None = None  # of Chinese characters
    hidden: bool | None = None

    def over(self, below: "Face") -> "Face":
        """This face, with what it does not say taken from another."""
        return Face(
            below.bold if self.bold is None else self.bold,
            below.font if self.font is None else self.font,
            below.hidden if self.hidden is None else self.hidden,
        )


@dataclass(frozen=True)
class Faces:
    """All faces of a document's styles."""

    defaults: Face
    styles: Mapping[str, Face]  # by the id of the style, with what it inherits
    paragraph: str  # the style of paragraphs that name none
    fonts: Mapping[str, str]  # of the theme: major, minor

    def of(self, properties: Element | None, paragraph: Element | None) -> tuple[bool, bool, bool]:
        """(bold, black, hidden) of a run with these properties in a paragraph with those (w:rPr, w:pPr)."""
        own = face(properties, self.fonts)
        of_run = self.styles.get(value(properties, "w:rStyle"), Face())
        of_paragraph = self.styles.get(value(paragraph, "w:pStyle") or self.paragraph, Face())
        # Styles toggle: what is bold by both of them is not. Direct formatting says how it is.
        toggled = bool(of_run.bold) != bool(of_paragraph.bold) or bool(self.defaults.bold)
        bold = toggled if own.bold is None else own.bold
        whole = own.over(of_run).over(of_paragraph).over(self.defaults)
        return bold, is_black(whole.font or ""), bool(whole.hidden)


def value(parent: Element | None, name: str) -> str:
    """The w:val of a child; "" without it."""
    child = parent.find(qn(name)) if parent is not None else None
    return child.get(qn("w:val"), "") if child is not None else ""


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether a child switches something on or off; None without it."""
    child = parent.find(qn(name)) if parent is not None else None
    return None if child is None else child.get(qn("w:val"), "on") not in OFF


def face(properties: Element | None, fonts: Mapping[str, str]) -> Face:
    """What run properties (w:rPr) say."""
    named = properties.find(qn("w:rFonts")) if properties is not None else None
    font = None
    if named is not None:
        theme = named.get(qn("w:eastAsiaTheme"), "")
        font = fonts.get(theme[:5]) if theme else named.get(qn("w:eastAsia"))
    return Face(is_on(properties, "w:b"), font, is_on(properties, "w:vanish"))


def faces(styles: Element | None, theme: Element | None) -> Faces:
    """The faces of a document with these styles (w:styles) and this theme (a:theme)."""
    fonts = {} if theme is None else {kind: _of_theme(theme, kind) for kind in ("major", "minor")}
    if styles is None:
        return Faces(Face(), {}, "", fonts)
    by_id = {style.get(qn("w:styleId"), ""): style for style in styles.findall(qn("w:style"))}
    first = [
        name
        for name, style in by_id.items()
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in OFF
    ]
    defaults = face(styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"), fonts)
    return Faces(defaults, {name: _inherited(name, by_id, fonts) for name in by_id}, (first or [""])[0], fonts)


def lineage(name: str, by_id: Mapping[str, Element]) -> list[Element]:
    """A style and those that it is based on, the nearest first."""
    found: list[Element] = []
    while name in by_id and by_id[name] not in found:
        found.append(by_id[name])
        name = value(by_id[name], "w:basedOn")
    return found


def _inherited(name: str, by_id: Mapping[str, Element], fonts: Mapping[str, str]) -> Face:
    made = Face()
    for style in lineage(name, by_id):
        made = made.over(face(style.find(qn("w:rPr")), fonts))
    return made


def _of_theme(theme: Element, kind: str) -> str:
    """The Chinese typeface of a theme's major or minor fonts."""
    for fonts in theme.iter(qn(f"a:{kind}Font")):
        east = fonts.find(qn("a:ea"))
        if east is not None and east.get("typeface"):
            return east.get("typeface")
        for font in fonts.findall(qn("a:font")):
            if font.get("script") == "Hans":
                return font.get("typeface", "")
    return ""
