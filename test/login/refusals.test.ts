import { describe, expect, test } from "bun:test"
import { inflightNotes } from "../e2e/support/end-state.ts"
import { allowed, pageOf, startLogin } from "../e2e/support/login-run.ts"
import { openWorld, type World } from "../support/world.ts"

const TOKEN = "/oauth/token"
type Failed = { error: { code: string; message: string; hint: string } }

async function stored(world: World, label: string) {
  return (await world.vault()).credentials["openai-codex"]?.[label]
}

/** Logs in to `label` as `person` on the page; gives how it ended. */
async function logInAs(world: World, person: string, args: string) {
  world.sim.signIn(person)
  await using run = startLogin(world, `${args} --json`, { input: false })
  const page = await fetch(await allowed(await pageOf(run)))
  const ended = await run.ended()
  return { ...ended, error: (ended.json as Failed).error, page: await page.text() }
}

describe("a login as the wrong person", () => {
  test("is refused with both identities, kept, and serves under a label of its own", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "thief" }])
    const { login } = await world.label("boss")
    world.sim.revoke("boss")
    const { code, error } = await logInAs(world, "thief", "boss")
    expect([code, error.code]).toEqual([1, "identity_mismatch"])
    expect(error.message).toContain("boss@example.test")
    expect(error.message).toContain("thief@example.test")
    expect((await stored(world, "boss"))?.refresh).toBe(login.refreshToken)
    const [entry] = (await world.vault()).quarantine ?? []
    expect(error.hint).toContain(`aim quarantine adopt ${entry?.id}`)
    expect((await world.vault()).accounts.boss).toMatchObject({
      reauth: { blockedReason: "identity_mismatch" },
    })
    await world.json(`quarantine adopt ${entry?.id} second`)
    const use = await world.json("codex use")
    expect(use.activated.receipt.label).toBe("second")
    await world.json("refresh second --force")
  })

  test("does not take a label out of service whose login still lives", async () => {
    await using world = await openWorld([{ name: "boss" }, { name: "thief" }])
    await world.label("boss")
    world.sim.addFault({ path: TOKEN, kind: "status", status: 403, times: 1 })
    const { error } = await logInAs(world, "thief", "boss")
    expect(error.code).toBe("identity_mismatch")
    const { account } = await world.json<{ account: { readiness: { status: string } } }>(
      "account show boss",
    )
    expect(account.readiness.status).toBe("ready")
  })

  test("under a second label is refused, and named", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.label("boss")
    const { error } = await logInAs(world, "boss", "twin --provider openai-codex")
    expect(error).toMatchObject({ code: "login_already_labelled" })
    expect(error.message).toContain("`boss`")
    expect(Object.keys((await world.vault()).accounts)).toEqual(["boss"])
    const [entry] = (await world.vault()).quarantine ?? []
    expect(entry?.reason).toBe("wrong_login")
    expect(error.hint).toContain(`aim quarantine drop ${entry?.id}`)
  })

  test("is refused for what the label must be", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await world.json("account add nightly")
    await world.json("account expect nightly --email somebody@example.test")
    const { error } = await logInAs(world, "boss", "nightly")
    expect(error.code).toBe("identity_mismatch")
    expect(error.message).toContain("somebody@example.test")
  })
})

describe("accounts that look alike", () => {
  test("two seats of one workspace are two labels, with a word about it", async () => {
    const accountId = "11111111-2222-4333-8444-555555555555"
    await using world = await openWorld([
      { name: "boss", accountId },
      { name: "qa", accountId },
    ])
    await world.label("boss")
    const { json } = await logInAs(world, "qa", "qa --provider openai-codex")
    expect(json).toMatchObject({
      ok: true,
      warnings: [{ kind: "account_id_collision", labels: ["qa", "boss"] }],
    })
  })

  test("one e-mail in two workspaces is two labels", async () => {
    const email = "one@example.test"
    await using world = await openWorld([
      { name: "boss", email },
      { name: "qa", email },
    ])
    await world.label("boss")
    const { json } = await logInAs(world, "qa", "qa --provider openai-codex")
    expect(json).toMatchObject({ ok: true, warnings: [] })
  })
})

