import type { InferOutput } from "valibot"
import type { StatusDocument } from "./schema/document.ts"

/** `aim status` as a value; what each name means stands in its schema. */
export type Status = InferOutput<typeof StatusDocument>
