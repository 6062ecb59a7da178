/** The name of a target's systemd units, without their endings. */
export function unitName(target: string): string {
  return `aim-watch-${target}`
}

export function serviceName(target: string): string {
  return `${unitName(target)}.service`
}

export function timerName(target: string): string {
  return `${unitName(target)}.timer`
}

/** The name by which launchd knows a target's job. */
export function launchdLabel(target: string): string {
  return `dev.aim.watch.${target}`
}

/** What the reference program calls the same (aimgr 4404b27, scripts/install-*-watch.sh). */
export function formerUnitName(target: string): string {
  return `aim-${target}-watch`
}

export function formerLaunchdLabel(target: string): string {
  return `com.funcountry.agents_host.aim_${target}_watch`
}
