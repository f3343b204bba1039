"""Which parts of a text are formulas, in TeX's delimiters."""

import re

# Mathematics in plain text: $…$ and $$…$$, or \(…\) and \[…\]. The text between two prices is
# not a formula: it has words and no command, or spaces at its ends, or a digit after it.
TEX_MATH = re.compile(
    r"\$\$[^$]+\$\$"
    r"|\$(?=[^\s$]*[\\^_{=])(?:[^\s$\\]|\\.)+\$"
    r"|\$(?=[^\s$])(?![^$\\]*[A-Za-z]{2} [A-Za-z]{2}[^$\\]*\$)(?:[^$\\]|\\.)*?(?<=\S)\$(?!\d)"
    # The bound keeps the search linear where nothing ends a formula.
    r"|\\\(.{1,4000}?\\\)|\\\[.{1,4000}?\\\]",
    re.DOTALL,
)
