import { describe, expect, spyOn, test } from "bun:test"
import {
  areDated,
  comparePairs,
  type Pair,
  pairHash,
  withFormerPair,
} from "../../src/domain/pair.ts"
import { Secret } from "../../src/system/secret.ts"
import { HOUR } from "../../src/system/time.ts"
import { login, NOON, type Who } from "./logins.ts"

function stored(refresh: string, at = NOON, former: string[] = [], who: Who = {}) {
  const pair: Pair = login(refresh, at, who)
  return { ...pair, formerPairs: former.map((text) => pairHash(new Secret(text))) }
}

describe("how a store's pair stands to the vault's", () => {
  test.each([
    ["the very pair", login("r1"), "same"],
    ["a pair the vault has held", login("r0", NOON - HOUR), "older"],
    ["a pair the vault has held, however late its access token", login("r0", NOON + HOUR), "older"],
    ["an unknown later pair of this person", login("r2", NOON + HOUR), "newer"],
    ["an unknown pair issued at the same second", login("r2", NOON), "newer"],
    ["an unknown pair issued before", login("r2", NOON - HOUR), "conflict"],
    ["another user of the same workspace", login("r2", NOON + HOUR, { user: "u2" }), "stranger"],
    [
      "the same user in another workspace",
      login("r2", NOON + HOUR, { account: "acct-2" }),
      "stranger",
    ],
    ["emptied tokens", { ...login("r1"), refresh: new Secret("") }, "blank"],
    [
      "an emptied access token beside an unknown refresh token",
      { ...login("r2"), access: new Secret(" ") },
      "blank",
    ],
    ["the same refresh token with a later access token", login("r1", NOON + HOUR), "newer"],
    ["the same refresh token with an earlier access token", login("r1", NOON - HOUR), "older"],
  ] as const)("%s", (_what, live, relation) => {
    expect(comparePairs(stored("r1", NOON, ["r0"]), live)).toBe(relation)
  })

  test("without readable tokens only token equality identifies a login", () => {
    const opaque = (access: string, refresh: string): Pair => ({
      access: new Secret(access),
      refresh: new Secret(refresh),
      expiresAt: null,
      identity: { provider: "openai-codex", users: [], workspace: null, email: null },
    })
    const vault = { ...opaque("a1", "r1"), formerPairs: [] }
    expect(comparePairs(vault, opaque("a1", "r1"))).toBe("same")
    expect(comparePairs(vault, opaque("a1", "r2"))).toBe("newer")
    expect(comparePairs(vault, opaque("a2", "r2"))).toBe("stranger")
  })

  test("expiry decides where a token does not say when it was issued", () => {
    const timed = (refresh: string, expiresAt: number): Pair => ({
      ...login(refresh),
      access: new Secret(`opaque-${refresh}`),
      expiresAt,
    })
    const vault = { ...timed("r1", NOON), formerPairs: [] }
    expect(comparePairs(vault, timed("r2", NOON + 1))).toBe("newer")
    expect(comparePairs(vault, timed("r2", NOON - HOUR))).toBe("conflict")
  })
})

test("a pair that is compared with many is hashed once", () => {
  const refresh = new Secret("rt-live")
  using opened = spyOn(refresh, "reveal")
  for (let labels = 0; labels < 30; labels++) pairHash(refresh)
  expect(opened).toHaveBeenCalledTimes(1)
  expect(pairHash(refresh)).toBe(pairHash(new Secret("rt-live")))
})

describe("the list of former pairs", () => {
  test("keeps the last 50, each once, newest last, and no token", () => {
    let former: string[] = []
    for (let n = 0; n < 60; n++) former = withFormerPair(former, new Secret(`r${n}`))
    expect(former).toHaveLength(50)
    expect(former.at(-1)).toBe(pairHash(new Secret("r59")))
    expect(former[0]).toBe(pairHash(new Secret("r10")))
    expect(
      withFormerPair(former, new Secret("r20")).filter((h) => h === pairHash(new Secret("r20"))),
    ).toHaveLength(1)
    expect(former.join()).not.toContain("r59")
    expect(withFormerPair([], new Secret(""))).toEqual([])
  })
})

describe("opaque tokens whose ends are estimates", () => {
  const ending = (refresh: string, expiresAt: number) => ({
    ...login(refresh),
    access: new Secret(`opaque-${refresh}`),
    expiresAt,
    formerPairs: [],
  })

  test.each([
    ["later", NOON + 1, "newer", true],
    ["earlier by as much as an issuer's rounding", NOON - 4_000, "newer", false],
    ["earlier by more", NOON - 6_000, "conflict", true],
  ] as const)("%s", (_what, end, relation, dated) => {
    const [stored, live] = [ending("r1", NOON), ending("r2", end)]
    expect(comparePairs(stored, live)).toBe(relation)
    expect(areDated(stored, live)).toBe(dated)
  })
})
