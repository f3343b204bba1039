"""`completion`: a script by which a shell completes commands, options and files."""

import argparse

from ..util import PACKAGE

EXAMPLES = """examples:
  source <(pelican-papers completion bash)     in ~/.bashrc
  source <(pelican-papers completion zsh)      in ~/.zshrc, below compinit
  pelican-papers completion fish | source      in ~/.config/fish/config.fish
"""
# Words before the one that is typed, without options, name the command; zsh knows bash's way.
# Where none fits, the shell completes files by its own means, which know of blanks in them.
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
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(options: argparse.Namespace) -> int:
    """Print the script for a shell."""
    # Not at the top: the parser loads this module.
    from .main import build_parser

    commands = _commands(build_parser(), "")
    print({"fish": _fish, "bash": _bash, "zsh": _zsh}[options.shell](commands), end="")
    return 0


def _commands(parser: argparse.ArgumentParser, path: str) -> dict[str, dict[str, str]]:
    """Return for each command, by its words, the words that can follow it, and their help."""
    found: dict[str, dict[str, str]] = {path: {}}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {each.dest: each.help or "" for each in action._choices_actions}
            for name, below in action.choices.items():
                found[path][name] = helps.get(name, "")
                found |= _commands(below, f"{path} {name}".strip())
        elif action.option_strings:
            told = (action.help or "").partition(":")[0].replace("%(default)s", "")
            found[path] |= {option: told for option in action.option_strings if option[1] == "-"}
        elif action.choices:
            found[path] |= {str(choice): "" for choice in action.choices}
    return found


def _bash(commands: dict[str, dict[str, str]]) -> str:
    deepest = sorted(commands, key=lambda path: -len(path))
    cases = []
    for path in deepest:
        options = " ".join(word for word in commands[path] if word.startswith("-"))
        words = " ".join(word for word in commands[path] if not word.startswith("-"))
        pattern = f'" {path} "*' if path else "*"
        cases.append(f'    {pattern}) words="{words}" options="{options}" ;;')
    return _BASH.format(cases="\n".join(cases))


def _zsh(commands: dict[str, dict[str, str]]) -> str:
    return _ZSH + _bash(commands)


def _fish(commands: dict[str, dict[str, str]]) -> str:
    lines = []
    for path, words in commands.items():
        parts = path.split()
        seen = [f"__fish_seen_subcommand_from {part}" for part in parts]
        below = " ".join(word for word in words if not word.startswith("-"))
        if below:
            seen.append(f"not __fish_seen_subcommand_from {below}")
        when = "; and ".join(seen)
        for word, told in words.items():
            given = f"-l {word[2:]}" if word.startswith("--") else f"-f -a {word}"
            quoted = told.replace("\\", "\\\\").replace("'", "\\'")
            condition = f" -n '{when}'" if when else ""
            lines.append(f"complete -c {PACKAGE}{condition} {given} -d '{quoted}'")
    return "\n".join(lines) + "\n"
