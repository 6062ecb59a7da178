import { describe, expect, test } from "bun:test"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openWorld, type World } from "../support/world.ts"
import { atTerminal, type Screen } from "./support/at-terminal.ts"
import { quota } from "./support/quota.ts"

const ACCOUNTS = [
  { name: "boss", email: "boss@example.test", plan_type: "plus", ...quota(10, 30) },
  { name: "qa", email: "qa@example.test", plan_type: "pro", ...quota(3, 5) },
]

/** What a person sees of a command in a world. */
function person(world: World) {
  return (args: string, typed?: string): Promise<Screen> =>
    atTerminal(args, {
      home: world.home,
      env: world.env,
      ...(typed === undefined ? {} : { typed }),
    })
}

/** A world whose two labels are captured. */
async function pool() {
  const world = await openWorld(ACCOUNTS)
  await world.label("boss")
  await world.label("qa")
  return world
}

describe("a first session at a terminal", () => {
  test("from an empty home to a switch and back, in words", async () => {
    await using world = await openWorld(ACCOUNTS)
    const sees = person(world)
    const empty = await sees("status")
    expect(empty.code).toBe(0)
    expect(empty.lines).toContain("There is no label yet.")
    expect(await sees("codex use")).toMatchObject({ code: 1 })

    const { dir } = await world.login("qa")
    const captured = await sees(`codex capture qa --source-home ${dir}`)
    expect(captured).toMatchObject({ code: 0 })
    expect(captured.lines.slice(0, 2)).toEqual(["qa: the login was adopted", `  from     ${dir}`])

    expect((await sees("codex use --dry-run")).lines).toEqual([
      "would switch to qa: best pace, with the most to use up before its reset",
      "  a dry run: nothing was written",
    ])
    expect((await sees("codex use")).lines).toEqual([
      "switched to qa: best pace, with the most to use up before its reset",
      `  wrote  ${world.codexHome}/auth.json`,
    ])
    expect((await sees("codex use")).lines).toEqual([
      "qa stays: it lasts, and no other label is clearly better",
      "  nothing to do: no file was touched",
    ])
    const blocked = await sees("codex use --next")
    expect(blocked.code).toBe(1)
    expect(blocked.lines[0]).toBe("not switched: Codex stays on qa")

    await world.label("boss")
    const moved = await sees("codex use --next")
    expect(moved.code).toBe(0)
    expect(moved.lines[0]).toBe("qa -> boss: best pace, with the most to use up before its reset")
  })
})

describe("status", () => {
  test("is a table for people and the reference's document for programs", async () => {
    await using world = await pool()
    const { lines } = await person(world)("status")
    expect(lines.find((line) => line.startsWith("qa "))).toMatch(
      /^qa +ready +pro +\S+ +3% +3h5\dm +\S+ +5% +5d23h +\d+[sm] +next$/,
    )
    expect(lines.every((line) => line.length <= 100 || line.startsWith("warning:"))).toBe(true)
    const document = await world.json<Record<string, unknown>>("status")
    expect(document).toMatchObject({
      schemaVersion: 1,
      nextBestCandidate: { label: "qa", primaryUsedPct: 3, secondaryUsedPct: 5 },
      unknown_accounts: 0,
    })
  })

  test("prints text into a pipe, in 80 columns, without colours", async () => {
    await using world = await pool()
    const { code, stdout, stderr } = await world.aim("status --cached")
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(stdout).toMatch(/^state +/)
    expect(stdout).not.toContain("\u001b")
    expect((await world.aim("status --live --cached")).code).toBe(2)
  })
})

describe("why", () => {
  test("gives every label's terms and one sentence", async () => {
    await using world = await pool()
    const { code, lines } = await person(world)("why codex")
    expect(code).toBe(0)
    expect(lines).toContain(
      "Codex should start on `qa`: best pace, with the most to use up before its reset.",
    )
    expect(lines.filter((line) => /^(boss|qa) +yes +(yes|no) /.test(line))).toHaveLength(2)
    const document = await world.json<Record<string, unknown>>("why")
    expect(document).toMatchObject({
      schemaVersion: 1,
      ok: true,
      current: null,
      choice: {
        label: "qa",
        reason: "best_pace_start",
        terms: [{ label: "boss" }, { label: "qa" }],
      },
    })
  })

  test("is of Claude Code where that is asked for, and knows no other client", async () => {
    await using world = await openWorld([], { claudeAccounts: [{ name: "lessons" }] })
    await world.claudeLabel("lessons")
    const { lines } = await person(world)("why claude")
    expect(lines.join(" ")).toMatch(/Claude Code should start on `lessons`: /)
    expect(await world.json("why claude")).toMatchObject({
      target: "claude",
      choice: { label: "lessons" },
      readings: [{ label: "lessons" }],
    })
    expect((await world.aim("why elsewhere")).code).toBe(2)
  })
})

describe("codex show", () => {
  test("names what each home holds, and what blocks a switch", async () => {
    await using world = await pool()
    await world.aim("codex use")
    const sees = person(world)
    const free = await sees("codex show")
    expect(free.lines).toContain("holds         qa: the login that aim has stored")
    expect(free.lines).toContain("switch        nothing stands in the way")
    expect(free.lines.some((line) => /logins\/boss +boss +same/.test(line))).toBe(true)

    await writeFile(
      join(world.codexHome, "config.toml"),
      'cli_auth_credentials_store = "keyring"\n',
    )
    const blocked = await sees("codex show")
    expect(blocked.code).toBe(0)
    expect(blocked.lines.some((line) => line.startsWith("blocked: "))).toBe(true)
    const document = await world.json<{ stores: unknown[] }>("codex show")
    expect(document.stores).toHaveLength(3)
  })
})

