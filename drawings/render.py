"""Render drawings/*.svg to content/images/*.png: the placeholders of the papers' figures."""

import io
from pathlib import Path

import resvg_py
from PIL import Image

HERE = Path(__file__).resolve().parent
IMAGES = HERE.parent / "content" / "images"

for drawing in sorted(HERE.glob("*.svg")):
    png = resvg_py.svg_to_bytes(svg_string=drawing.read_text(encoding="utf-8"))
    # A schematic has few colours: a palette of 64 makes a quarter of the bytes.
    picture = Image.open(io.BytesIO(bytes(png))).convert("RGB")
    picture = picture.quantize(64, dither=Image.Dither.NONE)
    picture.save(IMAGES / f"{drawing.stem}.png", optimize=True)
