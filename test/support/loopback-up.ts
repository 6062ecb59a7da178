import { dlopen, ptr } from "bun:ffi"

/**
 * Brings `lo` up in a fresh network namespace, where it is down: SIOCSIFFLAGS with IFF_UP, so that
 * no `ip` or `ifconfig` has to be installed.
 */
const AF_INET = 2
const SOCK_DGRAM = 2
const SIOCSIFFLAGS = 0x8914
const IFF_UP = 1
const IFF_RUNNING = 0x40

const names = process.arch === "arm64" ? "aarch64" : "x86_64"
const libc = openLibc(["libc.so.6", `libc.musl-${names}.so.1`])
const request = Buffer.alloc(40)
request.write("lo\0", "latin1")
request.writeInt16LE(IFF_UP | IFF_RUNNING, 16)
const socket = libc.symbols.socket(AF_INET, SOCK_DGRAM, 0)
const result = libc.symbols.ioctl(socket, SIOCSIFFLAGS, ptr(request))
process.exit(result === 0 ? 0 : 1)

function openLibc(candidates: readonly string[]) {
  for (const name of candidates) {
    try {
      return dlopen(name, {
        socket: { args: ["i32", "i32", "i32"], returns: "i32" },
        ioctl: { args: ["i32", "u64", "ptr"], returns: "i32" },
      })
    } catch {
      // The next C library.
    }
  }
  throw new Error("no C library to bring the loopback interface up with")
}
