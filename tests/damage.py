"""Documents as they arrive when something went wrong: cut, repeated, typed over, with their line ends lost."""

import random

SIGNS = "（）()〔〕【】、，。；：:;,“”《》\n\t 　0123456789一二三四五六七八九十第条等和及与会同牵头负责责任单位：<>&"


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 2, 5, 20))):
        place, length = chance.randrange(len(text) + 1), chance.choice((1, 3, 30, 300))
        other = chance.randrange(len(text) + 1)
        match chance.randrange(5):
            case 0:
                text = text[:place] + text[place + length :]
            case 1:
                text = text[:place] + chance.choice(SIGNS) + text[place + chance.randrange(2) :]
            case 2:
                text = text[:place] + text[other : other + length] + text[place:]
            case 3:
                text = text.replace(chance.choice(SIGNS), chance.choice(SIGNS), chance.choice((1, 1000)))
            case 4:
                text = text.replace("\n", "") if chance.random() < 0.2 else text.replace("。", "。\n")
    return text or "空"
