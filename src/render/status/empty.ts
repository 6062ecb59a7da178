import type { Status } from "../../operations/status/document.ts"
import type { Frame } from "../layout/frame.ts"
import { plain } from "../layout/plain.ts"
import { paint } from "../layout/style.ts"

/** What to do first, for a home without a label: the logins that clients have are the nearest ones. */
export function firstSteps({ codexCli, claudeCli, piCli }: Status, frame: Frame): string[] {
  const typed = (command: string) => `  ${paint(frame, "cyan", command)}`
  const held = (home: string, email: string | null, label: string, command: string) => [
    `${plain(home)} holds a login${email === null ? "" : ` (${plain(email)})`}. To keep it as a label named \`${label}\`:`,
    "",
    typed(`${command} ${label}`),
    "",
  ]
  const codex = codexCli?.readback
  const claude = claudeCli?.readback
  const pi = piCli?.readback
  const found = [
    ...(codex?.holds === "login" ? held(codex.home, codex.email, "boss", "aim codex capture") : []),
    ...(claudeCli !== null && claude?.holds === "login"
      ? held(
          claudeCli.claudeDir,
          claude.summary?.emailAddress ?? null,
          "lessons",
          "aim claude capture-native",
        )
      : []),
    ...(pi?.holds === "login" ? held(pi.home, pi.email, "boss", "aim pi capture") : []),
  ]
  return [
    "There is no label yet.",
    "",
    ...found,
    found.length > 0 ? "For each further account:" : "Log in once for each account:",
    "",
    typed("aim login qa --provider openai-codex"),
    "",
    "Then `aim codex use` gives Codex the label that should serve.",
    "`aim demo` shows all of it in a sandbox.",
  ]
}
