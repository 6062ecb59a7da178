import { describe, expect, test } from "bun:test"
import type { Fault } from "../../src/simulator/fault.ts"
import { CANARY } from "../../src/simulator/tokens.ts"
import { inflightNotes } from "../e2e/support/end-state.ts"
import { allowed, pageOf, startLogin } from "../e2e/support/login-run.ts"
import { openWorld, type World } from "../support/world.ts"

const TOKEN = "/oauth/token"
type Failed = { error: { code: string; message: string; hint: string } }
type Spoilt = Fault extends infer F ? (F extends Fault ? Omit<F, "path"> : never) : never

const set = (key: string, value: unknown): Spoilt => ({ kind: "set", values: { [key]: value } })

/**
 * A login on the page for a label whose login lives, but could not be renewed just now; the reply
 * to the exchange is spoilt. Gives what aim said, and how the vault stood before.
 */
async function exchangeSpoilt(world: World, fault: Spoilt) {
  await world.label("boss")
  const before = (await world.vault()).credentials
  world.sim.addFault({ path: TOKEN, kind: "status", status: 403, times: 1 })
  world.sim.addFault({ path: TOKEN, ...fault, after: 1, times: 1 } as Fault)
  world.sim.signIn("boss")
  await using run = startLogin(world, "boss --json --timeout 30", { input: false })
  await fetch(await allowed(await pageOf(run)))
  const { code, json, stderr } = await run.ended()
  expect(JSON.stringify(json) + stderr).not.toContain(CANARY)
  expect(await inflightNotes(world)).toEqual([])
  return { code, json, error: (json as Failed).error, before }
}

const NOT_JSON = "the issuer's reply can't be used: the reply is no JSON object"
const useless = (field: string, what = "missing or no token") =>
  `the issuer's reply can't be used: \`${field}\` in the reply is ${what}`
const nothing = (why: string) => `no login came of it: ${why}; what is stored is as it was`

const unreadable: [string, Spoilt, string][] = [
  ["a page", { kind: "html" }, NOT_JSON],
  ["half of it, and noise", { kind: "garbled" }, NOT_JSON],
  ["a list", { kind: "status", status: 200, body: [] }, NOT_JSON],
  ["nothing", { kind: "status", status: 204 }, NOT_JSON],
  [
    "an empty object",
    { kind: "status", status: 200, body: {} },
    useless("access_token", "missing"),
  ],
  ...["access_token", "refresh_token"].flatMap((field): [string, Spoilt, string][] => [
    [`no ${field}`, { kind: "drop", keys: [field] }, useless(field, "missing")],
    [`${field} null`, set(field, null), useless(field, "missing")],
    [`${field} blank`, set(field, " "), useless(field, "missing")],
    [`${field} a number`, set(field, 7), useless(field)],
    [`${field} an object`, set(field, {}), useless(field)],
    [`${field} of two lines`, set(field, "a\nb"), useless(field)],
  ]),
  ["no id_token", { kind: "drop", keys: ["id_token"] }, useless("id_token")],
  ["id_token a number", set("id_token", 7), useless("id_token")],
  ["id_token no JWT", set("id_token", "opaque"), useless("id_token")],
]

const failed: [string, Spoilt, string][] = [
  ["an error of the service", { kind: "status", status: 500 }, nothing("HTTP 500")],
  [
    "a request to wait",
    { kind: "status", status: 429 },
    nothing("it asks to wait before the next try"),
  ],
  [
    "a code that was used",
    { kind: "status", status: 400, body: { error: "invalid_grant" } },
    nothing("the issuer refused the code (invalid_grant)"),
  ],
  [
    "a redirect",
    { kind: "redirect", location: "http://127.0.0.1:9/" },
    nothing(
      "a redirect, which is not followed; does a network here want a login of its own? (HTTP 307)",
    ),
  ],
  ["no reply", { kind: "cut", at: "before_reply" }, nothing("the connection broke (ECONNRESET)")],
  ["half a reply", { kind: "cut", at: "half_body" }, nothing("the connection broke (ECONNRESET)")],
  ["a lie about its encoding", { kind: "gzip_garbage" }, nothing("the reply is garbled")],
  ["3 MB", { kind: "huge", bytes: 3_000_000 }, nothing("the reply is too large")],
]

describe("an exchange that brings no login leaves the old one, which still lives", () => {
  test.each([
    ...unreadable.map((row) => [...row, "login_unreadable"] as const),
    ...failed.map((row) => [...row, "login_failed"] as const),
  ])("%s", async (_name, fault, message, expected) => {
    await using world = await openWorld([{ name: "boss" }])
    const { code, error, before } = await exchangeSpoilt(world, fault)
    expect([code, error.code, error.hint]).toEqual([1, expected, "aim login boss"])
    expect(error.message).toStartWith(message)
    const { credentials, quarantine = [] } = await world.vault()
    expect(JSON.stringify(credentials)).toBe(JSON.stringify(before))
    // What the issuer said yes with is kept, whatever it is.
    expect(quarantine.map(({ reason }) => reason)).toEqual(
      expected === "login_unreadable" ? ["reply_unreadable"] : [],
    )
    for (const { id } of quarantine) expect(error.message).toContain(id)
    await world.json("refresh boss --force")
  })
})

describe("a reply that says less than it could is a login", () => {
  test.each([
    ["no expires_in", { kind: "drop", keys: ["expires_in"] }],
    ["expires_in in words", set("expires_in", "soon")],
    ["expires_in below nothing", set("expires_in", -5)],
    ["no token_type", { kind: "drop", keys: ["token_type"] }],
    ["an access token that says nothing", set("access_token", "opaque")],
  ] as [string, Spoilt][])("%s", async (_name, fault) => {
    await using world = await openWorld([{ name: "boss" }])
    const { code, json } = await exchangeSpoilt(world, fault)
    expect([code, json.how]).toEqual([0, "logged_in"])
    await world.json("codex use")
    await world.json("refresh boss --force")
  })
})

test("what the former login's client kept with it does not go on with the new one", async () => {
  await using world = await openWorld([{ name: "boss" }])
  const { dir } = await world.login("boss")
  const auth = await world.auth(dir)
  const provenance = { issuer: world.sim.url, client_id: "app_of_another_client" }
  const tokens = { ...auth.tokens, oauth_provenance: provenance, login_owner_id: "old" }
  await Bun.write(`${dir}/auth.json`, JSON.stringify({ ...auth, tokens }))
  await world.json(`codex capture boss --source-home ${dir}`)
  world.sim.revoke("boss")
  world.sim.signIn("boss")
  await using run = startLogin(world, "boss --json", { input: false })
  await fetch(await allowed(await pageOf(run)))
  expect((await run.ended()).json).toMatchObject({ how: "logged_in" })
  const text = await Bun.file(`${dir}/auth.json`).text()
  expect(text).not.toContain("app_of_another_client")
  expect(text).not.toContain("login_owner_id")
})
