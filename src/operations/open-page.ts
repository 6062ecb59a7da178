import { ensureAimProfile } from "../browser/aim-profile.ts"
import { type Launched, openPage } from "../browser/launch.ts"
import { browserBinding } from "../domain/browser/binding.ts"
import { SHARED_SESSION } from "../domain/browser/request.ts"
import { asObject, type Document } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { shellWord } from "../domain/shell-word.ts"
import type { Pool } from "../pool/pool.ts"
import { fail, failUsage } from "../system/errors.ts"
import { folderExists } from "../system/files.ts"
import { knownLabel } from "./account/known-label.ts"
import { launchPlace } from "./browser/places.ts"
import { refuseClaude } from "./browser/refuse-claude.ts"
import { failUnusable } from "./browser/unusable.ts"
import { profileDir } from "./browser-show.ts"

const HOME_PAGE = "https://chatgpt.com"

export type Opened = { label: Label; mode: string; url: string; program: string }

/** `aim open <label> [url]`: a page in exactly the bound browser; never in another one. */
export async function openFor(pool: Pool, typed: string, url: string | null): Promise<Opened> {
  const { document } = await pool.vault.read()
  const { label } = knownLabel(document, typed)
  const page = url ?? HOME_PAGE
  if (!/^https?:\/\/\S+$/.test(page))
    failUsage("invalid_value", "the page is no web address", "such as https://chatgpt.com")
  return openInBrowser(pool, document, label, page)
}

/** Opens a caller's page in the label's own browser. Stops with the reason why it can't be opened. */
export async function openInBrowser(
  pool: Pool,
  document: Document,
  label: Label,
  url: string,
): Promise<Opened> {
  refuseClaude(document, label)
  const account = asObject(document.accounts[label]) ?? {}
  const manual = asObject(account.reauth)?.mode === "manual-callback"
  const binding = manual ? null : browserBinding(account)
  if (binding === null) {
    return fail(
      "missing_binding",
      `\`${label}\` is bound to no browser`,
      `aim browser set ${label} --mode aim-profile`,
    )
  }
  const dir = profileDir(pool, binding, label)
  if (dir === null || !(await isReady(dir, binding.mode === "aim-profile", label))) {
    return fail("missing_browser_path", `${dir} is not there`, `aim browser show ${label}`)
  }
  if (binding.agentBrowserSession === SHARED_SESSION && binding.mode === "agent-browser") {
    return fail(
      "shared_session",
      `\`${label}\` is bound to agent-browser's session \`default\`, which everything without one uses`,
      `aim browser set ${label} --mode agent-browser --profile ${shellWord(dir)} --session ${label}`,
    )
  }
  const launched = await openPage(binding, url, launchPlace(pool, label))
  if (launched.kind === "opened")
    return { label, mode: binding.mode, url, program: launched.argv[0] ?? "" }
  return failed(launched, label, dir)
}

function failed(launched: Exclude<Launched, { kind: "opened" }>, label: Label, dir: string): never {
  switch (launched.kind) {
    case "no_browser":
      return fail(
        "no_browser",
        `no browser is there to open it with (looked for: ${launched.tried.join(", ")})`,
        `install one of them, or choose another browser: aim browser list ${label}`,
      )
    case "held":
      return fail(
        "profile_in_use",
        `the agent-browser session ${launched.session} has ${dir} open, and a profile has one browser`,
        `agent-browser --session ${launched.session} close`,
      )
    case "elsewhere":
      return fail(
        "browser_elsewhere",
        `agent-browser's settings lead to another browser: \`${launched.key}\` in ${launched.file}`,
        `take \`${launched.key}\` out of that file, or bind ${label} in another way`,
      )
    case "astray":
      return fail(
        "browser_elsewhere",
        `agent-browser has opened ${launched.profile}, not ${dir}`,
        "don't log in there; close it, and see its settings",
      )
    case "failed":
      return fail(
        "browser_failed",
        `${launched.program} ended at once, with exit code ${launched.code}`,
        `start it by hand with ${dir} to see why`,
      )
  }
}

/** Whether the profile's folder is there; the label's own is made. Stops where the disk does not let us look. */
async function isReady(dir: string, own: boolean, label: Label): Promise<boolean> {
  try {
    if (own) await ensureAimProfile(dir)
    return await folderExists(dir)
  } catch (error) {
    return failUnusable(error, dir, label)
  }
}
