"""Links of SOCIAL and MENUITEMS: what leads nowhere, and what `check --links` requests."""

from mistakes import SVG, run, wrong

# Addresses of SOCIAL, and how the message on each ends; none where the link is right.
ADDRESSES = {
    "https://a.example/x": None,
    "HTTP://b.example": None,
    "mailto:ada@a.example": None,
    "tel:+43123": None,
    "//c.example/x": None,
    "cv.pdf": None,
    "/files/my%20cv.pdf": None,
    "publications/": None,
    "https://ada.example/cv.pdf": None,
    "github.com/ada": 'has no "https://" before it (write "https://github.com/ada")',
    "www.a.example": 'has no "https://" before it (write "https://www.a.example")',
    "münchen.example/~ada?x=1": "has no \"https://\" before it (write \"https://münchen.example/",
    "ada.b@a.example": 'has no "mailto:" before it (write "mailto:ada.b@a.example")',
    "@ada@b.example": 'is not a web address (write "https://b.example/@ada")',
    "https:/a.example": 'is not a web address (write "https://a.example")',
    "http//a.example/x": 'is not a web address (write "http://a.example/x")',
    "https:a.example": 'is not a web address (write "https://a.example")',
    "{filename}/pages/cv.md": "works in texts only (write its address on the site, such as \"pages",
    "CV.pdf": "is not a file of this site (did you mean cv.pdf?)",
    "ada": "is not a page of this site (",
    "https://ada.example/no.pdf": "is not a file of this site (put the file into content/extra/",
    "papers/good/#none": "does not match an id in content/papers/good.md (",
}  # fmt: skip

# Links of a text, and the end of the message on each.
TEXT_LINKS = {
    "![Boxes that grow](plot.png)": "(put the file next to the text and write {static}plot.png)",
    "![Boxes that grow](figures/plot.webp)": "(put the file into figures/, as seen from the text, "
    "and write {static}figures/plot.webp)",
    "![Two boxes that grow](/images/nope.png)": "(put the file into content/images/)",
    "[Slides](talk.pdf)": "(put the file next to the text and write {static}talk.pdf)",
    "[Old](/old/thing.pdf)": "(put the file into content/extra/old/, or correct its name)",
    "[Root](/thing.zip)": "(put the file into content/extra/, or correct its name)",
    "[Talks](/talks/)": "(name a page of the site, or put the file into content/extra/)",
    "[Self](/lnks/)": "(name a page of the site, or put the file into content/extra/)",
    "[Near](/publicatons)": "(did you mean publications/?)",
    "![A box in colours](/Files/Box.SVG)": "(did you mean files/box.svg?)",
    "![A box without colours](/box.svg)": "(did you mean files/box.svg?)",
}  # fmt: skip


def test_links_of_texts():
    """A missing picture is called a page; hints name what nobody meant, or the page itself."""
    lines = "\n\n".join(TEXT_LINKS)
    files = {"pages/links.md": f"Title: Links\n\n{lines}\n", "extra/files/box.svg": SVG}
    printed = run(wrong("texts", files))[1][:-1]
    assert len(printed) == len(TEXT_LINKS), printed
    pairs = zip(printed, TEXT_LINKS.values(), strict=True)
    assert [line for line, end in pairs if not line.endswith(end)] == []


def test_addresses():
    """A link of the settings that leads nowhere is not reported, or a good one is."""
    links = "\n".join(f'    ("Label", "{address}"),' for address in ADDRESSES)
    files = {"extra/cv.pdf": "x", "extra/files/my cv.pdf": "x"}
    settings = (
        f'SOCIAL = [\n{links}\n]\nMENUITEMS = [("Home", ""), ("Lab", "https://lab.example/")]\n'
    )
    _, lines, _, places = run(wrong("links", files, settings=settings))
    starts = [
        f'pelicanconf.py:{n}: SOCIAL: "Label" ("{address}") {message}'
        for n, (address, message) in enumerate(ADDRESSES.items(), 2)
        if message
    ]
    assert len(lines) == len(starts) + 1, lines
    pairs = zip(lines, starts, strict=False)
    assert [line for line, start in pairs if not line.startswith(start)] == []
    assert places["https://a.example/x"] == [("pelicanconf.py", 2, "SOCIAL")]
    assert places["HTTP://b.example"] == [("pelicanconf.py", 3, "SOCIAL")]
    assert places["https://lab.example/"][0][2] == "MENUITEMS"
