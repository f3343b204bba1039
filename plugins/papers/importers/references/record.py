"""A record of a reference manager: values under the two-letter tags of RIS.

EndNote's other formats and PubMed's are read into the same tags.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..common import fold_text, plain_line

_EMPTY = ("", "n/a", "N/A")


@dataclass(slots=True)
class Field:
    """A value, its tag in RIS ("" for none), its line, its name in the file, and if it is read."""

    tag: str
    value: str
    line: int
    name: str
    is_read: bool = False

    @property
    def text(self) -> str:
        """The value as plain text on one line; "" for a placeholder."""
        text = plain_line(self.value)
        return "" if text in _EMPTY else text


@dataclass(slots=True)
class Record:
    """A record: the number of its first line, and its fields in the order of the file.

    The methods take tags separated by blanks, in order of preference.
    """

    line: int
    fields: list[Field] = field(default_factory=list)

    def add(self, tag: str, value: str, line: int, name: str = "") -> None:
        """Add a field at the end; `name` is what the file calls it, if not by its tag in RIS."""
        self.fields.append(Field(tag, value, line, name or tag))

    def find(self, tags: str) -> list[Field]:
        """Return the fields of some tags in the order of the file."""
        names = tags.split()
        return [field for field in self.fields if field.tag in names]

    def values(self, tags: str) -> list[str]:
        """Return the values of some tags in the order of the file; they count as read."""
        fields = self.find(tags)
        for item in fields:
            item.is_read = True
        return [item.value.strip() for item in fields]

    def peek(self, tags: str) -> str:
        """Return the first unread text of some tags, which stays unread."""
        return next((item.text for item in self._unread_texts(tags)), "")

    def text(self, tags: str) -> str:
        """Return the first unread text of some tags; where others say the same, all are read."""
        value = ""
        for item in self._unread_texts(tags):
            if not value or fold_text(item.text) == fold_text(value):
                value = value or item.text
                item.is_read = True
        return value

    def _unread_texts(self, tags: str) -> Iterable[Field]:
        for tag in tags.split():
            yield from (
                item for item in self.fields if item.tag == tag and not item.is_read and item.text
            )

    def unread_fields(self, headers: dict[str, str]) -> list[Field]:
        """Return the fields that nothing has read, and whose text is not a header's."""
        unread = [item for item in self.fields if not item.is_read and item.text]
        known = {fold_text(value) for value in headers.values()} if unread else set()
        return [item for item in unread if fold_text(item.text) not in known]
