import { expect, test } from "bun:test"
import { watchedState } from "../../src/schedule/watched-state.ts"

const unit = (argv: string[], environment: Record<string, string> = {}) => ({
  argv,
  environment,
  everySeconds: 300,
  logFile: null,
})

test.each([
  [["aim"], { HOME: "/nowhere/a" }, "/nowhere/a/.aimgr/secrets.json"],
  [["aim"], { HOME: "/nowhere/a", AIM_HOME: "/nowhere/b" }, "/nowhere/b/.aimgr/secrets.json"],
  [["aim", "--home", "/nowhere/c"], { HOME: "/nowhere/a" }, "/nowhere/c/.aimgr/secrets.json"],
  [["aim", "--state", "/nowhere/s.json"], { HOME: "/nowhere/a" }, "/nowhere/s.json"],
  [["aim"], {}, null],
] as [string[], Record<string, string>, string | null][])(
  "%p in %p watches %p",
  (argv, env, state) => {
    expect(watchedState(unit(argv, env))).toBe(state)
  },
)
