"""Pictures for link previews, one per kind of page, drawn at build time: no font, no library, the same bytes every time.

PNG (ISO/IEC 15948): 8-bit palette, 1200 × 630 pixels, the size that previews expect.
"""

import struct
import zlib

WIDTH, HEIGHT = 1200, 630
PALETTE = ((0x1D, 0x3F, 0x6E), (0xFF, 0xFF, 0xFF), (0xC9, 0xD6, 0xE6), (0xE0, 0x58, 0x4A))  # ground, paper, lines, mark
SHEET = (1, 360, 75, 480, 480)  # colour, left, top, width, height: a sheet of paper on every picture
LINES = tuple((2, 420, 225 + 60 * row, width, 22) for row, width in enumerate((360, 360, 300, 360, 240)))
# What tells the kinds apart, in the mark's colour.
MARKS = {
    "home": ((3, 420, 135, 360, 40),),
    "policy": ((3, 420, 135, 360, 14), (3, 420, 160, 360, 14)),
    "measure": ((3, 420, 135, 90, 40), (3, 384, 225, 12, 142)),
    "department": ((3, 420, 135, 40, 40), (3, 480, 135, 40, 40), (3, 540, 135, 40, 40)),
    "list": tuple((3, 384, 225 + 60 * row, 22, 22) for row in range(5)),
}


def make_pictures() -> dict[str, bytes]:
    return {f"assets/share/{kind}.png": _png((SHEET, *LINES, *marks)) for kind, marks in MARKS.items()}


def _png(boxes: tuple[tuple[int, int, int, int, int], ...]) -> bytes:
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    for colour, left, top, width, height in boxes:
        for row in rows[top : top + height]:
            row[left : left + width] = bytes([colour]) * width
    pixels = b"".join(b"\0" + row for row in rows)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = bytes(value for colour in PALETTE for value in colour)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
