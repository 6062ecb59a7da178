/** The shells that aim completes in. */
export const SHELLS = ["bash", "zsh", "fish"] as const
export type Shell = (typeof SHELLS)[number]

export function asShell(text: string): Shell | null {
  return SHELLS.find((shell) => shell === text) ?? null
}
