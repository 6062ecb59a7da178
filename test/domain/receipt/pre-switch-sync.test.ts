import { describe, expect, test } from "bun:test"
import { ownerOfReadback } from "../../../src/domain/adopt/owner.ts"
import { bundleOf, type ClaudeBundle, recordFields } from "../../../src/domain/claude/bundle.ts"
import { claudeIdentity } from "../../../src/domain/claude/identity.ts"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { preSwitchSync } from "../../../src/domain/receipt/pre-switch-sync.ts"
import type { Readback } from "../../../src/domain/store.ts"
import { Secret } from "../../../src/system/secret.ts"
import { HOUR } from "../../../src/system/time.ts"
import { recordOf } from "../../providers/anthropic/records.ts"

const NOW = Date.parse("2026-11-21T10:00:00Z")

function withLabel(record: JsonObject = recordOf(), imports: JsonObject = {}): Document {
  return {
    ...EMPTY_DOCUMENT,
    accounts: { lessons: { provider: "anthropic" } },
    credentials: { anthropic: { lessons: record } },
    imports,
  }
}

/** A live store with these tokens; by default those of the stored label. */
function live(
  oauth: JsonObject = {},
  more: Partial<Extract<Readback, { kind: "login" }>> = {},
): Readback {
  const bundle = bundleOf(recordOf(oauth)) as ClaudeBundle
  const fields = recordFields(bundle)
  const login = {
    provider: "anthropic" as const,
    access: fields.access as Secret,
    refresh: fields.refresh as Secret,
    expiresAt: Number(bundle.claudeAiOauth.expiresAt),
    identity: claudeIdentity(bundle),
    fields,
  }
  return { kind: "login", login, stamp: "s", ...more }
}
const sync = (readback: Readback, document = withLabel()) =>
  preSwitchSync(document, readback, ownerOfReadback(document, readback))

const NEWER = {
  accessToken: new Secret("a2"),
  refreshToken: new Secret("r2"),
  expiresAt: NOW + 9 * HOUR,
}
const former = { ...recordOf(), formerPairs: [pairHash(new Secret("r0"))] }
const identity = { provider: "anthropic" as const, users: [], workspace: null, email: null }
const imported = {
  authority: { anthropic: { labels: ["lessons"], labelsByName: { lessons: {} } } },
}

describe("what a live store has for the vault", () => {
  test.each<[string, Readback, Document, object]>([
    ["no file", { kind: "absent" }, withLabel(), { synced: false, reason: "no_live_bundle" }],
    [
      "a dead login",
      { kind: "blank", stamp: "s" },
      withLabel(),
      { synced: false, reason: "no_live_bundle" },
    ],
    [
      "a login of nobody",
      live({ ...NEWER, accountUuid: "acc-9", organizationUuid: "org-9" }),
      withLabel(),
      { synced: false, reason: "no_label_for_identity" },
    ],
    [
      "the stored pair",
      live(),
      withLabel(),
      { synced: false, reason: "tokens_unchanged", label: "lessons" },
    ],
    [
      "a newer pair",
      live(NEWER),
      withLabel(),
      {
        synced: true,
        label: "lessons",
        rotatedFields: ["accessToken", "refreshToken", "expiresAt"],
      },
    ],
    [
      "a newer access token alone",
      live({ accessToken: new Secret("a2"), expiresAt: NOW + 9 * HOUR }),
      withLabel(),
      { synced: true, label: "lessons", rotatedFields: ["accessToken", "expiresAt"] },
    ],
    [
      "an older pair",
      live({ refreshToken: new Secret("r0") }),
      withLabel(former),
      { synced: false, reason: "live_pair_older", label: "lessons" },
    ],
    [
      "an older pair of an imported label",
      live({ refreshToken: new Secret("r0") }),
      withLabel(former, imported),
      { synced: false, reason: "authority_import_newer", label: "lessons" },
    ],
    [
      "a newer pair of an imported label",
      live(NEWER),
      withLabel(recordOf(), imported),
      { synced: true, label: "lessons" },
    ],
    [
      "a newer pair beside another's account",
      live(NEWER, { contradiction: { byTokens: identity, byAccount: identity } }),
      withLabel(),
      { synced: false, reason: "identity_contradiction", label: "lessons" },
    ],
    [
      "a newer pair whose estimated end lies a moment before the stored one's",
      live({ ...NEWER, expiresAt: NOW - 4_000 }),
      withLabel(),
      { synced: true, label: "lessons" },
    ],
    [
      "an unknown pair that ends before the stored one",
      live({ ...NEWER, expiresAt: NOW - 9 * HOUR }),
      withLabel(),
      { synced: false, reason: "conflict", label: "lessons" },
    ],
  ])("%s", (_what, readback, document, expected) => {
    expect(sync(readback, document)).toMatchObject(expected)
    expect(JSON.stringify(sync(readback, document))).not.toContain("r2")
  })
})
