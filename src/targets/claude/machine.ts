import { platformName, userName } from "../../system/machine.ts"

/** What of the machine decides where Claude Code keeps its login. */
export type ClaudeMachine = {
  /** `darwin` has a Keychain. */
  platform: string
  /** The program through which Claude Code reaches the Keychain. */
  security: string
  user: string | null
}

/** This machine. */
export function thisMachine(): ClaudeMachine {
  return { platform: platformName(), security: "/usr/bin/security", user: userName() }
}
