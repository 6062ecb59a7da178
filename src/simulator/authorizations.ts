import { sha256Base64Url } from "../system/hash.ts"
import { CANARY } from "./tokens.ts"

/** What an authorization code is good for; each once. */
type Code = { account: string; challenge: string; redirectUri: string }
type Device = { account: string | null; userCode: string }

export type Authorizations = ReturnType<typeof createAuthorizations>

/** Codes and device codes that were handed out; `random` names them. */
export function createAuthorizations(random: () => string) {
  const codes = new Map<string, Code>()
  const devices = new Map<string, Device>()
  /** Who sits at the browser; nobody: the page asks and nothing happens. */
  let person: string | null = null
  /** Who types every device code at once; nobody: each waits for `allowDevice`. */
  let typist: string | null = null
  return {
    person: () => person,
    signIn(account: string | null): void {
      person = account
    },

    typeDevices(account: string | null): void {
      typist = account
    },

    grant(code: Code): string {
      const name = `ac_${CANARY}_${random()}`
      codes.set(name, code)
      return name
    },

    /** The code's account if verifier and redirect fit; spends the code either way. */
    redeem(name: string, verifier: string, redirectUri: string): string | null {
      const code = codes.get(name)
      codes.delete(name)
      if (code === undefined || code.redirectUri !== redirectUri) return null
      return code.challenge === sha256Base64Url(verifier) ? code.account : null
    },

    startDevice(): { id: string; userCode: string } {
      const id = `da_${random()}`
      const userCode = `SIM-${random().slice(0, 5).toUpperCase()}`
      devices.set(id, { account: typist, userCode })
      return { id, userCode }
    },

    device: (id: string): Device | null => devices.get(id) ?? null,

    /** A person types the code at the device page and allows it. */
    allowDevice(userCode: string, account: string): boolean {
      const device = [...devices.values()].find((each) => each.userCode === userCode)
      if (device !== undefined) device.account = account
      return device !== undefined
    },
  }
}
