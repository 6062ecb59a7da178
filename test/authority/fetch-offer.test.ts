import { expect, test } from "bun:test"
import { join } from "node:path"
import { fetchOffer } from "../../src/authority/fetch-offer.ts"
import { failWith } from "../support/fail-with.ts"
import { tempFolder } from "../support/temp-folder.ts"

test("more labels than anybody has are refused: each would be leased here by a file", async () => {
  const file = join(tempFolder("many-labels"), "secrets.json")
  const write = (count: number) => {
    const names = Array.from({ length: count }, (_, at) => `l${at}`)
    const accounts = Object.fromEntries(names.map((name) => [name, { provider: "openai-codex" }]))
    return Bun.write(file, JSON.stringify({ schemaVersion: "0.2", accounts }))
  }
  const homes = { userHome: "/", sandboxed: true, stateFile: file, cwd: "/", env: {} }
  const fetch = () => fetchOffer(homes, { kind: "path", file, display: file }, "openai-codex")
  await write(1_000)
  expect(Object.keys((await fetch()).offer.accounts)).toHaveLength(1_000)
  await write(1_001)
  await failWith("authority_answer_too_large", fetch)
})
