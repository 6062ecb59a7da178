import { expect, test } from "bun:test"
import type { ShownStore } from "../../src/operations/show-target.ts"
import { showLines } from "../../src/render/show.ts"
import { AT, client, PIPE, screen } from "./status/value.ts"

function store(more: Partial<ShownStore> = {}): ShownStore {
  return {
    primary: true,
    view: client().readback,
    labelByToken: "boss",
    relation: "same",
    labelsByAccount: ["boss"],
    holders: [],
    holdersUnreadable: false,
    blockers: [],
    warnings: [],
    ...more,
  }
}
const lines = (stores: ShownStore[], activeLabel: string | null = "boss") =>
  showLines({ target: "codex", activeLabel, stores }, AT, PIPE)

test("the home in full, the remembered homes in a line each", () => {
  const other = { ...client().readback, home: "/home/op/codex-qa" }
  const all = lines([
    store({
      holders: [{ pid: 42, command: "codex", startedAt: null }],
      labelsByAccount: ["boss", "qa"],
    }),
    store({ primary: false, view: other, labelByToken: "qa", relation: "older" }),
    store({
      primary: false,
      view: { ...other, holds: "blank" },
      labelByToken: null,
      relation: null,
    }),
  ])
  expect(screen(all)).toMatchInlineSnapshot(`
    "
    codex home    /home/op/.codex
    file          /home/op/.codex/auth.json (mode 0600)
    holds         boss: the login that aim has stored
    account       boss@example.test, ws-boss
    same account  qa
    access token  expires in 8d 8h
    store mode    file
    open in       codex (pid 42)
    switch        nothing stands in the way

    remembered home    holds                              login  open in
    /home/op/codex-qa  qa                                 older  --
    /home/op/codex-qa  no login: its tokens were emptied  --     --
    "
  `)
})

test("where the configuration keeps labels out, nobody says that nothing stands in the way", () => {
  const kept = { kind: "kept_out", detail: "`qa` can't go into this home", labels: ["qa"] }
  const all = lines([store({ warnings: [kept] })])
  expect(all.some((line) => line.includes("nothing stands in the way"))).toBe(false)
  expect(all.find((line) => line.startsWith("switch"))).toBe("switch        not to qa: see below")
})

test("what would block a switch stands at the end, with the way out", () => {
  const blockers = [
    { kind: "codex_target_store_mode_unsupported", detail: "not a file", hint: "set it" },
  ]
  const all = lines([store({ blockers, labelByToken: null, relation: null })])
  expect(all.slice(-3)).toEqual(["", "blocked: not a file", "  hint: set it"])
  expect(all.join("\n")).not.toContain("nothing stands in the way")
})

test.each([
  ["absent", "nothing: there is no login file"],
  ["blank", "no login: its tokens were emptied"],
  ["login", "a login of no label"],
  ["unmanaged", "a login that aim does not manage"],
  ["unreadable", "something that can't be read as a login"],
])("a home that holds %s", (holds, text) => {
  const view = { ...client().readback, holds, hasApiKey: true }
  const all = lines([store({ view, labelByToken: null, relation: null })])
  expect(all.find((line) => line.startsWith("holds"))?.replace(/^holds +/, "")).toBe(text)
  expect(all.find((line) => line.startsWith("last switch"))).toEndWith("to boss")
  expect(all.some((line) => line.startsWith("api key"))).toBe(holds !== "unmanaged")
})
