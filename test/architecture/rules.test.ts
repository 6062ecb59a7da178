import { describe, expect, test } from "bun:test"
import { banViolations } from "../support/architecture/bans.ts"
import { circleViolations } from "../support/architecture/circles.ts"
import { docViolations } from "../support/architecture/docs.ts"
import { ladderViolations } from "../support/architecture/ladder.ts"
import { lightViolations } from "../support/architecture/light.ts"
import { shapeViolations } from "../support/architecture/shape.ts"
import type { Tree, Violation } from "../support/architecture/tree.ts"

const tree = (files: Record<string, string>): Tree => new Map(Object.entries(files))
const importing = (path: string, specifier: string, target: string) =>
  tree({ [path]: `import { x } from "${specifier}"\n`, [target]: "export const x = 1\n" })

/** Each rule must see what it is there for; `null` means: nothing to find. */
function expectFinding(found: Violation[], part: string | null) {
  expect(found).toEqual(part === null ? [] : [expect.stringContaining(part)])
}

describe("the ladder", () => {
  test.each([
    ["src/domain/a.ts", "../vault/b.ts", "src/vault/b.ts", "domain must not import"],
    ["src/vault/a.ts", "../domain/b.ts", "src/domain/b.ts", null],
    ["src/domain/a.ts", "../system/secret.ts", "src/system/secret.ts", null],
    ["src/domain/a.ts", "../system/files.ts", "src/system/files.ts", "domain is pure"],
    ["src/targets/a.ts", "../providers/b.ts", "src/providers/b.ts", "must not know"],
    ["src/providers/a.ts", "../targets/b.ts", "src/targets/b.ts", "must not import"],
    ["src/operations/use.ts", "../simulator/b.ts", "src/simulator/b.ts", "only operations/demo"],
    ["src/operations/demo/story.ts", "../../simulator/b.ts", "src/simulator/b.ts", null],
    ["src/cli/commands/a.ts", "../../simulator/b.ts", "src/simulator/b.ts", "only operations/demo"],
    ["src/attic/a.ts", "node:path", "src/vault/b.ts", "stands in no room"],
    ["src/vault/a.ts", "./gone.ts", "src/vault/b.ts", "does not exist"],
  ])("%s imports %s", (path, specifier, target, part) => {
    expectFinding(ladderViolations(importing(path, specifier, target)), part)
  })

  test.each([
    ["a type", `import type { B } from "../vault/b.ts"`],
    ["lazily", `const b = await import("../vault/b.ts")`],
    ["by re-export", `export { b } from "../vault/b.ts"`],
    ["everything", `export * from "../vault/b.ts"`],
    ["for its effect", `import "../vault/b.ts"`],
    ["over lines", `import {\n  b,\n  type C,\n} from "../vault/b.ts"`],
  ])("sees a climb %s", (_name, line) => {
    const found = ladderViolations(tree({ "src/domain/a.ts": line, "src/vault/b.ts": "" }))
    expectFinding(found, "domain must not import src/vault/b.ts")
  })
})

describe("circles", () => {
  const circle = (line: string) =>
    tree({
      "src/vault/a.ts": `import { b } from "./b.ts"`,
      "src/vault/b.ts": line,
      "src/vault/c.ts": "",
    })
  test.each([
    [`import { a } from "./a.ts"`, "src/vault/a.ts -> src/vault/b.ts -> src/vault/a.ts"],
    [`import { type A, a } from "./a.ts"`, "circle"],
    [`import type { A } from "./a.ts"`, null],
    [`import { c } from "./c.ts"`, null],
  ])("%s", (line, part) => expectFinding(circleViolations(circle(line)), part))
})

