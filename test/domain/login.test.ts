import { describe, expect, test } from "bun:test"
import { adoptLogin, completeLogin } from "../../src/domain/login.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { Secret } from "../../src/system/secret.ts"
import { HOUR } from "../../src/system/time.ts"
import { login, NOON } from "./logins.ts"

const first = adoptLogin(null, login("r1"))

describe("a record after a login has become the label's pair", () => {
  test("remembers the pair that left by its hash, keeps unknown keys", () => {
    const next = adoptLogin({ ...first, note: "mine" }, login("r2", NOON + HOUR))
    expect((next.refresh as Secret).reveal()).toBe("r2")
    expect(next.formerPairs).toEqual([pairHash(new Secret("r1"))])
    expect(next.note).toBe("mine")
    expect(JSON.stringify(next)).not.toContain('"r1"')
  })

  test("a verdict goes with the pair that it judged, and only with it", () => {
    const judged = {
      ...first,
      verdict: { reason: "invalid_grant", at: "", pair: pairHash(new Secret("r1")) },
    }
    expect(adoptLogin(judged, login("r2")).verdict).toBeUndefined()
    expect(adoptLogin(judged, login("r1")).verdict).toEqual(judged.verdict)
  })

  test("a real id token is not replaced by a copy of the access token, nor by nothing", () => {
    const later = login("r2", NOON + HOUR)
    const copy = { ...later, fields: { ...later.fields, idToken: later.access } }
    const none = { ...later, fields: { ...later.fields, idToken: undefined } }
    expect(adoptLogin(first, copy).idToken).toBe(first.idToken)
    expect(adoptLogin(first, none).idToken).toBe(first.idToken)
    expect(adoptLogin(first, later).idToken).toBe(later.fields.idToken)
  })

  test("a stored copy of the access token gives way to the first real id token", () => {
    const old = login("r1")
    const habit = { ...adoptLogin(null, old), idToken: old.access }
    expect(adoptLogin(habit, login("r2")).idToken).not.toBe(old.access)
  })

  test("what a client keeps with a login stays where a reply does not name it", () => {
    const kept = adoptLogin({ ...first, tokensExtra: { login_owner_id: "o1" } }, login("r2"))
    expect(kept.tokensExtra).toEqual({ login_owner_id: "o1" })
    const changed = adoptLogin(
      kept,
      login("r3", NOON, {}, { tokensExtra: { login_owner_id: "o2" } }),
    )
    expect(changed.tokensExtra).toEqual({ login_owner_id: "o2" })
  })

  test("a pair that comes back is no longer a former one", () => {
    const there = adoptLogin(first, login("r2"))
    const back = adoptLogin(there, login("r1"))
    expect(back.formerPairs).toEqual([pairHash(new Secret("r2"))])
  })
})

describe("completing a record from a store that holds the very pair", () => {
  test("brings the real id token and the extras, and nothing else", () => {
    const old = login("r1", NOON, {}, { tokensExtra: { login_owner_id: "o1" } })
    const habit = { ...adoptLogin(null, old), idToken: old.access, tokensExtra: undefined }
    const completed = completeLogin(habit, {
      ...old,
      fields: { ...old.fields, expiresAt: "2000-01-01T00:00:00Z" },
    })
    expect(completed.idToken).toBe(old.fields.idToken)
    expect(completed.tokensExtra).toEqual({ login_owner_id: "o1" })
    expect(completed).toMatchObject({ expiresAt: adoptLogin(null, old).expiresAt })
  })

  test("a complete record is the same record", () => {
    const record = adoptLogin(null, login("r1", NOON, {}, { tokensExtra: { a: 1 } }))
    expect(completeLogin(record, login("r1", NOON, {}, { tokensExtra: { a: 2 } }))).toBe(record)
  })
})
