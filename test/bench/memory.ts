/** Starts a program a few times and prints the most memory that it took, in MB. See measure.ts. */
const most = Array.from({ length: 3 }, () =>
  Bun.spawnSync(process.argv.slice(2), { stdin: "ignore", stderr: "ignore" }),
).map(({ resourceUsage }) => resourceUsage?.maxRSS ?? 0)
// A little more than now: what it had at most.
const own = process.memoryUsage.rss() * 1.05
const bytes = Math.min(...most)
process.stdout.write(`${bytes <= own ? "under " : ""}${Math.round(Math.max(bytes, own) / 1e6)}`)
