"""Hostile or broken texts: they are reported, whatever their size, and end no command."""

import time

import pytest
from papers.content.math import FormulaError, FormulaTooLarge, to_mathml

DEEP = {
    "roots that nothing closes": r"\sqrt{" * 5000,
    "roots": r"\sqrt{" * 3000 + "x" + "}" * 3000,
    "fractions": r"\frac{1}{" * 5000 + "x" + "}" * 5000,
    "fractions without braces": r"\frac 1" * 5000 + "x",
    "groups": "{" * 9000 + "x" + "}" * 9000,
    "delimiters": r"\left(" * 5000,
    "powers": "x^{" * 5000 + "x" + "}" * 5000,
    "indices": "x_{" * 5000 + "x" + "}" * 5000,
    "matrices": r"\begin{matrix}" * 5000,
    "accents": r"\hat" * 4999 + " x",
    "styles": r"\displaystyle x " * 1000,
    "indices of roots": r"\sqrt[" * 3000,
    "behind a comment": "{%}\n" * 4000,
    "a very long formula": "x+" * 50_000,
    "brackets": "(" * 100,
    "brackets of several kinds": r"\langle[\{x" * 10,
    "brackets in braces": "{(}" * 40,
    "half-open intervals": "(0,1[" * 40,
    "a definition": r"\def\a{" + r"\hat" * 90 + "}" + r"\a" * 100 + "x",
    "a growing definition": r"\def\a#1{#1#1}" + r"\a{" * 30 + "x" + "}" * 30,
}


@pytest.mark.parametrize("tex", DEEP.values(), ids=DEEP.keys())
def test_formula_is_too_large(tex):
    """A formula ends the process with a segmentation fault, or takes minutes."""
    start = time.process_time()
    with pytest.raises(FormulaError):
        to_mathml(f"$${tex}$$")
    assert time.process_time() - start < 5


MACROS = {
    "that call themselves": ({"a": r"\a\a"}, r"\a"),
    "that double": ({"d": "#1#1"}, r"\d{" * 30 + "x" + "}" * 30),
    "that nest": ({"d": r"\hat" * 300 + "{#1}"}, r"\d{\d{\d{x}}}"),
    "of 2 to the power of 25 letters": (
        {f"m{chr(n)}": rf"\m{chr(n + 1)}\m{chr(n + 1)}" for n in range(97, 122)} | {"mz": "x"},
        r"\ma",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("macros", "tex"), MACROS.values(), ids=MACROS.keys())
def test_macros_expand_to_too_much(macros, tex):
    """Macros of the settings make a small formula one that ends the process."""
    with pytest.raises(FormulaTooLarge):
        to_mathml(f"${tex}$", tuple(macros.items()))


LARGE = {
    "a matrix of 400 fractions": r"\begin{pmatrix}"
    + r"\\".join(["&".join([r"\frac{\alpha}{\beta}"] * 20)] * 20)
    + r"\end{pmatrix}",
    "a sum of 100 terms": "+".join([r"\frac{x}{2}"] * 100),
    "a derivation of 40 lines": r"\begin{aligned}"
    + r"\\".join([r"f(x) &= \left( \sum_{i=1}^n [0, x_i) \right)^{2^{k}}"] * 40)
    + r"\end{aligned}",
    "a continued fraction": r"\cfrac{1}{1+" * 20 + "x" + "}" * 20,
    "40 intervals": r"[0,1)\cup(2,3]" * 40,
    "brackets in brackets": "(" * 60 + "x" + ")" * 60,
}


@pytest.mark.parametrize("tex", LARGE.values(), ids=LARGE.keys())
def test_large_formula_is_shown(tex):
    """A limit keeps a large but honest formula from being shown."""
    assert to_mathml(f"$${tex}$$").count("<math") == 1
