// A record as its file has it, and as the form has it: mappings of rows are lists there, whose rows keep their key; a part
// of a document is a kind and a text. Every value is text: 2020.10 stays 2020.10.
"use strict";

const policyEditData = (() => {
  const { ROWS, isRows, isParts, rowOf, prefixOf } = policyEditSchema;
  const isEmpty = (value) => value === undefined || value === null || value === "";

  // ---- Values

  // What rows hold, texts, lists of texts and objects of texts, is the same in the form.
  const rowsToForm = (value) => Object.entries(value).map(([key, row]) => (typeof row === "string" ? { _key: key, _value: row } : { _key: key, ...fieldsToForm(row) }));

  function fieldsToForm(value) {
    return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
  }

  function toForm(value, schema) {
    if (!schema.properties) return { [ROWS]: rowsToForm(value) };
    const fields = Object.entries(fieldsToForm(value)).map(([name, one]) => {
      const inner = schema.properties[name];
      if (isRows(inner, name)) return [name, rowsToForm(one)];
      if (isParts(inner)) return [name, one.map((part) => ({ _key: Object.keys(part)[0], _value: Object.values(part)[0] }))];
      return [name, one];
    });
    return Object.fromEntries(fields);
  }

  // What the form says as the file would have it. `places`: the form's path of each of its paths (as JSON); `faults`: rows
  // that cannot be told apart by their key.
  function fromForm(form, schema, original) {
    const places = new Map();
    const faults = [];
    const put = (path, place) => places.set(JSON.stringify(path), place);

    function fields(value, inner, path, place) {
      const made = {};
      for (const [name, one] of Object.entries(value ?? {})) {
        if (name.startsWith("_") || !inner.properties?.[name]) continue;
        put([...path, name], `${place}.${name}`);
        const found = field(one, inner.properties[name], name, [...path, name], `${place}.${name}`);
        if (!isEmpty(found)) made[name] = found;
      }
      return made;
    }

    function field(value, inner, name, path, place) {
      if (isRows(inner, name)) return value.length ? rows(value, inner, path, place) : undefined;
      if (inner.type === "array") {
        value.forEach((item, number) => put([...path, number], `${place}.${number}`));
        if (isParts(inner)) return value.map((part, number) => partOf(part, [...path, number], `${place}.${number}`));
        return value.length || inner.required ? value.map((item) => (item ?? "").trim()) : undefined;
      }
      if (inner.type === "object") return fields(value, inner, path, place);
      return typeof value === "string" ? value.trim() : value; // what was copied has blanks at its ends
    }

    function partOf({ _key, _value }, path, place) {
      put([...path, _key], `${place}._value`);
      return _key ? { [_key]: _value ?? "" } : {};
    }

    function rows(value, inner, path, place) {
      const made = {};
      const prefix = prefixOf(inner);
      const known = [...Object.keys(path.reduce((one, step) => one?.[step], original) ?? {}), ...value.map((row) => row._key)];
      const numbers = known.map((key) => Number(key?.slice(1))).filter((number) => number > 0);
      let last = Math.max(0, ...numbers);
      value.forEach((row, number) => {
        const here = `${place}.${number}`;
        const key = row._key || (prefix ? prefix + ++last : "");
        if (!key) faults.push({ place: `${here}._key`, rule: "missing-field", message: inner.propertyNames?.enum ? "还没有选是哪一项。" : "这一行还没有编号。", help: inner.propertyNames?.enum ? "请先选哪一项。" : "每一行都要有自己的编号，写定后不改。" });
        else if (key in made) faults.push({ place: `${here}._key`, rule: "duplicate-key", message: `“${key}”已经写过。`, help: "请只留一处。" });
        if (!key || key in made) return;
        put([...path, key], here);
        put([...path, key, ""], `${here}._key`);
        const item = rowOf(inner);
        if (item.type === "object") made[key] = fields(row, item, [...path, key], here);
        else {
          put([...path, key], `${here}._value`);
          made[key] = row._value ?? "";
        }
      });
      return made;
    }

    const value = schema.properties ? fields(form, schema, [], "root") : rows(form[ROWS] ?? [], schema, [], `root.${ROWS}`);
    // Fields that the file lists although they are empty stay in it.
    for (const [name, one] of Object.entries(original)) if (one === null && !(name in value) && schema.properties) value[name] = null;
    return { value, places, faults };
  }

  // ---- Comments

  // The comments of a changed record: those of what is gone go to what stands next, and a heading stays above the first of
  // its fields.
  function settle(before, after, above, headings, schema, isNew) {
    const kept = structuredClone(above);
    if (!schema.properties) return moved(before, after, kept);
    const order = Object.keys(schema.properties);
    const there = (name) => name in after;
    const usesHeadings = isNew || Object.values(above).some((lines) => headings.some(([words]) => lines.includes(words)));
    const groupOf = (name) => headings.find(([, names]) => names.includes(name)) ?? ["", []];
    for (const name of order.filter((one) => one in before && !there(one))) {
      const path = JSON.stringify([name]);
      if (!kept[path]) continue;
      const [words, names] = groupOf(name);
      const rest = order.slice(order.indexOf(name) + 1).filter(there);
      const heir = rest.find((one) => names.includes(one));
      const lines = heir ? kept[path] : kept[path].filter((line) => line && line !== words);
      const target = JSON.stringify(heir ? [heir] : rest.length ? [rest[0]] : []);
      if (lines.length) kept[target] = [...lines, ...(kept[target] ?? [])];
      delete kept[path];
    }
    for (const name of order.filter((one) => there(one) && !(one in before))) {
      const [words, names] = groupOf(name);
      const first = order.find((one) => names.includes(one) && there(one));
      if (!words || !usesHeadings || first !== name) continue;
      const bearer = names.find((one) => kept[JSON.stringify([one])]?.includes(words));
      const path = JSON.stringify([name]);
      if (!bearer) kept[path] = ["", words];
      else if (bearer !== name) {
        const from = JSON.stringify([bearer]);
        const cut = kept[from].indexOf(words) + 1;
        kept[path] = kept[from].slice(0, cut);
        kept[from] = kept[from].slice(cut);
      }
    }
    return moved(before, after, kept);
  }

  // Comments within fields: an item's go with the item, and those of what is gone to what held it.
  function moved(before, after, above) {
    const made = {};
    const at = (value, path) => path.reduce((one, step) => one?.[step], value);
    for (const [place, lines] of Object.entries(above)) {
      let path = JSON.parse(place);
      const list = path.findIndex((step) => typeof step === "number");
      if (list >= 0) {
        const [old, now] = [before, after].map((value) => at(value, path.slice(0, list)));
        const same = JSON.stringify(old?.[path[list]]);
        const number = JSON.stringify(now?.[path[list]]) === same ? path[list] : (now ?? []).findIndex((item) => JSON.stringify(item) === same);
        if (number >= 0) path[list] = number;
      }
      while (path.length && at(after, path) === undefined) path = path.slice(0, -1);
      const target = JSON.stringify(path);
      made[target] = made[target] ? [...made[target], ...lines] : lines;
    }
    return made;
  }

  // ---- Changes

  const isList = (value) => Array.isArray(value);
  const isObject = (value) => value !== null && typeof value === "object" && !isList(value);
  const told = (value) => (isObject(value) ? Object.values(value).map(told).join("；") : isList(value) ? value.map(told).join("、") : (value ?? ""));

  // What changed: [{path, before, after}], "" where there is nothing.
  function changes(before, after, path = []) {
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    if (isObject(before) && isObject(after)) {
      const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      return names.flatMap((name) => changes(before[name], after[name], [...path, name]));
    }
    if (isList(before) && isList(after)) {
      const less = (one, other) => one.filter((item) => !other.some((twin) => JSON.stringify(twin) === JSON.stringify(item)));
      const [gone, come] = [less(before, after), less(after, before)];
      if (gone.length + come.length) return [{ path, before: told(gone), after: told(come) }];
      return [{ path, before: told(before), after: told(after) }];
    }
    return told(before) === told(after) ? [] : [{ path, before: told(before), after: told(after) }];
  }

  return Object.freeze({ toForm, fromForm, settle, changes });
})();
