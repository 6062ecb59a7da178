import { expect } from "bun:test"
import { adoptPair } from "../../../src/domain/credential-edits.ts"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount } from "../../../src/domain/document-edits.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { type RestoreInput, restored } from "../../../src/domain/restore.ts"
import { Secret } from "../../../src/system/secret.ts"
import { HOUR } from "../../../src/system/time.ts"
import { login, NOON, type Who } from "../logins.ts"

/** Pairs of one account, oldest first, as `refresh` at so many hours. */
export type History = [refresh: string, hours: number, who?: Who][]
export const WHO = {
  boss: { user: "u-boss", account: "a-boss", email: "boss@example.com" },
  qa: { user: "u-qa", account: "a-qa", email: "qa@example.com" },
} satisfies Record<string, Who>

/** A state file whose labels went through these logins. */
export function file(labels: Record<string, History>): Document {
  return Object.entries(labels).reduce<Document>((document, [label, history]) => {
    const made = putAccount(document, label, { provider: "openai-codex", of: label })
    return history.reduce(
      (grown, [refresh, hours, who]) =>
        adoptPair(grown, label, login(refresh, NOON + hours * HOUR, who ?? whoIs(label)), NOON),
      made,
    )
  }, EMPTY_DOCUMENT)
}

function whoIs(label: string): Who {
  return label === "qa" ? WHO.qa : label === "boss" ? WHO.boss : {}
}

export const live = (refresh: string, hours: number, who = WHO.boss) => ({
  store: "/home/.codex",
  login: login(refresh, NOON + hours * HOUR, who),
  prefer: null,
})

export const run = (input: Partial<RestoreInput> & Pick<RestoreInput, "backup">) =>
  restored({ present: null, live: [], withTokens: false, at: NOON, ...input })

/** The end in words: label to refresh token and where from; quarantine as token and reason. */
export function outcome(input: Parameters<typeof run>[0]) {
  const { document, labels, aside, gone } = run(input)
  const stored = Object.entries(document.credentials["openai-codex"] ?? {})
  const quarantine = (document.quarantine ?? []).map(
    ({ credential, reason }) => `${tokenOf(credential)} ${reason}`,
  )
  expect(aside.every(({ id }) => document.quarantine?.some((entry) => entry.id === id))).toBe(true)
  return {
    labels: Object.keys(document.accounts),
    logins: Object.fromEntries(
      stored.map(([label, record]) => [
        label,
        `${tokenOf(record)} ${labels.find((one) => one.label === label)?.source}`,
      ]),
    ),
    gone,
    quarantine,
  }
}

export function tokenOf(record: JsonObject): string {
  return record.refresh instanceof Secret ? record.refresh.reveal() : "none"
}

export const R1: History = [["r1", 0]]
export const R12: History = [...R1, ["r2", 1]]
export const end = (logins: Record<string, string>, more: object = {}) => ({
  labels: Object.keys(logins),
  logins,
  gone: [],
  quarantine: [],
  ...more,
})
