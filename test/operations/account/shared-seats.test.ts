import { expect, test } from "bun:test"
import { adoptAs } from "../../../src/domain/adopt/as.ts"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { sharedSeats } from "../../../src/operations/account/shared-seats.ts"
import { login, NOON } from "../../domain/logins.ts"

const NOTE = { id: "ab12", at: NOON }
const add = (document: Document, label: string, user: string, account?: string) => {
  const person = {
    user,
    email: `${user}@example.com`,
    ...(account === undefined ? {} : { account }),
  }
  return adoptAs(document, label, login(`r-${user}`, NOON, person), NOTE).document
}

test("labels that share a workspace are named, this one and strangers are not", () => {
  const three = add(add(add(EMPTY_DOCUMENT, "boss", "u1"), "qa", "u2"), "far", "u3", "acct-9")
  expect(sharedSeats(three, "qa")).toMatchObject([
    { kind: "account_id_collision", labels: ["qa", "boss"] },
  ])
  expect(sharedSeats(three, "far")).toEqual([])
  expect(sharedSeats(three, "nobody")).toEqual([])
})
