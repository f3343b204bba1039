"""HTML of strangers: it is shown as text, and attributes that could do harm are dropped."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# Attributes that a text may set where its HTML is not trusted.
_HARMLESS = set(
    "href src alt title id class lang dir width height start colspan rowspan controls preload "
    "aria-label type checked disabled".split()
)
# Others, with the values that they may have: those of cells, and of rows of pictures.
_HARMLESS_VALUES = {"style": "text-align: [a-z]+;", "role": "group", "tabindex": "0"}


class _HarmlessAttributes(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in [name for name in element.keys() if name not in _HARMLESS]:
                if not re.fullmatch(_HARMLESS_VALUES.get(name, "(?!)"), element.get(name)):
                    del element.attrib[name]


class EscapeHtmlExtension(Extension):
    """Show HTML as text, and drop harmful attributes that Markdown Extra reads from `{: … }`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Remove what lets HTML through."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_HarmlessAttributes(md), "harmless", 4)
