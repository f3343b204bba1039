"""SVG files: their size, and what they may not do."""

from pathlib import Path

import pytest
from papers.images import svg
from papers.images.image_file import measure_image

ATTACKS = Path(__file__).parents[3] / "shared/cases/attack"
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
        ('width="60" height="10em" viewBox="0 0 30 20"', (30, 20)),
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


META = '<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=//e"/>'
ASKS_OTHERS = [
    '<image href="#a"><set attributeName="href" to="https://e.example/a.png"/></image>',
    '<image href="#a"><set attributeName="xlink:href" to="//e.example/a.png"/></image>',
    '<image href="#a"><animate attributeName="href" values="#b;https://e.example/a.png"/></image>',
    '<image href="#a"><animate attributeName="href" from="#b" to="../a.png"/></image>',
    '<image href="#a"><animate attributeName=" HREF " by="https:e.example"/></image>',
    '<use href="#a"><set attributeName="href" to="a.svg#b"/></use>',
    '<rect><set attributeName="mask" to="url(https://e.example/a.svg#b)"/></rect>',
    '<rect><animate attributeName="fill" values="red;url(a.svg#b)"/></rect>',
    '<filter id="f"><feImage href="#a"><set attributeName="href" to="a.png"/></feImage></filter>',
    '<a href="#a"><set attributeName="href" to="java&#10;script:alert(1)"/><text>x</text></a>',
    '<rect><set attributeName="onclick" to="alert(1)"/></rect>',
    META,
    f"<metadata>{META}</metadata>",
    f"<foreignObject>{META}</foreignObject>",
    META.replace("meta", "base").replace("content", "href"),
    '<foreignObject><style xmlns="http://www.w3.org/1999/xhtml">p{}</style></foreignObject>',
    '<foreignObject><video xmlns="http://www.w3.org/1999/xhtml" src="#"/></foreignObject>',
    '<foreignObject><input xmlns="http://www.w3.org/1999/xhtml" type="image"/></foreignObject>',
    '<foreignObject><td xmlns="http://www.w3.org/1999/xhtml" background="a.png"/></foreignObject>',
    '<listener xmlns="http://www.w3.org/2001/xml-events" event="click" handler="#h"/>',
    "<video/>",
    "<unknown/>",
    '<a href="#a" ping="https://e.example/"><text>x</text></a>',
    '<g xml:base="https://e.example/"><image href="#a"/></g>',
    '<font-face><font-face-src><font-face-uri xlink:href="a.svg#f"/></font-face-src></font-face>',
    '<rect mask="url(a.svg#b)"/>',
    r'<rect style="cursor:ur\l(//e.example/a)"/>',
    """<style>a{content:"/*"} b{fill:url(//e.example/a)} c{content:"*/"}</style>""",
    """<style>a{content:'/*\n} b{fill:url(//e.example/a)}</style>""",
    "<style>a{fill:url(#/*)} b{fill:url(//e.example/a)} c{fill:url(#*/)}</style>",
    r"<style>a{fill:u\72l(#/*)} b{fill:url(//e.example/a)} c{fill:url(#*/)}</style>",
    "<style>@namespace{} a{fill:url(//e.example/a);}</style>",
    """<style>a{cursor:image-set("a.png" 1x)}</style>""",
]


@pytest.mark.parametrize("inside", ASKS_OTHERS)
def test_drawings_that_ask_others(tmp_path, inside):
    """An SVG loads a file, leads to another page or runs a script when it is opened."""
    path = tmp_path / "x.svg"
    path.write_text(SVG.format(inside))
    with pytest.raises(
        ValueError, match=r"^(contains|loads) .* \((embed it|export it again without it)\)$"
    ):
        svg.refuse_active_svg(path)


def test_encodings(tmp_path):
    """An SVG in an encoding that browsers do not know hides a script from the check."""
    path = tmp_path / "x.svg"
    for encoding in ("cp037", "mac-roman", "hz"):
        path.write_bytes(
            f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + SVG.format("").encode()
        )
        with pytest.raises(ValueError, match="is not an SVG file"):
            svg.refuse_active_svg(path)
    for encoding in ("utf-8", "UTF-16", "iso-8859-1", "windows-1252"):
        text = f'<?xml version="1.0" encoding="{encoding}"?>' + SVG.format("<title>é</title>")
        path.write_bytes(text.encode(encoding))
        svg.refuse_active_svg(path)


@pytest.mark.parametrize(
    "file", sorted(ATTACKS.glob("05-*/*.svg")) or [None], ids=lambda file: file and file.name
)
def test_attack_files(file):
    """An SVG of the attack makes requests to other hosts."""
    if file is None:
        pytest.skip("needs the drawings in ../shared/cases/attack")
    with pytest.raises(ValueError, match="^(contains|loads) "):
        svg.refuse_active_svg(file)


