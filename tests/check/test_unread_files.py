"""Files of content/ that Pelican does not read."""

from conftest import write
from papers.check.unread_files import check_unread_files


def test_files_saved_during_a_build(tmp_path):
    """A file that is saved after Pelican listed the files is to be renamed to its own name."""
    names = ["news/late.md", "papers/late.md", "pages/a.b.md", "home.md", "papers/late.bib"]
    late = ["news/LOUD.MD", "pages/notes.txt", "papers/x.ris", "talks/a.md"]
    write(tmp_path / "content", dict.fromkeys([*names, *late], "Title: T\n\nX\n"))
    context = {
        "PATH": str(tmp_path / "content"), "generated_content": {}, "static_content": {},
        "IGNORE_FILES": [".*"], "STATIC_PATHS": ["images"], "ARTICLE_PATHS": ["news"],
        "PAGE_PATHS": ["home.md", "pages", "papers"],
    }  # fmt: skip
    files = [problem.file.removeprefix("content/") for problem in check_unread_files(context)]
    assert files == late
