import { importsOf } from "./imports.ts"
import { roomOf } from "./ladder.ts"
import { maskSource } from "./mask.ts"
import { lineAt, type Tree, type Violation } from "./tree.ts"

/** A pattern that no code may hold, except in the files that `allowed` lets through. */
type Ban = { what: string; pattern: RegExp; allowed: (path: string) => boolean }

/** What Bun offers that only computes, or only names a type. */
const PURE_BUN = [
  ...["stringWidth", "stripANSI", "wrapAnsi", "sliceAnsi", "TOML", "YAML", "JSONC", "semver"],
  ...["deepEquals", "gzipSync", "gunzipSync", "inflateSync", "deflateSync"],
  ...["zstdCompressSync", "zstdDecompressSync", "Server", "ServerWebSocket", "Socket"],
  // Named so that they are judged by their own ban.
  ...["serve", "listen"],
]

const nowhere = () => false
const inRooms =
  (...rooms: string[]) =>
  (path: string) =>
    rooms.includes(roomOf(path) ?? "")
const inFile =
  (...files: string[]) =>
  (path: string) =>
    files.includes(path)

const BANS: readonly Ban[] = [
  ban("process", /(?<![\w$.])process\s*(\.|\?\.|\[)|globalThis/, inRooms("system")),
  ban("process.std*", /process\s*\.\s*std(in|out|err)\b/, inFile("src/system/standard-input.ts")),
  ban("process.exit()", /process\s*\.\s*exit\s*\(/, nowhere),
  ban(
    "the clock",
    /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()|(?<!new )\bDate\(|\bperformance\./,
    inRooms("system"),
  ),
  ban("fetch", /(?<![\w$.])fetch\s*\((?![^()]*\)\s*(:[^{]*)?\{)/, inRooms("system")),
  ban("chance", /\bMath\.random\b|(?<![\w$.])crypto\./, inRooms("system")),
  ban("Bun.serve", /\bBun\.(serve|listen)\b/, inRooms("system", "simulator", "gateway")),
  ban(
    "the outside world through Bun",
    new RegExp(`\\bBun\\.(?!(${PURE_BUN.join("|")})\\b)\\w+|\\bBun\\s*(\\[|\\$)`),
    inRooms("system"),
  ),
  ban("console.error", /(?<![\w$.])console\.(error|warn|debug|trace|dir|table)\b/, nowhere),
  ban("console", /(?<![\w$.])console\./, inRooms("main", "cli", "panel", "system")),
  ban("Intl", /\bIntl\b|\.toLocale\w+\(|\.localeCompare\(/, nowhere),
]

/** Packages and built-in modules, and the rooms that may import them. */
const MODULES: readonly [pattern: RegExp, allowed: (path: string) => boolean][] = [
  [/^node:path$/, () => true],
  [/^valibot$/, () => true],
  [/^bun:sqlite$/, inRooms("system", "ledger")],
  [/^node:/, inRooms("system")],
  [/^bun(:|$)/, inRooms("system")],
  [/^ofetch$/, inFile("src/system/http.ts")],
  [/^citty$/, inRooms("cli")],
  // 30 KB that no command but `aim schema` may load.
  [/^@valibot\/to-json-schema$/, inFile("src/operations/json-schema.ts")],
  // 27 KB that nothing but `aim login --qr` may load.
  [/^uqr$/, inFile("src/render/qr.ts")],
  [/^consola/, inRooms("cli", "panel")],
  [/./, inRooms("simulator")],
]

function ban(what: string, pattern: RegExp, allowed: (path: string) => boolean): Ban {
  return { what, pattern: new RegExp(pattern, "g"), allowed }
}

/** Code that reaches the outside world from a room that must not. */
export function banViolations(tree: Tree): Violation[] {
  const found: Violation[] = []
  for (const [path, source] of tree) {
    if (!path.startsWith("src/")) continue
    const code = maskSource(source)
    for (const { what, pattern, allowed } of BANS) {
      if (allowed(path)) continue
      for (const match of code.matchAll(pattern))
        found.push(
          `${path}:${lineAt(code, match.index)}: \`${match[0].trim()}\` (${what}) is not for this room`,
        )
    }
    for (const { specifier, line } of importsOf(source)) {
      if (!specifier.startsWith(".") && !mayImport(path, specifier))
        found.push(`${path}:${line}: \`${specifier}\` is not for this room`)
    }
  }
  return found
}

function mayImport(path: string, specifier: string): boolean {
  return MODULES.find(([pattern]) => pattern.test(specifier))?.[1](path) ?? false
}
