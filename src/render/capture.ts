import type { CaptureResult } from "../operations/capture-login.ts"
import type { NativeCapture } from "../operations/capture-native.ts"
import { adoptedLines, conflictDocument } from "./adopted.ts"
import type { Frame } from "./layout/frame.ts"

/** `aim codex capture` for a person. */
export function captureLines(result: CaptureResult, frame: Frame): string[] {
  return adoptedLines(result, result.home, frame)
}

/** `aim codex capture` for programs. */
export function captureDocument(result: CaptureResult): object {
  return conflictDocument(result, "capture")
}

/** `aim claude capture-native` for programs: the reference's block, and what aim says besides. */
export function nativeDocument({ account, sourceHome, ...result }: NativeCapture): object {
  const captured = { label: result.label, sourceHome, ...account }
  return conflictDocument({ captured, ...result }, "capture")
}
