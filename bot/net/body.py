"""Bodies, decompressed step by step under a limit: a small body that unfolds into a huge one is stopped as it grows."""

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli
import zstandard

from bot.errors import FetchError, TooLargeError, TruncatedError

STEP = 64 * 1024
ZSTD_STEP = 64  # a zstandard block of 4 bytes may unfold into 128 KiB and knows no limit: 64 bytes make 2 MiB at most
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ACCEPT_ENCODING = "gzip, deflate, br, zstd"


class Decoder(Protocol):
    """One content encoding. Each piece that `feed` yields is small, so that its reader can stop in time."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """What the next bytes unfold into, piece by piece."""

    def whole(self) -> bool:
        """Whether the stream reached its own end."""


class Identity:
    """No encoding."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The bytes themselves."""
        yield chunk

    def whole(self) -> bool:
        """Nothing marks the end; the HTTP layer checks lengths."""
        return True


class Zlib:
    """gzip (with several members, and junk after them ignored) and deflate (with or without its header)."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._inner = zlib.decompressobj(31 if gzip else 15)
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """At most STEP bytes a piece."""
        rest = chunk
        while rest:
            piece = self._decompress(rest)
            self._begun = True
            if piece:
                yield piece
            rest = self._rest()

    def _decompress(self, chunk: bytes) -> bytes:
        try:
            return self._inner.decompress(chunk, STEP)
        except zlib.error:
            if self._gzip or self._begun:
                raise
            self._inner = zlib.decompressobj(-15)  # some servers send deflate without its header
            return self._inner.decompress(chunk, STEP)

    def _rest(self) -> bytes:
        """What is still to be unfolded; a further gzip member gets a fresh decompressor."""
        if not self._inner.eof:
            return self._inner.unconsumed_tail
        rest = self._inner.unused_data
        if not (self._gzip and rest.startswith(GZIP_MAGIC)):
            return b""
        self._inner = zlib.decompressobj(31)
        return rest

    def whole(self) -> bool:
        """Whether the checksum at the end was reached."""
        return self._inner.eof


class Brotli:
    """br."""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """About STEP bytes a piece."""
        yield self._inner.process(chunk, output_buffer_limit=STEP)
        while not self._inner.can_accept_more_data():
            yield self._inner.process(b"", output_buffer_limit=STEP)

    def whole(self) -> bool:
        """Whether the last block was reached."""
        return bool(self._inner.is_finished())


class Zstd:
    """zstd with the window that RFC 9659 allows (8 MiB)."""

    def __init__(self) -> None:
        self._frames = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024)
        self._inner = self._frames.decompressobj()
        self._after = b""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """At most about 2 MiB a piece; what follows a frame and is no further one is ignored."""
        for start in range(0, len(chunk), ZSTD_STEP):
            yield from self._step(self._after + chunk[start : start + ZSTD_STEP])

    def _step(self, rest: bytes) -> Iterator[bytes]:
        self._after = b""
        while rest:
            if self._inner.eof:
                if not rest.startswith(ZSTD_MAGIC):
                    # A frame's first bytes may still be on their way; anything else is kept so as to stay ignored.
                    self._after = rest[: len(ZSTD_MAGIC)]
                    return
                self._inner = self._frames.decompressobj()
            yield self._inner.decompress(rest)
            rest = self._inner.unused_data if self._inner.eof else b""

    def whole(self) -> bool:
        """Whether the last frame reached its end."""
        return bool(self._inner.eof)


def choose_decoder(content_encoding: str) -> Decoder:
    """The decoder for a Content-Encoding header; raises FetchError where it is unknown or stacked."""
    names = [name for part in content_encoding.split(",") if (name := part.strip().lower()) and name != "identity"]
    if len(names) > 1:
        raise FetchError("the server compressed its answer more than once; that is refused")
    match names:
        case []:
            return Identity()
        case ["gzip" | "x-gzip"]:
            return Zlib(gzip=True)
        case ["deflate"]:
            return Zlib(gzip=False)
        case ["br"]:
            return Brotli()
        case ["zstd"]:
            return Zstd()
        case _:
            raise FetchError("the server compressed its answer in a way that is not known here")


class Body:
    """A body as it comes in; its size, as sent and as unfolded, is at most `limit` bytes."""

    def __init__(self, content_encoding: str, limit: int) -> None:
        self._decoder = choose_decoder(content_encoding)
        self._limit = limit
        self._received = 0
        self._out = bytearray()

    def add(self, chunk: bytes) -> None:
        """Take the next bytes as they came over the wire; raises TooLargeError the moment they are too many."""
        self._received += len(chunk)
        self._check(self._received)
        try:
            for piece in self._decoder.feed(chunk):
                self._out += piece
                self._check(len(self._out))
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise FetchError("the answer's compression is broken") from error

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise too_large(self._limit)

    def finish(self) -> bytes:
        """The whole body; raises TruncatedError where the compressed stream has no end."""
        if self._received and not self._decoder.whole():
            raise TruncatedError("the answer broke off before its end")
        return bytes(self._out)


def too_large(limit: int) -> TooLargeError:
    """The error for a body over the limit."""
    return TooLargeError(f"the answer is larger than {limit / 1024 / 1024:g} MiB, which is the most that is read")
