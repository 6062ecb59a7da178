import type { Label } from "../domain/label.ts"
import { plain } from "./layout/plain.ts"

/** `aim codex forget-home` for a person. */
export function forgottenLines({ home, label }: { home: string; label: Label | null }): string[] {
  const whose = label === null ? "" : `, a store of ${label},`
  return [plain(`${home}${whose} is forgotten; the files there stay as they are`)]
}
