"""SVG files: their size, and what they may not do."""

import pytest
from papers.images import svg
from papers.images.image_file import measure_image

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 9 9">{}</svg>'
)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30px" height="20"', (30, 20)),
        ('viewBox="0 0 30.2 20.4"', (30, 20)),
        ('viewBox="0,0,30,20"', (30, 20)),
        ('width="100%" height="100%" viewBox="0 0 30 20"', (30, 20)),
        ('width="60" height="10cm" viewBox="0 0 30 20"', (30, 20)),
    ],
)
def test_svg(tmp_path, attributes, size):
    """An SVG without a size in pixels has no height or is refused."""
    path = tmp_path / "p.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')
    assert measure_image(path) == size


def test_deep_drawing(tmp_path):
    """An SVG of ten thousand nested groups ends the build with a traceback."""
    path = tmp_path / "x.svg"
    path.write_text(SVG.format("<g>" * 10_000 + "</g>" * 10_000))
    for use in (svg.refuse_active_svg, svg.measure_svg, lambda path: svg.draw_svg(path, 64)):
        with pytest.raises(ValueError, match="is nested more than"):
            use(path)
    path.write_text(SVG.format("<g>" * 120 + "</g>" * 120))
    assert svg.draw_svg(path, 64).size == (64, 64)
    path.write_text(SVG.replace("9 9", "1 900000").format(""))
    assert svg.draw_svg(path, 1216).height < 5_000_000