RDF = (
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#">'
    '<cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>'
    '<dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/>'
    '<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/></cc:Work>'
    "</rdf:RDF></metadata>"
)
DIALECTS = {
    "matplotlib": RDF
    + "<defs><style type='text/css'>*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>"
    "<g id='figure_1'><g id='patch_1'><path d='M 0 9 L 9 9 z' style='fill: #ffffff'/></g>"
    "<defs><path id='m1' d='M 0 0 L 0 3' style='stroke: #000'/><clipPath id='p1'>"
    "<rect x='1' width='7' height='7'/></clipPath></defs>"
    "<g clip-path='url(#p1)'><use xlink:href='#m1' x='3' style='stroke: #000'/></g></g>",
    "inkscape": RDF
    + "<sodipodi:namedview xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' "
    "xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' pagecolor='#ffffff' "
    "inkscape:zoom='1' inkscape:window-width='90'><inkscape:grid type='xygrid' id='grid1'/>"
    "</sodipodi:namedview><defs><inkscape:path-effect xmlns:inkscape="
    "'http://www.inkscape.org/namespaces/inkscape' effect='spiro' id='e1'/>"
    "<linearGradient id='l1'><stop offset='0' style='stop-color:#000'/></linearGradient>"
    "<radialGradient id='r1' xlink:href='#l1' gradientTransform='matrix(1,0,0,1,0,0)'/></defs>"
    "<flowRoot xml:space='preserve'><flowRegion><rect width='9' height='9'/></flowRegion>"
    "<flowPara>Words</flowPara></flowRoot><text><tspan x='1' y='2'>x</tspan></text>",
    "R": "<defs><style type='text/css'><![CDATA[.svglite line { fill: none; stroke: #000000; }]]>"
    "</style></defs><rect width='100%' height='100%' style='stroke: none; fill: #FFFFFF;'/>"
    "<g clip-path='url(#cp)'><polyline points='1,2 3,4'/><circle cx='1' cy='1' r='1.95'/>"
    "<symbol overflow='visible' id='glyph0-1'><path d='M 0 0'/></symbol>"
    "<text x='1' y='1' textLength='3px' lengthAdjust='spacingAndGlyphs'>x</text></g>",
    "graphviz": "<g id='graph0' class='graph' transform='scale(1 1) rotate(0)'><title>G</title>"
    "<polygon fill='white' points='1,1 2,2'/><g id='node1' class='node'><title>a</title>"
    "<g id='a_node1'><a xlink:href='https://example.org/' xlink:title='a'>"
    "<ellipse cx='1' cy='1' rx='1' ry='1'/><text text-anchor='middle'>a</text></a></g></g></g>",
    "draw.io": "<defs/><g><g><switch><foreignObject pointer-events='none' width='100%' "
    "requiredFeatures='http://www.w3.org/TR/SVG11/feature#Extensibility'>"
    "<div xmlns='http://www.w3.org/1999/xhtml' style='display: flex; width: 38px;'>"
    "<div data-drawio-colors='color: rgb(0, 0, 0);'><b>A</b><br/><font color='#ff0000'>x</font>"
    "<ul><li>x</li></ul></div></div></foreignObject><text>A</text></switch></g></g><switch>"
    "<g requiredFeatures='http://www.w3.org/TR/SVG11/feature#Extensibility'/>"
    "<a transform='translate(0,-5)' xlink:href='https://www.example.org/faq' target='_blank'>"
    "<text>Text is not SVG - cannot display</text></a></switch>",
    "illustrator": "<metadata><i:pgf xmlns:i='http://ns.adobe.com/AdobeIllustrator/10.0/'>x</i:pgf>"
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'/></metadata><style type='text/css'>.st0{fill:url(#S_1_);}"
    ".st1{font-family:'MyriadPro-Regular';}</style><switch>"
    "<foreignObject requiredExtensions='http://ns.adobe.com/AdobeIllustrator/10.0/' width='1' "
    "height='1'><i:aipgfRef xmlns:i='http://ns.adobe.com/AdobeIllustrator/10.0/' "
    "xlink:href='#adobe_illustrator_pgf'/></foreignObject><g i:extraneous='self' "
    "xmlns:i='http://ns.adobe.com/AdobeIllustrator/10.0/'><path class='st0'/></g></switch>",
    "d3": "<g font-family='sans-serif' aria-label='bars'><rect data-x='1' fill='hsl(1, 2%, 3%)'/>"
    "<path stroke-dasharray='1 2' d='M0,0C1,1 2,2 3,3' marker-end='url(#m)'/><marker id='m'/>"
    "<image href='data:image/png;base64,iVBORw0KGgo='/></g>"
    "<style>/* https://example.org/ */ .tick text { font: 10px sans-serif; }</style>",
    "animation": "<circle r='1'><animate attributeName='r' values='1;2;1' dur='1s'/>"
    "<set attributeName='fill' to='red'/><animateTransform attributeName='transform' type='rotate' "
    "from='0 1 1' to='360 1 1'/><animateMotion path='M0,0'><mpath href='#p'/></animateMotion>"
    "<animate attributeName='d' values='M0,0;M1,1'/></circle><use href='#a'>"
    "<set attributeName='href' to='#b'/></use>",
    "filter": "<filter id='f'><feGaussianBlur stdDeviation='1'/><feColorMatrix values='1 0 0'/>"
    "<feMerge><feMergeNode in='x'/></feMerge></filter><g filter='url(#f)' mask='url(#m)'/>"
    "<pattern id='p' patternTransform='rotate(45)'><path d='M0 0'/></pattern>",
}


@pytest.mark.parametrize("program", DIALECTS)
def test_drawings_of_programs(tmp_path, program):
    """An SVG as a program writes it is refused."""
    path = tmp_path / "x.svg"
    path.write_text(SVG.format(DIALECTS[program]))
    svg.refuse_active_svg(path)


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        ('width="460.8pt" height="345.6pt"', (614, 461)),
        ('width="210mm" height="29.7cm"', (794, 1123)),
        ('width="2in" height="6pc"', (192, 96)),
        ('width="30px" height="20"', (30, 20)),
    ],
)
def test_physical_units(tmp_path, size, pixels):
    """A drawing of matplotlib, R or Inkscape has no size, or cannot be drawn."""
    path = tmp_path / "plot.svg"
    rect = '<rect width="10in" height="10in"/>'
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{rect}</svg>', encoding="utf-8"
    )
    assert svg.measure_svg(path) == pixels
    assert svg.draw_svg(path, 24).getpixel((12, 8)) == (0, 0, 0, 255)
