import type { Label } from "../domain/label.ts"
import type { LabelView } from "../operations/label-view.ts"
import type { Panel } from "./panel.ts"

/**
 * What a chosen entry does, told by the view that the person saw. Gives the label to go on with; a
 * problem is thrown, and the panel shows it.
 */
export type Action = (panel: Panel, view: LabelView) => Promise<Label>
