// An aim that takes a lock folder and dies: bun dir-lock-aim.ts <path> <records>
import { takeDirLock } from "../../src/system/dir-lock.ts"

const [path = "", records = ""] = Bun.argv.slice(2)
await takeDirLock({ path, staleMs: 60_000 }, records)
process.kill(process.pid, "SIGKILL")
