import { isCalledLike } from "../domain/browser/suggestion.ts"
import type { Label } from "../domain/label.ts"
import { folderExists, listNames } from "../system/files.ts"
import { chromeProfiles } from "./local-state.ts"
import { type Platform, profileRoots } from "./products.ts"

/** A browser profile on this machine, and what a binding to it would save. */
export type FoundProfile = {
  /** `OpenClaw`, or the browser with its packaging. */
  source: string
  userDataDir: string
  profileDirectory: string
  /** Who is signed in there, and what the profile is called; null where it does not say. */
  email: string | null
  person: string | null
  name: string | null
}

export type Places = {
  platform: Platform
  home: string
  /** `XDG_CONFIG_HOME`, or null. */
  config: string | null
  /** `OPENCLAW_STATE_DIR`, or `~/.openclaw`. */
  openclaw: string
}

/**
 * The profiles of Chrome-family browsers and of OpenClaw: those that are called like `label` first,
 * OpenClaw's before the rest, signed-in ones before others. Reads only; a profile whose folder is
 * gone is left out.
 */
export async function findProfiles(places: Places, label: Label): Promise<FoundProfile[]> {
  const { platform, home, config } = places
  const found = await openclawProfiles(places.openclaw)
  for (const { product, dir } of profileRoots(platform, home, config))
    found.push(...(await profilesIn(dir, product)))
  const rank = (profile: FoundProfile) => [
    isCalled(profile, label) ? 0 : 1,
    profile.source === OPENCLAW ? 0 : 1,
    profile.email === null ? 1 : 0,
  ]
  return found
    .map((profile, index) => ({ profile, key: [...rank(profile), index] }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ profile }) => profile)
}

const OPENCLAW = "OpenClaw"

async function openclawProfiles(openclaw: string): Promise<FoundProfile[]> {
  const found: FoundProfile[] = []
  for (const id of (await listNames(`${openclaw}/browser`)).sort()) {
    const dir = `${openclaw}/browser/${id}/user-data`
    if (!(await folderExists(dir))) continue
    const inside = await profilesIn(dir, OPENCLAW)
    found.push(...(inside.length > 0 ? inside : [nameless(dir)]))
  }
  return found
}

async function profilesIn(userDataDir: string, source: string): Promise<FoundProfile[]> {
  const found: FoundProfile[] = []
  for (const { directory, name, email, person } of await chromeProfiles(userDataDir)) {
    if (!(await folderExists(`${userDataDir}/${directory}`))) continue
    found.push({ source, userDataDir, profileDirectory: directory, email, person, name })
  }
  return found
}

function nameless(userDataDir: string): FoundProfile {
  const unknown = { email: null, person: null, name: null }
  return { source: OPENCLAW, userDataDir, profileDirectory: "Default", ...unknown }
}

function isCalled({ userDataDir, profileDirectory, name }: FoundProfile, label: Label): boolean {
  const id = userDataDir.split("/").at(-2) ?? ""
  return [id, profileDirectory, name ?? ""].some((word) => isCalledLike(word, label))
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
