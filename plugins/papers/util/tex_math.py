"""Which parts of a text are formulas, and the limits of a formula for the native converter.

math-core 0.9 ends the process with a segmentation fault when a formula nests some thousand levels
deep (at 4 KB of stack a level), and its time doubles with each bracket that nothing closes.
"""

import re
from collections.abc import Iterator, Mapping

from .strings import LazyPattern

# Mathematics in plain text: $…$ and $$…$$, or \(…\) and \[…\]. The text between two prices is
# not a formula: it has words and no command, or spaces at its ends, or a digit after it.
TEX_MATH = LazyPattern(
    r"\$\$[^$]+\$\$"
    r"|\$(?=[^\s$]*[\\^_{=])(?:[^\s$\\]|\\.)+\$"
    r"|\$(?=[^\s$])(?![^$\\]*[A-Za-z]{2} [A-Za-z]{2}[^$\\]*\$)(?:[^$\\]|\\.)*?(?<=\S)\$(?!\d)"
    # The bound keeps the search linear where a formula is not closed.
    r"|\\\(.{1,4000}?\\\)|\\\[.{1,4000}?\\\]",
    re.DOTALL,
)
# Real formulas: 4,000 characters, 15 levels, 2 open brackets.
_MAX_LENGTH = 20_000
_MAX_LEVELS = 300
_MAX_OPEN = 16
_MAX_EXPANDED = 20_000
# A command, a parameter, a comment, or one character.
_TOKEN = LazyPattern(r"\\(?:[A-Za-z]+|.|$)|#\d|%[^\n]*|[^\\]", re.DOTALL)
_NESTING = LazyPattern(r"\\[A-Za-z]|\{")
_OPENING = LazyPattern(r"[(\[⟨⟦⟪⟮⌈⌊]|\\(?:\{|l[A-Za-z]|ulcorner|bigl|Bigl|biggl|Biggl|mathopen)")
_OPENERS = frozenset(
    r"( [ ⟨ ⟦ ⟪ ⟮ ⌈ ⌊ \{ \lbrace \lbrack \langle \lfloor \lceil \lvert \lVert \lgroup "
    r"\lmoustache \llbracket \llparenthesis \lparen \lBrace \lAngle \ulcorner \llcorner "
    r"\mathopen".split()
)
_CLOSERS = frozenset(
    r") ] ⟩ ⟧ ⟫ ⟯ ⌉ ⌋ \} \rbrace \rbrack \rangle \rfloor \rceil \rvert \rVert \rgroup "
    r"\rmoustache \rrbracket \rrparenthesis \rparen \rBrace \rAngle \urcorner \lrcorner "
    r"\mathclose".split()
)
_DEFINITIONS = frozenset(
    r"\def \gdef \edef \xdef \newcommand \renewcommand \providecommand "
    r"\DeclareMathOperator".split()
)


def find_formula_excess(tex: str, macros: Mapping[str, str]) -> str | None:
    """Return which limit a formula exceeds, in words that go on "cannot be shown: …", or None.

    `macros` maps the names of commands, without backslashes, to their TeX.
    """
    if len(tex) > _MAX_LENGTH:
        return f"it has more than {_MAX_LENGTH:,} characters"
    tokens = _TOKEN.findall(tex)
    names = {f"\\{name}": text for name, text in macros.items()}
    if not _DEFINITIONS.isdisjoint(tokens) or not names.keys().isdisjoint(tokens):
        tokens = _expand(tokens, names)
        if tokens is None:
            return "its commands expand to too much, or one to itself"
    elif len(_NESTING.findall(tex)) <= _MAX_LEVELS and len(_OPENING.findall(tex)) <= _MAX_OPEN:
        return None
    levels, brackets = _measure(tokens)
    if levels > _MAX_LEVELS:
        return f"it nests too deeply, or has more than {_MAX_LEVELS} commands in a row"
    if brackets > _MAX_OPEN:
        return f"it opens more than {_MAX_OPEN} brackets that nothing closes"
    return None


def _measure(tokens: list[str]) -> tuple[int, int]:
    """Return the deepest nesting that is possible, and the most brackets that stay open.

    A command can hold all that follows it in its group or cell, as `\\hat\\hat x` or
    `\\displaystyle` do, so that each counts as a level.
    """
    groups = [[0, 0]]  # Of each open group the commands and open brackets of its cell.
    levels = most_levels = most_brackets = 0
    for token in tokens:
        cell = groups[-1]
        if token in _OPENERS:
            cell[1] += 1
        elif token in _CLOSERS:
            cell[1] = max(0, cell[1] - 1)
        elif token in ("{", r"\left", r"\begin"):
            groups.append([0, 0])
            levels += 1
        elif token in ("}", r"\right", r"\end"):
            if len(groups) > 1:
                levels -= 1 + cell[0]
                groups.pop()
                # `{(}` is the bracket alone.
                groups[-1][1] += cell[1]
                most_brackets = max(most_brackets, cell[1])
        elif token in ("&", r"\\"):
            levels -= cell[0]
            most_brackets = max(most_brackets, cell[1])
            cell[0] = cell[1] = 0
        elif token[0] == "\\" and token[1:].isalpha():
            cell[0] += 1
            levels += 1
        most_levels = max(most_levels, levels)
    return most_levels, max(most_brackets, *(cell[1] for cell in groups), 0)


def _expand(tokens: list[str], macros: dict[str, str]) -> list[str] | None:
    """Return a formula with its macros put in, or None where that is too much."""
    bodies = {name: _TOKEN.findall(text) for name, text in macros.items()}
    pending, expanded, steps = tokens[::-1], [], 0
    while pending:
        token = pending.pop()
        steps += 1
        if steps + len(pending) > _MAX_EXPANDED:
            return None
        if token == r"\let":
            name, target = _next(pending), _next(pending)
            bodies[name] = [_next(pending) if target == "=" else target]
        elif token in _DEFINITIONS:
            name = "".join(_argument(pending)).strip()
            while pending and pending[-1] != "{":
                pending.pop()
            # The longer body counts, as an outer one is back after its group.
            bodies[name] = max(_argument(pending), bodies.get(name, []), key=len)
        elif token in bodies:
            body = bodies[token]
            count = max((int(part[1:]) for part in body if _is_parameter(part)), default=0)
            arguments = [_argument(pending) for _ in range(count)]
            for part in reversed(body):
                if _is_parameter(part):
                    pending += reversed(arguments[int(part[1:]) - 1])
                else:
                    pending.append(part)
                if len(pending) > _MAX_EXPANDED:
                    return None
        else:
            expanded.append(token)
    return expanded


def _is_parameter(token: str) -> bool:
    return len(token) == 2 and token[0] == "#" and token[1] in "123456789"


def _next(pending: list[str]) -> str:
    """Take the next token that is not a blank."""
    while pending:
        if not (token := pending.pop()).isspace():
            return token
    return ""


def _argument(pending: list[str]) -> list[str]:
    """Take a command's next argument: a group without its braces, or one token."""
    if (token := _next(pending)) != "{":
        return [token] if token else []
    return list(_group(pending))


def _group(pending: list[str]) -> Iterator[str]:
    depth = 1
    while pending:
        token = pending.pop()
        depth += (token == "{") - (token == "}")
        if not depth:
            return
        yield token
