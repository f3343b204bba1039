"""What holds for the content that we began with is not asked of a fork's own."""

from pathlib import Path

_HOME = Path(__file__).resolve().parents[2] / "content" / "home.md"
_OURS = _HOME.is_file() and "Yancheng He" in _HOME.read_text(encoding="utf-8")
collect_ignore_glob = [] if _OURS else ["test_*.py"]
