"""Videos and maps of other hosts: the page that shows one, and the frame that holds it."""

import re
from math import cos, radians
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from ..util import LazyPattern


class Embed(NamedTuple):
    """A video or map at another host.

    `page` is its address for people, `frame` the one for a frame in other pages. `kind` is "Video"
    or "Map", `ratio` is the width by the height, as in CSS.
    """

    page: str
    frame: str
    kind: str
    service: str
    ratio: str = "16 / 9"


_YOUTUBE_ID = LazyPattern(r"[\w-]{11}", re.ASCII)
_YOUTUBE_LIST = LazyPattern(r"[\w-]{12,50}", re.ASCII)
_SECONDS = LazyPattern(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?", re.ASCII)
_VIMEO_PATH = LazyPattern(
    r"/(?:video/|channels/[\w-]{1,50}/|groups/[\w-]{1,50}/videos/)?(\d{5,12})(?:/([0-9a-f]{6,20}))?/?",
    re.ASCII,
)
_BILIBILI_PATH = LazyPattern(r"/video/(BV[0-9A-Za-z]{10}|av\d{1,16})/?", re.ASCII | re.IGNORECASE)
_NUMBER = r"-?\d{1,3}(?:\.\d{1,15})?"
_MAP_HASH = LazyPattern(rf"map=(\d{{1,2}})(?:\.\d+)?/({_NUMBER})/({_NUMBER})(?:&.*)?", re.ASCII)
_BOX = LazyPattern(",".join([f"({_NUMBER})"] * 4), re.ASCII)
_POINT = LazyPattern(f"({_NUMBER}),({_NUMBER})", re.ASCII)
# Pages of OpenStreetMap that show a map, of which those of an object are worth a link.
_MAP_PATH = LazyPattern(
    r"/|/(?:search|directions|query)|(?P<object>/(?:node|way|relation)/\d{1,15})/?"
)
_GOOGLE_MAP = LazyPattern(r"[\w!:.,%&=+' -]{10,2000}", re.ASCII)
_GOOGLE_CENTRE = LazyPattern(
    r"!2d(?P<longitude>-?\d{1,3}\.\d{1,15})!3d(?P<latitude>-?\d{1,2}\.\d{1,15})"
)
_LAYER = LazyPattern(r"[a-z]{1,20}")
# The pixels of a map's tile, and of the map that a page of OpenStreetMap shows in ours.
_TILE, _MAP_SIZE, _MAP_RATIO = 256, (640, 480), "4 / 3"


def find_embed(address: str) -> Embed | None:
    """Return the video or map at an address, None where it is not of a service known here."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        has_port = parts.port is not None
        fields = parse_qs(parts.query, max_num_fields=20)
    except ValueError:
        return None
    read = _SERVICES.get(host)
    if read is None or has_port or parts.scheme not in ("http", "https", ""):
        return None
    return read(parts, {name: values[0] for name, values in fields.items()})


def _read_youtube(parts: SplitResult, query: dict[str, str]) -> Embed | None:
    *folder, name = parts.path.strip("/").split("/")
    is_short = folder == ["shorts"]
    if parts.hostname != "youtu.be":
        if folder not in (["embed"], ["shorts"], ["live"], ["v"]):
            name = query.get("v", "") if (folder, name) == ([], "watch") else ""
    elif folder:
        return None
    start = _SECONDS.fullmatch(query.get("start") or query.get("t") or "")
    hours, minutes, rest = (int(part or 0) for part in start.groups()) if start else (0, 0, 0)
    seconds = 3600 * hours + 60 * minutes + rest
    frame = f"{FRAME_HOSTS['youtube.com']}/embed/"
    if _YOUTUBE_ID.fullmatch(name) and name != "videoseries":
        page = f"https://www.youtube.com/watch?v={name}" + (f"&t={seconds}s" if seconds else "")
        frame += f"{name}?autoplay=1" + (f"&start={seconds}" if seconds else "")
        return Embed(page, frame, "Video", "YouTube", "9 / 16" if is_short else "16 / 9")
    playlist = query.get("list", "")
    if parts.path in ("/playlist", "/embed/videoseries") and _YOUTUBE_LIST.fullmatch(playlist):
        page = f"https://www.youtube.com/playlist?list={playlist}"
        return Embed(page, f"{frame}videoseries?list={playlist}&autoplay=1", "Video", "YouTube")
    return None


def _read_vimeo(parts: SplitResult, query: dict[str, str]) -> Embed | None:
    match = _VIMEO_PATH.fullmatch(parts.path)
    if match is None:
        return None
    secret = match[2] or query.get("h", "")
    secret = secret if re.fullmatch("[0-9a-f]{6,20}", secret) else ""
    page = f"https://vimeo.com/{match[1]}" + (f"/{secret}" if secret else "")
    frame = f"{FRAME_HOSTS['vimeo.com']}/video/{match[1]}?autoplay=1&dnt=1"
    return Embed(page, frame + (f"&h={secret}" if secret else ""), "Video", "Vimeo")


def _read_bilibili(parts: SplitResult, query: dict[str, str]) -> Embed | None:
    if parts.path == "/player.html":
        name = query.get("bvid") or f"av{query.get('aid', '').removeprefix('av')}"
    else:
        name = parts.path.removeprefix("/video/").strip("/")
    if not _BILIBILI_PATH.fullmatch(f"/video/{name}"):
        return None
    part = query.get("p") or query.get("page") or ""
    part = part if re.fullmatch("[1-9][0-9]{0,3}", part) else "1"
    page = f"https://www.bilibili.com/video/{name}/" + (f"?p={part}" if part != "1" else "")
    key, value = ("aid", name[2:]) if name[:2].lower() == "av" else ("bvid", name)
    frame = f"{FRAME_HOSTS['bilibili.com']}/player.html?isOutside=true&{key}={value}&p={part}"
    return Embed(page, f"{frame}&autoplay=1", "Video", "Bilibili")


def _read_openstreetmap(parts: SplitResult, query: dict[str, str]) -> Embed | None:
    """Read the address of a map or of its frame; a page has a centre, a frame has a box."""
    folder, layer = "", query.get("layer", "mapnik")
    layer = layer if _LAYER.fullmatch(layer) else "mapnik"
    if parts.path == "/export/embed.html":
        box, marker = _BOX.fullmatch(query.get("bbox", "")), query.get("marker", "")
        marker = _POINT.fullmatch(marker)
        if box is None:
            return None
        west, south, east, north = map(float, box.groups())
        zoom = _find_zoom(east - west)
        latitude, longitude = (north + south) / 2, (east + west) / 2
        bounds = ",".join(box.groups())
    elif (path := _MAP_PATH.fullmatch(parts.path or "/")) and (
        match := _MAP_HASH.fullmatch(parts.fragment)
    ):
        folder = (path["object"] or "/").removeprefix("/")
        zoom, latitude, longitude = int(match[1]), float(match[2]), float(match[3])
        marker = _POINT.fullmatch(f"{query.get('mlat', '')},{query.get('mlon', '')}")
        degrees = 360 / _TILE / 2 ** min(zoom, 19)
        across = degrees * _MAP_SIZE[0] / 2
        along = degrees * _MAP_SIZE[1] / 2 * cos(radians(latitude))
        edges = longitude - across, latitude - along, longitude + across, latitude + along
        bounds = ",".join(f"{edge:.5f}" for edge in edges)
    else:
        return None
    host = FRAME_HOSTS["openstreetmap.org"]
    frame = f"{host}/export/embed.html?bbox={quote(bounds)}&layer={layer}"
    page = f"{host}/{folder}"
    if marker:
        frame += f"&marker={quote(','.join(marker.groups()))}"
        page += f"?mlat={marker[1]}&mlon={marker[2]}"
    page += f"#map={zoom}/{latitude:.5f}/{longitude:.5f}"
    return Embed(page, frame, "Map", "OpenStreetMap", _MAP_RATIO)


def _read_google_maps(parts: SplitResult, query: dict[str, str]) -> Embed | None:
    """Read the address of a map's frame, which can be shown in a frame only."""
    map_code = query.get("pb", "")
    if parts.path != "/maps/embed" or not _GOOGLE_MAP.fullmatch(map_code):
        return None
    centre = _GOOGLE_CENTRE.search(map_code)
    page = "https://www.google.com/maps/" + (
        f"@{centre['latitude']},{centre['longitude']},15z" if centre else ""
    )
    frame = f"{FRAME_HOSTS['google.com']}/maps/embed?pb={quote(map_code, safe='!')}"
    return Embed(page, frame, "Map", "Google Maps", _MAP_RATIO)


def _find_zoom(degrees: float) -> int:
    """Return the zoom at which our map is as wide as some degrees of longitude."""
    for zoom in range(19, 1, -1):
        if 360 * _MAP_SIZE[0] / _TILE / 2**zoom >= degrees:
            return zoom
    return 1


# The hosts whose names people know, and the origins that serve their frames.
FRAME_HOSTS = {
    "youtube.com": "https://www.youtube-nocookie.com",
    "youtu.be": "https://www.youtube-nocookie.com",
    "vimeo.com": "https://player.vimeo.com",
    "bilibili.com": "https://player.bilibili.com",
    "openstreetmap.org": "https://www.openstreetmap.org",
    "google.com": "https://www.google.com",
    "maps.google.com": "https://www.google.com",
}
_SERVICES = {
    "youtube.com": _read_youtube,
    "youtube-nocookie.com": _read_youtube,
    "youtu.be": _read_youtube,
    "vimeo.com": _read_vimeo,
    "player.vimeo.com": _read_vimeo,
    "bilibili.com": _read_bilibili,
    "player.bilibili.com": _read_bilibili,
    "openstreetmap.org": _read_openstreetmap,
    "google.com": _read_google_maps,
}
