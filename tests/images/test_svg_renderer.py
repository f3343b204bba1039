"""Drawings that would hang, crash or exhaust the process that draws them."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT
from papers.images import svg, svg_renderer

ATTACK = ROOT.parent / "shared" / "cases" / "attack" / "06-svg-hangs"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 40 30">{}</svg>'
)
FILLED = '<rect filter="url(#f)" width="40" height="30"/>'
BLUR = '<feGaussianBlur stdDeviation="900"/>'
NOISE = '<feTurbulence baseFrequency=".1" numOctaves="30"/>'
TEN_TIMES = '<use xlink:href="#a{}"/>' * 10
NESTED_USE = '<g id="a0"><rect width="9" height="9"/></g>' + "".join(
    f'<g id="a{n + 1}">{TEN_TIMES.format(*[n] * 10)}</g>' for n in range(11)
)
# Each takes from half a minute to years.
COSTLY = {
    "blur": BLUR * 3000,
    "noise": NOISE * 300,
    "morphology": '<feMorphology radius="9"/>' * 900,
}


@pytest.fixture
def renderer(monkeypatch):
    """A renderer that allows a drawing one second."""
    monkeypatch.setattr(svg_renderer, "_MAX_CPU_SECONDS", 0)
    svg.SVG_RENDERER.close()
    yield svg.SVG_RENDERER
    svg.SVG_RENDERER.close()


def save(folder: Path, body: str) -> Path:
    """Write a drawing and return its file."""
    path = folder / "x.svg"
    path.write_text(SVG.format(body), encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit for seconds of CPU")
@pytest.mark.parametrize("name", COSTLY)
def test_costly_drawing(tmp_path, renderer, name):
    """A drawing hangs the build for half a minute to years, and is refused by the check only."""
    path = save(tmp_path, f'<filter id="f">{COSTLY[name]}</filter>{FILLED}')
    for draw in (svg.draw_svg, svg.check_drawing):
        with pytest.raises(ValueError, match="takes too much time or memory to draw"):
            draw(path, 1120)
    assert svg.draw_svg(save(tmp_path, "<rect/>"), 64).size == (64, 48)


@pytest.mark.parametrize(
    "body",
    [
        f'<defs>{NESTED_USE}</defs><use xlink:href="#a11"/>',
        "".join(f'<g id="a{n + 1}"><use xlink:href="#a{n}"/></g>' for n in range(5000)),
        "".join(
            f'<pattern id="a{n + 1}" width="9" height="9">'
            f'<rect width="9" height="9" fill="url(#a{n})"/></pattern>'
            for n in range(3000)
        )
        + '<rect width="9" height="9" fill="url(#a3000)"/>',
    ],
)
def test_endless_references(tmp_path, renderer, body):
    """A drawing whose parts refer to each other without end takes all memory, or crashes."""
    with pytest.raises(ValueError, match=r"cannot be drawn|takes too much time or memory"):
        svg.draw_svg(save(tmp_path, body), 64)


def test_shared_attacks(tmp_path, renderer):
    """A drawing of those that hung a build does so again."""
    if not ATTACK.is_dir():
        pytest.skip("needs the drawings in ../shared/cases/attack")
    for path in sorted(ATTACK.glob("*.svg")):
        with pytest.raises(ValueError, match="takes too much time or memory|has noise of more"):
            svg.check_drawing(path, 1120)


@pytest.mark.parametrize("octaves", ["33", "99999", "1e9", " 33 ", "inf"])
def test_octaves(tmp_path, octaves):
    """Noise of more octaves than anybody sees takes minutes, in browsers too."""
    path = save(tmp_path, NOISE.replace("30", octaves))
    with pytest.raises(ValueError, match="has noise of more than 32 octaves"):
        svg.measure_svg(path)


def test_many_elements(tmp_path):
    """A drawing of four million elements takes a gigabyte."""
    with pytest.raises(ValueError, match="has more than 250,000 elements"):
        svg.measure_svg(save(tmp_path, "<a/>" * 260_000))


def test_clock(tmp_path, monkeypatch):
    """Where seconds of CPU have no limit, a drawing takes minutes."""
    monkeypatch.setattr(svg_renderer, "_MAX_SECONDS", 0.5)
    with pytest.raises(ValueError, match="takes too much time"):
        svg.draw_svg(save(tmp_path, f'<filter id="f">{COSTLY["blur"]}</filter>{FILLED}'), 1120)


def test_process_ends_and_starts(tmp_path):
    """A drawing fails because the process for an earlier one was ended, or it is left running."""
    path, renderer = save(tmp_path, "<rect width='9' height='9'/>"), svg.SVG_RENDERER
    images = [svg.draw_svg(path, 64)]
    renderer._process.kill()
    renderer._process.wait()
    images.append(svg.draw_svg(path, 64))
    process = renderer._process
    renderer.close()
    assert process.returncode is not None
    with ThreadPoolExecutor(4) as pool:
        images += pool.map(lambda _: svg.draw_svg(path, 64), range(8))
    assert len({image.tobytes() for image in images}) == 1
    renderer.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_fork(tmp_path):
    """A fork reads from the process of another, which gets its drawings."""
    path, renderer = save(tmp_path, "<rect width='9' height='9'/>"), svg.SVG_RENDERER
    svg.draw_svg(path, 64)
    process = renderer._process
    child = os.fork()
    if child == 0:
        svg.draw_svg(path, 64)
        own = renderer._process.pid
        renderer.close()
        os._exit(own == process.pid)
    assert os.waitpid(child, 0)[1] == 0
    assert process.poll() is None
    svg.draw_svg(path, 64)
    renderer.close()


def test_no_process_starts(tmp_path, monkeypatch):
    """Where no process starts, the build ends with a traceback."""
    svg.SVG_RENDERER.close()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
    with pytest.raises(
        ValueError, match="cannot be drawn because no process can be started: No such file"
    ):
        svg.draw_svg(save(tmp_path, "<rect/>"), 64)
