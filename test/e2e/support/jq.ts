/**
 * The part of jq that the README's examples use, for machines without jq: `-r`, paths such as
 * `.a.b`, `.a[]`, and `select(.a == "b")`, joined by `|`. Reads stdin, writes stdout.
 */
const args = process.argv.slice(2).filter((word) => word !== "-r")
const filter = args[0] ?? "."
let values: unknown[] = [JSON.parse(await Bun.stdin.text())]
for (const stage of filter.split("|")) values = values.flatMap((value) => run(stage.trim(), value))
for (const value of values)
  console.log(typeof value === "string" ? value : JSON.stringify(value, null, 2))

export function run(stage: string, value: unknown): unknown[] {
  const select = /^select\((\S+) == (".*")\)$/.exec(stage)
  if (select === null) return path(stage, value)
  const [found] = path(select[1] ?? "", value)
  return found === JSON.parse(select[2] ?? "") ? [value] : []
}

function path(text: string, value: unknown): unknown[] {
  if (!/^(\.[A-Za-z_]\w*(\[\])?)+$/.test(text)) throw new Error(`jq.ts does not know ${text}`)
  const steps = [...text.matchAll(/\.(\w+)(\[\])?/g)]
  return steps.reduce<unknown[]>(
    (values, [, key = "", each]) => values.flatMap((from) => member(from, key, each !== undefined)),
    [value],
  )
}

function member(value: unknown, key: string, each: boolean): unknown[] {
  if (typeof value !== "object" || value === null) throw new Error(`jq.ts: no .${key} of ${value}`)
  const found = (value as Record<string, unknown>)[key]
  if (!each) return [found]
  if (!Array.isArray(found)) throw new Error(`jq.ts: .${key} is no list`)
  return found
}
