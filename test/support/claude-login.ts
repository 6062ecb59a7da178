import type { Simulator } from "../../src/simulator/contract.ts"
import { type ClaudePlace, startClaude } from "./real-claude.ts"

/**
 * Logs an account in by the real `claude auth login`, whose page a person answers with a code to
 * paste; gives exit code and output. Where somebody is logged in already, it logs in over them.
 */
export async function logInByClaude(
  place: ClaudePlace,
  sim: Simulator,
  account: string,
): Promise<{ rc: number; output: string }> {
  const child = await startClaude(place, ["auth", "login"], {
    open: true,
    // No browser must come up on a developer's machine.
    env: { BROWSER: "/bin/true" },
  })
  const stderr = new Response(child.stderr).text()
  let output = ""
  let answered = false
  const decoder = new TextDecoder()
  for await (const chunk of child.stdout) {
    output += decoder.decode(chunk, { stream: true })
    const page = answered ? null : pageIn(output)
    if (page === null) continue
    answered = true
    const asked = (name: string) => page.searchParams.get(name) ?? ""
    const code = sim.claude.grantCode(account, {
      challenge: asked("code_challenge"),
      redirectUri: asked("redirect_uri"),
    })
    if (typeof child.stdin !== "object") throw new Error("Claude's input is closed")
    child.stdin.write(`${code}#${asked("state")}\n`)
    child.stdin.flush()
  }
  return { rc: await child.exited, output: output + (await stderr) }
}

/** The login page that Claude names, once its line is whole. */
function pageIn(output: string): URL | null {
  const [url] = /https:\/\/claude\.com\/cai\/oauth\/authorize\?\S+(?=\s)/.exec(output) ?? []
  return url === undefined ? null : new URL(url)
}
