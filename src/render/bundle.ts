import type { BundleExport } from "../operations/export-live.ts"
import type { BundleImport } from "../operations/import-bundle.ts"
import { adoptedLines, conflictDocument } from "./adopted.ts"
import { warningLines } from "./findings.ts"
import { fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"

/** `aim claude import-native` for a person. */
export function importLines(result: BundleImport, frame: Frame): string[] {
  const { filePath, encrypted } = result
  return adoptedLines(result, `${filePath}${encrypted ? " (encrypted)" : ""}`, frame)
}

/** `aim claude import-native` for programs: the reference's block, and what aim says besides. */
export function importDocument({ account, ...result }: BundleImport): object {
  const { label, filePath } = result
  return conflictDocument({ imported: { label, filePath, ...account }, ...result }, "import")
}

/** `aim claude export-live` for a person. */
export function exportLines(result: BundleExport, frame: Frame): string[] {
  const { filePath, sourceHome, encrypted, identity, warnings } = result
  return [
    plain(`${filePath}: the login was exported${encrypted ? ", encrypted" : ""}`),
    ...fields(
      [
        ["from", sourceHome],
        ["account", identity],
      ],
      frame,
      "  ",
    ),
    ...warningLines(warnings, frame),
  ]
}

/** `aim claude export-live` for programs: the reference's block, and what aim says besides. */
export function exportDocument({ account, ...result }: BundleExport): object {
  const { filePath, sourceHome, encrypted, identity, warnings } = result
  const exported = { filePath, sourceHome, ...account, wrote: true }
  return { ok: true, exported, encrypted, identity, warnings }
}
