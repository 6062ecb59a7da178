import type { CommandRow, GroupRow } from "./row.ts"

export const ACCOUNT_GROUP: GroupRow = {
  path: "account",
  summary: "the labels and the accounts behind them",
  example: "aim account list",
}

export const ACCOUNT: readonly CommandRow[] = [
  {
    path: "account list",
    summary: "list the labels",
    load: () => import("../commands/account-list.ts"),
  },
  {
    path: "account show",
    summary: "show one label in full",
    load: () => import("../commands/account-show.ts"),
  },
  {
    path: "account add",
    summary: "make a label that has no login yet",
    load: () => import("../commands/account-add.ts"),
  },
  {
    path: "account remove",
    summary: "remove a label and its login from aim",
    load: () => import("../commands/account-remove.ts"),
  },
  {
    path: "account rename",
    summary: "give a label another name",
    load: () => import("../commands/account-rename.ts"),
  },
  {
    path: "account enable",
    summary: "let a label be chosen again",
    load: () => import("../commands/account-enable.ts"),
  },
  {
    path: "account disable",
    summary: "take a label out of the choice",
    load: () => import("../commands/account-disable.ts"),
  },
  {
    path: "account expect",
    summary: "pin whose login a label must have",
    load: () => import("../commands/account-expect.ts"),
  },
]
