// What the form knows of the rules of scripts/check: quotes stand in the text, names are known, what is empty is explained.
"use strict";

const policyEditCheck = (() => {
  const RULES = Object.freeze({ measure: policyEditMeasures, ...policyEditRecords });

  // Every problem of a record against the others. `world`: kind, id; policy, the measure's own; register(kind) → its
  // value; measure(id) → its value, null while it is coming, undefined if there is none; ids(kind); names(jurisdiction) →
  // names of bodies there and above, or null; bearers(jurisdiction) → {name: id}.
  function* check(value, world) {
    const found = (RULES[world.kind] ?? []).flatMap((rule) => [...rule(value, world)]);
    const missing = new Set(found.filter(({ rule }) => rule === "not-in-source").map(({ path }) => path.join("/")));
    // Words that are not in the document are no date either: one slip, one message.
    for (const one of found) if (one.rule !== "deadline-not-a-date" || !missing.has(one.path.join("/"))) yield one;
  }

  return Object.freeze({ check });
})();
