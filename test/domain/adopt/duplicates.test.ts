import { expect, test } from "bun:test"
import { duplicateOf } from "../../../src/domain/adopt/duplicates.ts"
import { adoptPair } from "../../../src/domain/credential-edits.ts"
import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount } from "../../../src/domain/document-edits.ts"
import { HOUR } from "../../../src/system/time.ts"
import { login, NOON } from "../logins.ts"

/** A document whose labels have held these pairs, one after the other. */
function withPairs(pairs: Record<string, string[]>) {
  return Object.entries(pairs).reduce(
    (document, [label, names]) =>
      names.reduce(
        (adopted, name, index) => adoptPair(adopted, label, login(name, NOON + index * HOUR), NOON),
        putAccount(document, label, { provider: "openai-codex" }),
      ),
    EMPTY_DOCUMENT,
  )
}

test.each<[string, Record<string, string[]>, Record<string, string | null>]>([
  ["pairs of their own", { a: ["1"], b: ["2"], c: [] }, { a: null, b: null, c: null }],
  ["one pair twice", { a: ["1"], b: ["1"] }, { a: "b", b: "a" }],
  ["one pair three times", { a: ["1"], b: ["1"], c: ["1"] }, { a: "b", b: "a", c: "a" }],
  ["a pair that another has held", { a: ["1"], b: ["1", "2"] }, { a: "b", b: null }],
  ["a pair that both have held", { a: ["1", "2"], b: ["1", "3"] }, { a: null, b: null }],
])("%s", (_, pairs, expected) => {
  const document = withPairs(pairs)
  for (const [label, other] of Object.entries(expected))
    expect([label, duplicateOf(document, { provider: "openai-codex", label })]).toEqual([
      label,
      other,
    ])
  expect(duplicateOf(document, { provider: "openai-codex", label: "nobody" })).toBeNull()
})
