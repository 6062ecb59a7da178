/** The names under which the C library of this machine may be found, for `bun:ffi`. */
export function cLibraries(): string[] {
  if (process.platform === "darwin") return ["libSystem.B.dylib"]
  const musl = process.arch === "arm64" ? "aarch64" : "x86_64"
  return ["libc.so.6", `libc.musl-${musl}.so.1`, "libc.so"]
}
