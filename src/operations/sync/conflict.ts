import { CLIENT_WORD } from "../../domain/client-word.ts"
import {
  conflictsIn,
  type ImportItem,
  type ImportPlan,
  type ImportReason,
} from "../../domain/import/plan.ts"
import { shellWord } from "../../domain/shell-word.ts"
import type { Problem } from "../../system/errors.ts"

/** What has changed here and would be overwritten: the operator publishes it or gives it up. */
const LOCAL_UPDATES: ReadonlySet<ImportReason> = new Set([
  "authority_would_overwrite_local_update",
  "removed_from_authority",
])

/** Why a plan can't be done, or null; nothing is changed then. */
export function importConflict(plan: ImportPlan): Problem | null {
  const conflicts = conflictsIn(plan)
  const [first] = conflicts
  if (first === undefined) return null
  const updates = conflicts.filter(({ reason }) => LOCAL_UPDATES.has(reason))
  if (updates.length === 0) return refusal(plan, first)
  const labels = updates.map(({ label }) => label)
  const word = CLIENT_WORD[plan.provider]
  return {
    code: "local_updates",
    message: `Refusing to overwrite imported ${word} labels that have changed here since: ${labels.join(", ")}; nothing was changed`,
    hint: wayOut(plan, updates),
  }
}

/** What is gone there can't be published any more: it is given up, or it is this machine's. */
function wayOut({ provider, source }: ImportPlan, updates: readonly ImportItem[]): string {
  const word = CLIENT_WORD[provider]
  const to = shellWord(source)
  const isGone = ({ reason }: ImportItem) => reason === "removed_from_authority"
  const there = updates.filter((item) => !isGone(item)).map(({ label }) => label)
  const promote = `aim promote ${word} --to ${to} ${there.join(" ")}`
  const discard = `give them up (they go to quarantine): aim sync ${word} --from ${to} --discard-dirty`
  if (there.length === updates.length) return `publish them: ${promote}; or ${discard}`
  const first = there.length === 0 ? "" : `publish what is there still: ${promote}; then `
  return `${first}${discard}; or keep all labels as this machine's: aim authority forget ${word}`
}

function refusal({ provider, source }: ImportPlan, item: ImportItem): Problem {
  const { label, reason, other } = item
  const code = reason
  switch (reason) {
    case "label_of_other_provider":
      return {
        code,
        message: `Refusing to overwrite non-${CLIENT_WORD[provider]} label=${label} during authority import; nothing was changed`,
        hint: `aim account rename ${label} <new>`,
      }
    case "login_already_labelled":
      return {
        code,
        message: `\`${label}\` of ${source} is the login of \`${other}\` here; nothing was changed`,
        hint: `give it the same name: aim account rename ${other} ${label}`,
      }
    case "login_only_here":
      return {
        code,
        message: `\`${label}\` has a login here and none at ${source}; nothing was changed`,
        hint: `aim account rename ${label} <new>`,
      }
    default:
      return {
        code,
        message: `Refusing to overwrite local ${provider} label=${label}: the authority's login is another account's, or can't be told from one; nothing was changed`,
        hint: `aim account rename ${label} <new>`,
      }
  }
}
