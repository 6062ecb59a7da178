import type { Status } from "../operations/status-document.ts"
import type { Frame } from "./frame.ts"
import { plain } from "./plain.ts"
import { paint } from "./style.ts"

/** What to do first, for a home without a label. */
export function firstSteps({ codexCli }: Status, frame: Frame): string[] {
  const typed = (command: string) => `  ${paint(frame, "cyan", command)}`
  const view = codexCli?.readback
  const held =
    view?.holds === "login"
      ? [
          `${plain(view.home)} holds a login${view.email === null ? "" : ` (${plain(view.email)})`}. To keep it as a label named \`boss\`:`,
          "",
          typed("aim codex capture boss"),
          "",
          "For each further account:",
        ]
      : ["Log in once for each account:"]
  return [
    "There is no label yet.",
    "",
    ...held,
    "",
    typed("aim login qa --provider openai-codex"),
    "",
    "Then `aim codex use` gives Codex the label that should serve.",
    "`aim demo` shows all of it in a sandbox.",
  ]
}
