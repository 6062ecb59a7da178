import { describe, expect, test } from "bun:test"
import type { Choice } from "../../../src/domain/choice/types.ts"
import { chooseLabel } from "../../../src/domain/choice.ts"
import type { Readback } from "../../../src/domain/store.ts"
import {
  deferredFinding,
  nothingCanServe,
  nothingToAdopt,
} from "../../../src/operations/switch/findings.ts"
import type { Observed } from "../../../src/operations/switch/observe.ts"
import { codexTarget } from "../../../src/targets/codex/codex-target.ts"
import { anInput, NOW, used } from "../../domain/choice/input.ts"
import { login } from "../../domain/logins.ts"
import { homesAt, storeIn } from "../../targets/codex/fixtures.ts"

const deferral = {
  store: "/home/x/.codex",
  holders: [
    { pid: 7, command: "codex", startedAt: 5 },
    { pid: 8, command: "node", startedAt: null },
  ],
  unreadable: false,
  retryInSeconds: 42,
}

describe("a switch that waits for a client", () => {
  test("names who has the home open and when to try again", () => {
    expect(deferredFinding("boss", deferral)).toEqual({
      kind: "deferred_client_refreshing",
      label: "boss",
      store: "/home/x/.codex",
      holders: [
        { pid: 7, command: "codex" },
        { pid: 8, command: "node" },
      ],
      retryInSeconds: 42,
      detail:
        "codex (pid 7), node (pid 8) has /home/x/.codex open, and the login there is at its end: it may be renewing it just now",
      hint: "run the command again in 42 s, or close the client",
    })
  })

  test("says so where nobody can tell who", () => {
    const { detail } = deferredFinding("boss", { ...deferral, holders: [], unreadable: true })
    expect(detail).toStartWith("some process has /home/x/.codex open")
  })
})

describe("a switch where nothing can serve", () => {
  const choice = (more: Partial<Choice> = {}): Choice => ({
    ...chooseLabel(anInput({ mode: "use", current: null, labels: [used("boss", 100, 10)] })),
    ...more,
  })

  test("names each label's reason and when the first frees up", () => {
    const at = new Date(NOW).toISOString()
    expect(
      nothingCanServe(codexTarget(homesAt("/home/x")), choice({ earliestResetAt: NOW })),
    ).toEqual([
      {
        kind: "nothing_can_serve",
        reason: "no_eligible_pool_account",
        earliestResetAt: at,
        labels: [{ label: "boss", whyNot: "below_floor" }],
        detail: "no other label can serve now; the live login stays as it is",
        hint: `the first label frees up at ${at}; see \`aim why\``,
      },
    ])
  })

  test("sends to `aim why` where nobody knows when", () => {
    expect(
      nothingCanServe(codexTarget(homesAt("/home/x")), choice({ earliestResetAt: null })),
    ).toMatchObject([
      {
        earliestResetAt: null,
        hint: "aim why",
      },
    ])
  })
})

const LOGIN: Readback = { kind: "login", login: login("r1"), stamp: "s" }
const OURS = { label: "boss", relation: "same" } as const
const observed = (readback: Readback, owner: Observed["held"]["owner"]): Observed => {
  const target = codexTarget(homesAt("/home/x"))
  const held = { target, store: storeIn("/home/x/.codex"), readback, owner }
  return { held, current: null, warnings: [], blockers: [], sync: { synced: false } }
}

describe("`--adopt`", () => {
  test.each([
    ["a label's login", observed(LOGIN, OURS), "holds `boss` already"],
    ["no file", observed({ kind: "absent" }, null), "holds no login"],
    ["an emptied login", observed({ kind: "blank", stamp: "s" }, null), "holds no login"],
  ])("of %s has nothing to adopt, and says so", (_name, found, words) => {
    expect(nothingToAdopt(found, { adopt: "guest" })).toEqual([
      {
        kind: "nothing_to_adopt",
        label: "guest",
        detail: `/home/x/.codex/auth.json ${words}, so nothing was adopted as \`guest\``,
      },
    ])
  })

  test("says nothing of a stranger's login, of a blocked switch, or where nobody asked", () => {
    const stranger = observed(LOGIN, null)
    const blocked = { ...observed(LOGIN, OURS), blockers: [{ kind: "x" }] }
    expect(nothingToAdopt(stranger, { adopt: "guest" })).toEqual([])
    expect(nothingToAdopt(blocked, { adopt: "guest" })).toEqual([])
    expect(nothingToAdopt(observed(LOGIN, OURS), { adopt: null })).toEqual([])
  })
})
