import { expect } from "bun:test"
import type { HistoryItem } from "../../../src/operations/history.ts"
import type { World } from "../../support/world.ts"
import { ledgerFiles, ledgerOf, runThrough } from "./ledger-homes.ts"
import type { RunResult } from "./run-aim.ts"
import type { Stage } from "./stage.ts"

/** Each command that has to do with the ledger in a way of its own; all end well without one. */
export const COMMANDS = [
  "status",
  "status --json",
  "codex use --json",
  "refresh --all --json",
  "history",
  "history --json",
  "why --json",
  "account list --json",
]

/**
 * Runs a command and looks: it ends well, names this warning (once, and no other of the ledger; null
 * for none) where people and programs look for it, and loses nothing.
 */
export async function runAndLook(
  stage: Stage,
  command: string,
  warning: string | null,
  through: readonly string[] = [],
): Promise<RunResult> {
  const { world } = stage
  const before = await keptIn(world)
  const result = await runThrough(through, world, command)
  const where = `aim ${command}: ${result.stdout}${result.stderr}`
  expect(result.code, where).toBe(0)
  const kinds = await kindsIn(result)
  const lines = `${result.stdout}\n${result.stderr}`.split("\n")
  const told = lines.filter((line) => /^warning: .*\bledger\b/.test(line))
  const named = kinds ?? (told.length === 0 ? [] : [warning])
  expect(named, where).toEqual(warning === null ? [] : [warning])
  expect(told.length, where).toBe(warning === null || kinds !== null ? 0 : 1)
  for (const line of told) expect(line, where).toContain(ledgerOf(world))
  if (told.length > 0) expect(lines.join("\n"), where).toMatch(/^ {2}hint: /m)
  expect(await keptIn(world), where).toEqual(before)
  if (command === "history --json") expectSwitchIn(result, where)
  return result
}

/** The next commands find a ledger that is whole, and in it what the vault's file had of the old one. */
export async function expectGoingOn(stage: Stage, after: string): Promise<void> {
  await runAndLook(stage, "status --json", null)
  await runAndLook(stage, "codex use --json", null)
  const { receipts } = expectSwitchIn(await runAndLook(stage, "history --json", null), after)
  expect(
    receipts.map(({ status }) => status),
    after,
  ).toContain("noop")
  expect([...ledgerFiles(stage.world).keys()], after).toContain("ledger.db")
}

/** The switch of the first day: in the ledger, or taken in again from the vault's file. */
function expectSwitchIn(result: RunResult, where: string): { receipts: HistoryItem[] } {
  const { receipts } = result.json() as { receipts: HistoryItem[] }
  const switches = receipts.filter(
    ({ action, status }) => action === "codex_use" && status !== "noop",
  )
  expect(
    switches.map(({ target }) => target),
    where,
  ).toEqual(["codex"])
  return { receipts }
}

/** The kinds of the ledger's warnings in a document that has a place for them; else null. */
async function kindsIn({ stdout }: RunResult): Promise<string[] | null> {
  if (!stdout.startsWith("{")) return null
  const { warnings } = JSON.parse(stdout) as { warnings?: { kind: string }[] }
  return warnings?.map(({ kind }) => kind).filter((kind) => kind.startsWith("ledger")) ?? null
}

/** Labels, logins and the client's login: what must be the same after any of these. */
async function keptIn(world: World) {
  const { accounts, credentials } = await world.vault()
  return { accounts, credentials, auth: await world.auth() }
}
