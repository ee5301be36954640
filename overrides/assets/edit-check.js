// What the form knows of the rules of scripts/check: quotes stand in the text, names are known, what is empty is explained.
"use strict";

const policyEditCheck = (() => {
  const DAYS = Object.freeze(["date", "on", "received"]);
  const RULES = Object.freeze({ measure: policyEditMeasures, ...policyEditRecords });

  const CHINA = 8 * 3600e3; // milliseconds before UTC
  // The day in China, as data files write it.
  const today = () => new Date(Date.now() + CHINA).toISOString().slice(0, 10);

  // Each day on which something is said to have been done, and that is still to come.
  function* notYet(value, day, path = []) {
    for (const [key, inner] of Object.entries(value)) {
      if (DAYS.includes(key) && policyEditShape.isDay(inner) && inner > day) yield policyEditSaid.error([...path, key], "future-date", `“${inner}”还没有到（今天是 ${day}）。`, "请核对年份；还没有发生的事不要写。");
      if (inner && typeof inner === "object") yield* notYet(inner, day, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }

  // A reminder for each question that a program left.
  function* toDecide(value, path = []) {
    for (const [key, row] of Object.entries(value.review ?? {})) {
      const line = row.line ? `见 source.txt 第 ${row.line} 行。` : "";
      const choices = row.choices?.length ? `可能是：${row.choices.join("｜")}。` : "";
      if (row.question) yield policyEditSaid.warning([...path, "review", key, "question"], "open-review", `待确认：${row.question}`, `${line}${choices}对照原文确认或改好以后，请删掉这一项。`);
    }
    if (!path.length) for (const [key, inner] of Object.entries(value)) if (inner && typeof inner === "object" && !Array.isArray(inner)) yield* toDecide(inner, [key]);
  }

  // No two rows of a field say the same in all of their fields. Dates may stand in a text twice, and relations have a rule of their own.
  const ROWS = Object.freeze(["targets", "instruments", "anomalies", "progress", "searches"]);
  function* twice(value) {
    for (const field of ROWS) {
      const seen = new Map();
      for (const [key, row] of policyEditSaid.rows(value, field)) {
        const said = JSON.stringify(Object.entries(row).sort());
        if (said !== "[]" && seen.has(said)) yield policyEditSaid.error([field, key], "repeated-item", `“${key}”和“${seen.get(said)}”说的一样。`, "请只留一处；是另一项的，把内容改对。");
        else seen.set(said, key);
      }
    }
  }

  // Hosts that stand for any other, as scripts/check/unfilled.py has them.
  const EXAMPLE = /^https?:\/\/([A-Za-z0-9-]+\.)*example\.(com|org|net|(gov\.)?cn)(?![A-Za-z0-9.-])/u;
  function* examples(value, path = []) {
    for (const [key, inner] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(key) : key];
      if (typeof inner === "string" && EXAMPLE.test(inner)) yield policyEditSaid.error(here, "left-to-fill", `“${inner}”是示例，不是真的网址。`, "请换成真正的网址，从浏览器地址栏复制；没有网址的，删掉这一项。");
      if (inner && typeof inner === "object") yield* examples(inner, here);
    }
  }

  // Every problem of a record against the others. `world`: kind, id; policy, the measure's own; register(kind) → its
  // value; measure(id) → its value, null while it is coming, undefined if there is none; ids(kind); names(jurisdiction) →
  // names of bodies there and above, or null; bearers(jurisdiction) → {name: id}.
  function* check(value, world) {
    const found = [...(RULES[world.kind] ?? []).flatMap((rule) => [...rule(value, world)]), ...toDecide(value), ...twice(value), ...examples(value), ...notYet(value, today())];
    const missing = new Set(found.filter(({ rule }) => rule === "not-in-source").map(({ path }) => path.join("/")));
    // Words that are not in the document are no date either: one slip, one message.
    for (const one of found) if (one.rule !== "deadline-not-a-date" || !missing.has(one.path.join("/"))) yield one;
  }

  return Object.freeze({ check });
})();
