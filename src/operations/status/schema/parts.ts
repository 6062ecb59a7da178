import * as v from "valibot"
import { anyObject, said } from "../../../domain/schema-parts.ts"

export const storedReceipt = said(
  v.nullable(anyObject),
  "as it is stored; what looks like a token is not shown",
)
export const unsupported = said(v.literal(true), "no file of this client is read or written yet")
