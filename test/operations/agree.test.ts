import { describe, expect, test } from "bun:test"
import { SILENT } from "../../src/domain/conversation.ts"
import { agree } from "../../src/operations/agree.ts"
import { someone } from "../support/conversation.ts"
import { thrownBy } from "../vault/temp-vault.ts"

const TOUCHES = ["its login", "its home"]

describe("before something that can't be taken back", () => {
  test("a person hears what it touches and is asked; a yes goes on", async () => {
    const person = someone(true)
    await agree(person, false, "remove `qa`", TOUCHES)
    expect(person.heard).toEqual(["to remove `qa`:", "- its login", "- its home", "remove `qa`?"])
  })

  test("a no stops it with exit 1 and a way on", async () => {
    expect(await thrownBy(agree(someone(false), false, "remove `qa`", TOUCHES))).toMatchObject({
      problem: {
        code: "declined",
        message: "nothing was changed",
        hint: "answer `y`, or use `--yes`",
      },
      exit: 1,
    })
  })

  test("what touches nothing is asked without a list", async () => {
    const person = someone(true)
    await agree(person, false, "drop it", [])
    expect(person.heard).toEqual(["drop it?"])
  })

  test("`--yes` asks nobody and tells nobody", async () => {
    const person = someone(false)
    await agree(person, true, "remove `qa`", TOUCHES)
    expect(person.heard).toEqual([])
    await agree(SILENT, true, "remove `qa`", TOUCHES)
  })

  test("where nobody is, it is wrong usage without `--yes`, in the same words", async () => {
    const problem = {
      code: "needs_yes",
      message: "nobody is there to be asked: remove `qa`? It touches: its login; its home",
      hint: "repeat the command with `--yes`",
    }
    expect(await thrownBy(agree(SILENT, false, "remove `qa`", TOUCHES))).toMatchObject({
      problem,
      exit: 2,
    })
    expect(await thrownBy(agree(SILENT, false, "drop it", []))).toMatchObject({
      problem: { message: "nobody is there to be asked: drop it?" },
    })
  })
})
