import { expectationOf } from "../adopt/expect.ts"
import { isEnabled } from "../document.ts"
import type { JsonObject } from "../login.ts"
import type { ImportSetting } from "./plan.ts"

/** What an import changes of a label besides its login: its place in the pool, and whom it expects. */
export function settingsBetween(before: JsonObject, after: JsonObject): ImportSetting[] {
  const settings: ImportSetting[] = []
  if (isEnabled(before) !== isEnabled(after))
    settings.push(isEnabled(after) ? "enabled_there" : "disabled_there")
  const [was, is] = [expectationOf(before), expectationOf(after)]
  if (was.email !== is.email || was.workspace !== is.workspace) settings.push("expectation_there")
  return settings
}
