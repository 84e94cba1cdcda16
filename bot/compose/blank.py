"""A picture of nothing: it takes the place of one that must not be seen any more and cannot be deleted."""

import struct
import zlib
from typing import Final

WIDTH, HEIGHT = 640, 160
GREY: Final = 0xD8


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG with its length and its sum (PNG specification, section 5.3)."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def draw_blank() -> bytes:
    """A grey ground as a PNG of 8-bit grey (PNG specification, section 11.2.1: colour type 0)."""
    row = b"\0" + bytes([GREY]) * WIDTH
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(row * HEIGHT, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


BLANK: Final = draw_blank()
