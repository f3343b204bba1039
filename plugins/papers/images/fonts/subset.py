"""Make the fonts of the social cards: subsets of Noto Sans and Noto Sans CJK.

Run as `uv run --with fonttools plugins/papers/images/fonts/subset.py NotoSans-Regular.ttf
NotoSansCJK-Regular.ttc`, with the files of https://github.com/notofonts.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).resolve().parent
# Latin, Greek, Cyrillic, punctuation, letterlike signs, arrows, operators, ligatures.
LATIN = [
    (0x20, 0x7E), (0xA0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x20CF), (0x2100, 0x214F),
    (0x2190, 0x22FF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD),
]  # fmt: skip
# Kana, bopomofo, full-width forms: blocks that no table below has completely.
ASIAN = [(0x2190, 0x22FF), (0x2460, 0x24FF), (0x25A0, 0x266F), (0x3000, 0x312F), (0xFF00, 0xFFEF)]
# The Chinese, Japanese and Korean characters in common use: all of GB 2312, the first levels
# of Big5 and JIS X 0208, the syllables of KS X 1001.
TABLES = [
    ("gb2312", 0xB0, 0xF7),
    ("big5", 0xA4, 0xC6),
    ("euc_jp", 0xB0, 0xCF),
    ("euc_kr", 0xB0, 0xC8),
]


def list_characters(codec: str, first: int, last: int) -> Iterator[int]:
    """Yield the code points whose two-byte code in `codec` begins with one of these bytes."""
    for lead in range(first, last + 1):
        for trail in range(0x40 if codec == "big5" else 0xA1, 0xFF):
            text = bytes([lead, trail]).decode(codec, errors="ignore")
            if len(text) == 1 and ord(text) > 0xFF:
                yield ord(text)


def write_subset(source: str, number: int, target: str, points: set[int]) -> None:
    """Write a font with only these code points."""
    options = subset.Options(
        # Cards are set in Pillow's basic layout, which uses no features.
        hinting=False, layout_features=[], font_number=number,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
    )  # fmt: skip
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    font["head"].modified = font["head"].created
    subset.save_font(font, str(HERE / target), options)


latin, asian = ({point for a, b in spans for point in range(a, b + 1)} for spans in (LATIN, ASIAN))
for table in TABLES:
    asian.update(list_characters(*table))
write_subset(sys.argv[1], 0, "NotoSans.ttf", latin)
write_subset(sys.argv[2], 2, "NotoSansCJK.otf", asian)
