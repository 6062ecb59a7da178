import { describe, expect, test } from "bun:test"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Finding } from "../../src/domain/receipt.ts"
import { openWorld, type World } from "../support/world.ts"

const KIND = "codex_forced_workspace"

async function worldWith(force: (ids: string[]) => string) {
  const names = ["boss", "lessons", "qa"]
  const world = await openWorld(names.map((name) => ({ name })))
  for (const name of names) await world.label(name)
  const stored = (await world.vault()).credentials["openai-codex"] ?? {}
  const ids = names.map((name) => stored[name]?.accountId ?? "")
  await mkdir(world.codexHome, { recursive: true })
  await writeFile(join(world.codexHome, "config.toml"), force(ids))
  return world
}

async function shown(world: World): Promise<Finding[]> {
  const { stores } = await world.json<{ stores: { warnings: Finding[] }[] }>("codex show")
  return stores.flatMap(({ warnings }) => warnings).filter(({ kind }) => kind === KIND)
}

describe("a workspace that the configuration forces", () => {
  const one = (ids: string[]) => `forced_chatgpt_workspace_id = "${ids[2]}"\n`
  const none = () => 'forced_chatgpt_workspace_id = "ws-of-nobody"\n'

  test("is named by show and status with the labels that it keeps out, in one finding", async () => {
    await using world = await worldWith(one)
    const findings = await shown(world)
    expect(findings).toMatchObject([{ kind: KIND, labels: ["boss", "lessons"] }])
    expect(findings[0]?.detail).toStartWith("`boss`, `lessons` can't go into this home: ")
    const { warnings } = await world.json<{ warnings: Finding[] }>("status")
    expect(warnings.filter(({ kind }) => kind === KIND)).toEqual(findings)
    const use = await world.json("codex use")
    expect(use.activated.receipt.label).toBe("qa")
  })

  test("that forbids the login in the home is named there", async () => {
    await using world = await worldWith(() => "")
    const use = await world.json("codex use")
    const held = String(use.activated.receipt.label)
    for (const label of ["boss", "lessons", "qa"])
      if (label !== held) await world.json(`account disable ${label}`)
    await writeFile(join(world.codexHome, "config.toml"), none())
    expect(await shown(world)).toMatchObject([{ kind: KIND, labels: [held] }])
  })

  test("that lets no label in blocks with one line for all of them", async () => {
    await using world = await worldWith(none)
    for (const flags of ["", " --dry-run"]) {
      const use = await world.json(`codex use${flags}`, 1)
      const { blockers } = use.activated.receipt
      expect(blockers).toMatchObject([{ kind: KIND }])
      expect(blockers[0]?.labels).toBeArrayOfSize(3)
    }
  })
})
