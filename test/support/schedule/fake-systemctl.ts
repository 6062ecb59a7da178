import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type FakeState, logCall, openFake } from "./fake-state.ts"
import { commandOf } from "./unit-parser.ts"

const [dir = "", ...words] = process.argv.slice(2)
const { state, save } = openFake(dir)
const scope = words[0] === "--user" ? "user" : "system"
const [verb = "", ...rest] = words.filter((word) => word !== "--user")
const units = rest.filter((word) => !word.startsWith("--")).map((unit) => `${scope}/${unit}`)
if (verb !== "show" && verb !== "list-timers") logCall(dir, ["systemctl", ...words])
process.exitCode = state.answers[scope] ? call() : 1

function call(): number {
  switch (verb) {
    case "show":
      return show()
    case "list-timers":
      return listTimers()
    case "daemon-reload":
      return reload()
    case "enable":
      return known(() => add(state.enabled, units))
    case "restart":
      return known(() => add(state.active, units))
    case "start":
      return known(() => {}) || tick(units[0] ?? "")
    case "disable":
    case "stop":
      return known(() => {
        state.active = state.active.filter((unit) => !units.includes(unit))
        if (verb === "disable")
          state.enabled = state.enabled.filter((unit) => !units.includes(unit))
      })
    case "reset-failed":
      return 0
    default:
      throw new Error(`the stand-in does not know: systemctl ${words.join(" ")}`)
  }
}

/** systemd knows only what it has read. */
function known(change: () => void): number {
  if (!units.every((unit) => unit in state.loaded)) return 5
  change()
  save()
  return 0
}

function add(list: string[], more: string[]): void {
  list.push(...more.filter((unit) => !list.includes(unit)))
}

function reload(): number {
  state.loaded = {}
  for (const each of ["user", "system"] as const) readFolder(each)
  save()
  return 0
}

function readFolder(each: keyof FakeState["folders"]): void {
  const folder = state.folders[each]
  const names = (() => {
    try {
      return readdirSync(folder)
    } catch {
      return []
    }
  })()
  for (const name of names.filter((file) => /\.(service|timer)$/.test(file)))
    state.loaded[`${each}/${name}`] = readFileSync(join(folder, name), "utf8")
}

function show(): number {
  const all = units.map((unit) =>
    [
      `Result=${state.results[unit] ?? "success"}`,
      `ActiveState=${state.active.includes(unit) ? "active" : "inactive"}`,
      `UnitFileState=${state.enabled.includes(unit) ? "enabled" : "disabled"}`,
    ].join("\n"),
  )
  process.stdout.write(units.length === 0 ? "Version=252\n" : `${all.join("\n\n")}\n`)
  return 0
}

function listTimers(): number {
  const rows = units
    .filter((unit) => state.active.includes(unit))
    .map((unit) => ({
      next: (Date.now() + 240_000) * 1000,
      left: 0,
      last: (state.lastAt[unit.replace(".timer", ".service")] ?? 0) * 1000,
      unit: unit.split("/")[1],
    }))
  process.stdout.write(`${JSON.stringify(rows)}\n`)
  return 0
}

/** Runs what the unit starts, with nothing but the unit's own environment. */
function tick(unit: string): number {
  const { argv, env, cwd } = commandOf(state.loaded[unit] ?? "")
  const code = state.ticks
    ? Bun.spawnSync(argv, { env, cwd, stdout: "ignore", stderr: "ignore" }).exitCode
    : state.tickCode
  state.results[unit] = code === 0 ? "success" : "exit-code"
  state.lastAt[unit] = Date.now()
  save()
  return code === 0 ? 0 : 1
}
