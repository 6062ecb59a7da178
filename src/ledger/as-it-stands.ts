import { constants, Database } from "bun:sqlite"

/**
 * Opens a database as if nobody could ever change it: without a lock, and without the files beside
 * a WAL, whose content is left out. Throws SQLite's errors. A pipe would be waited for.
 */
export function openAsItStands(file: string): Database {
  const path = encodeURI(file).replaceAll("?", "%3f").replaceAll("#", "%23")
  const flags = constants.SQLITE_OPEN_READONLY | constants.SQLITE_OPEN_URI
  return new Database(`file:${path}?immutable=1`, flags)
}
