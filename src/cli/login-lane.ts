import { failUsage } from "../system/errors.ts"

/** How somebody logs in, by the flags, of which at most one may stand; null without any. */
export function laneOf(
  device = false,
  browser = false,
  manual = false,
): "device" | "browser" | "manual" | null {
  const given = [device && "--device-code", browser && "--browser", manual && "--manual"]
  const flags = given.filter((flag) => flag !== false)
  if (flags.length > 1)
    failUsage("conflicting_flags", `\`${flags.join("` and `")}\` exclude each other`, "choose one")
  if (device) return "device"
  if (manual) return "manual"
  return browser ? "browser" : null
}
