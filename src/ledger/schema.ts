import type { Database } from "bun:sqlite"

/**
 * One entry a version, applied in order and never edited once released. Times are epoch ms.
 * `sample` and `last_reading` are clustered by the key they are asked for.
 */
const MIGRATIONS = [
  `
  create table last_reading (
    provider text not null, label text not null, observed_at integer not null,
    reading text not null,
    primary key (provider, label)
  ) strict, without rowid;

  create table sample (
    provider text not null, observed_at integer not null, label text not null,
    active integer not null, plan text,
    five_used real, five_reset_at integer, week_used real, week_reset_at integer,
    readings integer, five_mean real, week_mean real,
    primary key (provider, observed_at, label)
  ) strict, without rowid;

  create table probe (
    provider text not null, label text not null,
    last_attempt_at integer, last_success_at integer, last_outcome text, last_detail text,
    retry_after_until integer, consecutive_failures integer not null,
    last_refresh_at integer, last_quota_hit_at integer,
    primary key (provider, label)
  ) strict, without rowid;

  create table cooldown (
    provider text not null, label text not null, until integer not null, reason text not null,
    primary key (provider, label)
  ) strict, without rowid;

  create table receipt (
    id integer primary key autoincrement, at integer not null,
    action text not null, status text not null, target text, label text, body text not null
  ) strict;
  create index receipt_by_time on receipt (at);
  create index receipt_by_action on receipt (action, at);
  create index receipt_by_target on receipt (target, at);
  create index receipt_by_label on receipt (label, at);

  create table history (
    id integer primary key, provider text not null, at integer not null,
    content text not null, body text not null
  ) strict;
  create index history_by_time on history (provider, at);
  create unique index history_by_content on history (provider, content);

  create table sighting (
    store text not null primary key, pair_hash text not null,
    since integer not null, seen_at integer not null
  ) strict, without rowid;

  create table mark (name text not null primary key, at integer not null) strict, without rowid;
  `,
  `
  create table digest (
    name text not null primary key, print text not null, body text not null
  ) strict, without rowid;
  `,
  `
  create table run (
    receipt integer primary key, action text not null, decision text not null,
    first_at integer not null, count integer not null, last text not null
  ) strict;
  create index run_by_action on run (action, receipt);
  create trigger run_without_receipt after delete on receipt
  begin delete from run where receipt = old.id; end;

  create table note (name text not null primary key, body text not null) strict, without rowid;
  `,
]

export const SCHEMA_VERSION = MIGRATIONS.length

/** "aim1": what tells a ledger from any other database that counts its versions. */
const APPLICATION_ID = 0x61696d31

/** The file was written by a newer aim: it is left alone. */
export class NewerSchema extends Error {
  override readonly name = "NewerSchema"
}

/** The file is a sound database, but not a ledger. */
export class ForeignDatabase extends Error {
  override readonly name = "ForeignDatabase"
}

/** Brings an open database to {@link SCHEMA_VERSION}; nothing but its header is read when it is. */
export function migrate(database: Database): void {
  if (schemaVersion(database) === SCHEMA_VERSION) return
  database.run("begin immediate")
  try {
    // Read again under the lock: another process may have done it in between.
    const version = schemaVersion(database)
    if (version === 0) refuseForeign(database)
    for (const migration of MIGRATIONS.slice(version)) database.run(migration)
    database.run(`pragma application_id = ${APPLICATION_ID}`)
    database.run(`pragma user_version = ${SCHEMA_VERSION}`)
    database.run("commit")
  } catch (error) {
    if (database.inTransaction) database.run("rollback")
    throw error
  }
}

/** The version of a ledger, 0 for an empty file. */
export function schemaVersion(database: Database): number {
  const version = Number(firstValue(database, "pragma user_version"))
  if (version > SCHEMA_VERSION) throw new NewerSchema(`schema ${version}`)
  const ours = version === 0 || firstValue(database, "pragma application_id") === APPLICATION_ID
  if (version < 0 || !ours) throw new ForeignDatabase(`schema ${version}`)
  return version
}

/** A ledger has a version as soon as it has a table. */
function refuseForeign(database: Database): void {
  if (firstValue(database, "select 1 from sqlite_schema limit 1") !== null)
    throw new ForeignDatabase("tables without a version")
}

/** The first column of a statement's first row; null when there is none. */
export function firstValue(database: Database, text: string): unknown {
  const statement = database.prepare<Record<string, unknown>, []>(text)
  try {
    return Object.values(statement.get() ?? {})[0] ?? null
  } finally {
    statement.finalize()
  }
}
