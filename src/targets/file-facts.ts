import { basename, dirname, join } from "node:path"
import { resolveLinks } from "../system/files.ts"

/** Where a file really is when it is a link; null for none. The folders on the way may be links. */
export async function linkTarget(file: string): Promise<string | null> {
  const folder = await resolveLinks(dirname(file)).catch(() => null)
  const target = await resolveLinks(file).catch(() => null)
  return folder === null || target === join(folder, basename(file)) ? null : target
}

/** A file's mode as people write it, `0600`; null where there is no file to have one. */
export function modeText(mode: number | null): string | null {
  return mode === null ? null : mode.toString(8).padStart(4, "0")
}
