// Stands in for macOS's /usr/bin/security: see `standInSecurity` in fixtures.ts.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const [folder = "", ...argv] = Bun.argv.slice(2)
const at = (name: string) => join(folder, name)
const mode = existsSync(at("mode")) ? readFileSync(at("mode"), "utf8") : ""
appendFileSync(at("argv"), `${JSON.stringify(argv)}\n`)

/** Words as the real program splits a line: quotes, and a backslash that takes the next sign. */
function words(line: string): string[] {
  const found: string[] = []
  for (const [whole] of line.matchAll(/"(?:\\.|[^"\\])*"|\S+/g))
    found.push(whole.startsWith('"') ? whole.slice(1, -1).replace(/\\(.)/g, "$1") : whole)
  return found
}

function run([command, ...rest]: string[]): number {
  const after = (flag: string) => rest[rest.indexOf(flag) + 1] ?? ""
  if (mode === "locked") return 36
  const name = `${after("-s")}/${after("-a")}`
  const isThere = existsSync(at("item"))
  if (command === "find-generic-password") {
    writeFileSync(at("names"), name)
    if (!isThere) return 44
    const text = readFileSync(at("item"), "utf8")
    console.log(/^[\x20-\x7e]*$/.test(text) ? text : Buffer.from(text).toString("hex"))
    return 0
  }
  if (command === "delete-generic-password") {
    if (mode === "stuck") return 1
    rmSync(at("item"), { force: true })
    return isThere ? 0 : 44
  }
  if (command !== "add-generic-password" || mode === "readonly" || mode === "stuck") return 1
  const text = rest.includes("-X") ? Buffer.from(after("-X"), "hex").toString() : after("-w")
  writeFileSync(at("item"), text)
  return 0
}

if (argv[0] !== "-i") process.exit(run(argv))
const input = await Bun.stdin.text()
appendFileSync(at("lines"), input)
let code = 0
for (const line of input.split("\n").filter((each) => each !== ""))
  code = run(words(line.slice(0, 4_095)))
process.exit(code)
