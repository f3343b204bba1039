"""Addresses of videos and maps at other hosts."""

import pytest
from papers.model import find_embed

YOUTUBE, NOCOOKIE = "https://www.youtube.com/", "https://www.youtube-nocookie.com/embed/"
VIMEO, PLAYER = "https://vimeo.com/", "https://player.vimeo.com/video/"
BILIBILI = "https://www.bilibili.com/video/"
BILIBILI_FRAME = "https://player.bilibili.com/player.html?isOutside=true&"
MAP = "https://www.openstreetmap.org/"
GOOGLE = (
    "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2483.5!2d-0.1246!3d51.5007!2m3!1f0!5sBig"
    "%20Ben!5e0"
)
ID, BV = "aB3-_efGh1x", "BV1uv411q7Mv"


@pytest.mark.parametrize(
    ("address", "page", "frame"),
    [
        (f"{YOUTUBE}watch?v={ID}", f"{YOUTUBE}watch?v={ID}", f"{NOCOOKIE}{ID}?autoplay=1"),
        (f"http://youtube.com/watch?app=desktop&v={ID}#x", f"{YOUTUBE}watch?v={ID}", ID),
        (f"//m.youtube.com/watch?v={ID}&list=PL1", f"{YOUTUBE}watch?v={ID}", ID),
        (f"https://youtu.be/{ID}?si=abc&t=43", f"{YOUTUBE}watch?v={ID}&t=43s", "&start=43"),
        (f"{YOUTUBE}watch?v={ID}&t=1h1m1s", f"{YOUTUBE}watch?v={ID}&t=3661s", "&start=3661"),
        (f"{YOUTUBE}watch?v={ID}&t=javascript:1", f"{YOUTUBE}watch?v={ID}", f"{ID}?autoplay=1"),
        (f"{YOUTUBE}embed/{ID}?start=9&rel=0", f"{YOUTUBE}watch?v={ID}&t=9s", "&start=9"),
        (f"{NOCOOKIE}{ID}?controls=0", f"{YOUTUBE}watch?v={ID}", f"{NOCOOKIE}{ID}?autoplay=1"),
        (f"{YOUTUBE}live/{ID}", f"{YOUTUBE}watch?v={ID}", f"{NOCOOKIE}{ID}?autoplay=1"),
        (f"{YOUTUBE}shorts/{ID}", f"{YOUTUBE}watch?v={ID}", f"{NOCOOKIE}{ID}?autoplay=1"),
        (f"{YOUTUBE}playlist?list=PL0123456789abc", f"{YOUTUBE}playlist?list=PL0123456789abc",
         f"{NOCOOKIE}videoseries?list=PL0123456789abc&autoplay=1"),
        (f"{VIMEO}76979871", f"{VIMEO}76979871", f"{PLAYER}76979871?autoplay=1&dnt=1"),
        (f"{VIMEO}channels/staffpicks/55073825", f"{VIMEO}55073825", f"{PLAYER}55073825?"),
        (f"{VIMEO}791813674/2c9cfc5030", f"{VIMEO}791813674/2c9cfc5030", "&dnt=1&h=2c9cfc5030"),
        (f"{PLAYER}791813674?h=2c9cfc5030&title=0", f"{VIMEO}791813674/2c9cfc5030", "&h=2c9c"),
        (f"{BILIBILI}{BV}/?spm_id_from=333&p=2", f"{BILIBILI}{BV}/?p=2", f"bvid={BV}&p=2&auto"),
        (f"https://m.bilibili.com/video/{BV}", f"{BILIBILI}{BV}/",
         f"{BILIBILI_FRAME}bvid={BV}&p=1&autoplay=1"),
        (f"//player.bilibili.com/player.html?aid=11&bvid={BV}&cid=1&page=3", f"{BV}/?p=3", "p=3"),
        (f"{BILIBILI}av170001", f"{BILIBILI}av170001/", f"{BILIBILI_FRAME}aid=170001&p=1"),
        ("https://player.bilibili.com/player.html?aid=170001", f"{BILIBILI}av170001/", "aid=17"),
        (f"{MAP}#map=17/51.5/-0.12", f"{MAP}#map=17/51.50000/-0.12000",
         f"{MAP}export/embed.html?bbox=-0.12343%2C51.49840%2C-0.11657%2C51.50160&layer=mapnik"),
        (f"{MAP}?mlat=51.5&mlon=-0.12#map=17/51.5/-0.12&layers=C",
         f"{MAP}?mlat=51.5&mlon=-0.12#map=17/", "&layer=mapnik&marker=51.5%2C-0.12"),
        (f"{MAP}node/1234#map=19/51.5/-0.12", f"{MAP}node/1234#map=19/51.50000/-0.12000", "bbox="),
        (f"{MAP}search?query=lab#map=19/51.5/-0.12", f"{MAP}#map=19/51.50000/-0.12000", "bbox="),
        (GOOGLE, "https://www.google.com/maps/@51.5007,-0.1246,15z", GOOGLE),
        (f"{MAP}export/embed.html?bbox=-0.13%2C51.50%2C-0.11%2C51.52&layer=cyclemap",
         f"{MAP}#map=15/51.51000/-0.12000", "bbox=-0.13%2C51.50%2C-0.11%2C51.52&layer=cyclemap"),
    ],
)  # fmt: skip
def test_known_addresses(address, page, frame):
    """A video or map is not recognized, or leads to another one."""
    embed = find_embed(address)
    assert page in embed.page and frame in embed.frame
    assert embed.page.startswith("https://") and embed.frame.startswith("https://")
    # The frame of a host is the same thing as its page.
    assert find_embed(embed.frame).frame == embed.frame or embed.kind == "Map"
    assert embed.service == "Google Maps" or find_embed(embed.page).page == embed.page


