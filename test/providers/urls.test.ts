import { describe, expect, test } from "bun:test"
import { providersFor } from "../../src/providers/registry.ts"
import { overrides, providerUrl } from "../../src/providers/urls.ts"
import { AimError } from "../../src/system/errors.ts"

const VARIABLES = [
  ["openaiAuth", "AIM_OPENAI_AUTH_URL", "https://auth.openai.com"],
  ["chatgpt", "AIM_CHATGPT_URL", "https://chatgpt.com/backend-api"],
  ["anthropicAuth", "AIM_ANTHROPIC_AUTH_URL", "https://platform.claude.com"],
  ["anthropicApi", "AIM_ANTHROPIC_API_URL", "https://api.anthropic.com"],
  ["claudeWeb", "AIM_CLAUDE_WEB_URL", "https://claude.ai"],
] as const

const refusal = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof AimError) return { ...error.problem, exit: error.exit }
  }
  return null
}

describe.each(VARIABLES)("%s", (service, variable, standard) => {
  test("is the provider's own unless its variable says otherwise", () => {
    for (const env of [{}, { [variable]: "" }, { [variable]: "  " }])
      expect(providerUrl(env, service)).toBe(standard)
    expect(providerUrl({ [variable]: "https://proxy.example/x" }, service)).toBe(
      "https://proxy.example/x",
    )
  })
})

test.each([
  ["https://proxy.example/", "https://proxy.example"],
  [" https://proxy.example/a/b// ", "https://proxy.example/a/b"],
  ["HTTPS://Proxy.Example:8443/A", "https://proxy.example:8443/A"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://localhost:8080/backend-api/", "http://localhost:8080/backend-api"],
  ["http://[::1]:8080", "http://[::1]:8080"],
  ["https://10.0.0.8", "https://10.0.0.8"],
])("accepts %s", (given, url) => {
  expect(providerUrl({ AIM_CHATGPT_URL: given }, "chatgpt")).toBe(url)
})

test.each([
  "http://proxy.example",
  "http://127.0.0.1.example.org",
  "http://localhost.example.org",
  "http://10.0.0.8",
  "http://0.0.0.0:80",
  "ftp://127.0.0.1",
  "file:///etc/passwd",
  "proxy.example",
  "//proxy.example",
  "https://",
  "https://name:word@proxy.example",
  "https://proxy.example/?key=word",
  "https://proxy.example/#word",
])("refuses %s, names the variable and repeats nothing of it", (given) => {
  const found = refusal(() => providersFor({ AIM_CHATGPT_URL: given }))
  expect(found).toMatchObject({ code: "provider_url_refused", exit: 1 })
  expect(found?.message).toContain("`AIM_CHATGPT_URL`")
  expect(found?.hint).toContain("unset `AIM_CHATGPT_URL`")
  expect(JSON.stringify(found)).not.toContain("word@")
  expect(JSON.stringify(found)).not.toContain("key=")
})

describe("overrides", () => {
  test("are none by default, and for a variable that names the default", () => {
    expect(overrides({})).toEqual([])
    expect(overrides({ AIM_CHATGPT_URL: "https://chatgpt.com/backend-api/" })).toEqual([])
  })

  test("name each variable that is in force, and where it leads", () => {
    const env = { AIM_OPENAI_AUTH_URL: "http://127.0.0.1:9/", AIM_CLAUDE_WEB_URL: "https://x.test" }
    expect(overrides(env)).toEqual([
      { variable: "AIM_OPENAI_AUTH_URL", url: "http://127.0.0.1:9" },
      { variable: "AIM_CLAUDE_WEB_URL", url: "https://x.test" },
    ])
  })
})

test("the registry knows its providers by id", () => {
  const providers = providersFor({})
  for (const [id, provider] of Object.entries(providers))
    expect(provider.id).toBe(id as "anthropic")
  expect(providers["openai-codex"].freshForMs).toBe(60_000)
})