describe("bans", () => {
  test.each([
    ["src/pool/a.ts", "process.env.HOME", "`process.`"],
    ["src/pool/a.ts", "holder.process.pid", null],
    ["src/system/a.ts", "process.env.HOME", null],
    ["src/system/a.ts", "process.stdout.isTTY", "process.std*"],
    ["src/system/standard-input.ts", "process.stdin", null],
    ["src/system/a.ts", "process.exit(1)", "process.exit()"],
    ["src/domain/a.ts", "Date.now()", "the clock"],
    ["src/domain/a.ts", "new Date()", "the clock"],
    ["src/domain/a.ts", "new Date(text)", null],
    ["src/pool/a.ts", "await fetch(url)", "(fetch)"],
    ["src/pool/a.ts", "client.fetch(url)", null],
    ["src/gateway/a.ts", "serve({ fetch(request) { go() } })", null],
    ["src/pool/a.ts", "Math.random()", "chance"],
    ["src/pool/a.ts", "crypto.randomUUID()", "chance"],
    ["src/pool/a.ts", "Bun.spawn([])", "outside world"],
    ["src/pool/a.ts", "Bun.file(path)", "outside world"],
    ["src/pool/a.ts", "Bun.env.HOME", "outside world"],
    ["src/pool/a.ts", "Bun.serve({})", "Bun.serve"],
    ["src/gateway/a.ts", "Bun.serve({})", null],
    ["src/render/a.ts", "Bun.stringWidth(text)", null],
    ["src/render/a.ts", "console.log(text)", "console"],
    ["src/cli/a.ts", "console.error(text)", "console.error"],
    ["src/system/a.ts", "new Intl.DateTimeFormat()", "Intl"],
    ["src/render/a.ts", "at.toLocaleString()", "Intl"],
    ["src/pool/a.ts", `"process.env" // fetch(url)`, null],
    ["src/pool/a.ts", `import fs from "node:fs"`, "`node:fs`"],
    ["src/pool/a.ts", `import { join } from "node:path"`, null],
    ["src/pool/a.ts", `const { spawn } = await import("node:child_process")`, "node:child_process"],
    ["src/pool/a.ts", `import { ofetch } from "ofetch"`, "`ofetch`"],
    ["src/system/http.ts", `import { ofetch } from "ofetch"`, null],
    ["src/operations/a.ts", `import { defineCommand } from "citty"`, "`citty`"],
    ["src/pool/a.ts", `import { left } from "left-pad"`, "`left-pad`"],
  ])("%s: %s", (path, source, part) => {
    expectFinding(banViolations(tree({ [path]: source })), part)
  })
})

describe("shape", () => {
  const lines = (count: number) => "\n".repeat(count)
  test.each([
    ["src/vault/a.ts", lines(300), null],
    ["src/vault/a.ts", lines(301), "301 lines"],
    ["src/cli/a.ts", lines(61), "61 lines"],
    ["test/a.test.ts", lines(301), "301 lines"],
    ["src/vault/a.ts", "export default 1", "default exports"],
    ["src/vault/a.ts", "export { a as default }", "default exports"],
    ["src/cli/commands/a.ts", "export default 1", null],
    ["test/a.test.ts", `${"test"}.skip("x", () => {})`, "leaves a test out"],
    ["test/a.test.ts", `describe.concurrent.only("x", () => {})`, "leaves a test out"],
    ["test/a.test.ts", `test.each([])("x", () => {})`, null],
  ])("%s", (path, source, part) => expectFinding(shapeViolations(tree({ [path]: source })), part))
})

describe("docstrings", () => {
  const long = `export function a() {\n${"  b()\n".repeat(11)}}\n`
  test.each([
    ["/** Does b often. */\n", long, null],
    ["", long, "no docstring"],
    ["", "export function a() {\n  b()\n}\n", null],
    ["/** The same for b. */\n", long, "the same as what?"],
    ["/** The same moment as aim writes it. */\n", long, null],
  ])("%p", (doc, source, part) =>
    expectFinding(docViolations(tree({ "src/vault/a.ts": `${doc}${source}` })), part),
  )
})

describe("a command that looks", () => {
  const look = (line: string) =>
    tree({
      "src/cli/commands/look.ts": `import { b } from "../../pool/b.ts"`,
      "src/pool/b.ts": line,
      "src/pool/refresh.ts": "export const c = 1\n",
    })
  const loads = "look.ts loads src/pool/refresh.ts"

  test.each([
    ["by a way round", `import { c } from "./refresh.ts"`, loads],
    ["when it is needed", `export const c = () => import("./refresh.ts")`, null],
    ["for its types", `import type { C } from "./refresh.ts"`, null],
  ])("that loads what acts %s", (_name, line, part) => {
    expectFinding(lightViolations(look(line), ["look"]), part)
  })

  test("that is there no more is told of", () => {
    expectFinding(lightViolations(look(""), ["gone"]), "gone.ts is not there")
  })
})
