import type { Finding } from "../../domain/receipt.ts"
import type { Readback } from "../../domain/store.ts"
import { contradictionFinding } from "../switch/findings.ts"
import type { Observed } from "../switch/observe.ts"

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
  const gone = current === null ? null : whatIsGone(readback)
  if (gone === null) return []
  return [
    {
      kind: `${target.id}_target_${gone.kind}`,
      system: `${target.id}-cli`,
      label: current,
      detail: `${store.file} ${gone.what}, though the last switch left \`${current}\` in it`,
      hint: `aim ${target.id} use`,
    },
  ]
}

/** Emptied tokens are a client's own word for a dead login; these are what a logout leaves. */
function whatIsGone(readback: Readback): { kind: string; what: string } | null {
  if (readback.kind === "absent") return { kind: "missing_auth_file", what: "is not there" }
  const isGone = readback.kind === "blank" && readback.gone === true
  return isGone ? { kind: "missing_provider_entry", what: "holds no login any more" } : null
}
