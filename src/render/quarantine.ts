import type { AdoptedEntry, dropEntry } from "../operations/quarantine.ts"
import type { QuarantineView } from "../vault/quarantine.ts"
import { hintLines } from "./findings.ts"
import { ago } from "./layout/duration.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { table } from "./layout/table.ts"
import { NOTHING } from "./layout/window-cell.ts"
import { storeLines } from "./stores.ts"

/** Why a login lies in quarantine, in words. */
const REASONS: Readonly<Record<string, string>> = {
  conflict: "conflicts with the stored login",
  replaced: "another login was adopted in its place",
  replaced_unmanaged: "a switch replaced it",
  wrong_identity: "a refresh brought another account's login",
  wrong_login: "another person logged in",
  label_gone: "its label was removed during a refresh",
  pair_replaced: "another login was stored during a refresh",
  legacy_label: "its name in the old state file is no label",
  not_in_backup: "a restore brought back no label for it",
  restored_over: "a restore put the backup's login in its place",
  reply_unreadable: "the issuer's reply can't be read",
}

/** `aim quarantine list` for a person at `at` (epoch ms). */
export function quarantineLines(
  entries: readonly QuarantineView[],
  at: number,
  frame: Frame,
): string[] {
  if (entries.length === 0) return ["Quarantine is empty: no login has failed a check."]
  const adoptable = entries.find((entry) => entry.adoptable)
  return [
    ...table(
      [
        { title: "id" },
        { title: "label", shrinks: true },
        { title: "since", align: "right" },
        { title: "account", shrinks: true },
        { title: "why", shrinks: true },
      ],
      entries.map(({ id, label, at: since, reason, identity, adoptable: whole }) => [
        id,
        label ?? NOTHING,
        sinceText(since, at),
        shortly(identity),
        whole ? reasonOf(reason) : `${reasonOf(reason)}; not adoptable`,
      ]),
      frame,
    ),
    ...(adoptable === undefined
      ? []
      : hintLines(`aim quarantine adopt ${adoptable.id} ${rightfulLabel(adoptable)}`, frame)),
    ...hintLines(`aim quarantine drop ${entries[0]?.id ?? "<id>"}`, frame),
  ]
}

/** Why a login came for a label that it is not: which one it is, the operator knows. */
const NOT_ITS_LABEL: readonly string[] = ["wrong_identity", "wrong_login"]

function rightfulLabel({ label, reason }: QuarantineView): string {
  return label === null || NOT_ITS_LABEL.includes(reason) ? "<label>" : label
}

/** Who somebody is without the ids, which `--json` has. */
function shortly(identity: string): string {
  return identity.replace(/ \(.*$/, "")
}

function sinceText(since: string, at: number): string {
  const time = Date.parse(since)
  return Number.isNaN(time) ? NOTHING : ago(time, at)
}

/** `aim quarantine adopt` for a person. */
export function adoptedLines(
  { label, adopted, replaced, stores }: AdoptedEntry,
  frame: Frame,
): string[] {
  const id = adopted === null ? "the entry" : adopted.id
  return [
    plain(`${label}: ${id} is its login now`),
    ...(replaced === null ? [] : [`  the login before it is kept in quarantine, as ${replaced}`]),
    ...storeLines(stores, frame).map((line) => `  ${line}`),
  ]
}

/** `aim quarantine drop` for a person. */
export function droppedLines(dropped: Awaited<ReturnType<typeof dropEntry>>): string[] {
  const { id, reason, identity } = dropped
  return [plain(`${id} was dropped (${reasonOf(reason)}; ${identity})`)]
}

function reasonOf(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll("_", " ")
}
