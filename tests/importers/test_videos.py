"""Videos and maps of other hosts in old texts."""

import pytest
from conftest import run_papers, write
from papers.importers.common import replace_videos

ID, BV = "aB3-_efGh1x", "BV1uv411q7Mv"
SETTINGS = "from papers.defaults import *\nAUTHOR = SITENAME = 'Ada Lovelace'\n"
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
        ('<iframe src="https://www.google.com/maps/embed?pb=!1m18!2d-0.1246!3d51.5007!5e0"></iframe>',
         "![Map](https://www.google.com/maps/embed?pb=!1m18!2d-0.1246!3d51.5007!5e0)"),
        ('<iframe src="https://www.openstreetmap.org/export/embed.html?bbox=-0.13,51.50,-0.11,51.52">'
         "</iframe>", "![Map](https://www.openstreetmap.org/#map=15/51.51000/-0.12000)"),
    ],
)  # fmt: skip
def test_videos(text, expected):
    """A video of the old site is left out, or becomes only a link."""
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


def test_post_with_videos(tmp_path):
    """A video becomes a link only, since it is a picture of another host."""
    post = (
        "---\ntitle: Hello\n---\nSee this:\n\n{% include youtube.html id='" + ID + "' %}\n\n"
        '<div class="embed-responsive">\n  <iframe src="https://player.vimeo.com/video/76979871"\n'
        '  title="Our talk"></iframe>\n</div>\n\n<iframe src="https://docs.example.org/"></iframe>\n'
    )
    old = write(tmp_path / "old", {
        "_config.yml": "title: Ada\nauthor: Ada Lovelace\ntheme: minima\n",
        "_posts/2024-01-02-hello.md": post, "index.md": "---\ntitle: Ada\n---\nHello.\n",
    })  # fmt: skip
    site = write(tmp_path / "site", {"content/.keep": "", "pelicanconf.py": SETTINGS})
    done = run_papers("import", old, cwd=site)
    assert done.returncode == 0, done.stderr
    text = next(site.glob("content/*/*hello.md")).read_text("utf-8")
    assert f"\n![Video]({PAGE})\n" in text
    assert "![Our talk](https://vimeo.com/76979871)" in text
    report = (site / "import-report.md").read_text("utf-8")
    assert "docs.example.org" in report and "vimeo" not in report and "youtube" not in report
