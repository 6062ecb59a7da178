import { expect, test } from "bun:test"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { tempHome } from "./support/temp-home.ts"

const RUN = join(import.meta.dir, "../bench/run.mjs")

test("the bench measures what it promises, and clears up after itself", async () => {
  await using temp = await tempHome()
  const child = Bun.spawn(["node", RUN], {
    env: {
      ...process.env,
      TMPDIR: temp.path,
      AIM_BENCH_ROWS: "3000",
      AIM_BENCH_TICKS: "600",
      AIM_BENCH_ROUNDS: "1",
    },
    stdin: "ignore",
    stderr: "pipe",
  })
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()])
  expect({ code: await child.exited, err }).toEqual({ code: 0, err: "" })
  const number = String.raw`\d+\.\d`
  for (const name of [
    "an empty program, compiled by Bun",
    "`node -e 0`",
    "`aim --version`",
    "`aim status`, empty home",
    "`aim status --cached`, 30 labels, empty ledger",
    "`aim status --cached`, 30 labels, a year",
    "`aim status --cached`, 30 labels, a year of ticks",
    "`aim status --cached`, the year rolled up",
    "`aim codex use`, 30 labels, nothing to do",
    "`aim codex watch --once`, 30 labels, nothing to do",
  ])
    expect(out).toMatch(
      new RegExp(
        String.raw`^\| ${name} \| ${number} \| ${number} \| x${number} \| ${number} \| (under )?\d+ \|`,
        "m",
      ),
    )
  expect(out).toContain("3,000 rows of usage and 600 ticks")
  expect(out).toMatch(/^the ledger after the ticks: [\d,]+ KB$/m)
  expect(out).toMatch(/^\| with it, \d+ commands until the year is rolled up \|/m)
  expect(await readdir(temp.path)).toEqual([])
})
