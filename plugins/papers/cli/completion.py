"""`completion`: a script with which a shell completes commands, options and files."""

import argparse

from ..util import PACKAGE, list_actions, list_commands

EXAMPLES = """examples:
  source <(pelican-papers completion bash)     in ~/.bashrc
  source <(pelican-papers completion zsh)      in ~/.zshrc, below compinit
  pelican-papers completion fish | source      in ~/.config/fish/config.fish
"""
# The words before the cursor that are not options name the command. If no word matches, the shell
# completes files itself, which works for names with blanks. Zsh can run Bash's completion.
_BASH = """\
_pelican_papers() {{
  if [ -n "$ZSH_VERSION" ]; then emulate -L ksh; fi
  local word=${{COMP_WORDS[COMP_CWORD]}} path="" words="" options="" n
  for ((n = 1; n < COMP_CWORD; n++)); do
    case ${{COMP_WORDS[n]}} in -*) ;; *) path="$path ${{COMP_WORDS[n]}}" ;; esac
  done
  case "$path " in
{cases}
  esac
  case "$word" in -*) words=$options ;; esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o default -F _pelican_papers pelican-papers
"""
_ZSH = "autoload -U +X bashcompinit && bashcompinit\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="your shell")


def run(options: argparse.Namespace) -> int:
    """Print the script for a shell."""
    # Not at the top: main.py imports this module.
    from .main import build_parser

    formats = {"fish": _format_fish, "bash": _format_bash, "zsh": _format_zsh}
    print(formats[options.shell](_list_words(build_parser(), "")), end="")
    return 0


def _list_words(parser: argparse.ArgumentParser, path: str) -> dict[str, dict[str, str]]:
    """Return for each command, as `export bibtex`, the words that can follow it, with their help.

    `path` is the command of the parser; that of the program is "".
    """
    words: dict[str, dict[str, str]] = {path: {}}
    for action in list_actions(parser):
        if commands := list_commands(action):
            for name, (subparser, text) in commands.items():
                words[path][name] = text
                words |= _list_words(subparser, f"{path} {name}".strip())
        elif action.option_strings:
            text = (action.help or "").partition(":")[0].replace("%(default)s", "")
            words[path] |= {option: text for option in action.option_strings if option[1] == "-"}
        elif action.choices:
            words[path] |= {str(choice): "" for choice in action.choices}
    return words


def _format_bash(commands: dict[str, dict[str, str]]) -> str:
    cases = []
    # The longest command first: `export` matches `export bibtex`, too.
    for path in sorted(commands, key=lambda path: -len(path)):
        options = " ".join(word for word in commands[path] if word.startswith("-"))
        words = " ".join(word for word in commands[path] if not word.startswith("-"))
        pattern = f'" {path} "*' if path else "*"
        cases.append(f'    {pattern}) words="{words}" options="{options}" ;;')
    return _BASH.format(cases="\n".join(cases))


def _format_zsh(commands: dict[str, dict[str, str]]) -> str:
    return _ZSH + _format_bash(commands)


def _format_fish(commands: dict[str, dict[str, str]]) -> str:
    lines = []
    for path, words in commands.items():
        conditions = [f"__fish_seen_subcommand_from {name}" for name in path.split()]
        subcommands = " ".join(word for word in words if not word.startswith("-"))
        if subcommands:
            conditions.append(f"not __fish_seen_subcommand_from {subcommands}")
        test = "; and ".join(conditions)
        condition = f" -n '{test}'" if test else ""
        for word, text in words.items():
            option = f"-l {word[2:]}" if word.startswith("--") else f"-f -a {word}"
            quoted = text.replace("\\", "\\\\").replace("'", "\\'")
            lines.append(f"complete -c {PACKAGE}{condition} {option} -d '{quoted}'")
    return "\n".join(lines) + "\n"
