"""Decode TeX in BibTeX fields to plain text."""

import re
import unicodedata
from functools import cache
from html import unescape

from .strings import (
    ITALICS_END,
    ITALICS_START,
    LazyPattern,
    format_subscript,
    format_superscript,
    replace_script_tags,
)
from .tex_math import TEX_MATH

# Accents: TeX's name and Unicode's combining character.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
ACCENT_MACROS = {char: name for name, char in ACCENTS.items()}
# Accents that only some encodings of fonts have: they are read, and written as they are.
ACCENTS |= {
    "h": "\u0309", "textcommabelow": "\u0326", "U": "\u030d", "G": "\u030f", "f": "\u0311",
    "t": "\u0361",
}  # fmt: skip
LETTERS = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "ı": "i", "ȷ": "j",
}  # fmt: skip
SYMBOLS = {
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "backslash": "\\",
    "textquotedblleft": '"', "textquotedblright": '"', "textless": "<", "textgreater": ">",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textdollar": "$",
    "aa": "å", "AA": "Å", "newline": " ", "par": "\n\n", "quad": " ", "qquad": " ", "space": " ",
    "LaTeX": "LaTeX", "TeX": "TeX", "ldots": "…", "dots": "…", "textellipsis": "…",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "slash": "/", "circ": "∘",
    "pounds": "£", "textsterling": "£", "copyright": "©", "textcopyright": "©", "euro": "€",
    "EUR": "€", "texteuro": "€", "textyen": "¥", "degree": "°", "textbar": "|", "item": "\n\n• ",
    "textunderscore": "_", "_": "_", "textperiodcentered": "·", "cdotp": "·", "xspace": "",
    "linebreak": " ", "break": " ", "noindent": "", "allowbreak": "", "thinspace": " ",
    "nobreakspace": " ", "enspace": " ", "enskip": " ", "hfill": " ", "newblock": " ",
    "centering": "", "maketitle": "", "smallskip": "\n\n", "medskip": "\n\n",
    "bigskip": "\n\n", "bibrangedash": "–", "textquoteleft": "'", "textquoteright": "'",
    "textquotedbl": '"', "lq": "'", "rq": "'", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘",
    "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›", "og": "« ", "fg": " »",
    "guillemetleft": "«", "guillemetright": "»", "textnumero": "№", "textdiscount": "⁒",
    "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX",
    "pdfTeX": "pdfTeX", "checkmark": "✓", "yen": "¥", "cent": "¢", "textminus": "−", "No": "№",
    "hyphen": "-", "nbhyphen": "-", "hyp": "-", "adddot": ".", "isdot": "", "addcomma": ",",
    "addspace": " ", "addnbspace": " ", "unskip": "", "ignorespaces": "", "textcompwordmark": "",
    "textmd": "", "bibopenparen": "(", "bibcloseparen": ")",
} | {name: letter for letter, name in LETTERS.items()}  # fmt: skip
# Journals of the American Astronomical Society's macros (AASTeX 6.3, 2.8).
JOURNALS = {
    "aj": "The Astronomical Journal", "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal Letters", "apjs": "The Astrophysical Journal Supplement",
    "ao": "Applied Optics", "apss": "Astrophysics and Space Science",
    "aap": "Astronomy and Astrophysics", "aapr": "Astronomy and Astrophysics Reviews",
    "aaps": "Astronomy and Astrophysics Supplement", "araa": "Annual Review of Astronomy and "
    "Astrophysics", "baas": "Bulletin of the AAS", "icarus": "Icarus", "jcap": "Journal of "
    "Cosmology and Astroparticle Physics", "jqsrt": "Journal of Quantitative Spectroscopy and "
    "Radiative Transfer", "memras": "Memoirs of the Royal Astronomical Society", "mnras": "Monthly "
    "Notices of the Royal Astronomical Society", "na": "New Astronomy", "nar": "New Astronomy "
    "Review", "nat": "Nature", "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan", "pasp": "Publications of the "
    "Astronomical Society of the Pacific", "planss": "Planetary and Space Science",
    "pra": "Physical Review A", "prb": "Physical Review B", "prc": "Physical Review C",
    "prd": "Physical Review D", "pre": "Physical Review E", "prl": "Physical Review Letters",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica", "skytel": "Sky and Telescope",
    "solphys": "Solar Physics", "ssr": "Space Science Reviews",
}  # fmt: skip
# Macros that change only the look of their argument; those whose first argument is dropped.
LOOKS = frozenset(
    "textbf textit textsc textsf texttt textrm textup textsl textnormal textmd textlf text emph "
    "mbox hbox fbox underline uline ul sout "
    "NoCaseChange ensuremath mathrm mathbf mathit mathsf mathtt bf it em rm sc sf sl tt bfseries "
    "mdseries itshape slshape scshape upshape normalfont rmfamily ttfamily sffamily tiny "
    "scriptsize footnotesize small normalsize large Large LARGE huge Huge relax protect "
    "oldstylenums mkbibemph mkbibitalic mkbibbold mkbibacro bibstring nocorr hyphenchar "
    "autocap".split()
)
FIRST_ARGUMENT_GOES = {
    "href", "textcolor", "color", "colorbox", "bibinfo", "bibfield", "selectlanguage",
    "foreignlanguage", "hspace", "vspace", "raisebox", "texorpdfstring", "noopsort", "NOOP",
    "phantom", "hphantom", "vphantom", "label", "index", "fontsize",
}  # fmt: skip
# Macros whose argument stands between quotation marks, or is raised or lowered.
_SUPERSCRIPTS = frozenset("textsuperscript mkbibsuperscript up ap".split())
_SUBSCRIPTS = frozenset("textsubscript mkbibsubscript".split())
_QUOTES = {
    "enquote": ('"', '"'), "mkbibquote": ('"', '"'), "textquote": ('"', '"'),
    "blockquote": ('"', '"'), "enquote inner": ("'", "'"), "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
}  # fmt: skip
# Those that set it, or the group that they are in, in italics.
_ITALICS = frozenset("textit emph textsl mkbibemph mkbibitalic it em sl itshape slshape".split())
_ITALICS_TAG = LazyPattern(
    r"(?:<|&lt;)(?P<end>/?)(?:jats:)?(?:i|em|italic)(?:>|&gt;)", re.IGNORECASE
)
_CASES = frozenset("uppercase lowercase MakeUppercase MakeLowercase".split())
_INNER_QUOTES = dict.fromkeys(("enquote", "mkbibquote", "textquote"), "enquote inner")
# Environments that only lay out their text, and those that are formulas.
_LAYOUTS = frozenset(
    "itemize enumerate description center abstract quote quotation flushleft flushright "
    "small document".split()
)
_FORMULAS = LazyPattern(
    r"\\begin\{(?P<name>equation|displaymath|math|align|gather|multline|eqnarray)\*?\}"
    r"(?P<tex>[^$]{1,4000}?)\\end\{(?P=name)\*?\}"
)
# TeX that depends on where it stands (REVTeX exports it), and formulas without dollar signs.
_CONDITION = LazyPattern(
    r"\\ifmmode\b(?P<math>(?:(?!\\ifmmode|\\else\b|\\fi\b).){0,400})"
    r"(?:\\else\b\s*(?P<text>(?:(?!\\ifmmode|\\fi\b).){0,400}))?\\fi\b(?:\s*\{\})?",
    re.DOTALL,
)
_ENSUREMATH = LazyPattern(r"\\ensuremath\s*\{(?P<tex>[^{}$]*[_^](?:[^{}$]|\{[^{}$]*\})*)\}")
# Quotation marks of babel ("` and "') and of T1 fonts (,, and <<), in pairs.
_GERMAN_QUOTES = LazyPattern(r"(?:\"`|,,)(?=\S)([^\"]{1,400}?)(?:\"'|``|'')")
_GUILLEMETS = LazyPattern(r"<<\s?(?=\w)([^<>$]{1,400}?)(?<=[\w.!?])\s?>>")
_ITEM_WITH_LABEL = LazyPattern(r"\\item\s*\[([^\[\]]*)\]")
_QUOTE_WITH_SOURCE = LazyPattern(r"\\(textquote|blockquote)\s*\[([^\[\]]*)\]\s*\{([^{}]*)\}")
# An accent on nothing is a character of its own.
_BARE_ACCENT = LazyPattern(r"\\([~^])\s*\{\s*\}")
_BARE_ACCENTS = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_WITH_ARGUMENT = (
    _SUPERSCRIPTS | _SUBSCRIPTS | _QUOTES.keys() | FIRST_ARGUMENT_GOES | _CASES | {"begin", "end"}
)
# The argument of a macro that is not known keeps its braces.
_UNKNOWN = "?"
_MACRO = LazyPattern(r"\\[A-Za-z]+")

