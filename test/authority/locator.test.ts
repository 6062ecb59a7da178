import { describe, expect, test } from "bun:test"
import { authorityKey, type Locator, parseLocator } from "../../src/authority/locator.ts"
import { AimError } from "../../src/system/errors.ts"

const HOMES = { cwd: "/work", userHome: "/home/me" }
const DEFAULT = "$HOME/.aimgr/secrets.json"
const parse = (text: string) => parseLocator(text, HOMES)

function codeOf(text: string): string {
  try {
    parse(text)
    return "taken"
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    expect(error.exit).toBe(2)
    expect(error.message).not.toContain("hunter2")
    return error.problem.code
  }
}

const HOSTS: [text: string, target: string, port: number | null, remotePath: string][] = [
  ["agents@studio", "agents@studio", null, DEFAULT],
  ["agents@studio.local", "agents@studio.local", null, DEFAULT],
  ["  agents@studio ", "agents@studio", null, DEFAULT],
  ["ssh://studio", "studio", null, DEFAULT],
  ["ssh://studio/", "studio", null, DEFAULT],
  ["ssh://agents@studio", "agents@studio", null, DEFAULT],
  ["ssh://agents@studio:2222", "agents@studio", 2222, DEFAULT],
  ["ssh://agents@studio/srv/pool.json", "agents@studio", null, "/srv/pool.json"],
  ["ssh://agents@studio/~/pool.json", "agents@studio", null, "$HOME/pool.json"],
  ["ssh://studio/~", "studio", null, DEFAULT],
  ["ssh://studio/a%20b.json", "studio", null, "/a b.json"],
  ["ssh://agents@[::1]:2222/x", "agents@::1", 2222, "/x"],
  ["agents@studio:/srv/pool.json", "agents@studio", null, "/srv/pool.json"],
  ["agents@studio:~/pool.json", "agents@studio", null, "$HOME/pool.json"],
  ["agents@studio:~", "agents@studio", null, DEFAULT],
  ["agents@studio:pool.json", "agents@studio", null, "pool.json"],
  ["agents@studio:a b.json", "agents@studio", null, "a b.json"],
  ["studio:pool.json", "studio", null, "pool.json"],
  ["agents@[fe80::1]:x", "agents@fe80::1", null, "x"],
  ["agents@studio:a:b", "agents@studio", null, "a:b"],
]

const FILES: [text: string, file: string][] = [
  ["/srv/aim/secrets.json", "/srv/aim/secrets.json"],
  ["pool.json", "/work/pool.json"],
  ["../pool.json", "/pool.json"],
  ["~/pool.json", "/home/me/pool.json"],
  ["$HOME/pool.json", "/home/me/pool.json"],
  // No name of ssh_config: that is `ssh://studio`.
  ["studio", "/work/studio"],
  ["./host:x", "/work/host:x"],
  ["/srv/me@host:x", "/srv/me@host:x"],
  ["~other/x", "/work/~other/x"],
]

const REFUSED: [text: string, code: string][] = [
  ["", "missing_locator"],
  ["  ", "missing_locator"],
  ["-oProxyCommand=id@host", "locator_is_option"],
  ["-oProxyCommand=id", "locator_is_option"],
  ["-x:path", "locator_is_option"],
  ["agents@-oProxyCommand=id", "locator_is_option"],
  ["ssh://-oProxyCommand=id", "locator_is_option"],
  ["ssh://-oProxyCommand=id@host/x", "locator_is_option"],
  ["ssh://agents@-x/y", "locator_is_option"],
  ["ssh://%2DoProxyCommand=id@host", "locator_is_option"],
  ["agents@studio:-oX", "locator_is_option"],
  ["ssh://agents:hunter2@studio", "locator_has_password"],
  ["ssh://:hunter2@studio", "locator_has_password"],
  ["agents:hunter2@studio", "locator_has_password"],
  ["agents:hunter2@studio:~/x", "locator_has_password"],
  ["ssh://", "locator_invalid"],
  ["ssh:///path", "locator_invalid"],
  ["ssh://studio:0", "locator_invalid"],
  ["ssh://studio:65536", "locator_invalid"],
  ["ssh://studio:ssh", "locator_invalid"],
  ["ssh://studio/x?y", "locator_invalid"],
  ["ssh://studio/x#y", "locator_invalid"],
  ["ssh://a%40b@studio", "locator_invalid"],
  ["ssh://a%20b@studio", "locator_invalid"],
  ["ssh://studio/%zz", "locator_invalid"],
  ["ssh://studio/%0a", "locator_invalid"],
  ["ssh://studio/%00", "locator_invalid"],
  ["https://studio/x", "locator_invalid"],
  ["agents@studio:", "locator_invalid"],
  ["agents@studio:a\nb", "locator_invalid"],
  ["C:\\pool.json", "locator_invalid"],
]

describe("a locator", () => {
  test.each(HOSTS)("%p is on a host", (text, target, port, remotePath) => {
    const display = text.trim()
    expect(parse(text)).toEqual({ kind: "ssh", target, port, remotePath, display })
  })

  test.each(FILES)("%p is a file of this machine", (text, file) => {
    expect(parse(text)).toEqual({ kind: "path", file, display: file })
  })

  test.each(REFUSED)("%p is refused: %s", (text, code) => {
    expect(codeOf(text)).toBe(code)
  })

  test("is the same again from what is recorded of it", () => {
    for (const [text] of [...HOSTS, ...FILES]) {
      const once = parse(text)
      expect(parse(once.display)).toEqual(once)
    }
  })

  test("names one authority in each of its forms", () => {
    const forms = [
      "agents@h",
      "ssh://agents@h",
      "ssh://agents@h/",
      "agents@h:~/.aimgr/secrets.json",
    ]
    expect(new Set(forms.map((text) => authorityKey(parse(text))))).toEqual(
      new Set([`ssh:agents@h::${DEFAULT}`]),
    )
  })

  test("names another authority by another port, path, user or file", () => {
    const others = ["agents@h", "ssh://agents@h:22", "agents@h:x", "h:x", "ssh://h", "/x", "/y"]
    const keys = others.map((text) => authorityKey(parse(text) as Locator))
    expect(new Set(keys).size).toBe(others.length)
  })
})
