"""Social cards: their text fits, has all of its letters, and the theme's colours."""

from papers.images import line_breaking, social_card
from sample import read_image
from test_theme import TOKENS


def test_typesetting():
    """A title is wider than its card, or a letter of it is missing or shown as a box."""
    texts = "Ünïcödé Żółć ε-Кириллица Nguyễn 大模型強化학습カタカナ “x” – — …".split()
    assert line_breaking.remove_missing_glyphs(*texts) == tuple(texts)
    assert line_breaking.remove_missing_glyphs("A 🎉 b ❤️ c") == ("A b c",)
    assert (
        line_breaking.remove_missing_glyphs("שלום") is None
        and line_breaking.remove_missing_glyphs("नमस्ते") is None
    )
    for title in ("Word " * 80, "字" * 200, "W" * 300, ""):
        card = read_image(social_card.draw_title_card("ICLR", title, "Ada, " * 60, "Ada " * 40))
        margin = card.convert("L").crop(
            (social_card.WIDTH - 40, 0, social_card.WIDTH, social_card.HEIGHT)
        )
        if title[:1] != "W" or " " in title:
            assert margin.getextrema()[0] > 200, title[:9]
    assert line_breaking.break_lines("ab。中文，字", 32, 70) == ["ab。", "中", "文，", "字"]


def test_all_lengths_of_titles_fit():
    """A title of some length is higher than a card, which ends the build."""
    for count in range(60):
        card = read_image(
            social_card.draw_title_card("ICLR", "Wording " * count, "Ada, " * 60, "Ada")
        )
        assert card.size == social_card.SIZE, count
        foot = card.convert("L").crop((0, social_card.HEIGHT - 15, *social_card.SIZE))
        assert foot.getextrema()[0] > 200, count


def test_colours_of_cards_are_tokens():
    """The stylesheet's colours change, but not those of social cards and icons."""
    names = {"bg": "BACKGROUND", "text": "TEXT", "muted": "MUTED"}
    for token, name in (names | {"accent": "ACCENT", "plate": "PLATE"}).items():
        assert TOKENS[token][0] == getattr(social_card, name)
