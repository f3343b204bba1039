"""What the watcher uses of watchfiles beyond its documented interface is still there."""

import threading

from papers.preview.watcher import RustNotify


def test_notifier(tmp_path):
    """A release of watchfiles changes its notifier, and the preview polls without a word."""
    notifier = RustNotify([str(tmp_path)], False, False, 0, False, True)
    try:
        file = tmp_path / "a.md"
        file.write_text("a")
        events = notifier.watch(0, 5, 5000, threading.Event())
        assert str(file) in {path for _, path in events}
        stop = threading.Event()
        stop.set()
        assert notifier.watch(0, 5, 5000, stop) == "stop"
        assert notifier.watch(0, 5, 10, threading.Event()) == "timeout"
    finally:
        notifier.close()
