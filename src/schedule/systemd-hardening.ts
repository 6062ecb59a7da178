import { dirname } from "node:path"
import type { Job } from "./job.ts"
import { unitWord } from "./systemd-words.ts"

/**
 * What a tick can do without. No MemoryDenyWriteExecute: `bun:ffi`, which takes the clients' own
 * locks, makes code at run time. No PrivateUsers and no ProcSubset: a tick looks whether a process
 * of its user has a login file open, and reads the boot's id.
 */
const EVERYWHERE = [
  "NoNewPrivileges=yes",
  "LockPersonality=yes",
  "RestrictRealtime=yes",
  "RestrictSUIDSGID=yes",
  "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
  "SystemCallArchitectures=native",
  "UMask=0077",
]

/** These need a mount namespace or the bounding set, which a user's manager may not have. */
const SYSTEM = [
  "PrivateDevices=yes",
  "ProtectSystem=strict",
  "ProtectHome=read-only",
  "ProtectKernelTunables=yes",
  "ProtectKernelModules=yes",
  "ProtectKernelLogs=yes",
  "ProtectControlGroups=yes",
  "ProtectClock=yes",
  "ProtectHostname=yes",
  "ProtectProc=invisible",
  "RestrictNamespaces=yes",
  "SystemCallFilter=@system-service",
  "SystemCallErrorNumber=EPERM",
  "CapabilityBoundingSet=",
]

/** The lines that shut a tick in: hard in a system unit, modest in a user's. */
export function hardening(job: Job): string[] {
  if (job.owner === null) return EVERYWHERE
  const places = [...job.writable, dirname(job.argv[0] ?? "")]
  return [
    ...EVERYWHERE,
    ...SYSTEM,
    // A home below /tmp would not be there with a /tmp of its own.
    ...(places.some(isTemporary) ? [] : ["PrivateTmp=yes"]),
    // A folder that is not there yet must not keep the unit from starting.
    ...job.writable.map((folder) => `ReadWritePaths=${unitWord(`-${folder}`)}`),
  ]
}

/** True for what lies below a folder that the machine empties. */
export function isTemporary(path: string): boolean {
  return /^(\/private)?(\/tmp|\/var\/tmp|\/var\/folders|\/dev\/shm)(\/|$)/.test(path)
}
