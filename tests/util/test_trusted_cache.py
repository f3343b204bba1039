"""What a cache returns is what this user has written to it, or nothing."""

import os
import stat
from pathlib import Path

import pytest
from papers.util import TrustedCache, replace_file, trusted_cache


@pytest.fixture
def state(tmp_path, monkeypatch) -> Path:
    """The folder of the user's state, which does not exist yet."""
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_written_is_read(tmp_path, state):
    """A file is never found again, or is mistaken for that of another name."""
    folder = tmp_path / "cache"
    assert TrustedCache(folder).read("a/b") is None and not state.exists()
    assert TrustedCache(folder).write("a/b", b"1")
    assert TrustedCache(folder).read("a/b") == b"1"
    for suffix in ("", ".tag"):
        os.link(folder / f"a/b{suffix}", folder / f"a/c{suffix}")
    assert TrustedCache(folder).read("a/c") is None
    TrustedCache(folder).delete("a/b")
    assert TrustedCache(folder).read("a/b") is None


def test_key(tmp_path, state):
    """Others can read the key, or a key that they know or have planted is used."""
    cache = TrustedCache(tmp_path / "cache")
    assert cache.write("a", b"1")
    (key,) = state.rglob("*key*")
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
        key.chmod(0o644)
        assert TrustedCache(tmp_path / "cache").read("a") is None
    first = key.read_bytes()
    for plant in (
        lambda: key.write_bytes(b""),
        lambda: key.write_bytes(first + b"x"),
        lambda: (key.unlink(), key.symlink_to(tmp_path / "known")),
    ):
        (tmp_path / "known").write_bytes(b"k" * 32)
        (tmp_path / "known").chmod(0o600)
        plant()
        assert TrustedCache(tmp_path / "cache").read("a") is None
        assert TrustedCache(tmp_path / "cache").write("a", b"2")
        assert TrustedCache(tmp_path / "cache").read("a") == b"2"
        assert len(key.read_bytes()) == 32 and key.read_bytes() not in (first, b"k" * 32)


@pytest.mark.parametrize("home", ["", "relative", "/dev/null/x"])
def test_no_place_for_a_key(tmp_path, monkeypatch, home):
    """Without a folder for the key, a build ends, or another process's files are trusted."""
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", home)
    monkeypatch.setenv("HOME", "/dev/null/x")
    cache = TrustedCache(tmp_path)
    assert cache.write("a", b"1") and TrustedCache(tmp_path).read("a") == b"1"
    monkeypatch.setattr(trusted_cache, "_PROCESS_KEY", b"x" * 32)
    assert TrustedCache(tmp_path).read("a") is None
    assert list(Path.cwd().glob("relative*")) == []


def test_failed_replacement_leaves_nothing(tmp_path):
    """A file that cannot take its name stays behind under another one."""
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError):
        replace_file(tmp_path / "a", b"1")
    assert os.listdir(tmp_path) == ["a"]


def test_flushed_before_renamed(tmp_path, monkeypatch):
    """After a power cut, a file that was being replaced is empty."""
    calls = []
    monkeypatch.setattr(os, "fsync", lambda fd: calls.append(os.fstat(fd).st_size))
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda *paths: (calls.append("replaced"), replace(*paths)))
    replace_file(tmp_path / "a", b"123")
    assert calls == [3, "replaced"]
