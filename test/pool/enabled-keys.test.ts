import { expect, test } from "bun:test"
import { EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import { enabledKeys } from "../../src/pool/enabled-keys.ts"
import { codexTarget } from "../../src/targets/codex/codex-target.ts"
import { homesAt } from "../targets/codex/fixtures.ts"

const target = codexTarget(homesAt("/home/of/nobody"))

test("the pool of a target is its provider's labels that no one has taken out, in label order", () => {
  const accounts = {
    qa: { provider: "openai-codex", pool: { enabled: true } },
    off: { provider: "openai-codex", pool: { enabled: false } },
    claude: { provider: "anthropic", pool: { enabled: true } },
    // The reference's defaults: no provider is Codex, and only a literal false is out.
    boss: {},
    odd: { provider: "openai-codex", pool: { enabled: "no" } },
  }
  expect(enabledKeys({ ...EMPTY_DOCUMENT, accounts }, target)).toEqual(
    ["boss", "odd", "qa"].map((label) => ({ provider: "openai-codex", label })),
  )
})