describe("refresh", () => {
  test("says a line a label, and all labels are the default", async () => {
    await using world = await pool()
    const sees = person(world)
    expect(await sees("refresh")).toEqual({
      code: 0,
      lines: ["boss  not due yet", "qa    not due yet"],
    })
    const forced = await sees("refresh qa --force")
    expect(forced.code).toBe(0)
    expect(forced.lines).toEqual([
      "qa  refreshed",
      `\`qa\` in ${world.home}/logins/qa: brought up to date`,
    ])
    const piped = await world.aim("refresh")
    expect(piped.json()).toMatchObject({
      schemaVersion: 1,
      ok: true,
      labels: [
        { label: "boss", outcome: "not_due" },
        { label: "qa", outcome: "not_due" },
      ],
    })
  })

  test("fails with the way out, and knows its words", async () => {
    await using world = await pool()
    world.sim.addFault({ path: "/oauth/token", kind: "status", status: 503 })
    const failed = await person(world)("refresh qa --force")
    expect(failed).toEqual({
      code: 1,
      lines: ["qa  not refreshed, the login stays as it is: HTTP 503", "  hint: aim refresh qa"],
    })
    expect((await world.aim("refresh nobody")).code).toBe(1)
    expect((await world.aim("refresh qa --all")).code).toBe(2)
  })
})

describe("account", () => {
  test("add, list, show, disable and enable", async () => {
    await using world = await pool()
    const sees = person(world)
    expect((await sees("account add later")).code).toBe(0)
    const { lines } = await sees("account list")
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["label", "boss", "later", "qa"])
    expect((await sees("account show qa")).lines.join("\n")).toContain("qa@example.test")
    expect((await world.json<Document>("account disable qa")).account.enabled).toBe(false)
    expect((await world.json<Document>("account enable qa")).account.enabled).toBe(true)
    for (const bad of ["add qa", "show nobody", "disable nobody", "enable nobody"])
      expect((await world.aim(`account ${bad}`)).code).toBe(1)
  })

  test("remove and rename ask a person, and want --yes of a program", async () => {
    await using world = await pool()
    const sees = person(world)
    const no = await sees("account remove qa", "n\n")
    expect(no.code).toBe(1)
    expect(no.lines.join("\n")).toContain("remove the label `qa`? [y/N] n")
    expect(await sees("account rename qa tests", "y\n")).toMatchObject({ code: 0 })
    expect((await world.aim("account remove tests")).code).toBe(2)
    const removed = await sees("account remove tests --yes")
    expect(removed.code).toBe(0)
    expect(removed.lines[0]).toBe("tests was removed:")
    expect(Object.keys((await world.vault()).accounts)).toEqual(["boss"])
  })

  type Document = { account: { enabled: boolean } }
})

describe("codex forget-home", () => {
  test("forgets a captured home, and only a captured one", async () => {
    await using world = await pool()
    const dir = join(world.home, "logins", "qa")
    expect(await person(world)(`codex forget-home ${dir}`)).toEqual({
      code: 0,
      lines: [`${dir}, a store of qa, is forgotten; the files there stay as they are`],
    })
    expect((await world.aim(`codex forget-home ${dir}`)).code).toBe(1)
  })
})

describe("codex capture", () => {
  test("of a conflicting login fails, and quarantine holds it under the id that was named", async () => {
    await using world = await openWorld(ACCOUNTS)
    const sees = person(world)
    const old = world.sim.authJson(world.sim.mintLogin("boss", { expiresInSeconds: 50_000 }))
    await Bun.sleep(1_100) // Issue times count whole seconds.
    await world.label("boss")
    const dir = join(world.home, "old")
    await mkdir(dir)
    await writeFile(join(dir, "auth.json"), JSON.stringify(old))
    type Conflict = { quarantined: string; error: { hint: string } }
    const first = await world.json<Conflict>(`codex capture boss --source-home ${dir}`, 1)
    const again = await world.json<Conflict>(`codex capture boss --source-home ${dir}`, 1)
    expect(again.quarantined).toBe(first.quarantined)
    expect(again.error.hint).toContain(`aim quarantine adopt ${first.quarantined} boss`)

    const { lines } = await sees("quarantine list")
    expect(lines[1]).toStartWith(`${first.quarantined}  boss `)
    const adopted = await sees(`quarantine adopt ${first.quarantined} boss`)
    expect(adopted).toMatchObject({ code: 0 })
    expect(adopted.lines[0]).toBe(`boss: ${first.quarantined} is its login now`)
    const { entries } = await world.json<{ entries: { id: string; reason: string }[] }>(
      "quarantine list",
    )
    expect(entries).toMatchObject([{ reason: "replaced" }])
    expect((await world.aim(`quarantine drop ${entries[0]?.id}`)).code).toBe(2)
    expect((await sees(`quarantine drop ${entries[0]?.id} --yes`)).code).toBe(0)
    expect((await sees("quarantine list")).lines).toEqual([
      "Quarantine is empty: no login has failed a check.",
    ])
    for (const verb of [`adopt ${first.quarantined} boss`, `drop ${first.quarantined} --yes`])
      expect((await world.aim(`quarantine ${verb}`)).code).toBe(1)
  })
})
