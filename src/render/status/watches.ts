import type { Status } from "../../operations/status/document.ts"
import type { WatchStatus } from "../../operations/status/watches.ts"
import { ago, duration, until } from "../layout/duration.ts"
import type { Field } from "../layout/fields.ts"
import { reasonText } from "../words/reason.ts"

const STAYED: Readonly<Record<string, (label: string) => string>> = {
  noop: (label) => `${label} stays`,
  blocked: (label) => `blocked on ${label}`,
}

/** A line for each client that is watched: when a watch last looked, and what it said. */
export function watchFields({ watches }: Pick<Status, "watches">, at: number): Field[] {
  return watches.map((watch): Field => {
    const name = `${watch.target} watch`
    return watch.status === "blocked" ? [name, said(watch, at), "red"] : [name, said(watch, at)]
  })
}

function said(watch: WatchStatus, at: number): string {
  const { status, reason, from, label, lookedAt, since, ticks } = watch
  const what = STAYED[status]?.(label ?? "no label") ?? `moved to ${label}`
  const why = reason === null ? "" : `: ${reasonText(reason, from)}`
  const span = duration(Date.parse(lookedAt) - Date.parse(since))
  const again = ticks === 1 ? "" : `, ${ticks} times in ${span}`
  return `${ago(Date.parse(lookedAt), at)}, ${what}${why}${again}${dark(watch, at)}`
}

function dark({ unreachableSince, waitUntil }: WatchStatus, at: number): string {
  if (unreachableSince === null) return ""
  const wait =
    waitUntil === null ? "" : `, rate-limited; asked again ${until(Date.parse(waitUntil), at)}`
  return `; no reading since ${ago(Date.parse(unreachableSince), at)}${wait}`
}
