// Another program that takes a lock folder as proper-lockfile does (`mkdir`, `utimes`, `rmdir`):
// bun dir-lock-holder.ts <path> <stale ms> <touch ms, 0 never>; holds it until its input ends.
import { mkdirSync, rmdirSync, statSync, utimesSync } from "node:fs"

const [path = "", stale = "", touch = ""] = Bun.argv.slice(2)

function take(): boolean {
  try {
    mkdirSync(path)
    return true
  } catch {
    // One that was let go just now is not there to be old.
    const found = statSync(path, { throwIfNoEntry: false })
    if (found !== undefined && Date.now() - found.mtimeMs > Number(stale)) rmdirSync(path)
    return false
  }
}

while (!take()) await Bun.sleep(50)
const keep = () => utimesSync(path, new Date(), new Date())
if (Number(touch) > 0) {
  keep()
  setInterval(keep, Number(touch))
}
console.log("held")
for await (const _ of Bun.stdin.stream()) {
  // Only its end counts.
}
rmdirSync(path)
process.exit(0)
