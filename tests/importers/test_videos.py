"""Videos and maps of other hosts in old texts."""

import pytest
from papers.importers.common import replace_videos

ID, BV = "aB3-_efGh1x", "BV1uv411q7Mv"
PAGE = f"https://www.youtube.com/watch?v={ID}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{{{{< youtube {ID} >}}}}", f"![Video]({PAGE})"),
        (f'{{{{% youtube id="{ID}" title="The [talk]" %}}}}', f"![The talk]({PAGE})"),
        (f"{{{{<youtube id={ID} autoplay=true />}}}}", f"![Video]({PAGE})"),
        ("{{< vimeo 76979871 >}}", "![Video](https://vimeo.com/76979871)"),
        (f"{{{{< bilibili {BV} 1 >}}}}", f"![Video](https://www.bilibili.com/video/{BV}/)"),
        (f"{{{{< video https://www.youtube.com/embed/{ID} >}}}}", f"![Video]({PAGE})"),
        (f'{{% include video id="{ID}" provider="youtube" %}}', f"![Video]({PAGE})"),
        ('{% include video id="76979871" provider="vimeo" %}',
         "![Video](https://vimeo.com/76979871)"),
        (f"{{% include embed/youtube.html id='{ID}' %}}", f"![Video]({PAGE})"),
        (f'{{%- include youtubePlayer.html id="{ID}" -%}}', f"![Video]({PAGE})"),
        (f"{{% include embed/bilibili.html id='{BV}' %}}",
         f"![Video](https://www.bilibili.com/video/{BV}/)"),
        (f'{{% include video.liquid path="https://youtu.be/{ID}" class="img-fluid" %}}',
         f"![Video]({PAGE})"),
        (f'a <iframe width="560"\n src="//www.youtube.com/embed/{ID}" title="A talk"></iframe> b',
         f"a ![A talk]({PAGE})\n b"),
        ('<iframe src="https://www.openstreetmap.org/export/embed.html?bbox=-0.13,51.50,-0.11,51.52">'
         "</iframe>", "![Map](https://www.openstreetmap.org/#map=15/51.51000/-0.12000)"),
    ],
)  # fmt: skip
def test_videos(text, expected):
    """A video of the old site is left out, or becomes a link only."""
    assert replace_videos(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{{< youtube >}}", '{{< youtube id="javascript:alert(1)" >}}', "{{< youtube a](x) >}}",
        "{{< video a.mp4 >}}", "{% include video.html %}", "{% include figure.html path='a.png' %}",
        "{% include youtube.html id=page.video %}", '<iframe src="https://example.org/"></iframe>',
        "<iframe></iframe>", f'<iframe src="https://www.youtube.com/embed/{ID}">', "youtube",
        f'{{{{< youtube "{ID}\\">" >}}}}',
    ],
)  # fmt: skip
def test_what_is_no_known_video(text):
    """What only looks like a video becomes one, or code gets into its address."""
    assert replace_videos(text) == text
