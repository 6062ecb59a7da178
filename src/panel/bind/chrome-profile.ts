import { browserRequest } from "../../domain/browser/request.ts"
import { type ListedProfile, listBrowsers } from "../../operations/browser-list.ts"
import type { LabelView } from "../../operations/label-view.ts"
import { withPool } from "../../pool/pool.ts"
import { plain } from "../../render/layout/plain.ts"
import { askFolder } from "../ask-folder.ts"
import type { Panel } from "../panel.ts"
import { type Found, pick } from "../pick.ts"
import { refusal } from "../refusal.ts"
import type { Wanted } from "./wanted.ts"

/** A profile of a browser on this machine: one of those that were found, or one by its path. */
export async function askChromeProfile(panel: Panel, { label }: LabelView): Promise<Wanted | null> {
  const { profiles } = await withPool(panel.homes, (pool) => listBrowsers(pool, label))
  const header =
    profiles.length === 0
      ? ["No browser profile was found on this machine."]
      : ["These browser profiles are on this machine:"]
  const picked = await pick(panel.prompter, header, profiles.map(offer))
  if (picked === null) return null
  if (picked.kind === "by_hand") return await byHand(panel)
  return wanted(picked.value.userDataDir, picked.value.profileDirectory)
}

function offer(profile: ListedProfile): Found<ListedProfile> {
  const { source, userDataDir, profileDirectory, email, person, name } = profile
  const who = [email ?? person ?? "nobody signed in", name].filter(Boolean).join(", ")
  const details = [`folder: ${userDataDir}`, `profile: ${profileDirectory}`].map(plain)
  return { value: profile, text: plain(`${source}: ${who}`), details }
}

async function byHand(panel: Panel): Promise<Wanted | null> {
  const dir = await askFolder(panel, "The browser's folder (user data directory):")
  if (dir === null) return null
  const inner = await panel.prompter.ask(
    "The profile in it, such as Default or Profile 1 (empty: Default):",
    (answer) => refusal(() => browserRequest(flagsOf(dir, nameIn(answer)))),
  )
  return inner === null ? null : wanted(dir, nameIn(inner))
}

function nameIn(answer: string): string {
  return answer.trim() === "" ? "Default" : answer.trim()
}

function wanted(dir: string, inner: string): Wanted {
  return {
    flags: flagsOf(dir, inner),
    saves: ["chrome-profile", `folder: ${dir}`, `profile: ${inner}`],
  }
}

function flagsOf(dir: string, inner: string) {
  return { mode: "chrome-profile", "user-data-dir": dir, "profile-directory": inner }
}
