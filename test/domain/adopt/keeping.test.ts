import { expect, test } from "bun:test"
import { adoptKeeping } from "../../../src/domain/adopt/keeping.ts"
import { claudeLogin } from "../../../src/domain/claude/login.ts"
import { adoptPair } from "../../../src/domain/credential-edits.ts"
import { EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount } from "../../../src/domain/document-edits.ts"
import { Secret } from "../../../src/system/secret.ts"
import { NOON } from "../logins.ts"

const ACCOUNT = { accountUuid: "acc-b", emailAddress: "b@example.com", organizationUuid: "org-b" }

const pair = (name: string, expiresAt: number, uuid: object) =>
  claudeLogin({
    claudeAiOauth: {
      accessToken: new Secret(`at-${name}`),
      refreshToken: new Secret(`rt-${name}`),
      expiresAt,
      ...uuid,
    },
    oauthAccount: ACCOUNT,
  })
const OWNED = { accountUuid: "acc-b" }

/** The Claude logins that go to quarantine when a later one takes their place. */
test.each<[string, stored: object, live: object, kept: boolean]>([
  ["both say whose they are", OWNED, OWNED, false],
  ["neither does, as in old logins", {}, {}, false],
  ["the later one alone does", {}, OWNED, false],
  ["the later one is it by its oauthAccount alone", OWNED, {}, true],
])("a pair that leaves where %s", (_, stored, live, kept) => {
  const made = putAccount(EMPTY_DOCUMENT, "b", { provider: "anthropic" })
  const before = adoptPair(made, "b", pair("1", NOON, stored), NOON)
  const later = pair("2", NOON + 1_000, live)
  const after = adoptKeeping(before, "b", later, { id: "ab12", at: NOON })
  expect(after.credentials.anthropic?.b?.refresh).toEqual(later.refresh)
  const left = (after.quarantine ?? []).map(({ reason, credential }) => [
    reason,
    credential.refresh instanceof Secret ? credential.refresh.reveal() : null,
  ])
  expect(left).toEqual(kept ? [["replaced", "rt-1"]] : [])
})
