import { type Finding, findingOf } from "../../domain/receipt.ts"
import type { Owner } from "../../schedule/job.ts"
import type { Machine } from "../../schedule/machine.ts"
import type { Homes } from "../../system/homes.ts"
import { ownerOf, userName } from "../../system/machine.ts"

/** Whose the home is that a watch works on, by its folder; one that is not there is one's own. */
export type HomeOwner = { uid: number; isOwn: boolean; name: string }

/** To whom the user home belongs, and whether that is the one who runs this aim. */
export function homeOwner(homes: Homes, { uid }: Machine): HomeOwner {
  const owner = ownerOf(homes.userHome) ?? uid
  return { uid: owner, isOwn: owner === uid, name: userName() ?? String(uid) }
}

/** The names for a system unit, which may act as anybody; ids where the machine has no names. */
export async function ownerOfUnit(machine: Machine, { uid }: HomeOwner): Promise<Owner> {
  const name = async (flag: string) => {
    const { code, stdout } = await machine.run(["id", flag, String(uid)])
    const told = stdout.trim()
    return code === 0 && /^[\w][\w.-]*$/.test(told) ? told : String(uid)
  }
  return { user: await name("-un"), group: await name("-gn") }
}

/** Who types `sudo aim …` means his own home, and gets root's. */
export function ownerFindings(owner: Owner | null): Finding[] {
  if (owner === null || owner.user !== "root") return []
  return [
    findingOf({
      code: "watch_runs_as_root",
      message: "the watch runs as root, on a home of root's",
      hint: "if that is not meant, run this as yourself: sudo is asked for where it is needed",
    }),
  ]
}
