import { expect, test } from "bun:test"
import { readTable, runningProcesses, startedBy } from "../../src/system/process-table.ts"

test("a program is found with its words and who started it", async () => {
  const child = Bun.spawn(["sh", "-c", "sleep 30 & wait", "--user-data-dir=/a b"])
  const found = async () => {
    const all = await runningProcesses()
    return { own: all.find(({ pid }) => pid === child.pid), below: startedBy(child.pid, all) }
  }
  let { own, below } = await found()
  // Between fork and exec the child still bears its parent's words.
  while (below[0]?.argv[0] !== "sleep") ({ own, below } = await found())
  expect(own).toMatchObject({ parent: process.pid })
  expect(own?.argv.at(-1)).toBe("--user-data-dir=/a b")
  expect(below).toMatchObject([{ parent: child.pid, argv: ["sleep", "30"] }])
  process.kill(below[0]?.pid ?? 0)
  await child.exited
  expect((await found()).own).toBeUndefined()
})

test("those of those that a program started are its own as well, others are not", () => {
  const one = (pid: number, parent: number) => ({ pid, parent, argv: ["x"] })
  const all = [one(4, 3), one(2, 1), one(3, 2), one(9, 8), one(8, 9)]
  expect(startedBy(1, all).map(({ pid }) => pid)).toEqual([2, 3, 4])
  expect(startedBy(8, all).map(({ pid }) => pid)).toEqual([9, 8])
  expect(startedBy(7, all)).toEqual([])
})

test("what macOS's ps prints keeps a path with spaces whole", () => {
  const text = `    1     0 /sbin/launchd
  501     1 /opt/agent-browser-darwin-arm64
  777   501 /Applications/Google Chrome.app/Contents/MacOS/Google Chrome --user-data-dir=/Users/me/a b --no-first-run

 junk`
  expect(readTable(text)).toEqual([
    { pid: 1, parent: 0, argv: ["/sbin/launchd"] },
    { pid: 501, parent: 1, argv: ["/opt/agent-browser-darwin-arm64"] },
    {
      pid: 777,
      parent: 501,
      argv: [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "--user-data-dir=/Users/me/a b",
        "--no-first-run",
      ],
    },
  ])
})
