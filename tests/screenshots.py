"""Photograph a new site for the README: `make screenshots` writes docs/images/."""

import io
import sys
import tempfile
from pathlib import Path

from conftest import ROOT, open_browser, run_papers, until, write
from PIL import Image

FOLDER = ROOT / "docs" / "images"
# Name, page, width and height in CSS pixels, and device pixels for each of them.
SHOTS = [
    ("home", "index.html", 1060, 1320, 1),
    ("phone", "index.html", 390, 1533, 1.25),
    ("paper", "papers/weaving-numbers/index.html", 1060, 800, 1),
    ("publications", "publications/index.html", 1060, 800, 1),
]
SCHEMES = ("light", "dark")
NAME = b"Sofia Lindgren"


def main() -> None:
    """Build the site of this repository, and write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    sys.path.insert(0, str(ROOT / "plugins"))
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        from papers.cli.init import read_site_template

        # The owner of a new site is "Your Name".
        files = read_site_template().items()
        write(Path(folder), {name: data.replace(b"Your Name", NAME) for name, data in files})
        done = run_papers("build", cwd=Path(folder))
        if done.returncode:
            raise SystemExit(done.stderr)
        for name, path, width, height, scale in SHOTS:
            for scheme in SCHEMES:
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    device_scale_factor=scale,
                    color_scheme=scheme,
                )
                page.goto((Path(folder) / "output" / path).as_uri())
                page.eval_on_selector_all("img", "all => all.forEach(one => one.loading = 'eager')")
                until(page, "[...document.images].every(one => one.complete)")
                data = compress(page.screenshot())
                (FOLDER / f"{name}-{scheme}.png").write_bytes(data)
                page.close()


def compress(data: bytes) -> bytes:
    """Return a PNG with a palette of 160 colours."""
    out = io.BytesIO()
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image.quantize(160, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
