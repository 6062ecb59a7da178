import { expect, test } from "bun:test"
import { AS_IS } from "../../src/cli/address.ts"
import type { AimCommand, Output } from "../../src/cli/command.ts"
import remove from "../../src/cli/commands/account-remove.ts"
import rename from "../../src/cli/commands/account-rename.ts"
import { SILENT } from "../../src/domain/conversation.ts"
import { patchTarget } from "../../src/domain/document-edits.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"

/** What a command comes to, for people and for programs. */
async function outputOf(world: PoolWorld, command: AimCommand, words: string[]): Promise<Output> {
  const { homes } = world.pool
  const context = { homes, address: AS_IS, json: false, conversation: SILENT, render: PLAIN }
  return (await command.invoke(words, context)) as Output
}

async function assigned(): Promise<PoolWorld & { dir: string }> {
  const world = await openPoolWorld()
  const dir = await world.label("boss")
  await world.edit((document) =>
    patchTarget(document, "openclaw", { assignments: { one: "boss" } }),
  )
  return { ...world, dir }
}

test("`account remove` says what it touched, in lines and in JSON", async () => {
  await using world = await assigned()
  const touches = [
    "the stored login of `boss` leaves the vault; a backup keeps it",
    `${world.dir}/auth.json holds this login; it stays there, as a login of no label`,
    "OpenClaw agent `one` loses its assignment",
  ]
  const { text, json, exit } = await outputOf(world, remove, ["--yes", "--", "boss"])
  expect(text).toEqual(["boss was removed:", ...touches.map((touch) => `  ${touch}`)])
  expect(json).toEqual({ ok: true, label: "boss", touches })
  expect(exit).toBe(0)
})

test("`account rename` says what it touched, in lines and in JSON", async () => {
  await using world = await assigned()
  const touches = [
    "the account and its stored login are called `chief` from now on",
    "OpenClaw agent `one` is assigned to `chief`",
  ]
  const { text, json, exit } = await outputOf(world, rename, ["--yes", "--", "boss", "chief"])
  expect(text).toEqual(["boss is called chief now:", ...touches.map((touch) => `  ${touch}`)])
  expect(json).toEqual({ ok: true, label: "chief", from: "boss", touches })
  expect(exit).toBe(0)
})

test.each([
  ["remove", remove, ["--", "boss"], "the stored login of `boss` leaves the vault"],
  ["rename", rename, ["--", "boss", "chief"], "OpenClaw agent `one` is assigned to `chief`"],
] as const)(
  "`account %s` without `--yes` says in its error what it would touch",
  async (_, command, words, touch) => {
    await using world = await assigned()
    await expect(outputOf(world, command, [...words])).rejects.toMatchObject({
      problem: { code: "needs_yes", message: expect.stringContaining(touch) },
    })
    expect(Object.keys((await world.document()).accounts)).toEqual(["boss"])
  },
)
