import { asObject } from "../document.ts"

/** An OpenClaw agent: where its workspace may lie, and the Slack accounts that are routed to it. */
export type OpenclawAgent = { id: string; workspaces: string[]; slackAccounts: string[] }

/** Where OpenClaw's own folder lies, and what stands for `~` in its config. */
export type OpenclawPlace = {
  state: string
  home: string
  /** `OPENCLAW_WORKSPACE_DIR`, or null. */
  workspace: string | null
}

/** The agent of a config that names none. */
const LONE_AGENT = "main"

/**
 * The agents of an OpenClaw config (2026.9.6, docs/concepts/agent-workspace.md), of today's
 * `agents.entries` and of the older `agents.list`. An agent without a workspace of its own has the
 * default one if it is alone, else one named after it; which of two it is in an older roster the
 * config does not say, so both are given.
 */
export function openclawAgents(config: unknown, place: OpenclawPlace): OpenclawAgent[] {
  const agents = asObject(asObject(config)?.agents)
  const roster = rosterOf(agents)
  const root = text(asObject(agents?.defaults)?.workspace)
  const lone = root === null ? (place.workspace ?? `${place.state}/workspace`) : at(root, place)
  return roster.map(({ id, workspace }) => {
    const slackAccounts = slackAccountsOf(config, id)
    if (workspace !== null) return { id, workspaces: [at(workspace, place)], slackAccounts }
    const named = root === null ? `${place.state}/workspace-${id}` : `${lone}/${id}`
    return { id, workspaces: roster.length === 1 ? [lone] : [named, lone], slackAccounts }
  })
}

function rosterOf(agents: Record<string, unknown> | null) {
  const entries = Object.entries(asObject(agents?.entries) ?? {})
  const list = Array.isArray(agents?.list) ? agents.list : []
  const named: [unknown, unknown][] =
    entries.length > 0 ? entries : list.map((entry) => [asObject(entry)?.id, entry])
  const roster = named.flatMap(([id, entry]) => {
    if (typeof id !== "string" || !/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(id.trim())) return []
    return [{ id: id.trim(), workspace: text(asObject(entry)?.workspace) }]
  })
  return roster.length > 0 ? roster : [{ id: LONE_AGENT, workspace: null }]
}

function slackAccountsOf(config: unknown, id: string): string[] {
  const bindings = asObject(config)?.bindings
  return (Array.isArray(bindings) ? bindings : []).flatMap((binding) => {
    const match = asObject(asObject(binding)?.match)
    const account = text(match?.accountId)
    const routed = asObject(binding)?.agentId === id && match?.channel === "slack"
    return routed && account !== null ? [account] : []
  })
}

function at(path: string, { state, home }: OpenclawPlace): string {
  if (/^~(\/|$)/.test(path)) return `${home}${path.slice(1)}`
  return path.startsWith("/") ? path : `${state}/${path}`
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}
