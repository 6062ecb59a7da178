import { expect, test } from "bun:test"
import type { ClaudeUsageChange } from "../../src/simulator/claude-usage.ts"
import { claudeUsage, type Shown } from "../support/claude-usage-judge.ts"
import { type ClaudeWorld, openClaudeWorld } from "../support/claude-world.ts"

/** `/usage` of the real Claude beside `aim status`, of one reply. */

const soon = new Date(Date.now() + 2 * 3_600_000).toISOString()
const later = new Date(Date.now() + 3 * 86_400_000).toISOString()
const five = (utilization: number) => ({ utilization, resets_at: soon })
const week = (utilization: number) => ({ utilization, resets_at: later })
const session = (percent: number) => ({ ...row("session", percent), resets_at: soon })
const model = (name: string, percent: number) => ({
  ...row("weekly_scoped", percent),
  scope: { model: { display_name: name } },
})
function row(kind: string, percent: number) {
  const group = kind === "session" ? "session" : "weekly"
  const more = { severity: "normal", scope: null, is_active: true }
  return { kind, group, percent, resets_at: later, ...more }
}

type Case = {
  name: string
  usage: ClaudeUsageChange
  aim: Shown
  /** What the text shows; it leaves out what stands in `limits[]` alone, but for Fable. */
  text: Shown
  card: Shown | null
}
const cases: readonly Case[] = [
  {
    name: "limits[] only",
    usage: {
      older_keys: false,
      limits: [session(37), row("weekly_all", 22.6), model("Fable", 64.9)],
    },
    aim: { "5h": 37, weekly: 22, "weekly:fable": 64 },
    text: { "weekly:fable": 64 },
    card: { "5h": 37, weekly: 22, "weekly:fable": 64 },
  },
  {
    name: "the older keys only",
    usage: {
      limits: false,
      five_hour: five(41.5),
      seven_day: week(23),
      seven_day_opus: week(55),
      seven_day_sonnet: week(66),
    },
    aim: { "5h": 41, weekly: 23, "weekly:opus": 55, "weekly:sonnet": 66 },
    text: { "5h": 41, weekly: 23, "weekly:sonnet": 66 },
    card: null,
  },
  {
    name: "both, disagreeing",
    usage: {
      five_hour: five(11),
      seven_day: week(12),
      seven_day_sonnet: week(14),
      limits: [session(81), row("weekly_all", 82), model("Sonnet", 84), model("Fable", 85)],
    },
    aim: { "5h": 81, weekly: 82, "weekly:sonnet": 84, "weekly:fable": 85 },
    text: { "5h": 11, weekly: 12, "weekly:sonnet": 14, "weekly:fable": 85 },
    card: { "5h": 81, weekly: 82, "weekly:sonnet": 84, "weekly:fable": 85 },
  },
  {
    name: "a scoped window at 100 % with 5h at 10 %",
    usage: {
      five_hour: five(10),
      seven_day: week(30),
      scoped: [{ model: "Fable", percent: 100, resets_at: later }],
    },
    aim: { "5h": 10, weekly: 30, "weekly:fable": 100 },
    text: { "5h": 10, weekly: 30, "weekly:fable": 100 },
    card: { "5h": 10, weekly: 30, "weekly:fable": 100 },
  },
  {
    name: "none",
    usage: { five_hour: null, seven_day: null, limits: [] },
    aim: {},
    text: {},
    card: {},
  },
]

for (const { name, usage, aim, text, card } of cases) {
  test(`${name}: aim shows what Claude shows`, async () => {
    await using world = await openClaudeWorld()
    await world.claudeHome("a")
    world.sim.claude.setUsage("a", usage)
    const shown = await claudeUsage(world)
    expect({ text: shown.text, card: shown.card }).toEqual({ text, card })
    expect(await aimShows(world)).toEqual(aim)
    // What `limits[]` says comes first; only what it lacks is taken from the older keys.
    expect(aim).toMatchObject(card ?? text)
  })
}

/** What `aim status` shows of the same account. */
async function aimShows(world: ClaudeWorld): Promise<Shown> {
  await world.claudeLabel("a")
  type Windows = { kind: string; usedPercent: number }[]
  const { accounts } = await world.json<{ accounts: { usage: { windows: Windows } }[] }>("status")
  const windows = accounts[0]?.usage.windows ?? []
  return Object.fromEntries(windows.map(({ kind, usedPercent }) => [kind, Math.floor(usedPercent)]))
}
