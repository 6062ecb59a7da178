import { openVault } from "../../src/vault/open.ts"

/** Another aim: holds a label's lease until its input ends (`bun lease-holder.ts <file> <label>`). */
const [file = "", label = ""] = process.argv.slice(2)
const vault = await openVault(file)
await vault.withLabels([{ provider: "openai-codex", label }], async () => {
  console.log("held")
  await Bun.stdin.text()
})
