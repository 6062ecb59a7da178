import { describe, expect, test } from "bun:test"
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { AimError } from "../../src/system/errors.ts"
import { tryLock } from "../../src/system/locks.ts"
import { assertHeld, inLockOrder } from "../../src/vault/lease.ts"
import { openVault } from "../../src/vault/open.ts"
import type { Lease, LeasedLabel } from "../../src/vault/vault.ts"
import { thrownBy, vaultWith } from "./temp-vault.ts"

const codex = (label: string): LeasedLabel => ({ provider: "openai-codex", label })
const claude = (label: string): LeasedLabel => ({ provider: "anthropic", label })

describe("the order of leases", () => {
  test("is by provider, then label as everywhere, each once", () => {
    const labels = ["b", "a", "a1", "a-b", "a_b", "10", "2", "constructor", "a"].map(codex)
    expect(inLockOrder([...labels, claude("z")])).toEqual([
      claude("z"),
      ...["10", "2", "a", "a_b", "a-b", "a1", "b", "constructor"].map(codex),
    ])
  })

  test("lets two that want the same labels the other way round both pass", async () => {
    const one = await vaultWith()
    const two = await openVault(one.paths.file)
    const log: string[] = []
    const work = (name: string) => async () => {
      log.push(`${name} in`)
      await Bun.sleep(5)
      log.push(`${name} out`)
    }
    await Promise.all([
      one.withLabels([codex("a"), codex("b")], work("one")),
      two.withLabels([codex("b"), codex("a")], work("two")),
    ])
    expect(log).toEqual(["one in", "one out", "two in", "two out"])
  })
})

describe("a lease", () => {
  test("holds one lock for each label, and frees them after its work", async () => {
    const vault = await vaultWith()
    const held = await vault.withLabels([codex("a"), claude("a")], async (lease) => {
      assertHeld(lease, codex("a"))
      expect(lease.labels).toEqual([claude("a"), codex("a")])
      expect(readdirSync(vault.paths.locks).filter((name) => name.endsWith(".db"))).toEqual([
        "label-anthropic-a.db",
        "label-openai-codex-a.db",
      ])
      return "done"
    })
    expect(held).toBe("done")
    const free = await tryLock(vault.paths.locks, "label-openai-codex-a", async () => true)
    expect(free).toEqual({ held: true, value: true })
  })

  test("frees its locks when its work throws", async () => {
    const vault = await vaultWith()
    await thrownBy(vault.withLabels([codex("a")], () => Promise.reject(new AimError("x", "x"))))
    expect(await vault.withLabels([codex("a")], async () => "again")).toBe("again")
  })

  test("allows a commit inside", async () => {
    const vault = await vaultWith()
    await vault.withLabels([codex("a")], () => vault.commit((d) => ({ ...d, n: 1 })))
    expect((await vault.read()).document.n).toBe(1)
  })

  test("is asked for: another label, one that ended, and one made by hand are refused", async () => {
    const vault = await vaultWith()
    let ended: Lease | null = null
    await vault.withLabels([codex("a")], async (lease) => {
      ended = lease
      expect(() => assertHeld(lease, codex("b"))).toThrow(AimError)
      expect(() => assertHeld(lease, claude("a"))).toThrow(AimError)
    })
    for (const lease of [ended, { labels: [codex("a")] }])
      expect(() => assertHeld(lease ?? { labels: [] }, codex("a"))).toThrow(AimError)
  })

  test.each(["../../escape", "Boss", "__proto__", "", "x".repeat(300), "a/b"])(
    "can be had for a key that is no label: %p",
    async (label) => {
      const vault = await vaultWith()
      await vault.withLabels([codex(label)], async (lease) => assertHeld(lease, codex(label)))
      const names = readdirSync(vault.paths.locks).filter((name) => name.endsWith(".db"))
      expect(names).toHaveLength(1)
      expect(names[0]).toMatch(/^label-openai-codex-~[0-9a-f]{32}\.db$/)
      expect(existsSync(join(vault.paths.dir, "escape.db"))).toBe(false)
    },
  )
})
