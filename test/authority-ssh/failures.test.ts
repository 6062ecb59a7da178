import { describe, expect, test } from "bun:test"
import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fetchOffer } from "../../src/authority/fetch-offer.ts"
import type { SshLimits } from "../../src/authority/ssh.ts"
import { unseal } from "../../src/system/secret.ts"
import { openAuthority, writeScript } from "../support/authority-world.ts"
import { cutAfter } from "../support/cut-proxy.ts"
import { failWith } from "../support/fail-with.ts"

const open = () => openAuthority(["boss"])
const sameOffer = (a: unknown, b: unknown) =>
  JSON.stringify(unseal(a)) === JSON.stringify(unseal(b))
type World = Awaited<ReturnType<typeof open>>
const fetch = ({ homes, locator }: World, limits?: SshLimits) =>
  fetchOffer(homes, locator, "openai-codex", limits)

/** Puts another program in the place of the authority's aim. */
async function answering(world: World, script: string): Promise<void> {
  const file = join(world.remoteBin, "aim")
  await rm(file, { force: true })
  await writeScript(file, `test "$1" = --version && { echo "aim 9.9.9"; exit; }\n${script}`)
}

const VALID = '{"kind":"aim.export.v1","aim":"9.9.9","provider":"openai-codex"'
/** A command of the shell that prints a text three hundred times. */
const nested = (text: string) => `printf '${text}%.0s' $(seq 300)`

describe("a hostile answer changes nothing and is named", () => {
  test.each([
    // Bounded: nobody ends what the test's own `ssh` has started on the other side.
    ["huge", "head -c 40000000 /dev/zero | tr '\\\\0' x", "authority_answer_too_large"],
    ["no text", "printf '\\\\377\\\\376'", "authority_answer_binary"],
    ["nothing", "true", "authority_answer_cut_short"],
    ["cut short", `printf '%s' '${VALID},"accounts":{"boss":'`, "authority_answer_cut_short"],
    ["no JSON", "echo hello", "authority_answer_not_json"],
    ["a list", "echo []", "authority_answer_not_json"],
    ["deep", `${nested('{"x":')}; printf 1; ${nested("}")}`, "authority_answer_too_deep"],
    ["another form", 'echo \'{"kind":"x"}\'', "authority_answer_unknown"],
    ["a newer form", 'echo \'{"kind":"aim.export.v2"}\'', "authority_newer"],
    [
      "another provider's",
      `echo '{"kind":"aim.export.v1","aim":"9","provider":"anthropic","accounts":{},"credentials":{}}'`,
      "authority_answer_unknown",
    ],
    [
      "a label that is none",
      `echo '${VALID},"accounts":{"../x":{}},"credentials":{}}'`,
      "authority_answer_unknown",
    ],
    [
      "a login that is none",
      `echo '${VALID},"accounts":{},"credentials":{"boss":[]}}'`,
      "authority_answer_unknown",
    ],
  ])("%s", async (_what, script, code) => {
    await using world = await open()
    await answering(world, script.replaceAll("\\\\", "\\"))
    const { message } = await failWith(code, () => fetch(world))
    expect(message).toContain("ssh://studio")
  })

  test("what an export holds beyond an offer is not taken in", async () => {
    await using world = await open()
    const account = '{"provider":"openai-codex","browser":{"mode":"x"},"pool":{"enabled":false}}'
    const foreign = '{"provider":"anthropic"}'
    const body = `${VALID},"accounts":{"boss":${account},"qa":${foreign}},"credentials":{"boss":{"access":"a","x":1},"qa":{}},"targets":{}}`
    await answering(world, `echo "Welcome to studio"; echo '${body}'`)
    const { offer, remoteVersion } = await fetch(world)
    expect(remoteVersion).toBe("9.9.9")
    expect(offer.accounts).toEqual({
      boss: { provider: "openai-codex", expect: {}, pool: { enabled: false } },
    })
    expect(Object.keys(offer.credentials)).toEqual(["boss"])
    expect(Object.keys(offer.credentials.boss ?? {})).toEqual(["access"])
  })
})

