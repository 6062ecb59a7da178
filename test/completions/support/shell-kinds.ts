/** The shells that completion is tried in. */
export const SHELL_KINDS = ["bash", "bash with bash-completion", "zsh", "fish"] as const
export type ShellKind = (typeof SHELL_KINDS)[number] | "bash without compopt"

/** How a shell is started, and the files that its user has below his home. */
export type Shell = { argv: string[]; files: Record<string, string> }

/** Written aside and renamed, so that nobody reads half a note. */
const POSIX = functions((name) => `${name}() { ${noting(name, '"$@"', "mv")}; }`)
const FISH = functions((name) => `function ${name}; ${noting(name, "$argv", "command mv")}; end`)

const BASH = `PS1='READY> '\neval "$(aim completions bash)"\n${POSIX}\n`

const ZSH = `mkdir -p ~/.zfunc && aim completions zsh > ~/.zfunc/_aim
fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit
unsetopt promptsp
PROMPT='READY> '
${POSIX}
`

const FISH_CONFIG = `function fish_prompt; printf 'READY> '; end
function fish_greeting; end
${FISH}
`

export const SHELLS: Record<ShellKind, Shell> = {
  bash: bash(BASH),
  "bash with bash-completion": bash(`. /usr/share/bash-completion/bash_completion\n${BASH}`),
  // What macOS has as /bin/bash is bash 3.2.
  "bash without compopt": bash(`enable -n compopt\n${BASH}`),
  zsh: { argv: ["zsh"], files: { ".zshrc": ZSH } },
  fish: { argv: ["fish"], files: { ".config/fish/config.fish": FISH_CONFIG } },
}

function bash(rc: string): Shell {
  return { argv: ["bash", "--noprofile"], files: { ".bashrc": rc } }
}

function functions(one: (name: string) => string): string {
  return ["aim", "aimgr"].map(one).join("\n")
}

function noting(name: string, words: string, mv: string): string {
  return `printf '%s\\0' ${name} ${words} > "$RAN.new"; ${mv} "$RAN.new" "$RAN"`
}
