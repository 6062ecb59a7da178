import { describe, expect, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { captureLogin } from "../../src/operations/capture-login.ts"
import { openPoolWorld, type PoolWorld } from "../support/pool-world.ts"
import { thrownBy } from "../vault/temp-vault.ts"

const capture = ({ pool, target }: PoolWorld, label: string, dir: string | null) =>
  captureLogin(pool, target, label, dir)

type Spoil = (world: PoolWorld, dir: string) => unknown
const put = (dir: string, auth: object) =>
  writeFileSync(join(dir, "auth.json"), JSON.stringify(auth))
const REFUSED: [string, Spoil, string, string][] = [
  [
    "is not there",
    (_, dir) => Bun.file(join(dir, "auth.json")).delete(),
    "no_login_in_home",
    "is not there",
  ],
  ["was emptied", (_, dir) => put(dir, { tokens: null }), "no_login_in_home", "were emptied"],
  [
    "is an API key",
    (_, dir) => put(dir, { OPENAI_API_KEY: "sk" }),
    "not_a_chatgpt_login",
    "an API key",
  ],
  [
    "does not parse",
    (_, dir) => writeFileSync(join(dir, "auth.json"), "{"),
    "codex_target_auth_unreadable",
    "",
  ],
  [
    "lies where Codex does not look",
    (_, dir) => writeFileSync(join(dir, "config.toml"), 'cli_auth_credentials_store = "keyring"'),
    "codex_target_store_mode_unsupported",
    "keyring",
  ],
  [
    "lies beside a configuration that is broken",
    (_, dir) => writeFileSync(join(dir, "config.toml"), "= ="),
    "codex_target_config_invalid",
    "config.toml",
  ],
]

describe("nothing is captured, and the way out is named, where the login", () => {
  test.each(REFUSED)("%s", async (_name, spoil, code, words) => {
    await using world = await openPoolWorld()
    const dir = await world.login("boss")
    await spoil(world, dir)
    const error = await thrownBy(capture(world, "boss", dir))
    expect(error).toMatchObject({
      problem: { code, message: expect.stringContaining(words), hint: expect.stringMatching(/./) },
    })
    expect((await world.document()).accounts).toEqual({})
  })
})

test("a login that Codex would not let in again is captured all the same: nothing there changes", async () => {
  await using world = await openPoolWorld()
  const dir = await world.login("boss")
  writeFileSync(join(dir, "config.toml"), 'forced_login_method = "api"')
  expect(await capture(world, "boss", dir)).toMatchObject({ adoption: "adopted" })
})
