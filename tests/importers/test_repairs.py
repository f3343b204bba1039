"""After an import, nothing that was imported stops the build."""

from mistakes import lay, read, together
from papers.importers import MAX_ROUNDS, Repairer


def repair(folder, files, owned=None):
    """Repair a site as an import does; return the errors that are left, and the repairs."""
    conf = lay(folder, files)
    names = {f"content/{name}" for name in files} if owned is None else owned
    repairer = Repairer(folder / "content", names)
    for _ in range(MAX_ROUNDS):
        problems = read(conf).problems
        if not repairer.repair(problems):
            break
    errors = [str(problem) for problem in problems if not problem.notice]
    return errors, list(repairer.repairs.values())


def test_no_mistake_stops_the_build(tmp_path):
    """A mistake of any kind in what an import has written is left to stop the build."""
    files, *_ = together()
    errors, repairs = repair(tmp_path, files)
    assert errors == []
    assert len(repairs) > 200
