"""The size of a picture, read from its first bytes."""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_OTHERS = (b"\xff\xd8\xff", b"GIF8", b"RIFF")
_UNMEASURED = (800, 600)


def measure(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, a guess for other pictures, None for what is no picture."""
    if content.startswith(_PNG) and len(content) > 24:  # noqa: PLR2004 - signature, chunk head, width and height
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return _UNMEASURED if content.startswith(_OTHERS) else None
