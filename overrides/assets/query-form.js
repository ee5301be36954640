// Choosing instead of writing: a form that writes the query, so that people can learn from it.
"use strict";

const policyQueryForm = (() => {
  const NUMBERS = ["integer", "number"];
  const WITHOUT_VALUE = ["empty", "filled"];
  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

  // How each relation stands in a query, of a column, a value as a literal, and the value as typed.
  const RELATIONS = {
    // In a LIKE, % and _ stand for other characters.
    contains: (column, value, typed) => (/[%_]/.test(typed) ? `instr(${column}, ${quoted(typed)}) > 0` : `${column} LIKE ${quoted("%" + typed + "%")}`),
    lacks: (column, value, typed) => `(${column} IS NULL OR instr(${column}, ${quoted(typed)}) = 0)`,
    equals: (column, value) => `${column} = ${value}`,
    differs: (column, value) => `${column} IS NOT ${value}`,
    before: (column, value) => `${column} < ${value}`,
    // What lies within a year or a month is not after it.
    after: (column, value, typed) => (/^\d{4}(-\d{2})?$/.test(typed) && value !== typed ? `substr(${column}, 1, ${typed.length}) > ${value}` : `${column} > ${value}`),
    empty: (column) => `${column} IS NULL`,
    filled: (column) => `${column} IS NOT NULL`,
  };

  function option(value, text) {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = text;
    return made;
  }

  // `tables`: as in query-worker.js; labelOf(table, column) → what people read; headOf(table, column) → the column's short
  // name, another for each column of a table; typeOf(table, column) → a key of TYPES in scripts/tables; write(sql) runs
  // what the form says.
  function open(form, { tables, labelOf, headOf, typeOf }, write) {
    const { table, count, sort, order } = form.elements;
    const columns = form.querySelector("[data-columns]");
    const conditions = form.querySelector("[data-conditions]");
    const pattern = conditions.querySelector("[data-condition]");
    const add = form.querySelector("[data-add]");
    pattern.remove();

    const inQuery = (column) => tables[table.value][column];
    const options = () => Object.keys(tables[table.value]).map((column) => option(column, labelOf(table.value, column)));
    const named = (column) => `${inQuery(column)} AS "${headOf(table.value, column).replaceAll('"', '""')}"`;
    const given = () => [...conditions.querySelectorAll("[data-condition]")];

    function offerColumns() {
      const boxes = Object.keys(tables[table.value]).map((column) => {
        const label = document.createElement("label");
        const box = document.createElement("input");
        box.type = "checkbox";
        box.name = "column";
        box.value = column;
        label.append(box, ` ${labelOf(table.value, column)}`);
        return label;
      });
      columns.replaceChildren(...boxes);
      count.replaceChildren(option("", "不计数，列出各行"), ...options());
      for (const condition of given()) condition.remove();
      offerSorts();
    }

    function offerSorts() {
      const counted = () => [option("#", "行数"), option(count.value, labelOf(table.value, count.value))];
      sort.replaceChildren(...(count.value ? counted() : [option("", "不排序"), ...options()]));
      order.value = count.value ? "DESC" : "";
    }

    function addCondition() {
      const condition = pattern.cloneNode(true);
      const [column, relation, value] = condition.querySelectorAll("select, input");
      column.replaceChildren(...options());
      relation.addEventListener("change", () => (value.closest("label").hidden = WITHOUT_VALUE.includes(relation.value)));
      condition.querySelector("button").addEventListener("click", () => {
        condition.remove();
        add.focus();
      });
      add.before(condition);
      column.focus();
    }

    function clause(condition) {
      const [column, relation, value] = [...condition.querySelectorAll("select, input")].map((field) => field.value.trim());
      if (!value && !WITHOUT_VALUE.includes(relation)) return "";
      const number = NUMBERS.includes(typeOf(table.value, column)) && /^-?\d+(\.\d+)?$/.test(value);
      return RELATIONS[relation](inQuery(column), number ? value : quoted(value), value);
    }

    function query() {
      const checked = [...columns.querySelectorAll(":checked")].map((box) => box.value);
      const chosen = (checked.length ? checked : Object.keys(tables[table.value])).map(named);
      const shown = count.value ? [named(count.value), "count(*) AS 行数"] : chosen;
      const wanted = given().map(clause).filter(Boolean);
      const sorted = sort.value === "#" ? "行数" : inQuery(sort.value);
      const lines = [`SELECT ${shown.join(",\n  ")}`, `FROM ${table.value}`];
      if (wanted.length) lines.push(`WHERE ${wanted.join("\n  AND ")}`);
      if (count.value) lines.push(`GROUP BY ${inQuery(count.value)}`);
      if (sort.value) lines.push(`ORDER BY ${sorted} ${order.value}`.trim());
      return lines.join("\n");
    }

    table.replaceChildren(...Object.keys(tables).map((name) => option(name, labelOf(name))));
    if (Object.hasOwn(tables, "ledger")) table.value = "ledger";
    table.addEventListener("change", offerColumns);
    count.addEventListener("change", offerSorts);
    add.addEventListener("click", addCondition);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      write(query());
    });
    offerColumns();
  }

  return { open, quoted };
})();
