import type { Finding } from "../domain/receipt.ts"
import { contradictionFinding } from "./switch-findings.ts"
import type { Observed } from "./switch-observe.ts"

/**
 * Why a watch leaves a client's home alone, none where it may act there: what stops every switch, a
 * login whose files name two accounts, and one that somebody took away. Nobody sits in front of a
 * watch who could say that it is to come back.
 */
export function distrusted({ held, current, blockers }: Observed): Finding[] {
  if (blockers.length > 0) return blockers
  const { target, store, readback, owner } = held
  const doubt = owner === null ? null : contradictionFinding(held, owner.label)
  if (doubt !== null) return [doubt]
  if (readback.kind !== "absent" || current === null) return []
  return [
    {
      kind: `${target.id}_target_missing_auth_file`,
      system: `${target.id}-cli`,
      label: current,
      detail: `${store.file} is not there, though the last switch left \`${current}\` in it`,
      hint: `aim ${target.id} use`,
    },
  ]
}
