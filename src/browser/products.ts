/** A browser of the Chrome family: where it keeps its profiles, and what starts it. */
export type Product = {
  name: string
  /** Below `~/Library/Application Support`. */
  mac: string | null
  /** The application's name for macOS's `open`. */
  macApp: string | null
  /** Below `$XDG_CONFIG_HOME` or `~/.config`. */
  linux: string | null
  /** Programs on PATH that start it on Linux, best first. */
  programs: readonly string[]
  flatpak: string | null
  snap: { name: string; path: string } | null
}

/** In the order in which they are looked for where nothing says which is meant. */
export const PRODUCTS: readonly Product[] = [
  {
    name: "Chrome",
    mac: "Google/Chrome",
    macApp: "Google Chrome",
    linux: "google-chrome",
    programs: ["google-chrome-stable", "google-chrome"],
    flatpak: "com.google.Chrome",
    snap: null,
  },
  {
    name: "Chrome Beta",
    mac: "Google/Chrome Beta",
    macApp: "Google Chrome Beta",
    linux: "google-chrome-beta",
    programs: ["google-chrome-beta"],
    flatpak: null,
    snap: null,
  },
  {
    name: "Chrome Canary",
    mac: "Google/Chrome Canary",
    macApp: "Google Chrome Canary",
    linux: "google-chrome-canary",
    programs: ["google-chrome-canary"],
    flatpak: null,
    snap: null,
  },
  {
    name: "Chromium",
    mac: "Chromium",
    macApp: "Chromium",
    linux: "chromium",
    programs: ["chromium", "chromium-browser"],
    flatpak: "org.chromium.Chromium",
    snap: { name: "chromium", path: "common/chromium" },
  },
  {
    name: "Brave",
    mac: "BraveSoftware/Brave-Browser",
    macApp: "Brave Browser",
    linux: "BraveSoftware/Brave-Browser",
    programs: ["brave-browser", "brave-browser-stable", "brave"],
    flatpak: "com.brave.Browser",
    snap: { name: "brave", path: "current/.config/BraveSoftware/Brave-Browser" },
  },
  {
    name: "Edge",
    mac: "Microsoft Edge",
    macApp: "Microsoft Edge",
    linux: "microsoft-edge",
    programs: ["microsoft-edge-stable", "microsoft-edge"],
    flatpak: "com.microsoft.Edge",
    snap: null,
  },
]

export type Platform = "linux" | "darwin"

/** Where one packaging of a product keeps its profiles, and the words that start it. */
export type Root = { product: string; dir: string; start: readonly (readonly string[])[] }

/** Every place where a profile may lie, in the order of {@link PRODUCTS}. `config` is XDG_CONFIG_HOME. */
export function profileRoots(platform: Platform, home: string, config: string | null): Root[] {
  return PRODUCTS.flatMap((product) =>
    platform === "darwin" ? macRoots(product, home) : linuxRoots(product, home, config),
  )
}

/** What starts an application on macOS, a new one beside those that run; its arguments follow. */
export function openApp(name: string): string[] {
  return ["open", "-n", "-a", name, "--args"]
}

function macRoots({ name, mac, macApp }: Product, home: string): Root[] {
  if (mac === null || macApp === null) return []
  const dir = `${home}/Library/Application Support/${mac}`
  return [{ product: name, dir, start: [openApp(macApp)] }]
}

function linuxRoots(product: Product, home: string, config: string | null): Root[] {
  const { name, linux, programs, flatpak, snap } = product
  const roots: Root[] = []
  if (linux === null) return roots
  const native = programs.map((program) => [program])
  roots.push({ product: name, dir: `${config ?? `${home}/.config`}/${linux}`, start: native })
  if (flatpak !== null) {
    const dir = `${home}/.var/app/${flatpak}/config/${linux}`
    roots.push({ product: `${name} (Flatpak)`, dir, start: [["flatpak", "run", flatpak]] })
  }
  if (snap !== null) {
    const dir = `${home}/snap/${snap.name}/${snap.path}`
    roots.push({ product: `${name} (Snap)`, dir, start: [[`/snap/bin/${snap.name}`]] })
  }
  return roots
}
