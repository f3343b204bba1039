"""An entry of a .bib as it is written."""

from dataclasses import dataclass, field

from ...util import find_macros, shorten
from ..header import Header, HeaderEntry


@dataclass(slots=True)
class BibtexEntry:
    """An entry as it is written: names in lower case, values without their delimiters.

    `lines` are the numbers of the lines in which the fields begin.
    """

    type: str
    header: Header
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def make_header(self, name: str, text: str, **values) -> HeaderEntry:
        """Make the header entry of a field."""
        return HeaderEntry(text, self.lines[name], name, **values)

    def report_notice(self, name: str, message: str) -> None:
        """Report a notice on a field."""
        self.header.report(name, message, self.lines[name], notice=True)

    def report_macros(self, name: str, text: str) -> None:
        """Report the macros that a field's decoded text still holds."""
        if macros := find_macros(text, self.fields[name]):
            message = f'"{shorten(", ".join(macros))}" is unknown TeX and is shown as it is'
            self.report_notice(name, f"{message} (write it in plain words)")
