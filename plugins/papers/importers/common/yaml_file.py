"""YAML files of other systems: their mappings, and errors in them."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from ...content import YamlLoader
from ...util import CONTROL
from ..result import SourceTree


def load_yaml_mapping(source: SourceTree, path: Path) -> dict:
    """Return the mapping in a YAML file, its values as text; {} with a note for another file."""
    try:
        data = yaml.load(source.read_text(path), YamlLoader)
    except RecursionError:
        source.note("left", path, "is nested too deeply and was skipped")
        return {}
    except (yaml.YAMLError, ValueError) as error:
        message, line = describe_yaml_error(error)
        source.note("left", path, f"is not valid YAML: {message or 'cannot be read'}", line)
        return {}
    return data if isinstance(data, dict) else {}


def describe_yaml_error(error: Exception) -> tuple[str, int | None]:
    """Return what is wrong with a text of YAML, and in which of its lines."""
    mark = getattr(error, "problem_mark", None)
    return getattr(error, "problem", None) or "", mark.line + 1 if mark else None


def nested_mapping(config: Mapping, key: str) -> dict:
    """Return a mapping within another; {} where there is none."""
    return config[key] if isinstance(config.get(key), dict) else {}


def yaml_text(value: object) -> str:
    """Return a value of YAML as text on one line; "" for one that is not a text."""
    if not isinstance(value, str) or value.lower() in ("~", "null", "false", "true"):
        return ""
    return " ".join(CONTROL.sub(" ", value).split())


def yaml_texts(value: object) -> list[str]:
    """Return the texts of a list, or of a single value."""
    texts = map(yaml_text, value if isinstance(value, list) else [value])
    return [text for text in texts if text]
