import { asShell, SHELLS } from "../../domain/shell.ts"
import { completionScript } from "../../render/completion-script.ts"
import { quoteWord } from "../../render/layout/quote.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim completions bash",
    details: [
      "The script asks aim at every TAB, for labels too, so one that is installed stays right. aim",
      "touches none of your files; this is where it goes:",
      "",
      "bash, a line in ~/.bashrc:",
      '  eval "$(aim completions bash)"',
      "zsh, a file in a folder of your fpath, which ~/.zshrc sets before compinit:",
      "  mkdir -p ~/.zfunc && aim completions zsh > ~/.zfunc/_aim",
      "  fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit",
      "fish, a file:",
      "  aim completions fish > ~/.config/fish/conf.d/aim.fish",
    ],
  },
  args: {
    shell: {
      type: "positional",
      valueHint: SHELLS.join("|"),
      required: true,
      description: "bash, zsh or fish",
    },
  },
  run: async (_context, args) => {
    const shell = asShell(args.shell) ?? failUnknownShell(args.shell)
    const text = completionScript(shell)
    return { text, json: { shell, script: `${text.join("\n")}\n` }, exit: 0 }
  },
})

function failUnknownShell(word: string): never {
  return failUsage(
    "unknown_shell",
    `there is no completion for \`${quoteWord(word)}\`, only for ${SHELLS.join(", ")}`,
    "`aim help completions` says where each script goes",
  )
}
