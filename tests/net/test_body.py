"""Bodies unfold step by step, whatever they are packed with."""

import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard

from bot.errors import FetchError, TooLargeError, TruncatedError
from bot.net.body import Body

TEXT = b"children in custody " * 500
PACKED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
}
BOMB = b"\0" * (40 * 1024 * 1024)
BOMBS = {
    "gzip": gzip.compress(BOMB),
    "deflate": zlib.compress(BOMB),
    "br": brotli.compress(BOMB, quality=3),
    "zstd": zstandard.compress(BOMB),
}


def unfold(encoding: str, packed: bytes, *, limit: int = 1_000_000, step: int = 700) -> bytes:
    body = Body(encoding, limit)
    for start in range(0, len(packed), step):
        body.add(packed[start : start + step])
    return body.finish()


@pytest.mark.parametrize("encoding", PACKED)
def test_every_encoding_unfolds(encoding: str) -> None:
    assert unfold(encoding, PACKED[encoding]) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_cut_short_is_truncated(encoding: str) -> None:
    with pytest.raises(TruncatedError):
        unfold(encoding, PACKED[encoding][:-6])


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_what_is_not_packed_as_declared_is_broken(encoding: str) -> None:
    with pytest.raises(FetchError):
        unfold(encoding, b"<?xml version='1.0'?>" * 50)


@pytest.mark.parametrize("encoding", BOMBS)
def test_a_bomb_is_stopped_as_it_grows(encoding: str) -> None:
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        unfold(encoding, BOMBS[encoding], limit=1024 * 1024, step=1 << 20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_body_too_large_as_sent_is_refused() -> None:
    with pytest.raises(TooLargeError):
        unfold("", b"x" * 2000, limit=1000)


def test_deflate_without_its_header_is_understood() -> None:
    packer = zlib.compressobj(wbits=-15)
    assert unfold("deflate", packer.compress(TEXT) + packer.flush()) == TEXT


def test_gzip_in_several_members_is_one_body_and_junk_after_it_is_ignored() -> None:
    assert unfold("gzip", gzip.compress(TEXT) + gzip.compress(b"more"), step=1 << 20) == TEXT + b"more"
    assert unfold("gzip", gzip.compress(TEXT) + b"\0junk", step=1 << 20) == TEXT
    assert unfold("zstd", zstandard.compress(TEXT) + b"junk" * 50, step=1 << 20) == TEXT


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip, br", "x-unknown"])
def test_stacked_and_unknown_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(FetchError):
        Body(encoding, 1000)


def test_nothing_at_all_is_an_empty_body() -> None:
    assert unfold("gzip", b"") == b""


@pytest.mark.parametrize("step", [1, 7, 1 << 20])
def test_zstd_in_several_frames_is_one_body(step: int) -> None:
    frames = PACKED["zstd"] + zstandard.compress(b"more")
    assert unfold("zstd", frames + b"(junk", step=step) == TEXT + b"more"
    with pytest.raises(TruncatedError):
        unfold("zstd", frames[:-3], step=step)
