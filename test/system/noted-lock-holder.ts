import { openLedger } from "../../src/ledger/open.ts"
import { notesBeside, takeNoted } from "../../src/system/noted-lock.ts"

/**
 * Another aim: takes a noted lock until its input ends. Its note stands beside the lock, or in a
 * ledger (`bun noted-lock-holder.ts <folder> <name> [<ledger>]`).
 */
const [locks = "", name = "", file] = process.argv.slice(2)
const ledger = file === undefined ? null : openLedger(file, { now: Date.now(), lost: false })
const notes =
  ledger === null
    ? notesBeside(locks, name)
    : {
        read: () => ledger.note(name),
        write: (note: object) => ledger.keepNote(name, { ...note }),
      }
const taken = await takeNoted(locks, name, notes)
console.log(JSON.stringify(taken))
await Bun.stdin.text()
if (taken.held) await taken.release()
ledger?.close()
