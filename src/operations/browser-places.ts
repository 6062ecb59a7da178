import { aimProfileDir } from "../browser/aim-profile.ts"
import type { Places } from "../browser/discover.ts"
import type { LaunchPlace } from "../browser/launch.ts"
import type { Label } from "../domain/label.ts"
import type { Pool } from "../pool/pool.ts"
import { clientHome } from "../system/homes.ts"
import { platform } from "../system/start-detached.ts"

/** Where browsers keep their profiles, for the homes of one command. */
export function browserPlaces({ homes }: Pool): Places {
  const config = homes.sandboxed ? null : (homes.env.XDG_CONFIG_HOME?.trim() ?? "")
  return {
    platform: platform(),
    home: homes.userHome,
    config: config === null || !config.startsWith("/") ? null : config,
    openclaw: clientHome(homes, "OPENCLAW_STATE_DIR", ".openclaw"),
  }
}

/** The same for opening a page for one label. */
export function launchPlace(pool: Pool, label: Label): LaunchPlace {
  const { platform: kind, home, config } = browserPlaces(pool)
  const aimProfile = aimProfileDir(pool.vault.paths.dir, label)
  return { platform: kind, home, config, aimProfile, env: pool.homes.env }
}
