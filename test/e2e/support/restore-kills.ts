import { readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { BackupView } from "../../../src/vault/find-backup.ts"
import type { World } from "../../support/world.ts"
import { codexRefreshes } from "./codex-client.ts"
import { leaveReplyOnDisk } from "./reply-on-disk.ts"
import type { Scenario } from "./scenario.ts"

const stateOf = (world: World) => join(world.home, ".aimgr", "secrets.json")

/** The newest backup that has so many labels. */
const restoreOf = (labels: number) => async (world: World) => {
  const { backups } = await world.json<{ backups: BackupView[] }>("restore")
  return `restore ${backups.find((backup) => backup.labels.length === labels)?.name} --yes`
}

async function bothInUse(world: World): Promise<void> {
  await world.label("boss")
  await world.json("codex use")
  await world.label("qa")
  await world.json("account disable qa")
  await world.json("refresh boss --force")
}

const accounts = [{ name: "boss" }, { name: "qa" }]

/** The default run takes these, a long run the rest. */
export const MAIN: Record<string, Scenario> = {
  "a restore over a file with newer logins and one label more, while a client has renewed": {
    accounts,
    prepare: async (world) => {
      await bothInUse(world)
      await codexRefreshes(world, world.codexHome)
    },
    command: restoreOf(1),
  },
  "a restore where no file stands, with a client's login newer than the backup's": {
    accounts,
    prepare: async (world) => {
      await bothInUse(world)
      await rm(stateOf(world))
    },
    command: restoreOf(2),
  },
  "a restore over a newer aim's file that alone has the newest logins": {
    accounts,
    prepare: async (world) => {
      await bothInUse(world)
      for (const label of ["boss", "qa"])
        await world.json(`codex forget-home ${join(world.home, "logins", label)}`)
      await rm(join(world.codexHome, "auth.json"))
      await world.json("refresh boss --force")
      const newer = { ...(await world.vault()), schemaVersion: "0.9" }
      await writeFile(stateOf(world), JSON.stringify(newer), { mode: 0o600 })
    },
    command: restoreOf(2),
  },
  "a restore while a post has not got its reply": {
    accounts,
    prepare: async (world) => {
      await bothInUse(world)
      world.sim.addFault({ path: "/oauth/token", kind: "cut", at: "before_reply" })
      await world.json("refresh qa --force", 1)
      world.sim.clearFaults()
      const old = JSON.parse(await readFile(stateOf(world), "utf8"))
      await writeFile(stateOf(world), JSON.stringify({ ...old, mine: 1 }), { mode: 0o600 })
    },
    command: restoreOf(2),
    lostBefore: ["qa"],
  },
}

export const REST: Record<string, Scenario> = {
  "a restore where no file stands, after which a reply on disk finds its label": {
    accounts,
    prepare: async (world) => {
      await bothInUse(world)
      await world.json(`codex forget-home ${join(world.home, "logins", "qa")}`)
      await leaveReplyOnDisk(world, "qa")
      await rm(stateOf(world))
    },
    command: restoreOf(2),
  },
}
