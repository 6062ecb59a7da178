import { afterAll } from "bun:test"
import { removeTempFolders } from "./temp-folder.ts"

// In the module that makes the folders it would run with the first test file that imports it alone.
afterAll(removeTempFolders)
