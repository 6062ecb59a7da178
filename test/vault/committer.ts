import { patchAccount } from "../../src/domain/document-edits.ts"
import { openVault } from "../../src/vault/open.ts"

/**
 * A process that adds 1 to a count in the vault, `times` times, and says each sum after its
 * commit: `bun committer.ts <state file> <label> <times>`. Every commit makes a backup.
 */
const [file = "", label = "", times = "0"] = process.argv.slice(2)
const vault = await openVault(file)
for (let n = 0; n < Number(times); n++) {
  const { document } = await vault.commit((fresh) => {
    const both = patchAccount(fresh, "shared", { n: Number(fresh.accounts.shared?.n ?? 0) + 1 })
    return patchAccount(both, label, { n: Number(both.accounts[label]?.n ?? 0) + 1 })
  })
  console.log(String(document.accounts.shared?.n))
}
