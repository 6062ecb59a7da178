import {
  aimProfileDir,
  ensureAimProfile,
  removeHalfSeed,
  type Seeded,
  seedAimProfile,
} from "../browser/aim-profile.ts"
import { labelForLogin, newAccount } from "../domain/adopt/new-account.ts"
import {
  type BrowserFlags,
  type BrowserRequest,
  bindingRecord,
  browserRequest,
} from "../domain/browser/request.ts"
import { asObject, type Document } from "../domain/document.ts"
import { patchAccount, putAccount } from "../domain/document-edits.ts"
import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import type { Finding } from "../domain/receipt.ts"
import { commit } from "../pool/commit.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { now } from "../system/clock.ts"
import { fail } from "../system/errors.ts"
import { folderExists } from "../system/files.ts"
import { isoTime } from "../system/time.ts"
import { knownLabel } from "./account/known-label.ts"
import { browserPlaces } from "./browser/places.ts"
import { refuseClaude } from "./browser/refuse-claude.ts"
import { failUnusable } from "./browser/unusable.ts"
import { type BrowserView, browserView } from "./browser-show.ts"

export type BrowserSet = {
  label: Label
  updated: { label: Label; mode: string; changed: boolean; seeded: boolean; warnings: Finding[] }
  current: BrowserView
}

/**
 * `aim browser set <label>`: which browser opens the label's pages from now on. A new label is made,
 * as the reference does, unless it `mustExist`; Claude labels have no binding. What the folders hold is not looked into.
 */
export async function setBrowser(
  pool: Pool,
  typed: string,
  flags: BrowserFlags,
  { mustExist = false }: { mustExist?: boolean } = {},
): Promise<BrowserSet> {
  const request = browserRequest(flags)
  const { document } = await pool.vault.read()
  const label = mustExist ? knownLabel(document, typed).label : labelForLogin(document, typed)
  refuseClaude(document, label)
  await checkFolder(request)
  const isNew = !Object.hasOwn(document.accounts, label)
  let changed = false
  let made: Prepared = { request, seeded: null }
  const after = await pool.vault.withLabels([keyOf("openai-codex", label)], async () => {
    // To make it anew would undo what another aim did.
    if (!isNew) knownLabel((await pool.vault.read()).document, label)
    made = await prepare(pool, label, request)
    return await commit(pool, (fresh) => {
      refuseClaude(fresh, label)
      const bound = withBinding(fresh, label, made)
      changed = bound !== fresh
      return bound
    })
  })
  const seeded = made.seeded === "now"
  const warnings = made.seeded === "other_there" ? [notCopied(label)] : []
  const updated = { label, mode: request.mode, changed, seeded, warnings }
  recordAct(pool, { action: "browser_set", status: changed ? "applied" : "noop", ...updated })
  return { label, updated, current: await browserView(pool, after, label) }
}

/** A folder that the operator names must be there; the label's own is made. */
async function checkFolder(request: BrowserRequest): Promise<void> {
  const dir =
    request.mode === "chrome-profile"
      ? request.userDataDir
      : request.mode === "agent-browser"
        ? request.profile
        : null
  if (dir === null || (await folderExists(dir))) return
  fail(
    "no_such_profile",
    `there is no folder ${dir}`,
    "aim browser list <label> shows what there is",
  )
}

type Prepared = { request: BrowserRequest; seeded: Seeded | null }

/** The folder of an own profile; a binding never says that it came from where it did not. */
async function prepare(pool: Pool, label: Label, request: BrowserRequest): Promise<Prepared> {
  if (request.mode !== "aim-profile") return { request, seeded: null }
  const dir = aimProfileDir(pool.vault.paths.dir, label)
  if (request.seedFrom === null) {
    try {
      await removeHalfSeed(dir)
      await ensureAimProfile(dir)
    } catch (error) {
      failUnusable(error, dir, label)
    }
    return { request, seeded: null }
  }
  const seeded = await seedAimProfile(browserPlaces(pool).openclaw, request.seedFrom, dir)
  return { request: seeded === "other_there" ? { ...request, seedFrom: null } : request, seeded }
}

function notCopied(label: Label): Finding {
  return {
    kind: "profile_there",
    label,
    detail: `\`${label}\` has a profile of its own already: it stays, and nothing was copied`,
    hint: "put that folder away first, then run it again",
  }
}

/** What was verified of the same binding before stays; of another one it says nothing. */
function withBinding(document: Document, label: Label, { request, seeded }: Prepared): Document {
  const known = asObject(document.accounts[label])
  const made = known === null ? putAccount(document, label, newAccount("openai-codex")) : document
  const { browser, reauthMode } = bindingRecord(request)
  const old = asObject(known?.browser)
  const same = old !== null && browser !== null && holds(old, browser)
  const reauth = asObject(known?.reauth) ?? {}
  // A copy of a run that was killed before it could say so counts from now.
  const stamped = seeded === "now" || (seeded === "before" && typeof old?.seededAt !== "string")
  if (same && !stamped && reauth.mode === reauthMode) return document
  if (browser === null && known !== null && !known.browser && reauth.mode === reauthMode)
    return document
  const kept = same ? { ...old, ...browser } : browser
  const bound = stamped && kept !== null ? { ...kept, seededAt: isoTime(now()) } : kept
  return patchAccount(made, label, { browser: bound, reauth: { ...reauth, mode: reauthMode } })
}

function holds(old: JsonObject, wanted: JsonObject): boolean {
  const own = [
    "mode",
    "userDataDir",
    "profileDirectory",
    "agentBrowserProfile",
    "agentBrowserSession",
  ]
  const same = own.every((key) => (old[key] ?? null) === (wanted[key] ?? null))
  const seed = wanted.seededFromOpenclawProfileId
  return same && (seed === undefined || seed === old.seededFromOpenclawProfileId)
}
