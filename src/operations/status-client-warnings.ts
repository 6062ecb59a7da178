import { activeLabel, type Document, targetBlock } from "../domain/document.ts"
import { type Finding, findingOf } from "../domain/receipt.ts"
import { storedLogin } from "../domain/stored-login.ts"
import { conflictIn } from "../pool/heal.ts"
import { type Held, homesOutOfReach } from "../pool/stores.ts"
import type { Target } from "../targets/target.ts"
import { foreignFinding, isForeign } from "./foreign-login.ts"
import { concerned, keptOut, keptOutFindings } from "./kept-out.ts"
import { primaryOf } from "./status-client.ts"
import { storedText } from "./status-stored.ts"

/** What in a client's home the operator should know; the reference's kinds where it has them. */
export async function clientWarnings(
  target: Target,
  document: Document,
  stores: readonly Held[],
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
  for (const each of stores) {
    if (each.target.id !== target.id || each.owner?.relation !== "conflict") continue
    const { detail, hint } = conflictIn(target, each.store, each.owner.label)
    warnings.push({
      kind: `${target.id}_store_conflict`,
      system,
      label: each.owner.label,
      detail,
      hint,
    })
  }
  if (active === null) return warnings
  const add = (kind: string, detail: string, hint: string, extra = {}) =>
    warnings.push({
      kind: `${target.id}_target_${kind}`,
      system,
      label: active,
      detail,
      hint,
      ...extra,
    })
  if (!Object.hasOwn(document.accounts, active)) {
    add(
      "label_missing",
      `the active label \`${active}\` is no label any more`,
      `aim ${target.id} use`,
    )
  } else if (storedLogin(document, { provider: target.provider, label: active }) === null) {
    add(
      "credentials_missing",
      `the active label \`${active}\` has no usable login`,
      `aim ${target.id} use`,
    )
  }
  if (readback.kind === "absent") {
    add("missing_auth_file", `${store.file} is not there`, `aim ${target.id} use`)
  }
  const expected = storedText(targetBlock(document, target.vaultKey).expectedAccountId)
  const actual = readback.kind === "login" ? readback.login.identity.workspace : null
  if (expected !== null && actual !== null && actual !== expected) {
    add(
      "account_mismatch",
      `${store.file} holds a login of workspace ${actual}, the last switch was to ${expected}`,
      `aim ${target.id} use`,
      { accountId: actual, expectedAccountId: expected },
    )
  }
  if (owner !== null && owner.label !== active) {
    add(
      "label_mismatch",
      `${store.file} holds \`${owner.label}\`, but the last switch was to \`${active}\``,
      `aim ${target.id} use`,
      { actualLabel: owner.label },
    )
  }
  if (owner?.relation === "older") {
    add(
      "older_pair",
      `${store.file} holds an older login of \`${owner.label}\``,
      `aim ${target.id} use`,
    )
  }
  return warnings
}
