// Runs queries on the ledger's database with sql.js: in a worker, so that one without end can be stopped, or on the page
// where there is no worker. Each query gets a fresh copy of the data: what it changes is gone after it.
"use strict";

self.policyQuery = (() => {
  const MOST = 100_000; // rows that are taken
  const TABLES = `SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite%' ORDER BY t.rowid, c.cid`; // in the order of the data page
  const PAGES = `SELECT id, 'policies/' || id || '/' FROM policies UNION ALL SELECT id, 'policies/' || id || '/' FROM measures
    UNION ALL SELECT id, 'departments/' || id || '/' FROM departments`;

  let engine = null;
  let data = null;

  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

  // A name as it must stand in a query: quoted, where SQLite would read it as something else.
  function written(database, table, column) {
    try {
      database.prepare(`SELECT ${column}, count(*) FROM "${table}" WHERE ${column} IS NULL GROUP BY ${column} ORDER BY ${column} DESC`).free();
      return column;
    } catch {
      return `"${column}"`;
    }
  }

  // {tables: {table: {column: column as it stands in a query}}, pages: {id: address}}
  async function open() {
    engine = await initSqlJs({ wasmBinary: bytes(self.policyLedger_wasm) });
    data = bytes(self.policyLedger_database);
    self.policyLedger_wasm = self.policyLedger_database = ""; // megabytes that nobody needs again
    const database = new engine.Database(data);
    const tables = {};
    for (const [table, column] of database.exec(TABLES)[0].values) (tables[table] ??= {})[column] = written(database, table, column);
    const pages = Object.fromEntries(database.exec(PAGES)[0].values);
    database.close();
    return { tables, pages };
  }

  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // Where in the query a message of SQLite points: it tells the word, but sql.js does not tell the place.
  function place(database, sql, rest, message) {
    const start = sql.length - rest.length;
    if (message === "incomplete input") return { at: sql.length, length: 0 };
    const [, near] = message.match(/^near "([\s\S]*)": syntax error$/) ?? [];
    const [, named] = message.match(/^(?:no such \w+:|ambiguous column name:|unrecognized token:|misuse of aggregate:?(?: function)?) "?([^\s"(]+)/) ?? [];
    const word = near ?? named;
    if (!word) return {};
    const edge = /[\w$\u0080-\uffff]/.test(word.at(-1)) ? "(?![\\w$\\u0080-\\uffff])" : "";
    for (const { index } of rest.matchAll(new RegExp(escaped(word) + edge, "g"))) {
      const found = { at: start + index, length: word.length };
      if (!near) return found;
      // The first place where SQLite gives up is the one where it gives up although nothing follows.
      try {
        database.prepare(rest.slice(0, index + word.length)).free();
      } catch (error) {
        if (error.message === message) return found;
      }
    }
    return {};
  }

  // {columns, rows, cut, milliseconds} of the last statement that has columns (none: columns is empty), or
  // {fault: message of SQLite, at, length: its place in the query, where it is known}.
  function run(sql) {
    const database = new engine.Database(data);
    const begun = performance.now();
    const statements = database.iterateStatements(sql);
    let answer = { columns: [], rows: [], cut: false };
    try {
      for (const statement of statements) {
        const columns = statement.getColumnNames();
        const rows = [];
        let cut = false;
        while (statement.step()) {
          cut = rows.length === MOST;
          if (cut) break;
          rows.push(statement.get(null, { useBigInt: true }));
        }
        if (columns.length) answer = { columns, rows, cut };
      }
      return { ...answer, milliseconds: performance.now() - begun };
    } catch (error) {
      return { fault: error.message, ...place(database, sql, statements.getRemainingSQL(), error.message) };
    } finally {
      database.close();
    }
  }

  return { open, run };
})();

if (typeof importScripts === "function") {
  onmessage = async ({ data: { files, sql } }) => {
    try {
      if (files) importScripts(...files);
      postMessage(files ? await policyQuery.open() : policyQuery.run(sql));
    } catch (error) {
      postMessage({ failed: String(error) });
    }
  };
}
