import { expect, test } from "bun:test"
import { join } from "node:path"
import { ROOT } from "./support/installer.ts"

type Step = { run?: string; uses?: string; env?: Record<string, string> }
type Job = {
  needs?: string | string[]
  permissions?: Record<string, string>
  steps: Step[]
}
type Workflow = { permissions: Record<string, string>; jobs: Record<string, Job> }

const text = await Bun.file(join(ROOT, ".github/workflows/release.yml")).text()
const workflow = Bun.YAML.parse(text) as Workflow
const { scripts } = await Bun.file(join(ROOT, "package.json")).json()
const commands = Object.values(workflow.jobs).flatMap(({ steps }) =>
  steps.flatMap((step) => step.run ?? []),
)

test("the workflow runs scripts that the project has: its tests and its release", () => {
  const used = commands.flatMap((line) => line.match(/^npm (?:run )?([\w:]+)/)?.[1] ?? [])
  expect(used).toEqual(["test", "release"])
  for (const script of used) expect(Object.keys(scripts)).toContain(script)
})

test("it publishes only what passed every other job", () => {
  const { publish, ...others } = workflow.jobs
  expect([publish?.needs].flat().toSorted()).toEqual(Object.keys(others).toSorted())
  expect(workflow.permissions).toEqual({ contents: "read" })
  for (const job of Object.values(others)) expect(job.permissions).toBeUndefined()
})

test("it names no host: what it needs, it asks of the place that runs it", () => {
  expect(text).not.toMatch(/:\/\/|\b[\w-]+\.(com|org|io|dev|net|sh)\b(?<!\binstall\.sh)/)
})
