import {
  conflictsIn,
  type ImportChange,
  type ImportItem,
  type ImportPlan,
  isAsBefore,
} from "../domain/import/plan.ts"
import type { Synced } from "../operations/sync-all.ts"
import type { SyncResult } from "../operations/sync-provider.ts"
import { hintLines, warningLines } from "./findings.ts"
import { count, type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { paint, type Style } from "./layout/style.ts"
import { problemDocument, problemLines } from "./problem.ts"
import { prunedLines } from "./pruned.ts"
import { storeLines } from "./stores.ts"
import { importReasonText } from "./words/import-reason.ts"
import { providerWord } from "./words/provider-word.ts"

/** `aim sync` for a person: each label with what became of it, and what followed. */
export function syncLines(result: SyncResult, frame: Frame): string[] {
  const { plan, stores, pruned, warnings, liveApplied, liveApplyError, promoted, error } = result
  const live = liveApplied === null ? null : `${liveApplied.label}: ${said(liveApplied.status)}`
  return [
    headline(result, frame),
    ...planLines(plan, frame),
    ...(result.dryRun ? ["  a dry run: nothing was written"] : []),
    ...fields(
      [
        ["client", liveApplyError === null ? live : `not brought up to date: ${liveApplyError}`],
        ["promoted", promoted.labels.length === 0 ? null : promoted.labels.join(", ")],
        ["not promoted", promoted.problem?.message ?? null, "yellow"],
      ],
      frame,
      "  ",
    ),
    ...storeLines(stores, frame).map((line) => `  ${line}`),
    ...prunedLines(pruned, frame).map((line) => `  ${line}`),
    ...warningLines(warnings, frame),
    ...hintLines(result.hint, frame),
    ...(error === null ? [] : problemLines(error, frame)),
  ]
}

/** Everything that was imported, one provider after the other. */
export function syncAllLines(synced: readonly Synced[], frame: Frame): string[] {
  return synced.flatMap((each, at) => [
    ...(at === 0 ? [] : [""]),
    ...("result" in each
      ? syncLines(each.result, frame)
      : [
          plain(`${providerWord(each.provider)} from ${each.source}:`),
          ...problemLines(each.error, frame),
        ]),
  ])
}

/** `aim sync` for programs: the reference's block, and what aim says besides; no login. */
export function syncDocument(result: SyncResult): object {
  const { plan, error, ok, provider, dryRun, ...rest } = result
  return {
    ok,
    ...(error === null ? {} : { error }),
    provider,
    dryRun,
    ...rest,
    plan: planDocument(plan),
  }
}

export function syncAllDocument({
  ok,
  synced,
}: {
  ok: boolean
  synced: readonly Synced[]
}): object {
  return {
    ok,
    synced: synced.map((each) =>
      "result" in each
        ? syncDocument(each.result)
        : { ...problemDocument(each.error), provider: each.provider, source: each.source },
    ),
  }
}

/** A plan as it may be shown: named fields alone. */
export function planDocument({ items }: ImportPlan): object[] {
  return items.map(({ label, change, reason, dirty, kept, other, from, settings }) => ({
    label,
    change,
    reason,
    dirty,
    settings,
    ...(from === undefined ? {} : { from }),
    ...(kept === null ? {} : { toQuarantine: kept }),
    ...(other === undefined ? {} : { other }),
  }))
}

/** A line for each label: what becomes of it and why. */
export function planLines({ items }: ImportPlan, frame: Frame): string[] {
  return fields(
    items.map((item): Field => {
      const text = `${item.change}: ${importReasonText(item)}`
      const style = styleOf(item)
      return style === undefined ? [item.label, text] : [item.label, text, style]
    }),
    frame,
    "  ",
  )
}

const STYLES: Partial<Record<ImportChange, Style>> = { conflict: "red", removed: "yellow" }

function styleOf({ change, dirty }: ImportItem): Style | undefined {
  return STYLES[change] ?? (dirty ? "yellow" : undefined)
}

function headline({ plan, dryRun, error, transport }: SyncResult, frame: Frame): string {
  const { provider, source, items } = plan
  if (error !== null) {
    const why = conflictsIn(plan).length > 0 ? ": a label is in conflict" : ""
    return paint(frame, "red", plain(`nothing was imported from ${source}${why}`))
  }
  const how = transport === "whole-file" ? ", by its whole state file" : ""
  const noun = `${providerWord(provider)} label`
  const labels = count(items.filter(({ entry }) => entry !== null).length, noun)
  if (items.every(isAsBefore)) return plain(`${source} has nothing new: ${labels} as before${how}`)
  const verb = dryRun ? "would be imported" : "imported"
  return plain(`${labels} ${verb} from ${source}${how}`)
}

function said(status: string): string {
  return status.replaceAll("_", " ")
}
