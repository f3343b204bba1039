"""Links of SOCIAL and MENUITEMS: what leads nowhere, and what `check --links` requests."""

from mistakes import run, wrong

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
    "CV.pdf": "is not a page of this site (did you mean cv.pdf?)",
    "ada": "is not a page of this site (",
    "https://ada.example/no.pdf": "is not a page of this site (",
    "papers/good/#none": "does not match an id in content/papers/good.md (",
}  # fmt: skip


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
