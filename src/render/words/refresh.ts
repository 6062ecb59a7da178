import { loginCommand } from "../../domain/readiness.ts"
import { wireText } from "../../domain/wire-text.ts"
import type { RefreshOutcome } from "../../pool/refresh-outcome.ts"
import { duration } from "../layout/duration.ts"

type Kind = RefreshOutcome["kind"]
type Phrases = {
  [K in Kind]: (outcome: Extract<RefreshOutcome, { kind: K }>) => string
}

/** One phrase an outcome; a new kind does not compile until it has one. */
const PHRASES: Phrases = {
  refreshed: () => "refreshed",
  captured: ({ store }) => `a newer login was taken in from ${store}; nothing was posted`,
  taken: ({ from }) => `a newer login was taken from ${from}; nothing was posted here`,
  not_due: () => "not due yet",
  deferred: ({ deferral: { store, holders, unreadable, retryInSeconds } }) =>
    `left alone: ${whoIn(holders, unreadable)} has ${store} open and may be refreshing it; try again in ${retryInSeconds} s`,
  busy: ({ detail }) => `left alone: ${detail}`,
  duplicate: ({ of }) =>
    `not refreshed: \`${of}\` holds this very login too, and posting it could cost both`,
  no_login: () => "no login is stored",
  dead: ({ reason }) => deathOf(reason),
  quarantined: ({ reason, id }) =>
    `the reply failed a check (${reason}) and is kept in quarantine as ${id}`,
  superseded: () => "another login was stored meanwhile; the reply brought nothing new",
  transient: ({ detail }) => `not refreshed, the login stays as it is: ${wireText(detail)}`,
  rate_limited: ({ retryAfterMs }) =>
    retryAfterMs === null
      ? "not refreshed: the issuer asks to wait"
      : `not refreshed: the issuer asks to wait ${duration(retryAfterMs)}`,
  unauthorized: ({ detail }) =>
    `not refreshed: the issuer refused the request: ${wireText(detail)}`,
  protocol: ({ detail }) => `not refreshed: the issuer's reply makes no sense: ${wireText(detail)}`,
}

/** What became of one label's refresh, in a phrase. */
export function refreshText(outcome: RefreshOutcome): string {
  const phrase = PHRASES[outcome.kind] as (outcome: RefreshOutcome) => string
  return phrase(outcome)
}

/** The command that goes on from there, or null where there is nothing to do. */
export function refreshHint(label: string, outcome: RefreshOutcome): string | null {
  const { kind } = outcome
  if (kind === "busy" && outcome.hint !== undefined) return outcome.hint
  if (kind === "dead" || kind === "no_login") return loginCommand(label)
  if (kind === "quarantined") return "aim quarantine list"
  if (kind === "busy" || kind === "transient" || kind === "rate_limited" || kind === "protocol")
    return `aim refresh ${label}`
  return null
}

/** The verdict on a login, in words where the issuer's code is not a word. */
function deathOf(reason: string): string {
  return reason === "refresh_interrupted"
    ? "dead: an earlier refresh was cut off before its reply arrived (refresh_interrupted)"
    : `dead: the issuer refused the login for good (${reason})`
}

function whoIn(holders: readonly { pid: number; command: string }[], unreadable: boolean): string {
  const names = holders.map(({ pid, command }) => `${command} (pid ${pid})`)
  if (unreadable) names.push("perhaps a process that can't be looked into")
  return names.join(", ") || "some process"
}
