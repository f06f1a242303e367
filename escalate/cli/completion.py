"""`escalate completion`: the script by which a shell completes escalate at Tab. What it asks is `completing`'s."""

from __future__ import annotations

from typing import Annotated

import typer

from escalate.cli.boundary import Mistyped

_BASH = r"""# Completes escalate in bash. For good: escalate completion bash >> ~/.bashrc
_escalate_next() {
    local word says current=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
    [[ $current == "=" ]] && current=
    COMPREPLY=()
    while IFS=$'\t' read -r word says; do
        case $word in
            :files) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$current")) ;;
            :folders) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -d -- "$current")) ;;
            *) COMPREPLY+=("$(printf '%q' "$word")") ;;
        esac
    done < <(escalate completion next $((COMP_CWORD - 1)) "${COMP_WORDS[@]:1:COMP_CWORD}" </dev/null 2>/dev/null)
}
complete -o nosort -F _escalate_next escalate 2>/dev/null || complete -F _escalate_next escalate
"""
_ZSH = r"""#compdef escalate
# Completes escalate in zsh. For good: escalate completion zsh >> ~/.zshrc
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_escalate() {
    local word says files=
    local -a found shown
    while IFS=$'\t' read -r word says; do
        case $word in
            :files) files=all ;;
            :folders) files=folders ;;
            *) found+=("$word"); shown+=("$word${says:+  -- $says}") ;;
        esac
    done < <(escalate completion next $((CURRENT - 2)) "${(@Q)words[2,CURRENT]}" </dev/null 2>/dev/null)
    (( $#found )) && compadd -U -l -V escalate -d shown -- "${found[@]}"
    [[ $files == all ]] && _files
    [[ $files == folders ]] && _files -/
    return 0
}
if [[ $funcstack[1] == _escalate ]]; then _escalate "$@"; else compdef _escalate escalate; fi
"""
_FISH = r"""# Completes escalate in fish. For good: escalate completion fish > ~/.config/fish/completions/escalate.fish
function __escalate_next
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -e before[1]
    for line in (escalate completion next (count $before) $before "$current" </dev/null 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path "$current"
            case ':folders*'
                __fish_complete_directories "$current"
            case '*'
                string trim --right -- $line
        end
    end
end
complete --command escalate --no-files --keep-order --arguments '(__escalate_next)'
"""
_POWERSHELL = r"""# Completes escalate in PowerShell. For good, add this line to the file that $PROFILE names:
#     escalate completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName escalate -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text.Trim("'", '"') })
    $complete = if ($wordToComplete) { $words.Count - 1 } else { $words.Count }
    escalate completion next $complete @words 2>$null | ForEach-Object {
        $word, $says = $_ -split "`t", 2
        # Where nothing is offered, PowerShell offers files by itself.
        if (-not $word.StartsWith(':')) {
            $tip = if ($says) { $says } else { $word }
            $text = if ($word -match '\s') { "'$word'" } else { $word }
            [System.Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $tip)
        }
    }
}
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}


def command(
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")],
) -> None:
    """Print the script that lets a shell complete verbs, options and references at Tab.

    Its first lines say how to keep it for good: bash in ~/.bashrc, zsh in ~/.zshrc, fish in a file of its own,
    PowerShell in its profile. Cases are offered by their reference, the one that changed last first, never by a name.
    """
    script = SCRIPTS.get("powershell" if shell == "pwsh" else shell)
    if script is None:
        raise Mistyped(
            f'escalate completion: "{shell}" is not a shell known here', remedy=f"one of: {', '.join(SCRIPTS)}"
        )
    print(script, end="")
