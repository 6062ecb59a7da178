import { expect, test } from "bun:test"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { isGoodBackup } from "../../src/vault/backups.ts"
import { readInflight } from "../../src/vault/inflight.ts"
import { openVault } from "../../src/vault/open.ts"
import { referenceState } from "./reference-state.ts"
import { backupsOf, stateFile, tempFolder } from "./temp-vault.ts"

/** Runs a script with fault points armed; kills it at the n-th, and gives the points it passed. */
function run(script: string, args: string[], killAt: number): string[] {
  const record = join(tempFolder(), "points")
  const command = [process.execPath, "--define", "AIM_FAULTS=true", join(import.meta.dir, script)]
  const env = { ...process.env, AIM_FAULT_RECORD: record, AIM_FAULT_KILL: String(killAt) }
  const child = Bun.spawnSync([...command, ...args], { env, stderr: "inherit" })
  expect(child.signalCode ?? child.exitCode).toBe(killAt === 0 ? 0 : "SIGKILL")
  return readFileSync(record, "utf8").trim().split("\n")
}

test("a commit that dies at any step leaves the old file or the new one", async () => {
  const steps = run("committer.ts", [stateFile(referenceState()), "boss", "1"], 0)
  expect(steps.length).toBeGreaterThan(12)
  let replaced = false
  for (let n = 1; n <= steps.length; n++) {
    const file = stateFile(referenceState())
    run("committer.ts", [file, "boss", "1"], n)
    const vault = await openVault(file)
    const count = (await vault.read()).document.accounts.shared?.n
    replaced ||=
      steps[n - 1]?.startsWith("write:renamed") === true &&
      backupsOf(file).length > 0 &&
      count !== undefined
    expect(count).toBe(replaced ? 1 : undefined)
    if (replaced) expect(backupsOf(file)).toHaveLength(1)
    await vault.commit((document) => document)
    for (const name of readdirSync(dirname(file))) expect(name).not.toStartWith(".")
    for (const name of backupsOf(file))
      expect(await isGoodBackup(join(dirname(file), name))).toBe(true)
  }
  expect(replaced).toBe(true)
})

test("a reply is found again from the moment its bytes are in any file", async () => {
  const steps = run("poster.ts", [stateFile(referenceState())], 0)
  const isFilled = (step: string) => step.startsWith("write:filled")
  const filled = steps.map(isFilled).lastIndexOf(true) + 1
  expect(steps.filter(isFilled)).toHaveLength(2)
  for (let n = filled; n <= steps.length; n++) {
    const file = stateFile(referenceState())
    run("poster.ts", [file], n)
    const vault = await openVault(file)
    const found = await readInflight(vault, { provider: "openai-codex", label: "boss" })
    expect(found?.reply?.body.reveal()).toBe("the only copy")
  }
})
