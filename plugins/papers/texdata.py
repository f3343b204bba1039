"""What TeX's macros stand for, and the journals that astronomers write as macros."""

# Accents: TeX's name and Unicode's combining character.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
ACCENT_MACROS = {sign: name for name, sign in ACCENTS.items()}
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
# Macros that only set how their argument looks, and those that take one away.
LOOKS = frozenset(
    "textbf textit textsc textsf texttt textrm textup textsl textnormal text emph mbox hbox "
    "underline uline uppercase lowercase MakeUppercase textsuperscript textsubscript ensuremath "
    "mathrm mathbf mathit enquote bf it em rm sc sf sl tt bfseries itshape scshape ttfamily "
    "sffamily upshape small footnotesize large relax protect t".split()
)
FIRST_ARGUMENT_GOES = {"href", "textcolor", "bibinfo", "selectlanguage", "hspace", "raisebox"}
