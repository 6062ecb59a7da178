import type { Simulator } from "../../src/simulator/contract.ts"

/**
 * What leads aim to the simulator. Anthropic's variables stand there only where it has accounts:
 * each override is a warning in status.
 */
export function providerEnv(sim: Simulator): Record<string, string> {
  const openai = { AIM_OPENAI_AUTH_URL: sim.authUrl, AIM_CHATGPT_URL: sim.chatgptUrl }
  if (sim.claude.accounts().length === 0) return openai
  return {
    ...openai,
    AIM_ANTHROPIC_AUTH_URL: sim.url,
    AIM_ANTHROPIC_API_URL: sim.url,
    AIM_CLAUDE_WEB_URL: sim.url,
  }
}
