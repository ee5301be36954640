// Canonical YAML, as scripts/format writes it: a test holds the two together.
"use strict";

const policyYaml = (() => {
  // What some reader of YAML (1.1 or 1.2) takes for a number, a date, a time, a truth value or nothing. Python's re takes
  // ı and İ for i where case does not count.
  const AMBIGUOUS = new RegExp(
    "^(?:" +
      [
        "~|null|true|false|yes|no|on|off|y|n|=|<<",
        "[-+]?(?:0[xo][0-9a-f_]+|0b[01_]+|[0-9][0-9_,]*(?:\\.[0-9_]*)?(?:e[-+]?[0-9]+)?|\\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?)",
        "[-+]?\\.(?:[iıİ]nf|nan)|[0-9]+(?::[0-9]+)+(?:\\.[0-9]*)?",
        "[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2}(?:[Tt ].*)?)?",
      ].join("|") +
      ")$",
    "iu",
  );
  // A text that begins or goes on like this means something else in YAML.
  const SPECIAL = /^[-?:](?: |$)|^[,[\]{}#&*!|>'"%@`]|: |:$| #|^\s|\s$|^---|^\.\.\./u;
  const UNSAFE = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\u{10000}-\u{10ffff}]|[\u2028\u2029\ufeff]/gu;
  const AS_IS = Object.freeze(["number", "boolean"]); // types of the schema whose values need no quotes
  const STEP = 2; // spaces of one level

  const isUnsafe = (text) => text.search(UNSAFE) >= 0;
  const escaped = (found) => "\\u" + found.codePointAt(0).toString(16).padStart(4, "0");

  // A text as it stands behind `field: `; `indent` is that of the lines below, for text of several lines.
  function scalar(value, type = "", indent = 0) {
    if (AS_IS.includes(type) && AMBIGUOUS.test(value)) return value;
    if (value.includes("\n") && !isUnsafe(value) && !/^\s|\n\s*$/u.test(value)) {
      const pad = " ".repeat(indent);
      return ["|", ...value.split("\n").map((line) => (line ? pad + line : ""))].join("\n");
    }
    if (value.includes("\n") || isUnsafe(value)) return JSON.stringify(value).replace(UNSAFE, escaped);
    if (!value || SPECIAL.test(value) || AMBIGUOUS.test(value)) return "'" + value.replaceAll("'", "''") + "'";
    return value;
  }

  const isFields = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const lead = (lines, indent) => (lines ?? []).map((line) => (line ? " ".repeat(indent) + line : ""));
  const key = (path) => JSON.stringify(path);

  // As the schema has them; what it does not know stays behind the field that it stood behind.
  function ordered(names, properties) {
    const order = new Map(Object.keys(properties).map((name, place) => [name, place]));
    let place = -1;
    return names
      .map((name, number) => ({ name, number, place: (place = order.get(name) ?? place) }))
      .sort((one, other) => one.place - other.place || one.number - other.number)
      .map(({ name }) => name);
  }

  function* fieldLines(fields, schema, indent, path, above) {
    const properties = schema.properties ?? {};
    for (const name of ordered(Object.keys(fields), properties)) {
      const here = [...path, name];
      yield* lead(above[key(here)], indent);
      yield* valueLines(`${" ".repeat(indent)}${scalar(name)}:`, fields[name], properties[name] ?? schema.additionalProperties ?? {}, indent, here, above);
    }
  }

  function* valueLines(head, value, schema, indent, path, above) {
    if (value === null) yield head;
    else if (typeof value === "string") yield* `${head} ${scalar(value, schema.type, indent + STEP)}`.split("\n");
    else if (Array.isArray(value) && value.length) {
      yield head;
      for (const [number, item] of value.entries()) yield* itemLines(item, schema.items ?? {}, indent + STEP, [...path, number], above);
    } else if (isFields(value) && Object.keys(value).length) {
      yield head;
      yield* fieldLines(value, schema, indent + STEP, path, above);
    } else yield `${head} ${Array.isArray(value) ? "[]" : "{}"}`;
  }

  // The first field of an item stands on the line of the dash.
  function* itemLines(item, schema, indent, path, above) {
    yield* lead(above[key(path)], indent);
    const pad = " ".repeat(indent);
    if (!isFields(item) || !Object.keys(item).length) {
      yield* valueLines(`${pad}-`, item, schema, indent, path, above);
      return;
    }
    const lines = [...fieldLines(item, schema, indent + STEP, path, above)];
    while (!lines[0] || lines[0].trimStart().startsWith("#")) yield lines.shift();
    yield `${pad}- ${lines.shift().trimStart()}`;
    yield* lines;
  }

  // A record's file. `value`: text, lists, mappings, null for a field left empty; `above`: comments and empty lines by
  // the path (as JSON) of the field or item that they stand above, those at the end by "[]".
  function write(value, schema, above) {
    const made = [];
    for (const line of [...fieldLines(value, schema, 0, [], above), ...(above["[]"] ?? [])]) {
      if (line || made.at(-1)) made.push(line); // one empty line at most, none at the beginning
    }
    return made.join("\n") + "\n";
  }

  return Object.freeze({ scalar, write });
})();
