"""Raster images, SVG, responsive pictures, social cards and icons."""

from .icons import FAVICON_SOURCE, ICON_FILES, draw_icon, draw_icons
from .image_file import (
    IMAGE_SUFFIXES,
    has_location,
    load_image,
    measure_image,
    remove_metadata,
    shrink_image,
)
from .line_breaking import remove_missing_glyphs
from .responsive import (
    FIGURE_WIDTH,
    PORTRAIT_WIDTH,
    ImageCache,
    ResponsiveImage,
    hashed_path,
    is_rendered,
    render_image,
)
from .social_card import FIGURE_CARD_WIDTH, draw_figure_card, draw_site_card, draw_title_card
from .svg import (
    HTML_TEXT_ELEMENTS,
    SVG_ELEMENTS,
    SVG_RENDERER,
    check_drawing,
    refuse_active_svg,
)

__all__ = [
    "FAVICON_SOURCE",
    "FIGURE_CARD_WIDTH",
    "FIGURE_WIDTH",
    "HTML_TEXT_ELEMENTS",
    "SVG_ELEMENTS",
    "ICON_FILES",
    "IMAGE_SUFFIXES",
    "ImageCache",
    "PORTRAIT_WIDTH",
    "ResponsiveImage",
    "SVG_RENDERER",
    "check_drawing",
    "draw_figure_card",
    "draw_icon",
    "draw_icons",
    "draw_site_card",
    "draw_title_card",
    "has_location",
    "hashed_path",
    "is_rendered",
    "load_image",
    "measure_image",
    "refuse_active_svg",
    "remove_metadata",
    "remove_missing_glyphs",
    "render_image",
    "shrink_image",
]
