import type { Choice, LabelTerms } from "../../domain/choice/types.ts"
import type { Label } from "../../domain/label.ts"
import type { Finding } from "../../domain/receipt.ts"
import type { Deferral } from "../../pool/defer.ts"
import type { Held } from "../../pool/stores.ts"
import { isoTime } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"
import type { ActivateOptions } from "../activate.ts"
import { isForeign } from "../capture/foreign-login.ts"
import { contradictionIn } from "./contradiction.ts"
import type { Observed } from "./observe.ts"

/** A client may be refreshing this label's pair at this moment: neither post nor switch. */
export function deferredFinding(label: Label, deferral: Deferral): Finding {
  const who = deferral.holders.map(({ pid, command }) => `${command} (pid ${pid})`).join(", ")
  return {
    kind: "deferred_client_refreshing",
    label,
    store: deferral.store,
    holders: deferral.holders.map(({ pid, command }) => ({ pid, command })),
    retryInSeconds: deferral.retryInSeconds,
    detail: `${who || "some process"} has ${deferral.store} open, and the login there is at its end: it may be renewing it just now`,
    hint: `run the command again in ${deferral.retryInSeconds} s, or close the client`,
  }
}

/** `--adopt` of a home whose login is a label's already, or that holds none: a word about it. */
export function nothingToAdopt(
  { held, blockers }: Observed,
  { adopt }: Pick<ActivateOptions, "adopt">,
): Finding[] {
  const { store, readback, owner } = held
  if (adopt === null || blockers.length > 0 || isForeign(readback, owner !== null)) return []
  const holds = owner === null ? "no login" : `\`${owner.label}\` already`
  const detail = `${store.file} holds ${holds}, so nothing was adopted as \`${adopt}\``
  return [{ kind: "nothing_to_adopt", label: adopt, detail }]
}

/** Nothing else can serve: what would have to happen first. */
export function nothingCanServe(target: Target, choice: Choice): Finding[] {
  const resetAt = choice.earliestResetAt === null ? null : isoTime(choice.earliestResetAt)
  const finding = {
    kind: "nothing_can_serve",
    reason: "no_eligible_pool_account",
    earliestResetAt: resetAt,
    labels: choice.terms.map(({ label, whyNot }) => ({ label, whyNot })),
    detail: "no other label can serve now; the live login stays as it is",
    hint: resetAt === null ? "aim why" : `the first label frees up at ${resetAt}; see \`aim why\``,
  }
  return [finding, ...(target.id === "claude" ? choice.terms.map(whyNotServing) : [])]
}

/** The reference names each label that a Claude switch passed over. */
function whyNotServing({ label, whyNot }: LabelTerms): Finding {
  const reason = whyNot ?? "not_eligible"
  return { kind: reason, label, reason, detail: `\`${label}\` can't serve: ${reason}` }
}

/**
 * The store holds a pair that may be the label's next one, but its files name two accounts: to write
 * over it could put the spent pair in the place of the one that lives. Null for any other store.
 */
export function contradictionFinding(
  { store, readback, owner }: Held,
  label: Label,
): Finding | null {
  if (owner?.label !== label || owner.relation !== "conflict") return null
  const found = contradictionIn(store, readback)
  return found === null ? null : { ...found, reason: found.kind, label }
}
