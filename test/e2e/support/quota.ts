const HOUR = 3600

/** Windows for {@link openWorld}: percent used of the 5h and of the weekly window. */
export function quota(fiveHours: number, week: number) {
  const now = Math.floor(Date.now() / 1000)
  return {
    primary: { used_percent: fiveHours, limit_window_seconds: 5 * HOUR, reset_at: now + 4 * HOUR },
    secondary: {
      used_percent: week,
      limit_window_seconds: 168 * HOUR,
      reset_at: now + 144 * HOUR,
    },
  }
}
