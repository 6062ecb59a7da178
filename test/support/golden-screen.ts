import { expect } from "bun:test"
import { existsSync } from "node:fs"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import type { Screen } from "./screen.ts"

/** `AIM_UPDATE_GOLDEN=1 bun test <file>` writes the pictures anew. */
const UPDATE = process.env.AIM_UPDATE_GOLDEN === "1"
const PAUSE_MS = 40
const STILL_MS = 600

/** What differs from run to run, and what stands for it in the file. */
export type Mask = readonly (readonly [string | RegExp, string])[]

/**
 * Waits until the screen shows `wanted`, then until it is the picture in the golden file; fails
 * with both. To write the file anew, the picture is taken once it stands still.
 */
export async function expectScreen(
  screen: Screen,
  path: string,
  wanted: string | RegExp,
  mask: Mask = [],
): Promise<void> {
  const masked = (picture: string) => `${mask.reduce(replaceAll, picture)}\n`
  await screen.shows(wanted)
  if (UPDATE) {
    const still = await stillPicture(screen)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, masked(still))
    return
  }
  expect(existsSync(path), `${path} is missing: AIM_UPDATE_GOLDEN=1 writes it`).toBe(true)
  const golden = await readFile(path, "utf8")
  const seen = await screen.shows((picture) => masked(picture) === golden).catch(screen.picture)
  expect(masked(seen)).toBe(golden)
}

function replaceAll(text: string, [from, to]: Mask[number]): string {
  return typeof from === "string" ? text.replaceAll(from, to) : text.replace(from, to)
}

async function stillPicture(screen: Screen): Promise<string> {
  let [picture, since] = [await screen.picture(), performance.now()]
  while (performance.now() - since < STILL_MS) {
    await Bun.sleep(PAUSE_MS)
    const now = await screen.picture()
    if (now !== picture) [picture, since] = [now, performance.now()]
  }
  return picture
}
