import { takeNoted } from "../../src/system/noted-lock.ts"

/** Another aim: takes a noted lock until its input ends (`bun noted-lock-holder.ts <folder> <name>`). */
const [locks = "", name = ""] = process.argv.slice(2)
const taken = await takeNoted(locks, name)
console.log(JSON.stringify(taken))
await Bun.stdin.text()
if (taken.held) taken.release()
