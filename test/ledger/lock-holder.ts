import { Database } from "bun:sqlite"

/**
 * A process that holds a ledger until its stdin ends: its write lock, or with `alone` the whole
 * file, so that nobody can read it either.
 */
const [file = "", how = ""] = process.argv.slice(2)
const database = new Database(file, { readwrite: true, create: false })
if (how === "alone") database.run("pragma locking_mode = exclusive")
database.run(how === "alone" ? "begin exclusive" : "begin immediate")
console.log("held")
await Bun.stdin.text()
database.run("rollback")
database.close()
