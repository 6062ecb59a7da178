import { describe, expect, test } from "bun:test"
import { mkdirSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { type Document, EMPTY_DOCUMENT, targetBlock } from "../../src/domain/document.ts"
import { rememberHome } from "../../src/operations/capture/remember-home.ts"
import { storesOf } from "../../src/pool/stores.ts"
import { claudeTarget } from "../../src/targets/claude/claude-target.ts"
import { tempFolder } from "../support/temp-folder.ts"
import { homesAt, standInSecurity } from "../targets/claude/fixtures.ts"

/** A user whose shell says where Claude Code keeps its files, on a Mac, and a timer that says nothing. */
function mac() {
  const user = tempFolder("named-home")
  const work = join(user, "work")
  mkdirSync(work)
  writeFileSync(join(work, ".credentials.json"), "{}")
  const security = standInSecurity()
  const targetIn = (env: Record<string, string>) =>
    claudeTarget(homesAt(user, env), security.machine)
  return { work, security, targetIn }
}

/** What is remembered of a switch in this environment. */
async function switched(
  before: Document,
  target: ReturnType<typeof claudeTarget>,
): Promise<Document> {
  const note = { as: "switchedAt" as const, at: 0 }
  return rememberHome(before, target, await target.primaryStore(), "boss", note)
}

describe("the Keychain item of a home that only a shell names", () => {
  test.each([
    ["plainly", (work: string) => work],
    ["with a slash at its end", (work: string) => `${work}/`],
    ["from where it stands", (work: string) => basename(work)],
  ])("%s is the same for a timer", async (_, named) => {
    const { work, security, targetIn } = mac()
    const shell = targetIn({ CLAUDE_CONFIG_DIR: named(work) })
    await shell.read(await shell.primaryStore())
    const names = security.names()
    const document = await switched(EMPTY_DOCUMENT, shell)
    const timer = targetIn({})
    const [own, theirs] = await storesOf(document, timer)
    expect(theirs).toMatchObject({ home: work, primary: false })
    if (own === undefined || theirs === undefined) throw new Error("a store is missing")
    await timer.read(own)
    expect(security.names()).not.toBe(names)
    await timer.read(theirs)
    expect(security.names()).toBe(names)
  })

  test("is forgotten with the slash", async () => {
    const { work, targetIn } = mac()
    const first = await switched(EMPTY_DOCUMENT, targetIn({ CLAUDE_CONFIG_DIR: `${work}/` }))
    const entry = { label: "boss", switchedAt: "1970-01-01T00:00:00.000Z" }
    const homesOf = (document: Document) => targetBlock(document, "claudeCli").sourceHomes
    expect(homesOf(first)).toEqual({ [work]: { ...entry, named: `${work}/` } })
    const target = targetIn({ CLAUDE_CONFIG_DIR: work })
    expect(homesOf(await switched(first, target))).toEqual({ [work]: entry })
  })
})
