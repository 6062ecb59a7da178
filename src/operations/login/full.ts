import { browserBinding } from "../../domain/browser/binding.ts"
import type { Conversation } from "../../domain/conversation.ts"
import { asObject, type Document } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { wireText } from "../../domain/wire-text.ts"
import { exchangeCode } from "../../pool/exchange.ts"
import { keyOf, loginFlowOf, type Pool } from "../../pool/pool.ts"
import type { Grant } from "../../providers/login-flow.ts"
import { AimError, fail } from "../../system/errors.ts"
import { MINUTE, SECOND } from "../../system/time.ts"
import { openInBrowser } from "../open-page.ts"
import { grantByPage } from "./attempt.ts"
import { grantByDevice } from "./device.ts"

const PAGE_LIMIT = 10 * MINUTE
const DEVICE_LIMIT = 15 * MINUTE

/** How a person logs in, when one must. */
export type Lane = {
  /** Null: as the label is bound, and where it is not, by the browser. */
  lane: "browser" | "manual" | "device" | null
  /** The page is opened by hand, even if the label has a browser. */
  noOpen: boolean
  timeoutSeconds: number | null
}

/**
 * A full login by a person: a code by the chosen lane, exchanged once. No lease is held while a
 * person is waited for; nothing is stored but the login, and only if it is the label's, which must
 * still be there then unless it is new.
 */
export async function logInAnew(
  pool: Pool,
  label: Label,
  lane: Lane & { isNew: boolean },
  talk: Conversation,
): Promise<void> {
  const key = keyOf("openai-codex", label)
  const grant = await grantFor(pool, label, lane, talk)
  talk.tell("Fetching the login.")
  const outcome = await pool.vault.withLabels([key], async (lease) => {
    // The code is not posted then: to make the label anew would undo what another aim did.
    if (!lane.isNew && !(await isThere(pool, label))) return failGone(label)
    return exchangeCode(pool, lease, key, grant)
  })
  switch (outcome.kind) {
    case "logged_in":
      return
    case "refused":
      return fail(
        outcome.problem.code,
        `${outcome.problem.message}; the login that was made is kept in quarantine as ${outcome.id}`,
        outcome.problem.code === "login_already_labelled"
          ? `aim login ${label} again, as the right person; aim quarantine drop ${outcome.id} lets this one go`
          : `aim quarantine adopt ${outcome.id} <another label>`,
      )
    case "unreadable":
      return fail(
        "login_unreadable",
        `the issuer's reply can't be used: ${outcome.detail}; it is kept in quarantine as ${outcome.id}, and what is stored is as it was`,
        `aim login ${label}`,
      )
    default:
      return fail(
        "login_failed",
        `no login came of it: ${wireText(outcome.detail)}; what is stored is as it was`,
        `aim login ${label}`,
      )
  }
}

async function isThere(pool: Pool, label: Label): Promise<boolean> {
  return Object.hasOwn((await pool.vault.read()).document.accounts, label)
}

function failGone(label: Label): never {
  return fail(
    "label_gone",
    `another aim removed or renamed \`${label}\` while somebody logged in; no login was fetched, nothing was changed`,
    "aim account list shows the labels that there are",
  )
}

async function grantFor(
  pool: Pool,
  label: Label,
  { lane, noOpen, timeoutSeconds }: Lane,
  talk: Conversation,
): Promise<Grant> {
  const flow = await loginFlowOf(pool, "openai-codex")
  const { document } = await pool.vault.read()
  const limit = timeoutSeconds === null ? null : timeoutSeconds * SECOND
  if (lane === "device") return grantByDevice(flow, limit ?? DEVICE_LIMIT, talk)
  const bound = bindingOf(document, label)
  const open = (url: string) =>
    noOpen || bound !== "browser" ? Promise.resolve(null) : opened(pool, document, label, url)
  const page = { lane: lane ?? (bound === "manual" ? "manual" : "browser"), open } as const
  return grantByPage(flow, { ...page, timeoutMs: limit ?? PAGE_LIMIT }, talk)
}

/** How the label's page is opened by what is stored; null where nothing is. */
function bindingOf(document: Document, label: Label): "browser" | "manual" | null {
  const account = asObject(document.accounts[label]) ?? {}
  if (asObject(account.reauth)?.mode === "manual-callback") return "manual"
  return browserBinding(account) === null ? null : "browser"
}

/** A browser that does not start is no end of the login: the page can be opened by hand. */
async function opened(
  pool: Pool,
  document: Document,
  label: Label,
  url: string,
): Promise<string | null> {
  try {
    const { program } = await openInBrowser(pool, document, label, url)
    return `It is open in the browser of \`${label}\` (${program}).`
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    const { message, hint } = error.problem
    const mend = hint === undefined ? "" : ` (to mend that: ${hint})`
    return `It could not be opened: ${message}. Open it by hand${mend}.`
  }
}
