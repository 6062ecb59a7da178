import { dirname, join } from "node:path"
import { type Finding, findingOf } from "../domain/receipt.ts"
import { fileExists } from "../system/files.ts"
import { realPath } from "../system/real-path.ts"
import { selfPath } from "../system/spawn.ts"
import { isTemporary } from "./systemd-hardening.ts"

/** The path of this aim itself: no link, which may lead elsewhere tomorrow. */
export function ownProgram(): string {
  return realPath(selfPath())
}

/** What speaks against a path that a watch is to be started by for months. */
export async function programFindings(program: string): Promise<Finding[]> {
  const hint = "install aim (sh install.sh), then run this with the installed one"
  const finding = (code: string, message: string) => findingOf({ code, message, hint })
  return [
    ...(isTemporary(program)
      ? [finding("program_temporary", `${program} lies in a folder that is emptied`)]
      : []),
    ...((await isInCheckout(program))
      ? [finding("program_in_checkout", `${program} is a checkout's: the next build replaces it`)]
      : []),
  ]
}

/** `dist/aim` beside the sources that it was built from. */
function isInCheckout(program: string): Promise<boolean> {
  return fileExists(join(dirname(dirname(program)), "src", "main.ts"))
}
