"""Compare building a site of papers with figures with one of the same papers without.

    python tests/bench/pictures.py [--papers 60] [--runs 3] [--folder /tmp]

It compares the first build, which makes every width of every figure, with a plain loop that makes
the same with Pillow, and later builds, which make none, with a site without figures. It exits with
1 if the first build takes longer than the loop and a plain build together, or a later build more
than 1.5 times as long as one without figures. The figure is the least clock time of all runs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "plugins")]
BAR = 1.5


def main() -> None:
    """Write the content of both sites, build them, and print the ratios."""
    from conftest import HOME, write
    from papers.images.responsive import WIDTHS
    from PIL import Image
    from sample import figure, paper, picture

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    figures, plain = {"home.md": HOME}, {"home.md": HOME}
    for n in range(options.papers):
        plain[f"papers/p{n}.md"] = paper(f"Paper {n}", Venue="ICLR")
        figures[f"papers/p{n}.md"] = paper(f"Paper {n}", Venue="ICLR", **figure(f"p{n}.png"))
        figures[f"images/p{n}.png"] = picture("PNG", 1600 + n, 1200)
    try:
        write(folder / "figures", figures)
        write(folder / "plain", plain)
        build("plain", folder)
        times = {"loop": [], "first": [], "later": [], "plain": []}
        for _ in range(options.runs):
            times["plain"].append(build("plain", folder))
            shutil.rmtree(folder / "figures-cache", ignore_errors=True)
            times["first"].append(build("figures", folder))
            times["later"].append(build("figures", folder))
            start = time.perf_counter()
            for path in sorted((folder / "figures/images").iterdir()):
                with Image.open(path) as image:
                    for width in WIDTHS:
                        small = image.resize((width, image.height * width // image.width))
                        small.save(folder / f"loop-{width}.webp", quality=82)
            times["loop"].append(time.perf_counter() - start)
    finally:
        shutil.rmtree(folder)
    loop, first, later, baseline = (
        min(times[name]) for name in ("loop", "first", "later", "plain")
    )
    print(f"{options.papers} figures, least of {options.runs} runs:")
    print(f"without figures  {baseline:.2f} s")
    print(f"later builds     {later:.2f} s  {later / baseline:.2f} of that (bar {BAR})")
    print(f"Pillow in a loop {loop:.2f} s")
    print(f"first build      {first:.2f} s  {first / (loop + baseline):.2f} of both (bar 1)")
    if later / baseline > BAR or first > loop + baseline:
        raise SystemExit(1)


def build(name: str, folder: Path) -> float:
    """Build a site with its cache, and return the seconds that it took."""
    output = folder / f"{name}-output"
    shutil.rmtree(output, ignore_errors=True)
    command = [
        sys.executable, "-m", "pelican", folder / name, "-s", ROOT / "pelicanconf.py",
        "-o", output, "-q", "--fatal", "warnings", "-e", f'CACHE_PATH="{folder}/{name}-cache"',
        'OWNER=["Ada Lovelace"]',
    ]  # fmt: skip
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
