import { isAbsolute } from "node:path"
import { folderExists } from "../system/files.ts"
import type { Panel } from "./panel.ts"

/** A folder that is there, as an absolute path; `~/` is the user's home. Null for back. */
export async function askFolder(
  { homes, prompter }: Panel,
  question: string,
): Promise<string | null> {
  const whole = (answer: string) => answer.trim().replace(/^~(?=\/|$)/, homes.userHome)
  const problem = (answer: string) =>
    isAbsolute(whole(answer)) ? null : "that is no absolute path: it begins with / or ~/"
  for (;;) {
    const answer = await prompter.ask(question, problem)
    if (answer === null) return null
    const dir = whole(answer)
    if (await folderExists(dir)) return dir
    prompter.say([`${dir} is no folder that is there`])
  }
}
