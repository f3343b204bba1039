"""The preview of `pelican -lr`, while somebody writes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPException

import pytest
from conftest import HOME, NEWS, PAPER, ROOT, write
from sample import picture

ACTIVE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>'
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def wait_for(address: str, expected: str) -> str:
    """Return a page once it has the text, or as it was in the end."""
    text = ""
    for _ in range(200):
        try:
            with DIRECT.open(address, timeout=5) as answer:
                text = answer.read().decode()
        except (OSError, HTTPException, UnicodeDecodeError):
            pass  # Not serving yet, or the page is being written at this moment.
        if expected in text:
            break
        time.sleep(0.1)
    return text


@pytest.mark.skipif(os.name == "nt", reason="ends a group of processes as POSIX does")
def test_pelican_recovers(tmp_path):
    """`pelican -lr` ends after a mistake, loses other papers, or does not see the fix."""
    content = write(tmp_path / "content", {"home.md": HOME, "papers/p.md": PAPER})
    write(content, {"papers/q.md": PAPER.replace("A Paper", "Another"), "news/n.md": NEWS})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pelican", content, "-lr", "-p", str(port)]
    command += ["-s", ROOT / "pelicanconf.py", "-o", tmp_path / "output"]
    log = tmp_path / "log"
    with log.open("w") as printed:
        process = subprocess.Popen(
            command, stdout=printed, stderr=printed, cwd=ROOT, start_new_session=True
        )
    try:
        address = f"http://127.0.0.1:{port}/publications/"
        assert "A Paper" in wait_for(address, "A Paper"), log.read_text()
        time.sleep(2)
        (content / "papers" / "p.md").write_text(PAPER.replace("2026", "2026-13"))
        (content / "papers" / "r.md").write_text(PAPER.replace("Date:", "Slug: q\nDate:"))
        write(content, {
            "images/f.png": picture("PNG", 900, 600)[:1500], "images/x.svg": ACTIVE,
            "news/m.md": NEWS + "\n![f]({static}/images/f.png)\n",
        })  # fmt: skip
        figure = "\nImage: images/f.png\nImage_alt: Boxes.\n"
        text = PAPER.replace("A Paper", "Second").replace("\n\n", f"{figure}\n", 1)
        (content / "papers" / "q.md").write_text(text)
        text = wait_for(address, "Second")
        assert "Second" in text and "A Paper" not in text, log.read_text()
        assert 'papers/p.md:3: date: "2026-13" is not a valid date' in log.read_text()
        assert "images/f.png: is damaged" in log.read_text()
        assert "images/x.svg: contains <script>" in log.read_text()
        assert not (tmp_path / "output/images").exists()
        assert "papers/r.md: has the same address as content/papers/q.md" in log.read_text()
        time.sleep(2)  # Pelican misses an edit that falls into a build.
        (content / "papers" / "p.md").write_text(PAPER.replace("A Paper", "Mended"))
        assert "Mended" in wait_for(address, "Mended"), log.read_text()
        assert process.poll() is None
        assert log.read_text().count("Done:") < 8, "it builds without end"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
