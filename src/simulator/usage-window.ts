import { SECOND } from "../system/time.ts"
import type { Account, UsageWindow } from "./account.ts"

const windowNames = ["primary", "secondary"] as const

/** Empties the windows whose reset has passed and moves their reset on, as the provider does. */
export function rollWindows(account: Account, at: number): void {
  for (const name of windowNames) {
    const window = account[name]
    const seconds = at / SECOND
    if (window === null || window.reset_at > seconds || window.limit_window_seconds <= 0) continue
    const passed = Math.floor((seconds - window.reset_at) / window.limit_window_seconds) + 1
    account[name] = {
      ...window,
      used_percent: 0,
      reset_at: window.reset_at + passed * window.limit_window_seconds,
    }
  }
}

/** The spent window that stays shut longest, or null while the account may still serve. */
export function spentWindow(account: Account): UsageWindow | null {
  const spent = windowNames
    .map((name) => account[name])
    .filter((window): window is UsageWindow => window !== null && window.used_percent >= 100)
  return spent.sort((a, b) => b.reset_at - a.reset_at)[0] ?? null
}

/** Burns what one turn costs. */
export function chargeTurn(account: Account): void {
  for (const name of windowNames) {
    const window = account[name]
    if (window === null) continue
    const used_percent = Math.min(100, window.used_percent + account.turn_cost_percent)
    account[name] = { ...window, used_percent }
  }
}
