import { blockedText } from "../domain/maintenance.ts"
import type { BrowserView } from "../operations/browser-show.ts"
import type { LabelView } from "../operations/label-view.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"

const STANDINGS: Readonly<Record<LabelView["standing"], string>> = {
  setup: "setup needed",
  ready: "ready",
  reauth: "reauth",
  blocked: "blocked",
}
const TOKENS: Readonly<Record<LabelView["provider"], string>> = {
  "openai-codex": "ChatGPT login",
  anthropic: "Stored tokens",
}

/** How a label stands, above what can be done about it. */
export function headerLines(view: LabelView, frame: Frame): string[] {
  const { label, provider, standing, enabled, access, browser, nativeBundle } = view
  const lines = [
    `${label} ${frame.unicode ? "·" : "-"} ${provider}`,
    `Status: ${STANDINGS[standing]}${enabled ? "" : ", taken out of the pool"}`,
    `Why: ${whyText(view)}`,
    `${TOKENS[provider]}: ${access}`,
    ...(browser === null ? [] : [`Browser: ${browserText(browser)}`]),
    ...(nativeBundle === null ? [] : [`Native bundle: ${nativeBundle}`]),
    ...importedLine(view),
    ...expectedLine(view),
  ]
  return lines.map(plain)
}

function whyText({ readiness: { reason, mend } }: LabelView): string {
  const words = blockedText(reason)
  return mend === null ? words : `${words} (${mend})`
}

/** Which browser opens a label's pages, in one line. */
export function browserText({ reauthMode, binding, exists, resolvedPaths, signedIn }: BrowserView) {
  if (binding === null)
    return reauthMode === "manual-callback" ? "none, the address is pasted" : "none yet"
  const inner = resolvedPaths?.profileDirectory ?? null
  const dir = [resolvedPaths?.userDataDir, inner].filter(Boolean).join("/")
  const session = binding.mode === "agent-browser" ? `, session ${binding.session}` : ""
  const who = signedIn === null ? "" : `, signed in: ${signedIn}`
  return `${binding.mode}${session}, ${dir}${exists === false ? " (is not there)" : who}`
}

function importedLine({ imported }: LabelView): string[] {
  if (imported === null) return []
  return [`Imported: from ${imported.source}${imported.changed ? ", changed here since" : ""}`]
}

function expectedLine({ expected: { email, workspace } }: LabelView): string[] {
  const place = workspace === null ? null : `workspace ${workspace}`
  const words = [email, place].filter((each) => each !== null).join(", ")
  return words === "" ? [] : [`Expected: ${words}`]
}
