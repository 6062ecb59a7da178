import { describe, expect, test } from "bun:test"
import { EMPTY_DOCUMENT } from "../../src/domain/document.ts"
import { putAccount, putCredential } from "../../src/domain/document-edits.ts"
import { quarantineLogin } from "../../src/domain/quarantine.ts"
import { Secret } from "../../src/system/secret.ts"
import { login, NOON, type Who } from "./logins.ts"
import { end, file, live, outcome, R1, R12, type run, WHO } from "./restore/files.ts"

/** Whose login this is can't be read from its tokens. */
const NOBODY: Who = { user: "", sub: " ", account: "" }

type Case = [name: string, input: Parameters<typeof run>[0], wanted: object]

describe("the newest pair of each identity wins", () => {
  test.each<Case>([
    ["no present file", { backup: file({ boss: R1 }) }, end({ boss: "r1 backup" })],
    [
      "the same pair",
      { backup: file({ boss: R1 }), present: file({ boss: R1 }) },
      end({ boss: "r1 same" }),
    ],
    [
      "a present pair that came after",
      { backup: file({ boss: R1 }), present: file({ boss: R12 }) },
      end({ boss: "r2 present" }),
    ],
    [
      "a present pair that the backup's came after",
      { backup: file({ boss: R12 }), present: file({ boss: R1 }) },
      end({ boss: "r2 backup" }),
    ],
    [
      "a present pair issued before, of which the backup knows nothing",
      { backup: file({ boss: [["rX", 3]] }), present: file({ boss: R1 }) },
      end({ boss: "rX backup" }, { quarantine: ["r1 restored_over"] }),
    ],
    [
      "a present pair that remembers the backup's, whatever its clock said",
      {
        backup: file({ boss: [["rX", 9]] }),
        present: file({
          boss: [
            ["rX", 9],
            ["r1", 0],
          ],
        }),
      },
      end({ boss: "r1 present" }),
    ],
    [
      "a client's, which has renewed the present one",
      { backup: file({ boss: R1 }), present: file({ boss: R12 }), live: [live("r3", 2)] },
      end({ boss: "r3 store" }),
    ],
    [
      "a client's, without a present file",
      { backup: file({ boss: R1 }), live: [live("r3", 2)] },
      end({ boss: "r3 store" }),
    ],
    [
      "not a client's old one",
      { backup: file({ boss: R1 }), present: file({ boss: R12 }), live: [live("r1", 0)] },
      end({ boss: "r2 present" }),
    ],
    [
      "not a client's of a stranger",
      { backup: file({ boss: R1 }), live: [live("rZ", 5, WHO.qa)] },
      end({ boss: "r1 backup" }),
    ],
    [
      "under the backup's name of a label that was renamed since",
      {
        backup: file({ boss: R1 }),
        present: file({
          chief: [
            ["r1", 0, WHO.boss],
            ["r2", 1, WHO.boss],
          ],
        }),
      },
      end({ boss: "r2 present" }, { gone: ["chief"] }),
    ],
    [
      "of two labels that have changed their names with each other",
      {
        backup: file({ boss: R1, qa: [["q1", 0]] }),
        present: file({
          boss: [
            ["q1", 0, WHO.qa],
            ["q2", 1, WHO.qa],
          ],
          qa: [["r1", 0, WHO.boss]],
        }),
      },
      end({ boss: "r1 same", qa: "q2 present" }),
    ],
    [
      "and of two present ones of one account the other is kept",
      {
        backup: file({ boss: R1 }),
        present: file({ boss: R12, twin: [["t1", 5, WHO.boss]] }),
      },
      end({ boss: "t1 present" }, { gone: ["twin"], quarantine: ["r2 restored_over"] }),
    ],
    [
      "also where the backup's label has its login still",
      {
        backup: file({ boss: R1 }),
        present: file({ boss: R1, twin: [["t1", 5, WHO.boss]] }),
      },
      end({ boss: "t1 present" }, { gone: ["twin"], quarantine: ["r1 restored_over"] }),
    ],
    [
      "of one account that has two labels, under its own",
      {
        backup: file({ boss: R1, twin: [["t1", 0, WHO.boss]] }),
        present: file({ twin: [["t2", 5, WHO.boss]] }),
      },
      end({ boss: "r1 backup", twin: "t2 present" }),
    ],
    [
      "which is told by its tokens alone where nothing else can be read",
      {
        backup: file({ boss: [["r1", 0, NOBODY]] }),
        present: file({
          chief: [
            ["r1", 0, NOBODY],
            ["r2", 1, NOBODY],
          ],
        }),
      },
      end({ boss: "r2 present" }, { gone: ["chief"] }),
    ],
    [
      "where nobody can read whose the pairs are, the label's present one",
      {
        backup: file({ boss: [["r1", 0, NOBODY]] }),
        present: file({ boss: [["r9", 1, NOBODY]] }),
      },
      end({ boss: "r9 present" }),
    ],
  ])("%s", (_name, input, wanted) => expect(outcome(input)).toEqual(wanted as never))
})

