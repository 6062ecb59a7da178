import { asObject } from "../domain/document.ts"
import { asLabel } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { Secret } from "../system/secret.ts"
import { without, withoutEmpty, withValue } from "./tree-edits.ts"
import { convertAccount, convertUnnamed } from "./unversioned-account.ts"

const PINS = ["openclaw", "agentPins"]
const ASSIGNMENTS = ["targets", "openclaw", "assignments"]

/** What the reference program (aimgr 4404b27) refuses as a label; an account key like it bricks it. */
const RESERVED = new Set(
  (
    "status login pin autopin rebalance apply sync promote hermes codex browser internal use " +
    "show set help default"
  ).split(" "),
)

/** Where an account stands whose key could not become a label; nothing there is ever read again. */
export const UNCONVERTED = "unconverted"

/** True for what the oldest format looks like; any other file without a version is not aim's. */
export function isUnversioned(tree: JsonObject): boolean {
  return tree.schemaVersion === undefined && asObject(tree.accounts) !== null
}

/**
 * The oldest format (`{version, accounts, openclaw.agentPins}`, no `schemaVersion`) as a 0.2 tree,
 * in one step and in memory only, with the meaning that the reference gives it. Unlike there, what
 * is not understood stays where it is, a profile's name is no folder, and an account whose key can't
 * be a label goes to `unconverted`, its login to quarantine, from where it can be adopted.
 */
export function convertUnversioned(tree: JsonObject): JsonObject {
  const accounts = Object.entries(asObject(tree.accounts) ?? {})
  const start = without(without(tree, ["version"]), ["accounts"])
  let result: JsonObject = { ...start, accounts: {} }
  for (const [key, account] of inTurn(accounts)) {
    const label = labelOf(key)
    const record = asObject(account)
    const taken = label !== null && Object.hasOwn(asObject(result.accounts) ?? {}, label)
    result =
      label === null || record === null || taken
        ? convertUnnamed(result, [UNCONVERTED, "accounts", key], key, account)
        : convertAccount(result, label, record)
  }
  return convertPins(result)
}

/** Of `Boss` and `boss`, the one that needs no change keeps the name. */
function inTurn(accounts: readonly [string, unknown][]): [string, unknown][] {
  const exact = ([key]: readonly [string, unknown]) => labelOf(key) === key
  return [...accounts.filter(exact), ...accounts.filter((entry) => !exact(entry))]
}

function labelOf(key: string): string | null {
  const label = asLabel(key)
  return label !== null && !RESERVED.has(label) ? label : null
}

/** `openai-codex:boss` pins an agent to `boss`; what can't be read so stays where it is. */
function convertPins(tree: JsonObject): JsonObject {
  const pins = asObject(asObject(tree.openclaw)?.agentPins) ?? {}
  const assigned = asObject(asObject(asObject(tree.targets)?.openclaw)?.assignments) ?? {}
  let result = tree
  for (const [agent, pin] of Object.entries(pins)) {
    // An agent may be called `access`: then its pin was sealed as if it were a token.
    const profile = pin instanceof Secret ? pin.reveal() : pin
    const [, label] = typeof profile === "string" ? (/^[^:]*:(.*)$/s.exec(profile) ?? []) : []
    const name = label === undefined ? null : labelOf(label)
    if (name === null || Object.hasOwn(assigned, agent)) continue
    result = without(withValue(result, [...ASSIGNMENTS, agent], name), [...PINS, agent])
  }
  return withoutEmpty(withoutEmpty(result, PINS), ["openclaw"])
}
