'use strict';

const SQLiteService = require('@cap-js/sqlite');
const initSqlJs = require('sql.js');

/** Dataverse compares and sorts text without case; SQLite folds ASCII only, so this does it for all scripts. */
const fold = (text) => (typeof text === 'string' ? text.toLowerCase() : text);

/** What is to be contained is a pattern, as Dataverse takes it: `%` any text, `_` any character, `[…]` one of these. */
const holds = (text, part) => {
  if (typeof text !== 'string' || typeof part !== 'string') return 0;
  if (!/[%_[]/.test(part)) return Number(fold(text).includes(fold(part)));
  const pattern = part.replace(/\[(\^?)([^\]]+)\]|[%_]|[\\^$.*+?()[\]{}|]/g, (found, not, some) => {
    if (some !== undefined) return `[${not}${some.replace(/[\\[\]^]/g, String.raw`\$&`)}]`;
    if (found === '%') return '.*';
    return found === '_' ? '.' : `\\${found}`;
  });
  return Number(new RegExp(pattern, 'isu').test(text));
};

const isText = (element) => element?.type === 'cds.String' || element?.type === 'cds.LargeString';

const ORDER = new Set(['<', '<=', '>', '>=']);

class CQN2SQL extends SQLiteService.CQN2SQL {
  static Functions = {
    ...super.Functions,
    contains: (text, part) => `(holds(${text},${part}) > 0)`,
    startswith: (text, part) => `coalesce(instr(fold(${text}),fold(${part})) = 1,false)`,
    endswith: (text, part) =>
      `coalesce(substr(fold(${text}),length(${text}) + 1 - length(${part})) = fold(${part}),false)`,
  };

  /** What stands before or behind a text, it does in the order in which texts are listed. */
  xpr({ xpr }) {
    const compared = new Set();
    for (const [index, part] of xpr.entries()) {
      const sides = [index - 1, index + 1];
      const isOrder = ORDER.has(part) && sides.some((side) => isText(xpr[side]?.element));
      if (isOrder) for (const side of sides) compared.add(side);
    }
    const folded = (part) => ({ func: 'fold', args: [part] });
    return super.xpr({
      xpr: xpr.map((part, index) => (compared.has(index) ? folded(part) : part)),
    });
  }

  orderBy(orderBy, localized) {
    const plain = super.orderBy(orderBy, localized);
    return plain.map((sql, index) => {
      const { element, sort } = orderBy[index];
      return isText(element)
        ? `fold(${this.expr(orderBy[index])}) ${sort?.toLowerCase() === 'desc' ? 'DESC' : 'ASC'}`
        : sql;
    });
  }
}

module.exports = class extends SQLiteService {
  static CQN2SQL = CQN2SQL;

  /** What a database in memory begins with, as `takeContent` answers it; left out: nothing. */
  content = undefined;

  /** All that a database in memory holds. It is opened anew with that, since `export` takes its functions away. */
  async takeContent() {
    let connection;
    await this.tx(async (tx) => {
      await tx.run('SELECT 1');
      connection = tx.dbc;
    });
    this.content = connection.db.export();
    await this.disconnect();
    return this.content;
  }

  get factory() {
    const { create, ...rest } = super.factory;
    // The driver knows of no content: while it connects, a new database is one that has it.
    const createWith = async (content) => {
      const sql = await initSqlJs();
      const { Database } = sql;
      sql.Database = class extends Database {
        constructor() {
          super(content);
        }
      };
      try {
        return await create();
      } finally {
        sql.Database = Database;
      }
    };
    return {
      ...rest,
      create: async (tenant) => {
        const connection = await (this.content ? createWith(this.content) : create(tenant));
        connection.function('fold', { deterministic: true }, fold);
        connection.function('holds', { deterministic: true }, holds);
        return connection;
      },
    };
  }
};
