"""Lists of records in YAML files: papers, projects, news."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from ...content import YamlLoader
from ...util import CONTROL
from ..common import describe_yaml_error
from ..result import SourceTree
from .parser import FrontMatter, flatten, normalize_key


def read_yaml_records(source: SourceTree, path: Path) -> list[FrontMatter]:
    """Return the mappings in the list of a YAML file, or in a list below one of its keys.

    The result is empty, with a note, for a file that is not valid YAML.
    """
    try:
        root = yaml.compose(CONTROL.sub(" ", source.read_text(path)), YamlLoader)
        return [_read_record(source, path, node) for node in _mappings(root)]
    except (yaml.YAMLError, RecursionError) as error:
        message, line = describe_yaml_error(error)
        message = message or "it is nested too deeply"
        source.note("left", path, f"cannot be read as YAML: {message}", line)
        return []


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.SequenceNode):
        yield from (item for item in node.value if isinstance(item, yaml.MappingNode))
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            if isinstance(value, yaml.SequenceNode):
                yield from _mappings(value)


def _read_record(source: SourceTree, path: Path, node: yaml.MappingNode) -> FrontMatter:
    data = dict(flatten(YamlLoader("").construct_document(node)))
    lines = {normalize_key(key.value): key.start_mark.line + 1 for key, _ in node.value}
    return FrontMatter(source, path, data, lines, start_line=node.start_mark.line + 1)
