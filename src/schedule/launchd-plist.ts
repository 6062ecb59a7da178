import type { Job, WrittenJob } from "./job.ts"
import { launchdLabel } from "./names.ts"

/** A stopped tick waits for the reply to its POST; launchd's own limit is 20 s. */
const EXIT_SECONDS = 90
/** 0077: launchd wants it as a decimal number. */
const UMASK = 0o077

type Value = string | number | boolean | readonly string[] | { [name: string]: string }

/**
 * One tick and when it is due. The receipt that a tick prints stands in the ledger too, and nobody
 * rotates launchd's files: only complaints are kept.
 */
export function plistText(job: Job): string {
  const { owner } = job
  const members: Record<string, Value> = {
    Label: launchdLabel(job.target),
    ...(owner !== null && { UserName: owner.user, GroupName: owner.group }),
    ProgramArguments: job.argv,
    EnvironmentVariables: { ...job.environment },
    WorkingDirectory: "/",
    StartInterval: job.everySeconds,
    RunAtLoad: true,
    ProcessType: "Background",
    ExitTimeOut: EXIT_SECONDS,
    Umask: UMASK,
    StandardOutPath: "/dev/null",
    StandardErrorPath: job.logFile,
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    ...dict(members, ""),
    "</plist>",
    "",
  ].join("\n")
}

/** What a plist of {@link plistText} says; null for one that starts nothing. */
export function readPlist(text: string): WrittenJob | null {
  const argv = stringsIn(part(text, "ProgramArguments", "array"))
  if (argv.length === 0) return null
  const body = part(text, "EnvironmentVariables", "dict")
  const names = [...body.matchAll(/<key>([^<]*)<\/key>/g)].map(([, name = ""]) => unescapeXml(name))
  const every = Number(part(text, "StartInterval", "integer"))
  return {
    argv,
    environment: Object.fromEntries(
      stringsIn(body).map((value, at) => [names[at] ?? "", value] as const),
    ),
    everySeconds: every > 0 ? every : null,
    logFile: stringsIn(after(text, "StandardErrorPath"))[0] ?? null,
  }
}

function dict(members: Readonly<Record<string, Value>>, indent: string): string[] {
  const inner = `${indent}  `
  const lines = Object.entries(members).flatMap(([name, value]) => [
    `${inner}<key>${escapeXml(name)}</key>`,
    ...element(value, inner),
  ])
  return [`${indent}<dict>`, ...lines, `${indent}</dict>`]
}

function element(value: Value, indent: string): string[] {
  if (typeof value === "string") return [`${indent}<string>${escapeXml(value)}</string>`]
  if (typeof value === "number") return [`${indent}<integer>${value}</integer>`]
  if (typeof value === "boolean") return [`${indent}<${value}/>`]
  if (!isList(value)) return dict(value, indent)
  return [
    `${indent}<array>`,
    ...value.flatMap((item) => element(item, `${indent}  `)),
    `${indent}</array>`,
  ]
}

function isList(value: readonly string[] | { [name: string]: string }): value is readonly string[] {
  return Array.isArray(value)
}

function part(text: string, key: string, kind: string): string {
  const found = new RegExp(`<key>${key}</key>\\s*<${kind}>([\\s\\S]*?)</${kind}>`).exec(text)
  return found?.[1] ?? ""
}

function after(text: string, key: string): string {
  return text.split(`<key>${key}</key>`)[1] ?? ""
}

function stringsIn(text: string): string[] {
  return [...text.matchAll(/<string>([^<]*)<\/string>/g)].map(([, value = ""]) =>
    unescapeXml(value),
  )
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}

function unescapeXml(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")
}
