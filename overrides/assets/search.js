// Searching as people see it: what is found for a query, and how a result is drawn, for the box in the head of every page
// (search-box.js) and the page of results (search-page.js). The engine comes when it is needed.
"use strict";

// A worker gets this file with the engine in it, and has no use for the rest.
const policyFinder = !self.document ? null : (() => {
  const KINDS = { measure: "措施", department: "部门", policy: "文件", instrument: "提到的文件", page: "网页" };
  const PASSAGE = 110; // characters of a text that are shown around what was found

  const files = self.policySearch_files;
  const inSite = (path) => {
    const address = new URL(path, siteTop);
    if (address.protocol === "file:" && address.pathname.endsWith("/")) address.pathname += "index.html";
    return address.href;
  };

  const opened = policySearch.open(self.policySearch_index);
  let pieces = null; // of a large index
  async function ready() {
    if (!opened.index.pieces || pieces) return;
    await Promise.all(["search-asked", "search-nearest", "search-pieces", "search-further", "nearest"].map((name) => loadScript(files[name])));
    pieces ??= policyPieces.open(opened, loadScript);
  }

  // ---- Finding

  // What is found: {how: as in search-nearest.js, ranks, terms, list: (ranks) → Promise of [{entry, terms, astride}],
  // about: () → Promise of (rank) → what the results can be narrowed by}, and for what is not exact what `told` adds.
  async function find(query) {
    await ready();
    if (pieces) return policyFurther.told(await pieces.find(query, today()));
    const exact = policySearch.exact(opened, query);
    // Where pages alone hold it, it may be a question: 没有时限.
    if (exact.some(({ entry }) => entry.kind !== "page") || !opened.bare(query)) return listed({ found: exact, how: "exact" });
    await loadScript(files["search-further"]);
    return policyFurther.told(listed(await policyFurther.nearest(query, today())));
  }

  // Everything, for who only narrows.
  async function everything() {
    await ready();
    return pieces ? pieces.everything() : listed({ found: opened.entries.map((entry) => ({ entry, terms: [] })), how: "all" });
  }

  function listed({ found, how, leads, about }) {
    const byRank = new Map(found.map((one) => [one.entry.rank, one]));
    return {
      how,
      leads,
      asked: about,
      astride: found.filter((one) => one.astride).length,
      ranks: [...byRank.keys()],
      terms: found[0]?.terms ?? [],
      list: async (ranks) => ranks.map((rank) => byRank.get(rank)),
      about: async () => (rank) => opened.entries[rank],
    };
  }

  // ---- Telling

  // How many of what: 31 条措施和 1 个部门.
  function counted(ranks) {
    const { measures, count } = opened.index;
    const departments = ranks.filter((rank) => rank >= count).length;
    const duties = ranks.filter((rank) => rank < measures).length;
    const others = ranks.length - departments - duties;
    const parts = [[duties, "条措施"], [departments, "个部门"], [others, "处其他内容"]].filter(([number]) => number).map(([number, unit]) => `${number} ${unit}`);
    return parts.length > 2 ? `${parts[0]}、${parts[1]}和 ${parts[2]}` : parts.join("和 ");
  }

  // ---- Showing

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // A text with its marks; of a long one the passages around them.
  function marked(text, marks, length = Infinity) {
    const windows = [];
    if (text.length <= length) windows.push([0, text.length]);
    else {
      let room = length;
      for (const [start, end] of marks.length ? marks : [[0, 0]]) {
        const last = windows.at(-1);
        const from = Math.max(0, start - 24);
        const to = Math.min(text.length, end + 36);
        if (last && from <= last[1] + 8) last[1] = Math.max(last[1], to);
        else if (room <= 0) break;
        else windows.push([from, to]);
        room -= to - from;
      }
      if (windows.length === 1) windows[0][1] = Math.min(text.length, Math.max(windows[0][1], windows[0][0] + length));
    }
    const pieces = [];
    for (const [from, to] of windows) {
      if (from > 0) pieces.push("…");
      let at = from;
      for (const [start, end] of marks) {
        if (end <= from || start >= to) continue;
        pieces.push(text.slice(at, Math.max(at, start)), element("mark", {}, text.slice(Math.max(at, start), Math.min(end, to))));
        at = Math.min(end, to);
      }
      pieces.push(text.slice(at, to));
    }
    if (windows.at(-1)?.[1] < text.length) pieces.push("…");
    return pieces;
  }

  const marksOf = (text, { terms, astride }, whole) => policySearch.marks(text, terms, opened, whole, astride);

  // Who and by when, in one line: few elements, for there may be many results.
  function named(one) {
    return one.entry.names.flatMap((number, place) => {
      const { name, department } = opened.names[number];
      const pieces = marked(name, marksOf(name, one, (wanted) => wanted.bodies.has(department)));
      return place ? ["、", ...pieces] : pieces;
    });
  }

  function dues(one) {
    return one.entry.dues.map(([quote, period]) => {
      const meant = (wanted) => wanted.months && period && policySearch.inMonths(period, wanted.months);
      return element("span", { className: "pl-due" }, ...marked(quote, marksOf(quote, one, meant)));
    });
  }

  const tag = (text) => element("span", { className: "pl-tag" }, text);
  const kindOf = (entry) => (entry.kind === "measure" ? opened.index.policies[entry.policy][3] : KINDS[entry.kind]);

  function titled(one) {
    const { entry } = one;
    const whole = (wanted) => entry.body >= 0 && wanted.bodies.has(entry.body);
    const number = entry.number ? [element("span", { className: "pl-number" }, entry.number), " "] : [];
    return [...number, ...marked(entry.title, marksOf(entry.title, one, whole))];
  }

  function result(one, { approximate, why }) {
    const { entry, astride } = one;
    const item = element("li", { className: "pl-result" });
    item.dataset.id = entry.id;
    if (approximate || astride) item.dataset.match = "approximate";
    const where = entry.policy >= 0 && entry.kind !== "policy" ? [" ", tag(opened.index.policies[entry.policy][2])] : [];
    if (entry.body >= 0) where.push(" ", tag(opened.bodies[entry.body].jurisdiction));
    if (astride) where.push(" ", tag("字面相连，可能不是这个词"));
    item.append(element("p", { className: "pl-result-title" }, element("a", { href: inSite(entry.address) }, ...titled(one)), " ", tag(kindOf(entry)), ...where));
    if (entry.text) item.append(element("p", { className: "pl-quote" }, ...marked(entry.text, marksOf(entry.text, one), PASSAGE)));
    if (entry.issued) item.append(element("p", { className: "pl-who" }, `成文日期：${entry.issued}`));
    if (entry.names.length) item.append(element("p", { className: "pl-who" }, ...named(one), ...dues(one)));
    if (why) item.append(...why(one));
    return item;
  }

  // When what stands there can be seen; a page in the background is not painted, so not for ever.
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => setTimeout(done));
      setTimeout(done, 100);
    });

  return { opened, files, ready, inSite, isLarge: () => !!pieces, find, everything, counted, element, marked, marksOf, named, titled, tag, kindOf, result, painted };
})();