_TOKEN = LazyPattern(
    r"\\(?:url|path|nolinkurl)\s*\{(?P<verbatim>[^{}]*)\}"
    r"|(?P<math>\\\(.{1,4000}?\\\)|\\\[.{1,4000}?\\\]|\$\$?(?:[^$\\]|\\.)*\$\$?)"
    r"|\\(?P<macro>[A-Za-z]+)\*?(?P<space>\s*)|\\(?P<char>.)"
    r"|[{}]|(?P<dash>---?)|(?P<open>[?!])`(?!`)|(?P<quote>``|'')|(?P<tick>`)|(?P<tie>~)",
    re.DOTALL,
)
# The letter that accents belong to, its own accents, and what follows.
_LETTER = LazyPattern(r"\s*(.)([\u0300-\u036f]*)(.*)", re.DOTALL)
_PLAIN_TEXT = LazyPattern(r"(?:[^\\{}$~&<`',-]|-(?!-)|'(?!')|,(?!,))*")
_CHARS = dict.fromkeys(" \n\t\\,;:", " ") | dict.fromkeys("-/!@", "") | {"(": "\\(", "[": "\\["}
_CHARS |= {")": "\\)", "]": "\\]"}
_ENTITY = LazyPattern(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_TAG = LazyPattern(
    r"</?(?:jats:)?(?:i|b|em|strong|u|sub|sup|sc|scp|tt|code|span|italic|bold|br|a|font|p|div|title"
    r"|sec)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = LazyPattern(r"</?(?:jats:)?(?:p|div|br|sec|title)\b", re.IGNORECASE)
# Marks for the braces that protect capitals, while a title is decoded.
_OPEN, _CLOSE = "\x01", "\x02"
# The same for braces around an accent, of which names need those that hold words together.
_OPEN_ACCENT = "\x03"
_NEXT_MACRO = LazyPattern(r"\\(?:([A-Za-z]+)|.)", re.DOTALL)
_PRINTED_BRACES = LazyPattern(r"(?<!\\)\\[{}]")
_NO_BRACES = str.maketrans({"{": " ", "}": ""})


def decode_latex(text: str) -> str:
    """Return a BibTeX field's text without TeX; mathematics and unknown macros stay.

    Blank lines separate paragraphs.
    """
    return _tidy(text) if _PLAIN_TEXT.fullmatch(text) else _decode(text)


def decode_latex_title(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a title without TeX, and its words whose capitals braces protect.

    ITALICS_START and ITALICS_END are around what is in italics.
    """
    text = _ITALICS_TAG.sub(lambda tag: ITALICS_END if tag["end"] else ITALICS_START, text)
    if "{" not in text:
        return _line(decode_latex(text)), ()
    marked = _line(_decode(text, _OPEN, _CLOSE, italics=True))
    protected, depth = set(), 0
    for word in marked.split():
        inside = depth > 0
        for char in word:
            depth += (char == _OPEN) - (char == _CLOSE)
            inside = inside or depth > 0
        word = strip_punctuation(word.replace(_OPEN, "").replace(_CLOSE, ""))
        if inside and word != word.lower() and not has_inner_capitals(word) and "$" not in word:
            protected.add(word)
    return _line(marked.replace(_OPEN, "").replace(_CLOSE, "")), tuple(sorted(protected))


def decode_latex_line(text: str) -> str:
    """Return a field's text without TeX, on one line."""
    return _line(decode_latex(text))


def decode_latex_names(text: str) -> str:
    """Return a list of names without TeX, on one line, with the braces that are part of names.

    Those of an accent stay where they hold words together or are around a whole name.
    """
    text = _PRINTED_BRACES.sub("", text)
    if "{" not in text:
        return decode_latex_line(text)
    # A brace that is left is that of a macro that is not known.
    marked = list(_line(_decode(text, _OPEN, _CLOSE, _OPEN_ACCENT)).translate(_NO_BRACES))
    opened = []
    for end, char in enumerate(marked):
        if char in (_OPEN, _OPEN_ACCENT):
            opened.append(end)
        elif char == _CLOSE and opened:
            start = opened.pop()
            before = "".join(marked[max(start - 5, 0) : start])
            behind = "".join(marked[end + 1 : end + 6])
            is_name = before.lower() in ("", " and ") and behind.lower() in ("", " and ")
            if marked[start] == _OPEN or is_name or " " in marked[start:end]:
                marked[start], marked[end] = "{", "}"
            else:
                marked[start] = marked[end] = ""
        elif char == _CLOSE:
            marked[end] = ""
    for start in opened:
        marked[start] = ""
    return "".join(marked)


def has_inner_capitals(word: str) -> bool:
    """Tell whether a word has capitals after its first letter, such as LLM, K-means or iPhone."""
    parts = word.split("-")
    return any(
        any(map(str.isupper, part[1:])) or (len(parts) > 1 and len(part) == 1 and part.isupper())
        for part in parts
    )


def strip_punctuation(word: str) -> str:
    """Return a word without the punctuation around it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", word)


def resolve_conditions(text: str) -> str:
    r"""Return a text with the part of each `\ifmmode` that is printed where it stands."""
    if "\\ifmmode" not in text:
        return text

    def resolve(match: re.Match) -> str:
        before = re.sub(r"\\.", "", match.string[: match.start()], flags=re.DOTALL)
        return match["math"].lstrip() if before.count("$") % 2 else match["text"] or ""

    return _CONDITION.sub(resolve, text)


def find_macros(text: str, source: str) -> list[str]:
    """Return the macros that a decoded text still holds, outside of formulas.

    `source` is the text before it was decoded.
    """
    if "\\" not in text:
        return []
    macros = dict.fromkeys(_MACRO.findall(TEX_MATH.sub(" ", text)))
    return [macro for macro in macros if macro in source]


def _prepare(text: str) -> str:
    """Return a text with its conditions, formulas and pairs of quotation marks resolved."""
    if "\\" in text:
        text = resolve_conditions(text)
        text = _FORMULAS.sub(_format_formula, text)
        text = _ITEM_WITH_LABEL.sub(r"\\par{}\1 ", text) if "\\item" in text else text
        text = _QUOTE_WITH_SOURCE.sub(r"\\\1{\3} (\2)", text) if "quote" in text else text
        text = _BARE_ACCENT.sub(lambda match: _BARE_ACCENTS[match[1]], text)
        text = _ENSUREMATH.sub(r"$\g<tex>$", text) if "\\ensuremath" in text else text
    if '"`' in text or ",," in text:
        text = _GERMAN_QUOTES.sub(r"„\1“", text)
    return _GUILLEMETS.sub(r"«\1»", text) if "<<" in text else text


def _format_formula(match: re.Match) -> str:
    tex = match["tex"].strip()
    if match["name"] in ("align", "gather", "multline", "eqnarray"):
        tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
    return f"${tex}$" if match["name"] == "math" else f"$${tex}$$"


def _decode(
    text: str,
    opening: str = "",
    closing: str = "",
    accent_opening: str = "",
    italics: bool = False,
) -> str:
    """Decode in one pass, with `opening` and `closing` for the braces that protect capitals.

    `accent_opening` is for those around an accent or a letter's macro. With `italics`, these are
    marked.
    """
    text = _prepare(text)
    out: list[str] = []
    # For each open brace: what its end adds, or where its argument begins, and the argument's
    # macro; None for one that goes.
    ends: list[str | tuple[int, str | None]] = []
    # A brace protects capitals unless it is an argument's.
    accent, argument, is_group, end = "", "", True, 0

    def put(words: str) -> None:
        nonlocal accent
        if words[:1] == "\\":  # A macro that is not known, or a formula, is not a letter.
            accent = ""
        if accent and words.strip():
            letter, marks, behind = _LETTER.match(words).groups()
            letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
            words, accent = letter + marks + accent + behind, ""
        out.append(words)

    for match in _TOKEN.finditer(text):
        if match.start() > end:
            words = text[end : match.start()]
            put(words)
            # The options of a macro that is not known stand before its argument.
            if not (argument == _UNKNOWN and words[0] + words[-1] == "[]"):
                is_group, argument = True, ""
        end = match.end()
        kind, value = match.lastgroup, match[0]
        if value == "{":
            if argument:
                ends.append((len(out), argument))
            else:
                macro = _NEXT_MACRO.match(text, end)
                if accent or not is_group or (macro and macro[1] in LOOKS):
                    start = ""
                else:
                    start = accent_opening if macro else opening
                is_italic = italics and macro is not None and macro[1] in _ITALICS
                put(ITALICS_START if is_italic else start)
                ends.append(ITALICS_END if is_italic else closing if start else "")
            is_group, argument = True, ""
        elif value == "}":
            last = ends.pop() if ends else ""
            if isinstance(last, tuple):
                start, macro = last
                if any(isinstance(other, tuple) and other[1] in _QUOTES for other in ends):
                    macro = _INNER_QUOTES.get(macro, macro)
                words = "".join(out[start:])
                for mark in (opening, closing, accent_opening) if macro not in _ITALICS else ():
                    words = words.replace(mark, "")
                out[start:] = [
                    _format_argument(macro, words, "".join(out[max(start - 3, 0) : start]))
                ]
                if macro == _UNKNOWN and text[end : end + 1] == "{":
                    argument = _UNKNOWN
            else:
                out.append(last)
            accent, is_group = "", True
        elif kind in ("macro", "space"):
            name = match["macro"]
            accent = ACCENTS.get(name, "") + accent  # The inner one stands nearer to the letter.
            has_argument = name in _WITH_ARGUMENT or (italics and name in _ITALICS)
            argument = name if has_argument else ""
            is_group = not (argument or name in ACCENTS or name in LOOKS)
            if is_group:
                symbol = _symbol(name)
                # TeX eats the blank after a macro, and nobody means "©2020" by it.
                blank = " " if symbol == "©" and match["space"] else ""
                put(value if symbol is None else symbol + blank)
                is_unknown = symbol is None and text[end : end + 1] in ("{", "[")
                argument = _UNKNOWN if is_unknown else ""
        elif kind == "char":
            accent = ACCENTS.get(match["char"], "") + accent
            is_group, argument = match["char"] not in ACCENTS, ""
            if is_group:
                put(_CHARS.get(match["char"], match["char"]))
        else:
            put(_VALUES[kind](match))
            is_group, argument = True, ""
    put(text[end:])
    return _tidy("".join(out))


def _format_argument(macro: str, text: str, before: str) -> str:
    """Return what a macro prints of its argument; `before` is the text before the macro."""
    if macro in FIRST_ARGUMENT_GOES:
        return " " if macro in ("hspace", "vspace") else ""
    if macro in _CASES:
        return text.upper() if "upper" in macro.lower() else text.lower()
    if macro in _SUPERSCRIPTS:
        return format_superscript(text, before)
    if macro in _SUBSCRIPTS:
        return format_subscript(text)
    if macro in _ITALICS:
        return f"{ITALICS_START}{text}{ITALICS_END}"
    if macro in ("begin", "end"):
        return "\n\n" if text.rstrip("*") in _LAYOUTS else f"\\{macro}{{{text}}}"
    first, last = _QUOTES.get(macro, ("{", "}"))
    return f"{first}{text}{last}"


def _math(match: re.Match) -> str:
    inner = match[0].strip("$").strip()
    return (
        match[0]
        if match[0][0] == "\\" or TEX_MATH.fullmatch(match[0])
        else f"${inner}$" * bool(inner)
    )


# The text of a token of each kind.
_VALUES = {
    "verbatim": lambda match: match["verbatim"],
    "math": _math,
    "dash": lambda match: "–" if len(match[0]) == 2 else "—",
    "quote": lambda match: '"',
    "tick": lambda match: "'",
    "tie": lambda match: " ",
    "open": lambda match: {"?": "¿", "!": "¡"}[match["open"]],
}


@cache
def _symbol(name: str) -> str | None:
    """Return what a macro without arguments prints, None for an unknown macro."""
    if name in SYMBOLS or name in JOURNALS:
        return SYMBOLS[name] if name in SYMBOLS else JOURNALS[name]
    # Its tables are large, and few sites need them.
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    text = getattr(spec, "simplify_repl", None)
    return text if isinstance(text, str) and text and not re.search("[%<]", text) else None


def _tidy(text: str) -> str:
    """Remove HTML and join the lines of each paragraph."""
    for _ in range(3):  # Some systems escape text twice.
        if "&" in text:
            text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    if "<" in text:
        text = replace_script_tags(text)
        text = _TAG.sub(lambda match: "\n\n" if _BREAK.match(match[0]) else "", text)
    text = unicodedata.normalize("NFC", text)
    if "\n" not in text and "  " not in text:
        return text.strip()
    paragraphs = (" ".join(lines.split()) for lines in re.split(r"\n\s*\n", text))
    return "\n\n".join(filter(None, paragraphs))


def _line(text: str) -> str:
    return " ".join(text.split())
