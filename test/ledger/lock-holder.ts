import { Database } from "bun:sqlite"

/** A process that holds a ledger's write lock until its stdin ends. */
const database = new Database(process.argv[2] ?? "", { readwrite: true, create: false })
database.run("begin immediate")
console.log("held")
await Bun.stdin.text()
database.run("rollback")
database.close()
