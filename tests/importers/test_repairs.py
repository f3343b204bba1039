"""After an import, nothing that was imported stops the build."""

import sys

from mistakes import lay, together
from papers.importers import MAX_ROUNDS, Repairer
from papers.publish import check_site


def repair(folder, files, owned=None):
    """Repair a site as an import does; return the errors that are left, and the repairs."""
    conf = lay(folder, files)
    names = {f"content/{name}" for name in files} if owned is None else owned
    repairer = Repairer(folder / "content", names)
    for _ in range(MAX_ROUNDS):
        paths = list(sys.path)
        problems = check_site(conf).problems
        sys.path[:] = paths
        if not repairer.repair(problems):
            break
    errors = [str(problem) for problem in problems if not problem.notice]
    return errors, list(repairer.repairs.values())


def test_no_mistake_stops_the_build(tmp_path):
    """A mistake of any kind in what an import has written is left to stop the build."""
    files, *_ = together()
    # Pictures take long.
    files = {
        name: data for name, data in files.items() if not name.startswith(("images/", "extra/"))
    }
    errors, repairs = repair(tmp_path, files)
    assert errors == []
    assert len(repairs) > 200


def test_what_two_files_share_is_repaired_in_the_imported_one(tmp_path):
    """An imported file that takes the address or the key of an own one stops the build."""
    paper = "Title: {}\nAuthors: Ada Lovelace\nDate: 2026\n"
    entry = "@misc{{{}, title = {{{}}}, author = {{Ada Lovelace}}, year = 2020}}\n"
    own = {
        "home.md": "Title: Ada\n\nWords.\n", "pages/z.md": "Title: Z\nSlug: teaching\n\nMine.\n",
        "papers/z.md": paper.format("Z") + "Key: same\n\nMine.\n",
        "papers/z.bib": entry.format("twin", "Mine"),
    }  # fmt: skip
    imported = {
        "pages/a.md": "Title: A\nSlug: teaching\n\nTheirs.\n",
        "papers/a.md": paper.format("A") + "Key: same\n\nTheirs.\n",
        "papers/a.bib": entry.format("twin", "Theirs"),
    }
    errors, repairs = repair(tmp_path, own | imported, {f"content/{name}" for name in imported})
    assert errors == [] and len(repairs) == 3
    for name, text in own.items():
        assert (tmp_path / "content" / name).read_text("utf-8") == text
    assert "Slug: teaching-2" in (tmp_path / "content/pages/a.md").read_text("utf-8")
    assert "twin-2" in (tmp_path / "content/papers/a.bib").read_text("utf-8")
    assert "Key:" not in (tmp_path / "content/papers/a.md").read_text("utf-8")