@pytest.mark.parametrize(
    "address",
    [
        "", "x.mp4", "/embed/aB3-_efGh1x", "https://example.org/", f"{YOUTUBE}watch?v=short",
        f"{YOUTUBE}watch?v={ID}\"onload=x", f"{YOUTUBE}watch?v={ID}<b>", f"{YOUTUBE}@someone",
        f"{YOUTUBE}{ID}", f"{YOUTUBE}embed/{ID}/../../x", f"{YOUTUBE}watch/{ID}", YOUTUBE,
        f"https://youtu.be/x/{ID}", f"https://youtube.com.evil.example/watch?v={ID}",
        f"https://evil.example/https://www.youtube.com/watch?v={ID}",
        f"https://www.youtube.com@evil.example/watch?v={ID}", f"{YOUTUBE}playlist?list=x",
        f"javascript://www.youtube.com/watch?v={ID}", f"ftp://www.youtube.com/watch?v={ID}",
        f"https://www.youtube.com:444/watch?v={ID}", "https://www.youtube.com:x/", "https://[",
        f"{VIMEO}about", f"{VIMEO}123", f"{PLAYER}76979871x", f"{VIMEO}76979871/../x",
        f"{BILIBILI}BV1", "https://player.bilibili.com/player.html?bvid=x&aid=y", BILIBILI,
        "https://b23.tv/abc", f"{MAP}node/1", f"{MAP}#map=17/x/y", f"{MAP}#map=17/51.5",
        f"{YOUTUBE}watch?v={ID}{'&a=1' * 20}", f"{MAP}export/embed.html?bbox=1,2,3",
        f"{MAP}export/embed.html?bbox=1,2,3,4;x=1", MAP,
        "https://www.google.com/", "https://www.google.com/maps/embed?pb=<script>alert(1)</script>",
        "https://www.google.com/maps/embed?pb=", "https://google.com/maps/@51.5,-0.1,15z",
        "data:text/html,https://vimeo.com/76979871", "https://vimeo.com/７６９７９８７１",
    ],
)  # fmt: skip
def test_other_addresses(address):
    """What is not a video or map of a known service becomes one."""
    assert find_embed(address) is None
