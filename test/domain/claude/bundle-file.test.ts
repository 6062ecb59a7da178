import { describe, expect, test } from "bun:test"
import {
  bundleFileText,
  isBundleFile,
  parseBundleFile,
} from "../../../src/domain/claude/bundle-file.ts"
import { asObject } from "../../../src/domain/document.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { AimError } from "../../../src/system/errors.ts"
import { Secret, unseal } from "../../../src/system/secret.ts"

const TOKEN = "sk-ant-oat01-canary"
const oauth = {
  accessToken: TOKEN,
  refreshToken: "sk-ant-ort01-canary",
  expiresAt: 1_900_000_000_000,
  scopes: ["user:inference", "user:profile"],
  subscriptionType: "max",
  rateLimitTier: "default_claude_max_20x",
  accountUuid: "acc-1",
  organizationUuid: "org-1",
}
const account = {
  accountUuid: "acc-1",
  emailAddress: "boss@example.test",
  organizationName: "Boss Inc",
  organizationUuid: "org-1",
}
const whole = {
  version: 1,
  provider: "anthropic",
  exportedAt: "2026-01-31T08:15:00.000Z",
  nativeClaudeBundle: { claudeAiOauth: oauth, oauthAccount: account },
}

const read = (value: unknown) => parseBundleFile(new Secret(JSON.stringify(value)), "/x/f.json")
const withBundle = (claudeAiOauth: unknown, oauthAccount: unknown = account) => ({
  ...whole,
  nativeClaudeBundle: { claudeAiOauth, oauthAccount },
})
const without = (from: JsonObject, key: string) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name !== key))

function problemOf(text: string) {
  try {
    parseBundleFile(new Secret(text), "/x/f.json")
  } catch (error) {
    if (error instanceof AimError) return error.problem
    throw error
  }
  return null
}

describe("a bundle file", () => {
  test("of the reference program is read, keys of others and a hint of another label or not", () => {
    const more = { ...whole, sourceHome: "/home/x", labelHint: "other", note: { kept: true } }
    const bundle = read(more)
    expect(asObject(unseal(bundle.claudeAiOauth))).toEqual(oauth)
    expect(bundle.oauthAccount).toEqual(account)
    expect(bundle.claudeAiOauth.accessToken).toBeInstanceOf(Secret)
  })

  test.each([
    ["an expiry in words", { ...oauth, expiresAt: "2030-03-17T17:46:40.000Z" }],
    ["a login without uuids", without(without(oauth, "accountUuid"), "organizationUuid")],
    ["an expired login", { ...oauth, expiresAt: 1 }],
  ])("with %s is complete", (_what, claudeAiOauth) => {
    expect(() => read(withBundle(claudeAiOauth))).not.toThrow()
    expect(() => read({ ...whole, provider: " Anthropic " })).not.toThrow()
  })

  test("comes back from its own text, which is the reference's", () => {
    const at = Date.parse("2026-01-31T08:15:00.000Z")
    const text = bundleFileText({ nativeClaudeBundle: read(whole) }, { at, sourceHome: "/home/x" })
    expect(JSON.parse(text.reveal())).toEqual({ ...whole, sourceHome: "/home/x" })
    expect(Object.keys(JSON.parse(text.reveal()))).toEqual([
      "version",
      "provider",
      "exportedAt",
      "sourceHome",
      "nativeClaudeBundle",
    ])
    expect(String(text)).not.toContain("canary")
    expect(text.reveal()).toEndWith("}\n")
    const again = parseBundleFile(text, "f")
    expect(unseal(again)).toEqual(unseal(read(whole)))
  })

  const wrong: [what: string, value: unknown, code: string, says: RegExp][] = [
    ["an array", [TOKEN], "bundle_not_an_object", /f\.json holds no JSON object/],
    ["null", null, "bundle_not_an_object", /no JSON object/],
    [
      "version 2",
      { ...whole, version: 2 },
      "bundle_version_unsupported",
      /^Unsupported native Claude bundle file version in \/x\/f\.json: 2\.$/,
    ],
    ["a token for a version", { ...whole, version: TOKEN }, "bundle_version_unsupported", /none/],
    ["no version", without(whole, "version"), "bundle_version_unsupported", /none/],
    ["another provider", { ...whole, provider: TOKEN }, "bundle_wrong_provider", /`provider`/],
    [
      "no bundle",
      without(whole, "nativeClaudeBundle"),
      "bundle_incomplete",
      /: nativeClaudeBundle is missing/,
    ],
    [
      "a text for a part",
      withBundle(TOKEN),
      "bundle_incomplete",
      /: nativeClaudeBundle\.claudeAiOauth is missing/,
    ],
    ["a list for a part", withBundle([TOKEN]), "bundle_incomplete", /claudeAiOauth\.accessToken/],
    [
      "a number for a token",
      withBundle({ ...oauth, accessToken: 7 }),
      "bundle_incomplete",
      /nativeClaudeBundle\.claudeAiOauth\.accessToken is/,
    ],
    [
      "a time beyond all times",
      withBundle({ ...oauth, expiresAt: 1e300 }),
      "bundle_incomplete",
      /claudeAiOauth\.expiresAt is/,
    ],
    [
      "no scopes",
      withBundle({ ...oauth, scopes: [" "] }),
      "bundle_incomplete",
      /claudeAiOauth\.scopes/,
    ],
    [
      "two accounts",
      withBundle(oauth, { ...account, accountUuid: "acc-2" }),
      "identity_contradiction",
      /its tokens are those of .*acc-1.*oauthAccount is .*acc-2/,
    ],
    ...[...Object.keys(oauth)]
      .filter((key) => !key.endsWith("Uuid"))
      .map(
        (key) =>
          [
            `no ${key}`,
            withBundle(without(oauth, key)),
            "bundle_incomplete",
            new RegExp(`login: nativeClaudeBundle\\.claudeAiOauth\\.${key} is missing`),
          ] as [string, unknown, string, RegExp],
      ),
    [
      "neither name nor address",
      withBundle(oauth, without(without(account, "emailAddress"), "organizationName")),
      "bundle_incomplete",
      /oauthAccount\.emailAddress, nativeClaudeBundle\.oauthAccount\.organizationName are/,
    ],
  ]
  test.each(wrong)("with %s is refused by name and place", (_what, value, code, says) => {
    const problem = problemOf(JSON.stringify(value))
    expect(problem).toMatchObject({ code, message: expect.stringMatching(says) })
    expect(JSON.stringify(problem)).not.toContain("canary")
  })

  test.each(["{", `{"version": 1, "x": ${TOKEN}`, "[".repeat(300) + "]".repeat(300)])(
    "that is not JSON, or nested without end, is said to be so",
    (text) => {
      expect(problemOf(text)).toMatchObject({ code: "bundle_not_json" })
      expect(JSON.stringify(problemOf(text))).not.toContain("canary")
    },
  )
})

test.each([
  [JSON.stringify(whole), true],
  [JSON.stringify({ ...whole, version: 2 }), true],
  ["{}", false],
  ["nothing", false],
  ['{"nativeClaudeBundle": 1}', false],
])("what may be written over: %#", (text, is) => {
  expect(isBundleFile(new Secret(text))).toBe(is)
})
