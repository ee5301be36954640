"""Which typefaces are black ones (黑体), by their names in documents."""

import re

# 黑体 by its Chinese and Latin names, also where GBK bytes of a PDF were read as Latin letters or written as escapes.
BLACK = re.compile(
    r"黑|hei(?!ght)|FZHT|Source\s*Han\s*Sans|Noto\s*Sans\s*(?:Mono\s*)?(?:CJK|SC|TC)|ºÚ|\\xba\\xda",
    re.IGNORECASE,
)
BOLD = re.compile(r"bold|heavy|black|粗|\bdemi|semibold|,b\b", re.IGNORECASE)


def is_black(name: str) -> bool:
    """Is a typeface of the black kind: SimHei, 黑体, 方正黑体, STHeiti, 微软雅黑 …?"""
    return bool(BLACK.search(name))


def is_bold(name: str) -> bool:
    """Does the name of a font, as a PDF has it, say that it is a bold one: SimSun,Bold, SourceHanSerif-Heavy …?"""
    return bool(BOLD.search(name))
