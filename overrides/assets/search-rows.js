// The list of all measures, where words narrow it: what they found, and the marks of it in the rows of the table.
"use strict";

// On `self`, for ledger.js asks whether it is there.
self.policyRows = (() => {
  const { opened, marked, marksOf } = policyFinder;
  let changed = []; // elements that have marks

  function told(answer, total, size, query) {
    const { among, first } = answer;
    if (!among.size) return [...(answer.missed?.(query) ?? ["没有找到。"]), "可以换个说法，或清除条件看全部措施。"];
    if (!size) return [`按现在的条件筛选后没有结果（未筛选 ${among.size} 条），可以清除条件。`];
    const number = size < among.size ? `筛选后 ${size} 条（未筛选 ${among.size} 条）` : `${size} 条，共 ${total} 条`;
    return [`${answer.introduced?.(first) ?? (size < among.size ? "" : "找到 ")}${number}。`, ...(answer.after?.(first, query) ?? [])];
  }

  const isNamed = (wanted, { names }, name) => names.some((number) => opened.names[number].name === name && wanted.bodies.has(opened.names[number].department));

  const isDue = ({ months }, { dues }, text) => months && dues.some(([quote, period]) => quote === text && period && policySearch.inMonths(period, months));

  function mark(one, row) {
    for (const element of row.element.querySelectorAll(".pl-excerpt, .pl-names a, th > a, time")) {
      const text = element.lastChild;
      if (text?.nodeType !== Node.TEXT_NODE) continue;
      const whole = (wanted) => (element.matches("time") ? isDue(wanted, one.entry, text.data) : element.matches(".pl-names a") && isNamed(wanted, one.entry, text.data));
      const places = marksOf(text.data, one, whole);
      if (!places.length) continue;
      text.replaceWith(...marked(text.data, places));
      changed.push(element);
    }
  }

  // `answer`: what was found for the query, or null; `rows` by rank; `shown`: those that fit the conditions; `count`: where it is told.
  return (answer, query, rows, shown, count) => {
    for (const element of changed) {
      for (const one of element.querySelectorAll("mark")) one.replaceWith(...one.childNodes);
      element.normalize();
    }
    changed = [];
    if (!answer) return;
    count.replaceChildren(...told(answer, rows.length, shown.size, query));
    for (const one of answer.first) if (shown.has(rows[one.entry.rank])) mark(one, rows[one.entry.rank]);
  };
})();
