import type { BrowserFlags } from "../../domain/browser/request.ts"
import { listBrowsers } from "../../operations/browser-list.ts"
import type { LabelView } from "../../operations/label-view.ts"
import { withPool } from "../../pool/pool.ts"
import { plain } from "../../render/layout/plain.ts"
import { fileExists } from "../../system/files.ts"
import type { Panel } from "../panel.ts"
import type { Choice } from "../prompter.ts"
import { subMenu } from "../sub-menu.ts"
import type { Wanted } from "./wanted.ts"

type Seed = { id: string; dir: string; who: string | null }

/**
 * A profile of the label's own: as it is if there is one, else empty, or begun with a copy of an
 * OpenClaw profile.
 */
export async function askAimProfile(panel: Panel, view: LabelView): Promise<Wanted | null> {
  const { label, ownProfile } = view
  if (await fileExists(ownProfile)) return wanted(ownProfile, null, "it is there and stays")
  const seeds = await seedsFor(panel, label)
  if (seeds.length === 0) return wanted(ownProfile, null, "a new, empty one")
  const choices: Choice<Seed | "empty" | "back">[] = [
    { value: "empty", key: "1", text: "New and empty", details: [ownProfile] },
    ...seeds.slice(0, 8).map((seed, at) => ({
      value: seed,
      key: String(at + 2),
      text: plain(`OpenClaw profile ${seed.id}${seed.who === null ? "" : `, ${seed.who}`}`),
      details: [plain(`a copy of ${seed.dir}`), `in ${ownProfile}`],
    })),
    { value: "back", key: "0", text: "Back", details: [] },
  ]
  const header = [`How does the profile of ${label} begin?`]
  const answer = await subMenu(panel.prompter, { header, choices })
  if (answer === null || answer === "back") return null
  if (answer === "empty") return wanted(ownProfile, null, "a new, empty one")
  return wanted(ownProfile, answer.id, `begun with a copy of ${answer.dir}`)
}

function wanted(dir: string, seed: string | null, how: string): Wanted {
  const flags: BrowserFlags = { mode: "aim-profile" }
  return {
    flags: seed === null ? flags : { ...flags, "seed-from-openclaw": seed },
    saves: ["aim-profile", `folder: ${dir}`, how],
  }
}

/** The OpenClaw browser folders, each once, by the name that they are copied by. */
async function seedsFor({ homes }: Panel, label: string): Promise<Seed[]> {
  const { profiles } = await withPool(homes, (pool) => listBrowsers(pool, label))
  const seeds = new Map<string, Seed>()
  for (const { source, userDataDir, email, person } of profiles) {
    const id = userDataDir.split("/").at(-2)
    if (source !== "OpenClaw" || id === undefined || seeds.has(id)) continue
    seeds.set(id, { id, dir: userDataDir, who: email ?? person })
  }
  return [...seeds.values()]
}
