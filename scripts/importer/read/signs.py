"""Characters that formats use for others which look the same."""

import unicodedata

# Bullets of symbol fonts, which stand in Unicode's private area.
SYMBOLS = {"\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0b7": "•", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "□"}
SYMBOLS |= {"\uf06f": "□", "\uf0fe": "☑", "\uf052": "☑", "\uf0a3": "□", "\uf071": "❑", "\uf0e0": "→", "\uf09f": "•"}
# Radicals that programs write into a PDF where the page shows the character; Unicode folds the others by itself.
RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻑⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民西见角贝车長长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


def as_seen(character: str) -> str:
    """The usual character for one of a symbol font or a radical."""
    if "\u2f00" <= character <= "\u2fdf":
        return unicodedata.normalize("NFKC", character)
    return SYMBOLS.get(character) or RADICALS.get(character, character)
