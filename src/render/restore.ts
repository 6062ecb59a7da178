import type { RestoreResult } from "../operations/restore.ts"
import type { BackupView } from "../vault/find-backup.ts"
import { hintLines } from "./findings.ts"
import { compact } from "./layout/compact.ts"
import { count } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { type Cell, table } from "./layout/table.ts"
import { NOTHING } from "./layout/window-cell.ts"
import { storeLines } from "./stores.ts"

/** `aim restore` without a backup, for a person at `now` (epoch ms): what there is to restore. */
export function backupLines(backups: readonly BackupView[], now: number, frame: Frame): string[] {
  if (backups.length === 0) return ["no backups yet: one is made before each change of labels"]
  const good = backups.find(({ fault }) => fault === null)
  return [
    ...table(
      [
        { title: "backup" },
        { title: "age", align: "right" },
        { title: "state" },
        { title: "size", align: "right" },
        { title: "logins", align: "right" },
        { title: "labels", shrinks: true },
      ],
      backups.map((backup) => row(backup, now)),
      frame,
    ),
    ...hintLines(good === undefined ? null : `aim restore ${good.name}`, frame),
  ]
}

function row({ name, at, bytes, fault, labels, logins }: BackupView, now: number): Cell[] {
  const size = bytes === null ? NOTHING : sizeText(bytes)
  if (fault !== null)
    return [name, compact(now - at), { text: "broken", style: "red" }, size, NOTHING, fault]
  const good: Cell = { text: "good", style: "green" }
  return [name, compact(now - at), good, size, String(logins), labels.join(", ")]
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kib = bytes / 1024
  return kib < 1024 ? `${Math.round(kib)} KiB` : `${Math.round(kib / 1024)} MiB`
}

/** `aim restore <backup>` for a person: what it came to. */
export function restoreLines(result: RestoreResult, frame: Frame): string[] {
  const { backup, changed, kept, touches, quarantined, stores } = result
  if (!changed) return [plain(`nothing to do: the state file is what ${backup} restores already`)]
  return [
    plain(`restored ${backup}:`),
    ...touches.map((touch) => `  ${plain(touch)}`),
    ...(kept === null ? [] : [`  the file that stood there is now ${plain(kept)}`]),
    ...storeLines(stores, frame).map((line) => `  ${line}`),
    ...(quarantined.length === 0
      ? []
      : hintLines(
          `aim quarantine list shows ${count(quarantined.length, "login")} set aside`,
          frame,
        )),
  ]
}