describe("no login of the present file is lost", () => {
  test.each<Case>([
    [
      "a label that the backup does not have",
      { backup: file({ boss: R1 }), present: file({ boss: R1, qa: [["q1", 0]] }) },
      end({ boss: "r1 same" }, { gone: ["qa"], quarantine: ["q1 not_in_backup"] }),
    ],
    [
      "a label that belongs to another person now",
      { backup: file({ boss: R1 }), present: file({ boss: [["q1", 2, WHO.qa]] }) },
      end({ boss: "r1 backup" }, { quarantine: ["q1 not_in_backup"] }),
    ],
    [
      "a label that had no login then keeps it",
      { backup: file({ boss: [] }), present: file({ boss: R1 }) },
      end({ boss: "r1 present" }),
    ],
    [
      "unless another's was expected",
      {
        backup: putAccount(EMPTY_DOCUMENT, "boss", {
          provider: "openai-codex",
          expect: { email: "qa@example.com" },
        }),
        present: file({ boss: R1 }),
      },
      { labels: ["boss"], logins: {}, gone: [], quarantine: ["r1 not_in_backup"] },
    ],
    [
      "half a login of a label that is gone",
      {
        backup: EMPTY_DOCUMENT,
        present: putCredential(file({ boss: [] }), "openai-codex", "boss", {
          refresh: new Secret("half"),
        }),
      },
      { labels: [], logins: {}, gone: ["boss"], quarantine: ["half not_in_backup"] },
    ],
    [
      "a login whose access token is missing, whatever else is known",
      {
        backup: file({ boss: R1 }),
        present: putCredential(file({ boss: [] }), "openai-codex", "boss", {
          refresh: new Secret("half"),
          idToken: login("half", NOON, WHO.boss).fields.idToken,
          accountId: WHO.boss.account,
        }),
      },
      end({ boss: "r1 backup" }, { quarantine: ["half restored_over"] }),
    ],
    [
      "a label that is gone, whose login lies in quarantine already, once",
      {
        backup: file({ boss: R1 }),
        present: quarantineLogin(file({ boss: R1, qa: [["q1", 0]] }), login("q1", NOON, WHO.qa), {
          id: "k1",
          at: NOON,
          label: "qa",
          reason: "conflict",
        }),
      },
      { ...end({ boss: "r1 same" }), gone: ["qa"], quarantine: ["q1 conflict"] },
    ],
    [
      "what lies in quarantine, then and now, but not a login that a label has",
      {
        backup: quarantineLogin(
          quarantineLogin(file({ boss: R1 }), login("k1"), {
            ...{ id: "k1", at: NOON, label: null, reason: "conflict" },
          }),
          login("r2", NOON, WHO.boss),
          { id: "k2", at: NOON, label: null, reason: "conflict" },
        ),
        present: quarantineLogin(file({ boss: R12 }), login("k3"), {
          ...{ id: "k3", at: NOON, label: null, reason: "replaced" },
        }),
      },
      end({ boss: "r2 present" }, { quarantine: ["k3 replaced", "k1 conflict"] }),
    ],
  ])("%s", (_name, input, wanted) => expect(outcome(input)).toEqual(wanted as never))
})

describe("with the backup's tokens", () => {
  test.each<Case>([
    [
      "newer ones give way, and are kept",
      {
        backup: file({ boss: R1 }),
        present: file({ boss: R12 }),
        live: [live("r3", 2)],
        withTokens: true,
      },
      end({ boss: "r1 backup" }, { quarantine: ["r2 restored_over"] }),
    ],
    [
      "a present one that is known to be spent is not",
      { backup: file({ boss: R12 }), present: file({ boss: R1 }), withTokens: true },
      end({ boss: "r2 backup" }),
    ],
    [
      "a label without one keeps the present one",
      { backup: file({ boss: [] }), present: file({ boss: R1 }), withTokens: true },
      end({ boss: "r1 present" }),
    ],
  ])("%s", (_name, input, wanted) => expect(outcome(input)).toEqual(wanted as never))
})