describe("what the other side says of itself", () => {
  test("is one clean line without tokens", async () => {
    await using world = await open()
    await answering(
      world,
      "printf '\\033[31mfatal: can not do it\\007 with eyJhbGciOiJub25lIn0.e30.x\\033[0m\\n    at x\\n' >&2; exit 3",
    )
    const { message } = await failWith("authority_failed", () => fetch(world))
    expect(message).toBe("ssh://studio: can not do it with [redacted]")
  })

  test.each([
    ["echo 'cat: write error: No space left on device' >&2; exit 1", "authority_disk_full"],
    [
      `echo '{"ok":false,"error":{"code":"state_unwritable","message":"it can not be written (ENOSPC)"}}'; exit 1`,
      "authority_disk_full",
    ],
    [
      `echo '{"ok":false,"error":{"code":"state_broken","message":"the state file is broken"}}'; exit 1`,
      "authority_failed",
    ],
    [`echo '{"error":{"code":"unknown_command","message":"no"}}'; exit 2`, null],
  ])("%s", async (script, code) => {
    await using world = await open()
    await answering(world, script)
    if (code === null) expect((await fetch(world)).transport).toBe("whole-file")
    else await failWith(code, () => fetch(world))
  })

  test("no state file there", async () => {
    await using world = await open()
    await rm(world.state)
    await failWith("authority_state_missing", () => fetch(world))
    await rm(join(world.remoteBin, "aim"))
    const { message } = await failWith("authority_state_missing", () => fetch(world))
    expect(message).toContain("No such file")
  })

  test("a whole state file that is cut short, newer, or no state file", async () => {
    await using world = await open()
    await rm(join(world.remoteBin, "aim"))
    const text = await readFile(world.state, "utf8")
    for (const [content, code] of [
      [text.slice(0, -20), "authority_answer_cut_short"],
      ["", "authority_answer_cut_short"],
      [text.replace('"0.2"', '"7.0"'), "authority_newer"],
      ['{"a":1}', "authority_state_unversioned"],
    ] as const) {
      await writeFile(world.state, content)
      await failWith(code, () => fetch(world))
    }
  })
})

describe("a connection that does not come to be", () => {
  test("nobody listens", async () => {
    await using world = await open()
    await world.sshd.stop()
    await failWith("authority_unreachable", () => fetch(world))
  })

  test("the host key is another, and where none is known", async () => {
    await using world = await open()
    const { knownHosts, port, key } = world.sshd
    const other = (await readFile(`${key}.pub`, "utf8")).split(" ").slice(0, 2).join(" ")
    await writeFile(knownHosts, `[127.0.0.1]:${port} ${other}\n`)
    const { hint } = await failWith("authority_host_key_changed", () => fetch(world))
    expect(hint).toContain("ssh studio")
    await writeFile(knownHosts, "")
    await failWith("authority_host_key_unknown", () => fetch(world))
  })

  test("the key is not let in", async () => {
    await using world = await open()
    await writeFile(world.sshd.authorizedKeys, "")
    await failWith("authority_permission_denied", () => fetch(world))
  })

  test("no ssh on this machine", async () => {
    await using world = await open()
    const homes = { ...world.homes, env: { ...world.homes.env, PATH: "/nowhere" } }
    await failWith("ssh_missing", () => fetch({ ...world, homes }))
  })

  test("it takes too long, and is not waited for", async () => {
    await using world = await open()
    await answering(world, "exec sleep 60")
    const limits = { connectMs: 10_000, wholeMs: 3_000 }
    const { message } = await failWith("authority_timed_out", () => fetch(world, limits))
    expect(message).toContain("3 s")
  })
})

test("a connection that is cut, wherever it is cut, is no offer and no half of one", async () => {
  await using world = await open()
  const { offer } = await fetch(world)
  const seen = new Set<string>()
  for (const bytes of [0, 1, 40, 1_000, 3_000, 3_600, 4_200, 5_000, 8_000]) {
    await using proxy = await cutAfter(world.sshd.port, bytes)
    const config = await readFile(world.sshd.config, "utf8")
    await writeFile(world.sshd.config, config.replace(/Port \d+/, `Port ${proxy.port}`))
    const { knownHosts } = world.sshd
    const known = await readFile(knownHosts, "utf8")
    await writeFile(knownHosts, known.replace(/\]:\d+/, `]:${proxy.port}`))
    const outcome = await fetch(world).then(
      (fetched) => (sameOffer(fetched.offer, offer) ? "whole" : "half"),
      (error: { problem: { code: string } }) => error.problem.code,
    )
    expect(["authority_unreachable", "authority_connection_lost", "whole"]).toContain(outcome)
    seen.add(outcome)
  }
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(["authority_connection_lost", "authority_unreachable"]),
  )
})
