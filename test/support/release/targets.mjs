/**
 * What a release is built for. `name` names the archive, as install.sh asks for it; `bun` is Bun's
 * word for the target, `runtime` the npm package that brings Bun for it.
 * @typedef {{ name: string, os: string, cpu: string, libc: string | null, bun: string,
 *   runtime: string }} Target
 */

/** No `-baseline` twins: in Bun 1.4.5 they are the same bytes, and run without AVX. */
export const TARGETS = [
  target("linux", "x64", "glibc"),
  target("linux", "arm64", "glibc"),
  target("linux", "x64", "musl"),
  target("linux", "arm64", "musl"),
  target("macos", "arm64", null),
  target("macos", "x64", null),
]

/** @returns {Target} */
function target(os, cpu, libc) {
  const platform = os === "macos" ? "darwin" : os
  const suffix = libc === "musl" ? "-musl" : ""
  return {
    name: `${os}-${cpu}${suffix}`,
    os,
    cpu,
    libc,
    bun: `bun-${platform}-${cpu}${suffix}`,
    runtime: `@oven/bun-${platform}-${cpu === "arm64" ? "aarch64" : cpu}${suffix}`,
  }
}

/** The targets of these names, in the order of a release; all when there are none. */
export function targetsNamed(names) {
  const known = TARGETS.map(({ name }) => name)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new Error(`no target is called ${unknown.join(", ")}; there are ${known.join(", ")}`)
  return TARGETS.filter(({ name }) => names.length === 0 || names.includes(name))
}
