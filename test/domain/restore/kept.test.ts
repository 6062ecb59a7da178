import { describe, expect, test } from "bun:test"
import type { Document } from "../../../src/domain/document.ts"
import { Secret } from "../../../src/system/secret.ts"
import { end, file, type History, outcome, R1, run, WHO } from "./files.ts"

const Q1: History = [["q1", 0]]
const Q12: History = [...Q1, ["q2", 1]]

/** A file without `qa`, as the restore of an old backup left it: its login is in quarantine. */
function without(history: History, before?: Document): Document {
  const present = { ...file({ boss: R1, qa: history }), quarantine: before?.quarantine ?? [] }
  return run({ backup: file({ boss: R1 }), present }).document
}

/** What comes back from a backup that knows `qa` with these pairs. */
const back = (present: Document, qa: History = Q1, more: { withTokens?: boolean } = {}) =>
  outcome({ backup: file({ boss: R1, qa }), present, ...more })
const ended = (qa: string, quarantine: string[] = []) =>
  end({ boss: "r1 same", qa }, { quarantine })

/** The first entry of quarantine with another access token. */
function withAccess(document: Document, access: Secret): Document {
  const quarantine = (document.quarantine ?? []).map((entry) => {
    return { ...entry, credential: { ...entry.credential, access } }
  })
  return { ...document, quarantine }
}

describe("a login in quarantine that took the place of the backup's", () => {
  test("is its label's again, and leaves quarantine", () => {
    expect(back(without(Q12))).toEqual(ended("q2 quarantine"))
  })

  test("is found through others that came between", () => {
    const second = without(Q12)
    const both = without(
      [
        ["q2", 1],
        ["q3", 2],
      ],
      second,
    )
    const reversed = { ...both, quarantine: [...(both.quarantine ?? [])].reverse() }
    for (const present of [both, reversed]) expect(back(present)).toEqual(ended("q3 quarantine"))
  })

  test("keeps all that either remembers", () => {
    const present = without([
      ["q2", 1],
      ["q3", 2],
    ])
    const { document } = run({ backup: file({ boss: R1, qa: Q12 }), present })
    expect(document.credentials["openai-codex"]?.qa?.formerPairs).toHaveLength(2)
  })
})

describe("quarantine keeps", () => {
  test("a login that need not have grown out of the backup's", () => {
    expect(back(without([["q9", 5]]))).toEqual(ended("q1 backup", ["q9 not_in_backup"]))
  })

  test("one of another person, whatever it remembers", () => {
    const present = without([...Q1, ["x", 1, { ...WHO.boss, user: "u-other" }]])
    expect(back(present)).toEqual(ended("q1 backup", ["x not_in_backup"]))
  })

  test("one that the backup's login remembers as well", () => {
    const round: History = [...Q12, ["q1", 2]]
    expect(back(without(Q12), round)).toEqual(ended("q1 backup", ["q2 not_in_backup"]))
  })

  test("one without an access token", () => {
    const present = withAccess(without(Q12), new Secret(""))
    expect(back(present)).toEqual(ended("q1 backup", ["q2 not_in_backup"]))
  })

  test("all, where the backup's own tokens are asked for", () => {
    const wanted = ended("q1 backup", ["q2 not_in_backup"])
    expect(back(without(Q12), Q1, { withTokens: true })).toEqual(wanted)
  })
})
