import type { BrowserBinding } from "../domain/browser/binding.ts"
import { isWithin } from "../system/real-path.ts"
import { startDetached } from "../system/start-detached.ts"
import { type AgentLaunched, agentLine, openByAgent } from "./agent-launch.ts"
import { openApp, type Platform, PRODUCTS, profileRoots } from "./products.ts"

/** Where a page is to be opened: the folders of one machine, and of one label. */
export type LaunchPlace = {
  platform: Platform
  home: string
  config: string | null
  /** The label's own profile, for `aim-profile`. */
  aimProfile: string
  /** Where agent-browser's daemons have their files. */
  agentDir: string
  env: Readonly<Record<string, string | undefined>>
}

/** What opening came to; `tried` names the programs that are not there. */
export type Launched = AgentLaunched

/** macOS's `open` ends with 1 where it finds no such application. */
const NO_APP = 1
const APP_AT = openApp("").indexOf("")
/** Long enough for a browser that can't start to say so. */
const SETTLE_MS = 1_500

/** The command lines that open `url` in exactly the bound profile, best first; none is run here. */
export function launchLines(binding: BrowserBinding, url: string, place: LaunchPlace): string[][] {
  const { platform, home, config } = place
  if (binding.mode === "agent-browser") {
    const { agentBrowserSession: session, agentBrowserProfile: profile } = binding
    if (session === null || profile === null) return []
    return [agentLine(session, profile, url)]
  }
  const dir = binding.mode === "aim-profile" ? place.aimProfile : binding.userDataDir
  if (dir === null) return []
  const inner = binding.profileDirectory
  const flags = [
    `--user-data-dir=${dir}`,
    ...(inner === null ? [] : [`--profile-directory=${inner}`]),
    "--no-first-run",
    url,
  ]
  const roots = profileRoots(platform, home, config)
  const owner = roots.find((root) => isWithin(root.dir, dir))
  const starts = owner === undefined ? anyBrowser(platform) : owner.start
  return starts.map((start) => [...start, ...flags])
}

/** A folder of nobody's: any browser of the family may open it, always the same one first. */
function anyBrowser(platform: Platform): string[][] {
  if (platform === "darwin")
    return PRODUCTS.flatMap(({ macApp }) => (macApp === null ? [] : [openApp(macApp)]))
  return PRODUCTS.flatMap(({ programs }) => programs.map((program) => [program]))
}

/** Opens a page in the bound browser; the browser lives on without aim. */
export async function openPage(
  binding: BrowserBinding,
  url: string,
  place: LaunchPlace,
): Promise<Launched> {
  const { agentBrowserSession: session, agentBrowserProfile: profile } = binding
  if (binding.mode === "agent-browser" && session !== null && profile !== null)
    return openByAgent(url, { ...place, session, profile, dir: place.agentDir })
  const lines = launchLines(binding, url, place)
  const tried: string[] = []
  for (const argv of lines) {
    const [program = ""] = argv
    const started = await startDetached(argv, {
      env: place.env,
      cwd: place.home,
      settleMs: SETTLE_MS,
    })
    if (started.kind === "missing") tried.push(program)
    else if (program === "open" && started.code === NO_APP) tried.push(argv[APP_AT] ?? program)
    else if (started.code !== null && started.code !== 0)
      return { kind: "failed", program, code: started.code }
    else return { kind: "opened", argv }
  }
  return { kind: "no_browser", tried }
}
