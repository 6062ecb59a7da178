import { type ExpectationChange, expectLogin } from "../../operations/expect-account.ts"
import type { LabelView } from "../../operations/label-view.ts"
import { withPool } from "../../pool/pool.ts"
import { plain } from "../../render/layout/plain.ts"
import type { Action } from "../action.ts"
import type { Panel } from "../panel.ts"
import type { Choice } from "../prompter.ts"
import { subMenu } from "../sub-menu.ts"

type Way = "stored" | "email" | "workspace" | "clear" | "back"

/** Pins whose login the label must have: an e-mail, a workspace, those of its login, or nothing. */
export const expect: Action = async (panel, view) => {
  const { label } = view
  const choices = choicesFor(view)
  const header = [`Whose login must ${label} have?`]
  const way = await subMenu(panel.prompter, { header, choices })
  const change = way === null || way === "back" ? null : await changeFor(panel, view, way)
  if (change === null) return label
  const { expectEmail, expectWorkspace } = await withPool(panel.homes, (pool) =>
    expectLogin(pool, label, change),
  )
  const place = expectWorkspace === null ? null : `workspace ${expectWorkspace}`
  const now = [expectEmail, place].filter((each) => each !== null).join(", ")
  panel.prompter.say([
    plain(`${label}: ${now === "" ? "anybody may log in" : `${now} is expected`}`),
  ])
  return label
}

function choicesFor({ stored, expected }: LabelView): Choice<Way>[] {
  const hasAny = (who: LabelView["stored"]) => who.email !== null || who.workspace !== null
  const ways: Omit<Choice<Way>, "key">[] = [
    ...(hasAny(stored)
      ? [{ value: "stored" as const, text: "Its present login", details: detailsOf(stored) }]
      : []),
    { value: "email", text: "An e-mail", details: [] },
    { value: "workspace", text: "Workspace", details: [] },
    ...(hasAny(expected)
      ? [{ value: "clear" as const, text: "No matter", details: ["anybody may log in"] }]
      : []),
  ]
  const numbered = ways.map((way, at) => ({ ...way, key: String(at + 1) }))
  return [...numbered, { value: "back", key: "0", text: "Back", details: [] }]
}

function detailsOf({ email, workspace }: LabelView["stored"]): string[] {
  const place = workspace === null ? null : `workspace ${workspace}`
  return [email, place].flatMap((each) => (each === null ? [] : [plain(each)]))
}

async function changeFor(
  { prompter }: Panel,
  { stored }: LabelView,
  way: Exclude<Way, "back">,
): Promise<ExpectationChange | null> {
  switch (way) {
    case "stored":
      return {
        ...(stored.email === null ? {} : { email: stored.email }),
        ...(stored.workspace === null ? {} : { workspace: stored.workspace }),
      }
    case "clear":
      return { email: null, workspace: null }
    case "email": {
      const email = await prompter.ask("The e-mail that it must have:", (answer) =>
        /^[^\s@]+@[^\s@]+$/.test(answer.trim()) ? null : "that is no e-mail address",
      )
      return email === null ? null : { email }
    }
    case "workspace": {
      const workspace = await prompter.ask("The id of the workspace:", (answer) =>
        /^\S{1,200}$/.test(answer.trim()) ? null : "that is no id",
      )
      return workspace === null ? null : { workspace }
    }
  }
}
