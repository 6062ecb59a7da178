import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { claudeFingerprint, codexFingerprint } from "../../src/domain/fingerprint.ts"

/**
 * Stands in for the reference program (aimgr 4404b27) on an authority: the two commands that it
 * answers over ssh, written from its protocol. That it answers as the real one does is held by
 * test/authority-ssh/reference.test.ts against test/fixtures/reference-protocol.json.
 */
type Json = Record<string, unknown>

const PROVIDERS = { codex: "openai-codex", Claude: "anthropic" } as const
type Word = keyof typeof PROVIDERS
const COMMANDS = new Map<string, Word>([
  ["apply-codex-promotion", "codex"],
  ["apply-claude-promotion", "Claude"],
])

const text = (value: unknown) => (typeof value === "string" ? value.trim() : "")
const object = (value: unknown): Json | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null

/** Ends as an uncaught error of node does: a place, the line, the message, a stack. */
function crash(message: string): never {
  process.stderr.write(
    `file:///opt/aimgr/src/cli.js:1\n      throw new Error(\n            ^\n\nError: ${message}\n    at main (file:///opt/aimgr/src/cli.js:1:1)\n\nNode.js v20.20.2\n`,
  )
  process.exit(1)
}

function main(argv: readonly string[]): void {
  const words: string[] = []
  let file = join(process.env.HOME ?? "", ".aimgr", "secrets.json")
  for (let at = 0; at < argv.length; at++) {
    if (argv[at] === "--state") file = argv[++at] ?? file
    else if (argv[at]?.startsWith("-")) crash(`Unknown option: ${argv[at]}`)
    else words.push(argv[at] ?? "")
  }
  if (words[0] !== "internal") crash(`Unsupported in this stand-in: ${words[0]}.`)
  const word = COMMANDS.get(words[1] ?? "")
  if (word === undefined) crash(`Unsupported internal subcommand: ${words[1]}.`)
  apply(word, file)
}

function apply(word: Word, file: string): void {
  const stdin = readFileSync(0, "utf8")
  if (stdin.trim() === "") crash(`Missing ${word} promotion payload on stdin.`)
  const payload = object(JSON.parse(stdin))
  if (payload?.kind !== `aimgr.${word.toLowerCase()}Promotion.v1`)
    crash(`Invalid ${word} promotion payload.`)
  const entries = Object.entries(object(payload?.labels) ?? {})
  if (entries.length === 0)
    crash(`${word === "codex" ? "Codex" : "Claude"} promotion payload is empty.`)
  const state = JSON.parse(readFileSync(file, "utf8")) as Json
  const checked = entries.map(([name, entry]) =>
    check(word, state, name.trim().toLowerCase(), entry),
  )
  const observedAt = new Date().toISOString()
  const status = checked.some(({ changes }) => changes) ? "applied" : "noop"
  if (status === "applied") {
    for (const { label, credential } of checked) take(word, state, label, credential, observedAt)
    writeFileSync(file, `${JSON.stringify(state, null, 2)}\n`)
  }
  const labels = checked.map(({ label }) => label).sort()
  const answer = { ok: true, applied: { status, observedAt, target: file, labels } }
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
}

function check(word: Word, state: Json, label: string, raw: unknown) {
  const provider = PROVIDERS[word]
  const refusing = `Refusing ${word} promotion for`
  const entry = object(raw) ?? crash(`Invalid ${word} promotion entry for label=${label}.`)
  if (entry.provider !== provider)
    crash(`${refusing} label=${label}: provider must be ${provider}.`)
  const account =
    object(object(state.accounts)?.[label]) ??
    crash(`${refusing} unknown authority label=${label}.`)
  if (account.provider !== provider)
    crash(`${refusing} label=${label}: authority provider is not ${provider}.`)
  const held = object(object(object(state.credentials)?.[provider])?.[label])
  const credential =
    object(entry.credential) ?? crash(`Missing ${provider} credentials for label=${label}.`)
  const base = object(entry.base) ?? {}
  const fingerprint = word === "codex" ? codexFingerprint : claudeFingerprint
  const [mine, theirs] = [fingerprint(held), fingerprint(credential)]
  const known = text(base.credentialFingerprint) || null
  if (mine !== known)
    crash(
      `${refusing} label=${label}: authority credentials changed since the consumer imported them.`,
    )
  const wrong =
    word === "codex" ? otherAccount(held, credential, base) : otherPerson(credential, base)
  if (wrong !== null) crash(`${refusing} label=${label}: ${wrong}.`)
  const isBlocked = text(object(account.reauth)?.blockedReason) !== ""
  return { label, credential, changes: mine !== theirs || isBlocked }
}

function otherAccount(held: Json | null, credential: Json, base: Json): string | null {
  const [mine, theirs, known] = [held?.accountId, credential.accountId, base.accountId].map(text)
  if (known && mine !== known)
    return `authority accountId=${mine} does not match expected imported accountId=${known}`
  return mine === theirs
    ? null
    : `local accountId=${theirs} does not match authority accountId=${mine}`
}

function otherPerson(credential: Json, base: Json): string | null {
  const uuid = text(object(base.identity)?.accountUuid)
  const theirs = text(object(object(credential.nativeClaudeBundle)?.oauthAccount)?.accountUuid)
  return uuid && theirs && uuid !== theirs
    ? "local Claude identity does not match the imported authority identity"
    : null
}

function take(word: Word, state: Json, label: string, credential: Json, at: string): void {
  const records = object(state.credentials) ?? {}
  records[PROVIDERS[word]] = { ...object(records[PROVIDERS[word]]), [label]: credential }
  const account = object(object(state.accounts)?.[label]) ?? {}
  const { blockedReason: _gone, ...reauth } = object(account.reauth) ?? {}
  const mode = word === "Claude" ? { mode: "native-claude" } : {}
  account.reauth = { ...reauth, ...mode, lastAttemptAt: at, lastVerifiedAt: at }
  if (word === "Claude") account.browser = null
}

main(process.argv.slice(2))
