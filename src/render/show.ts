import type { Shown, ShownStore } from "../operations/show-target.ts"
import { blockerLines, warningLines } from "./findings.ts"
import { until } from "./layout/duration.ts"
import { type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { type Cell, table } from "./layout/table.ts"
import { NOTHING } from "./layout/window-cell.ts"
import { claudeFields } from "./show-claude.ts"

/** How a store's pair stands to the vault's, as the end of a sentence. */
const RELATION: Readonly<Record<string, string>> = {
  same: "the login that aim has stored",
  newer: "a newer login than aim has stored; the next command that may write takes it in",
  older: "an older login than aim has stored; the next command that may write brings it up",
  conflict: "a login that conflicts with the stored one; a switch keeps it in quarantine",
}

/** `aim codex show` for a person at `at` (epoch ms): what each home really holds. */
export function showLines(
  { target, activeLabel, stores }: Shown,
  at: number,
  frame: Frame,
): string[] {
  const others = stores.filter(({ primary }) => !primary)
  const home = stores.find(({ primary }) => primary)
  const kept = otherHomes(others, frame)
  const findings = stores.flatMap(({ blockers, warnings }) => [
    ...blockerLines(blockers, frame),
    ...warningLines(warnings, frame),
  ])
  return [
    ...(home === undefined ? [] : fields(storeFields(target, home, activeLabel, at), frame)),
    ...(kept.length === 0 ? [] : ["", ...kept]),
    ...(findings.length === 0 ? [] : ["", ...findings]),
  ]
}

/** The other homes that logins were captured from or switched in, a line each. */
function otherHomes(stores: readonly ShownStore[], frame: Frame): string[] {
  const columns = [
    { title: "remembered home", shrinks: true },
    { title: "holds", shrinks: true },
    { title: "login" },
    { title: "open in", shrinks: true },
  ]
  const rows = stores.map((store): Cell[] => [
    store.view.home,
    store.labelByToken ?? { text: holdsText(store), style: "yellow" },
    store.relation === null
      ? NOTHING
      : { text: store.relation, style: store.relation === "same" ? "green" : "yellow" },
    store.holders.length === 0 && !store.holdersUnreadable ? NOTHING : openIn(store),
  ])
  return table(columns, rows, frame)
}

function storeFields(
  target: string,
  store: ShownStore,
  activeLabel: string | null,
  at: number,
): Field[] {
  const { view, labelByToken, blockers } = store
  const link = view.symlinkTarget === null ? "" : ` -> ${view.symlinkTarget}`
  const others = store.labelsByAccount.filter((label) => label !== labelByToken)
  const expires = view.expiresAt === null ? null : Date.parse(view.expiresAt)
  return [
    [`${target} home`, view.home, "bold"],
    ["file", view.exists ? `${view.authPath}${link} (mode ${view.mode ?? "unknown"})` : null],
    ["holds", holdsText(store), labelByToken === null ? "yellow" : "green"],
    [
      "last switch",
      activeLabel !== null && activeLabel !== labelByToken ? `to ${activeLabel}` : null,
    ],
    ["account", view.claude === undefined ? accountText(view.accountId, view.email) : null],
    ...(view.claude === undefined ? [] : claudeFields(view.claude, view.authMode)),
    ["same account", others.length === 0 ? null : others.join(", ")],
    ["access token", expires === null ? null : expiryText(expires, at)],
    ["api key", view.hasApiKey && view.holds !== "unmanaged" ? "there is one too; it stays" : null],
    ["store mode", target === "codex" ? view.storeMode : null],
    ["open in", openIn(store)],
    ["switch", blockers.length === 0 ? switchText(store) : null],
  ]
}

/** Labels that the client's own configuration keeps out of this home are named by a warning. */
function switchText({ warnings }: ShownStore): string {
  const out = warnings.flatMap(({ labels }) => (Array.isArray(labels) ? labels : []))
  return out.length === 0 ? "nothing stands in the way" : `not to ${out.join(", ")}: see below`
}

function holdsText({ labelByToken, relation, view }: ShownStore): string {
  if (labelByToken !== null) {
    const how = relation === null ? undefined : RELATION[relation]
    return how === undefined ? labelByToken : `${labelByToken}: ${how}`
  }
  switch (view.holds) {
    case "absent":
      return "nothing: there is no login file"
    case "blank":
      return "no login: its tokens were emptied"
    case "login":
      return "a login of no label"
    case "unmanaged":
      return "a login that aim does not manage"
    default:
      return "something that can't be read as a login"
  }
}

function accountText(accountId: string | null, email: string | null): string | null {
  const known = [email, accountId].filter((each) => each !== null)
  return known.length === 0 ? null : known.join(", ")
}

function expiryText(expires: number, at: number): string {
  return expires <= at ? "has expired" : `expires ${until(expires, at)}`
}

function openIn({ holders, holdersUnreadable }: ShownStore): string {
  const names = holders.map(({ pid, command }) => `${command} (pid ${pid})`)
  if (holdersUnreadable) names.push("processes that can't be looked into")
  return names.length === 0 ? "no process" : names.join(", ")
}
