import type { Secret } from "../system/secret.ts"
import type { Posted, RawReply, RefreshVerdict } from "./provider.ts"

/** The secrets of one attempt to log in: made anew for each, never stored. */
export type Attempt = { state: string; verifier: Secret }

/** What a code is exchanged with: the verifier that its challenge came from, and where it went. */
export type Grant = { code: Secret; verifier: Secret; redirectUri: string }

/** A code to type at another device, and what asks whether that has happened. */
export type DeviceCode = {
  /** The page to open, anywhere. */
  page: string
  userCode: string
  id: Secret
  /** The least time between two questions, ms. */
  intervalMs: number
}

export type DeviceStart =
  | { kind: "started"; device: DeviceCode }
  | { kind: "failed"; detail: string }

export type DevicePoll =
  | { kind: "pending" }
  /** Asked too often: wait this much longer each time, ms. */
  | { kind: "slow_down"; byMs: number }
  | { kind: "granted"; grant: Grant }
  | { kind: "failed"; detail: string }
  /** The line broke; asking again is right. */
  | { kind: "transient"; detail: string }

/** A full login at an issuer, in the steps that somebody else strings together. */
export type LoginFlow = {
  /** Where the browser is sent back to: these ports of 127.0.0.1, the first that is free. */
  ports: readonly number[]
  callbackPath: string
  begin(): Attempt
  /** The page that a person opens. */
  authorizeUrl(attempt: Attempt, redirectUri: string): string
  /** One POST, never repeated; the reply is not looked into. */
  exchange(grant: Grant): Promise<Posted>
  /** Reads the reply of an exchange that came at `at` (epoch ms). */
  judge(reply: RawReply, at: number): RefreshVerdict
  startDevice(): Promise<DeviceStart>
  pollDevice(device: DeviceCode): Promise<DevicePoll>
}
