import { activeLabel, type Document } from "../../domain/document.ts"
import type { JsonObject } from "../../domain/login.ts"
import { type Finding, findingOf } from "../../domain/receipt.ts"
import { storedLogin } from "../../domain/stored-login.ts"
import { conflictIn } from "../../pool/conflict-in.ts"
import { type Held, homesOutOfReach } from "../../pool/stores.ts"
import type { Target } from "../../targets/target.ts"
import { foreignFinding, isForeign } from "../capture/foreign-login.ts"
import { contradictionIn } from "../switch/contradiction.ts"
import { concerned, keptOut, keptOutFindings } from "../switch/kept-out.ts"
import { type ClientStatus, primaryOf } from "./client.ts"

/** How a home differs from what the last switch left there, by what only this client has. */
export type Mismatch = { kind: string; detail: string; hint?: string } & JsonObject

/**
 * What in a client's home the operator should know; the reference's kinds where it has them. The
 * client's own `mismatches` are told where it was ever switched to a label.
 */
export async function clientWarnings(
  target: Target,
  document: Document,
  stores: readonly Held[],
  mismatches: readonly Mismatch[],
): Promise<Finding[]> {
  const system = `${target.id}-cli`
  const held = primaryOf(target, stores)
  const { store, readback, owner } = held
  const active = activeLabel(document, target.vaultKey)
  const found = await target.obstacles(store)
  const warnings = [...found.blockers, ...found.warnings].map((problem) =>
    findingOf(problem, { system }),
  )
  const out = keptOut(document, target, found, concerned(document, target, held))
  warnings.push(...keptOutFindings(target, out))
  if (readback.kind === "unreadable") warnings.push(findingOf(readback.problem, { system }))
  if (isForeign(readback, owner !== null)) warnings.push(foreignFinding(target, store, readback))
  for (const { label, problem } of await homesOutOfReach(document, target))
    warnings.push(findingOf(problem, { system, label }))
  const own = stores.filter((each) => each.target.id === target.id)
  for (const each of own) warnings.push(...doubtsIn(each, system))
  if (active === null) return warnings
  const use = `aim ${target.id} use`
  const add = ({ kind, ...more }: Mismatch) =>
    warnings.push({
      kind: `${target.id}_target_${kind}`,
      system,
      label: active,
      hint: use,
      ...more,
    })
  if (!Object.hasOwn(document.accounts, active)) {
    add({
      kind: "label_missing",
      detail: `the active label \`${active}\` is no label any more`,
    })
  } else if (storedLogin(document, { provider: target.provider, label: active }) === null) {
    add({
      kind: "credentials_missing",
      detail: `the active label \`${active}\` has no usable login`,
    })
  }
  if (readback.kind === "absent")
    add({ kind: "missing_auth_file", detail: `${store.file} is not there` })
  for (const mismatch of mismatches) add(mismatch)
  if (owner !== null && owner.label !== active) {
    add({
      kind: "label_mismatch",
      detail: `${store.file} holds \`${owner.label}\`, but the last switch was to \`${active}\``,
      actualLabel: owner.label,
    })
  }
  if (owner?.relation === "older")
    add({
      kind: "older_pair",
      detail: `${store.file} holds an older login of \`${owner.label}\``,
    })
  return warnings
}

/** The workspace of the login that the home of a Codex or a Pi holds. */
export function accountMismatches(
  block: Pick<ClientStatus, "expectedAccountId" | "actualAccountId" | "authPath">,
): Mismatch[] {
  const { expectedAccountId, actualAccountId, authPath } = block
  if (expectedAccountId === null || actualAccountId === null) return []
  if (actualAccountId === expectedAccountId) return []
  return [
    {
      kind: "account_mismatch",
      detail: `${authPath} holds a login of workspace ${actualAccountId}, the last switch was to ${expectedAccountId}`,
      accountId: actualAccountId,
      expectedAccountId,
    },
  ]
}

/** Files that name two accounts, or a pair that is neither the stored one nor a later one. */
function doubtsIn({ target, store, readback, owner }: Held, system: string): Finding[] {
  const label = owner === null ? {} : { label: owner.label }
  const twofold = contradictionIn(store, readback)
  if (twofold !== null) return [{ ...twofold, system, ...label }]
  if (owner?.relation !== "conflict") return []
  const { detail, hint } = conflictIn(target, store, owner.label)
  return [{ kind: `${target.id}_store_conflict`, system, label: owner.label, detail, hint }]
}
