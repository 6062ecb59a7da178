import { expect, test } from "bun:test"
import { readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { isGoodBackup } from "../../src/vault/backups.ts"
import { openVault } from "../../src/vault/open.ts"
import { referenceState } from "./reference-state.ts"
import { backupsOf, stateFile } from "./temp-vault.ts"

const KILLS = 20

function committer(file: string, label: string, times: number) {
  return Bun.spawn(
    [process.execPath, join(import.meta.dir, "committer.ts"), file, label, `${times}`],
    {
      stdout: "pipe",
      stderr: "inherit",
    },
  )
}

test("two processes lose no update of each other", async () => {
  const file = stateFile(referenceState())
  const both = ["one", "two"].map((label) => committer(file, label, 100))
  expect(await Promise.all(both.map((child) => child.exited))).toEqual([0, 0])
  const { document } = await (await openVault(file)).read()
  const counts = ["shared", "one", "two"].map((label) => document.accounts[label]?.n)
  expect(counts).toEqual([200, 100, 100])
})

test(`kill -9 at ${KILLS} random moments leaves a good file with all that was said to be in it`, async () => {
  const file = stateFile(referenceState())
  const vault = await openVault(file)
  for (let kill = 0; kill < KILLS; kill++) {
    const child = committer(file, "victim", 1_000_000)
    const said = await lastSaid(child, Math.random() * 25)
    const { document } = await vault.read()
    const count = Number(document.accounts.shared?.n)
    expect(count === said || count === said + 1).toBe(true)
    expect(document.accounts.victim?.n).toBe(count)
    for (const name of backupsOf(file).filter((name) => !name.startsWith(".")))
      expect(await isGoodBackup(join(dirname(file), name))).toBe(true)
  }
  await vault.commit((document) => document)
  expect(readdirSync(dirname(file)).filter((name) => name.startsWith("."))).toEqual([])
})

/** Kills the child `ms` after it said its first number; gives the last whole one that it said. */
async function lastSaid(child: ReturnType<typeof committer>, ms: number): Promise<number> {
  let text = ""
  for await (const chunk of child.stdout) {
    if (text === "") setTimeout(() => child.kill("SIGKILL"), ms)
    text += new TextDecoder().decode(chunk)
  }
  await child.exited
  return Number(text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1))
}
