import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import {
  type DialectAdapter,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from 'kysely'

/** Node's built-in SQLite in the shape Kysely's SQLite dialect asks for. */
class NodeSqlite implements SqliteDatabase {
  readonly #database: DatabaseSync

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: 5_000 })
    // FULL, not NORMAL: what was acknowledged has to survive a power cut, not only a killed process.
    this.#database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;',
    )
  }

  prepare(sql: string): SqliteStatement {
    // After some errors, a full disk among them, SQLite has rolled back by itself; told to do it again it would fail
    // with an error that hides the first.
    if (sql === 'rollback' && !this.#database.isTransaction) return nothing
    const statement = this.#database.prepare(sql)
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...values(parameters)),
      run: (parameters) => statement.run(...values(parameters)),
      iterate: (parameters) => statement.iterate(...values(parameters)),
    }
  }

  close(): void {
    this.#database.close()
  }
}

const nothing: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
}

function values(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'bigint' ||
      value instanceof Uint8Array
    ) {
      return value
    }
    throw new TypeError(`SQLite can't hold a ${typeof value}`)
  })
}

/** SQLite can undo changes of tables as well; Kysely doesn't count on it, and a kill would leave half a migration. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class NodeSqliteDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter()
  }
}

/** @throws when the file can't be opened or written */
export function nodeSqliteDialect(file: string): SqliteDialect {
  return new NodeSqliteDialect({ database: new NodeSqlite(file) })
}
