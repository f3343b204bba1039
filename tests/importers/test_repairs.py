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
