import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { banViolations } from "./support/architecture/bans.ts"
import { circleViolations } from "./support/architecture/circles.ts"
import { docViolations } from "./support/architecture/docs.ts"
import { ladderViolations } from "./support/architecture/ladder.ts"
import { lightViolations } from "./support/architecture/light.ts"
import { shapeViolations } from "./support/architecture/shape.ts"
import { readTree } from "./support/architecture/tree.ts"

const house = readTree(join(import.meta.dir, ".."), ["src", "test"])

describe("the house", () => {
  test("was found", () => expect(house.has("src/main.ts")).toBe(true))
  test("a room imports only from rooms below it", () => expect(ladderViolations(house)).toEqual([]))
  test("no circles", () => expect(circleViolations(house)).toEqual([]))
  test("only system reaches the outside world", () => expect(banViolations(house)).toEqual([]))
  test("a command that looks loads nothing that acts", () =>
    expect(lightViolations(house)).toEqual([]))
  test("docstrings stand alone, and long functions have one", () =>
    expect(docViolations(house)).toEqual([]))
  test("files are short, exports named, no test left out", () =>
    expect(shapeViolations(house)).toEqual([]))
})
