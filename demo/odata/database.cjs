'use strict';

const SQLiteService = require('@cap-js/sqlite');

/** Dataverse compares and sorts text without case; SQLite folds ASCII only, so this does it for all scripts. */
const fold = (text) => (typeof text === 'string' ? text.toLowerCase() : text);

const isText = (element) => element?.type === 'cds.String' || element?.type === 'cds.LargeString';

class CQN2SQL extends SQLiteService.CQN2SQL {
  static Functions = {
    ...super.Functions,
    contains: (text, part) => `(ifnull(instr(fold(${text}),fold(${part})),0) > 0)`,
    startswith: (text, part) => `coalesce(instr(fold(${text}),fold(${part})) = 1,false)`,
    endswith: (text, part) =>
      `coalesce(substr(fold(${text}),length(${text}) + 1 - length(${part})) = fold(${part}),false)`,
  };

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

  get factory() {
    const { create, ...rest } = super.factory;
    return {
      ...rest,
      create: async (tenant) => {
        const connection = await create(tenant);
        connection.function('fold', { deterministic: true }, fold);
        return connection;
      },
    };
  }
};
