import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { ReferenceCase } from "./reference-cases.ts"
import { tempFolder } from "./temp-folder.ts"

/** What a program answered: its status and labels, or the message that it ended with. */
export type ReferenceAnswer = { code: number; applied?: unknown; error?: string }

/** Asks a program, in a home of its own, as a consumer does over ssh. */
export function answerOf(argv: readonly string[], { kind, state, stdin }: ReferenceCase) {
  const home = tempFolder("reference-home")
  mkdirSync(join(home, ".aimgr"), { mode: 0o700 })
  const file = join(home, ".aimgr", "secrets.json")
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
  const words = ["internal", `apply-${kind}-promotion`]
  const child = Bun.spawnSync([...argv, ...words], {
    env: { HOME: home, PATH: process.env.PATH ?? "", TZ: "UTC" },
    stdin: Buffer.from(stdin),
  })
  const [stdout, stderr] = [child.stdout.toString(), child.stderr.toString()]
  const answer: ReferenceAnswer = { code: child.exitCode }
  if (child.exitCode !== 0)
    return { ...answer, error: /^(?:Error|error): (.*)$/m.exec(stderr)?.[1] }
  const { observedAt, target, ...applied } = JSON.parse(stdout).applied
  if (Number.isNaN(Date.parse(observedAt)) || target !== file) throw new Error(stdout)
  return { ...answer, applied }
}
