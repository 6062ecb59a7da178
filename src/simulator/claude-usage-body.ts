import type { ClaudeUsage, ClaudeWindow } from "./claude-usage.ts"

/**
 * The body of `GET /api/oauth/usage` and of claude.ai's own usage page, in the shape that Claude
 * Code 2.1.329 reads: percent 0 to 100, ISO times, the older keys and `limits[]` side by side.
 */
export function claudeUsageBody(usage: ClaudeUsage): Record<string, unknown> {
  return {
    ...(usage.older_keys ? olderKeys(usage) : {}),
    ...(usage.limits === false ? {} : { limits: limitsOf(usage) }),
    extra_usage: usage.extra_usage,
  }
}

function olderKeys({ five_hour, seven_day, seven_day_opus, seven_day_sonnet }: ClaudeUsage) {
  return {
    five_hour,
    seven_day,
    seven_day_oauth_apps: null,
    seven_day_opus,
    seven_day_sonnet,
    cinder_cove: null,
  }
}

function limitsOf(usage: ClaudeUsage): unknown[] {
  if (Array.isArray(usage.limits)) return usage.limits
  return [
    ...row("session", "session", usage.five_hour),
    ...row("weekly_all", "weekly", usage.seven_day),
    ...row("weekly_scoped", "weekly", usage.seven_day_opus, "Opus"),
    ...row("weekly_scoped", "weekly", usage.seven_day_sonnet, "Sonnet"),
    ...usage.scoped.flatMap(({ model, percent, resets_at }) =>
      row("weekly_scoped", "weekly", { utilization: percent, resets_at }, model),
    ),
  ]
}

function row(kind: string, group: string, window: ClaudeWindow | null, model?: string): unknown[] {
  if (window === null || window.utilization === null) return []
  const percent = window.utilization
  const severity = percent >= 100 ? "critical" : percent >= 80 ? "warning" : "normal"
  const scope = model === undefined ? null : { model: { id: null, display_name: model } }
  return [
    { kind, group, percent, severity, resets_at: window.resets_at, scope, is_active: percent > 0 },
  ]
}
