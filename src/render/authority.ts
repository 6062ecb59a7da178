import { shellWord } from "../domain/shell-word.ts"
import type { Forgotten } from "../operations/authority-forget.ts"
import type { AuthorityView } from "../operations/authority-list.ts"
import type { AuthorityNow } from "../operations/authority-show.ts"
import { hintLines } from "./findings.ts"
import { ago } from "./layout/duration.ts"
import { count, type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { problemLines } from "./problem.ts"
import { planDocument, planLines } from "./sync.ts"

/** `aim authority list` for a person, at `now` (epoch ms). */
export function authorityLines(
  views: readonly AuthorityView[],
  now: number,
  frame: Frame,
): string[] {
  if (views.length === 0) return ["No label was imported from an authority."]
  return views.flatMap((view, at) => [
    ...(at === 0 ? [] : [""]),
    plain(`${view.client} from ${view.source}`),
    ...fields(viewFields(view, now), frame, "  "),
    ...hintLines(promoteHint(view), frame),
  ])
}

/** `aim authority show` for a person: what each has now, against what is here. */
export function authorityNowLines(
  views: readonly AuthorityNow[],
  now: number,
  frame: Frame,
): string[] {
  return views.flatMap((view, at) => [
    ...(at === 0 ? [] : [""]),
    ...authorityLines([view], now, frame),
    ...(view.plan === null ? [] : ["  the next sync:", ...indented(planLines(view.plan, frame))]),
    ...hintLines(view.hint, frame),
    ...(view.error === null ? [] : problemLines(view.error, frame)),
  ])
}

/** `aim authority show` for programs; no login is in it. */
export function authorityNowDocument(views: readonly AuthorityNow[]): object {
  return {
    ok: views.every(({ error }) => error === null),
    authorities: views.map(({ plan, ...view }) => ({
      ...view,
      plan: plan === null ? null : planDocument(plan),
    })),
  }
}

/** `aim authority forget` for a person. */
export function forgottenLines({ client, source, labels }: Forgotten, frame: Frame): string[] {
  return [
    plain(`${source} is forgotten: ${count(labels.length, `${client} label`)} of this machine now`),
    ...fields([["labels", labels.join(", ") || null]], frame, "  "),
    "  two machines that renew one login end it; remove the labels from one of them",
  ]
}

function viewFields(view: AuthorityView, now: number): Field[] {
  const { importedAt, labels, dirtyLabels, reachable } = view
  const when = importedAt === null ? Number.NaN : Date.parse(importedAt)
  return [
    ["imported", Number.isNaN(when) ? "at an unknown time" : ago(when, now)],
    ["labels", labels.join(", ") || "none"],
    ["changed here", dirtyLabels.join(", ") || null, "yellow"],
    ["asked", reachable ? null : "not for a while, since it did not answer", "yellow"],
  ]
}

function promoteHint({ client, source, dirtyLabels }: AuthorityView): string | null {
  if (dirtyLabels.length === 0 || source === "?") return null
  return `aim promote ${client} --to ${shellWord(source)} ${dirtyLabels.join(" ")}`
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}
