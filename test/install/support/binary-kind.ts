import { open } from "node:fs/promises"

const CPUS_ELF: Record<number, string> = { 62: "x64", 183: "arm64" }
const CPUS_MACHO: Record<number, string> = { 16777223: "x64", 16777228: "arm64" }

/** What a program is built for, from its own head, in the words of a release: `linux-x64-musl`. */
export async function kindOf(path: string): Promise<string> {
  const file = await open(path)
  const head = Buffer.alloc(4096)
  await file.read(head, 0, head.length, 0)
  await file.close()
  if (head.readUInt32BE(0) === 0x7f454c46) {
    const loader = head.toString("latin1").match(/\/lib\d*\/ld-(linux|musl)/)?.[1]
    return `linux-${CPUS_ELF[head.readUInt16LE(18)]}${loader === "musl" ? "-musl" : ""}`
  }
  if (head.readUInt32LE(0) === 0xfeedfacf) return `macos-${CPUS_MACHO[head.readUInt32LE(4)]}`
  return "unknown"
}