describe("an exchange that brings no login", () => {
  test.each([
    ["a page", { kind: "html" }, "login_unreadable"],
    ["no id token", { kind: "drop", keys: ["id_token"] }, "login_unreadable"],
    ["a number for a token", { kind: "set", values: { access_token: 7 } }, "login_unreadable"],
    ["no refresh token", { kind: "drop", keys: ["refresh_token"] }, "login_unreadable"],
    ["an error of the service", { kind: "status", status: 500 }, "login_failed"],
    ["a broken line", { kind: "cut", at: "before_reply" }, "login_failed"],
  ] as const)("(%s) leaves the old one, and keeps what came", async (_name, fault, code) => {
    await using world = await openWorld([{ name: "boss" }])
    const { login } = await world.label("boss")
    world.sim.revoke("boss")
    await world.aim("refresh boss --force")
    world.sim.addFault({ path: TOKEN, ...fault, times: 1 } as never)
    const { error } = await logInAs(world, "boss", "boss")
    expect(error.code).toBe(code)
    expect((await stored(world, "boss"))?.refresh).toBe(login.refreshToken)
    const kept = (await world.vault()).quarantine ?? []
    expect(kept).toHaveLength(code === "login_unreadable" ? 1 : 0)
    expect(await inflightNotes(world)).toEqual([])
  })
})

describe("the page's way back", () => {
  test("takes the other port when the first is busy, and says so when both are", async () => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.signIn("boss")
    const busy = [1455, 1457].map((port) =>
      Bun.serve({ hostname: "127.0.0.1", port, fetch: () => new Response("taken") }),
    )
    await using failing = startLogin(world, "boss --provider openai-codex --json", { input: false })
    expect((await failing.ended()).json).toMatchObject({ error: { code: "login_port_taken" } })
    await busy[1]?.stop(true)
    await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
    const back = await allowed(await pageOf(run))
    expect(new URL(back).port).toBe("1457")
    await fetch(back)
    expect((await run.ended()).code).toBe(0)
    await busy[0]?.stop(true)
  })

  test("is open to this machine alone, and its page hands the code to nobody", async () => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.signIn("boss")
    await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
    const back = await allowed(await pageOf(run))
    const elsewhere = new URL(back)
    elsewhere.hostname = "127.0.0.2"
    await expect(fetch(elsewhere)).rejects.toThrow("Unable to connect")
    const { headers } = await fetch(back)
    expect(headers.get("referrer-policy")).toBe("no-referrer")
    expect(headers.get("cache-control")).toBe("no-store")
    expect((await run.ended()).code).toBe(0)
  })

  test("is not fooled by another login's state, another path or another method", async () => {
    await using world = await openWorld([{ name: "boss" }])
    world.sim.signIn("boss")
    await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
    const back = new URL(await allowed(await pageOf(run)))
    const stranger = new URL(back)
    stranger.searchParams.set("state", "x")
    expect((await fetch(stranger)).status).toBe(400)
    expect((await fetch(new URL("/other", back))).status).toBe(404)
    expect((await fetch(back, { method: "POST" })).status).toBe(405)
    await fetch(back)
    expect((await run.ended()).code).toBe(0)
  })

  test.each([null, "", "<b>no</b>"])(
    "that brings no code (%p) says so, and is waited for",
    async (code) => {
      await using world = await openWorld([{ name: "boss" }])
      world.sim.signIn("boss")
      await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
      const back = new URL(await allowed(await pageOf(run)))
      const empty = new URL(back)
      if (code === null) empty.searchParams.delete("code")
      else empty.searchParams.set("code", code)
      const shown = await fetch(empty)
      expect([shown.status, await shown.text()]).toEqual([
        400,
        expect.stringContaining("sent the browser back without a code"),
      ])
      await run.says(/came back without a code/)
      await fetch(back)
      expect((await run.ended()).code).toBe(0)
    },
  )

  test("a refusal on the page and a time that runs out end it with a word", async () => {
    await using world = await openWorld([{ name: "boss" }])
    await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
    const page = new URL(await pageOf(run))
    const back = new URL(String(page.searchParams.get("redirect_uri")))
    back.searchParams.set("error", "access_denied")
    back.searchParams.set("state", String(page.searchParams.get("state")))
    await fetch(back)
    expect((await run.ended()).json).toMatchObject({ error: { code: "login_refused" } })
    await using slow = startLogin(world, "boss --provider openai-codex --json --timeout 1", {
      input: false,
    })
    expect((await slow.ended()).json).toMatchObject({ error: { code: "login_timeout" } })
    await using mute = startLogin(world, "boss --provider openai-codex --json --manual", {
      input: false,
    })
    expect((await mute.ended()).json).toMatchObject({ error: { code: "nothing_pasted" } })
  })
})

test("ctrl-C while somebody is waited for ends it cleanly", async () => {
  await using world = await openWorld([{ name: "boss" }])
  await using run = startLogin(world, "boss --provider openai-codex --json", { input: false })
  await pageOf(run)
  run.kill("SIGINT")
  expect((await run.ended()).code).toBe(130)
  expect(await inflightNotes(world)).toEqual([])
})
