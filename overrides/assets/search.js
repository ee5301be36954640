// Searching as people see it: the box in the head of every page and the page of results. The engine comes when it is needed.
"use strict";

const policyFinder = (() => {
  const KINDS = { measure: "措施", department: "部门", policy: "文件", instrument: "提到的文件", page: "网页" };
  const SHOWN = 200; // results on the page at first; the rest on request
  const STEP = 20; // the same where the index is in pieces
  const FIRST = 5; // results that are drawn at once; the others follow when these can be seen
  const SUGGESTED = 8;
  const PASSAGE = 110; // characters of a text that are shown around what was found
  const BRIEF = 48; // the same in the box
  const COUNTED = 150; // milliseconds after the results

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
    await Promise.all([files["search-nearest"], files["search-pieces"], files.nearest].map(loadScript));
    pieces ??= policyPieces.open(opened, loadScript);
  }

  // ---- Finding

  let worker = null;
  const waiting = []; // questions that the worker has not answered; it answers in order
  function ask(query, year) {
    if (!worker) {
      worker = new Worker(inSite(files["search-worker"]));
      worker.onmessage = ({ data }) => waiting.shift().done({ ...data, found: data.found.map((one) => ({ ...one, entry: opened.entries[one.rank] })) });
      worker.onerror = () => waiting.splice(0).forEach(({ failed }) => failed());
    }
    const needed = ["search-engine", "search-nearest", "index", "nearest"].map((name) => inSite(files[name]));
    return new Promise((done, failed) => {
      waiting.push({ done, failed });
      worker.postMessage({ files: needed, query, year });
    });
  }

  async function nearest(query, year) {
    try {
      return await ask(query, year);
    } catch {
      // From the disk there is no worker.
      await Promise.all([files["search-nearest"], files.nearest].map(loadScript));
      return policyNearest.find(opened, query, self.policySearch_nearest, year);
    }
  }

  // What is found: {approximate, ranks, terms, list: (ranks) → Promise of [{entry, terms}], about: () → Promise of
  // (rank) → what the results can be narrowed by}.
  async function find(query) {
    await ready();
    const year = new Date().getFullYear();
    if (pieces) return pieces.find(query, year);
    const exact = policySearch.exact(opened, query);
    const { found, approximate } = exact.length || !opened.bare(query) ? { found: exact, approximate: false } : await nearest(query, year);
    const byRank = new Map(found.map((one) => [one.entry.rank, one]));
    return {
      approximate,
      ranks: [...byRank.keys()],
      terms: found[0]?.terms ?? [],
      list: async (ranks) => ranks.map((rank) => byRank.get(rank)),
      about: async () => (rank) => opened.entries[rank],
    };
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

  const marksOf = (text, terms, whole) => policySearch.marks(text, terms, opened, whole);

  // Who and by when, in one line: few elements, for there may be many results.
  function named(entry, terms) {
    return entry.names.flatMap((number, place) => {
      const { name, department } = opened.names[number];
      const pieces = marked(name, marksOf(name, terms, (wanted) => wanted.bodies.has(department)));
      return place ? ["、", ...pieces] : pieces;
    });
  }

  function dues(entry, terms) {
    return entry.dues.map(([quote, period]) => {
      const meant = (wanted) => wanted.months && period && policySearch.inMonths(period, wanted.months);
      return element("span", { className: "pl-due" }, ...marked(quote, marksOf(quote, terms, meant)));
    });
  }

  const tag = (text) => element("span", { className: "pl-tag" }, text);
  const kindOf = (entry) => (entry.kind === "measure" ? opened.index.policies[entry.policy][3] : KINDS[entry.kind]);

  function titled({ entry, terms }) {
    const whole = (wanted) => entry.body >= 0 && wanted.bodies.has(entry.body);
    const number = entry.number ? [element("span", { className: "pl-number" }, entry.number), " "] : [];
    return [...number, ...marked(entry.title, marksOf(entry.title, terms, whole))];
  }

  function result(one, approximate) {
    const { entry, terms } = one;
    const item = element("li", { className: "pl-result" });
    item.dataset.id = entry.id;
    if (approximate) item.dataset.match = "approximate";
    const where = entry.policy >= 0 && entry.kind !== "policy" ? [" ", tag(opened.index.policies[entry.policy][2])] : [];
    if (entry.body >= 0) where.push(" ", tag(opened.bodies[entry.body].jurisdiction));
    item.append(element("p", { className: "pl-result-title" }, element("a", { href: inSite(entry.address) }, ...titled(one)), " ", tag(kindOf(entry)), ...where));
    if (entry.text) item.append(element("p", { className: "pl-quote" }, ...marked(entry.text, marksOf(entry.text, terms), PASSAGE)));
    if (entry.names.length) item.append(element("p", { className: "pl-who" }, ...named(entry, terms), ...dues(entry, terms)));
    return item;
  }

  // When what stands there can be seen; a page in the background is not painted, so not for ever.
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => setTimeout(done));
      setTimeout(done, 100);
    });

  // ---- The box in the head

  function box(form) {
    const input = form.elements.q;
    const list = element("ul", { id: "pl-suggestions", className: "pl-suggestions", hidden: true });
    const status = element("span", { className: "pl-hidden" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "查找结果");
    status.setAttribute("role", "status");
    form.append(list, status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);
    let turn = 0;
    let active = -1;

    function choose(number) {
      active = number;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", list.children[active].id);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    }

    function open(isOpen) {
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) choose(-1);
    }

    function option(number, address, ...content) {
      const made = element("li", { id: `pl-suggestion-${number}` }, ...content);
      made.setAttribute("role", "option");
      made.dataset.address = address;
      return made;
    }

    async function suggest() {
      const query = input.value.trim();
      const mine = ++turn;
      if (!query) return open(false);
      let answer;
      try {
        answer = await find(query);
      } catch {
        status.textContent = "查找的数据没有下载成功，请按回车再试。";
        return;
      }
      if (mine !== turn) return; // something else has been typed since
      const { ranks, approximate } = answer;
      const first = await answer.list(ranks.slice(0, SUGGESTED));
      if (mine !== turn) return;
      const all = new URL(form.action);
      all.searchParams.set("q", query);
      const shown = first.map((one, number) => {
        const { entry, terms } = one;
        const found = marksOf(entry.text, terms);
        const text = found.length ? [element("small", {}, ...marked(entry.text, found, BRIEF))] : [];
        return option(number, inSite(entry.address), element("span", {}, ...titled(one), " ", tag(kindOf(entry))), ...text);
      });
      const last = ranks.length ? `${approximate ? "近似结果" : "结果"}共 ${ranks.length} 条，全部列出` : "没有找到，换个说法试试";
      list.replaceChildren(...shown, option(shown.length, all.href, last));
      list.dataset.state = "done";
      status.textContent = ranks.length ? `${approximate ? "没有逐字相符的，近似结果" : "找到"} ${ranks.length} 条` : "没有找到";
      open(true);
      choose(-1);
    }

    const go = (address, event) => (event.ctrlKey || event.metaKey ? window.open(address) : location.assign(address));
    input.addEventListener("input", (event) => event.isComposing || suggest());
    input.addEventListener("compositionend", suggest);
    input.addEventListener("focus", () => input.value && suggest());
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const count = list.children.length;
      if (event.key === "Escape") {
        if (list.hidden) input.value = "";
        open(false);
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
        if (list.hidden) open(true);
        choose(event.key === "ArrowDown" ? (active + 2) % (count + 1) - 1 : (active + count + 1) % (count + 1) - 1);
      } else if (event.key === "Enter" && active >= 0) go(list.children[active].dataset.address, event);
      else return;
      event.preventDefault();
    });
    ready();
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) go(chosen.dataset.address, event);
    });
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || open(false));
    if (document.activeElement === input && input.value) suggest();
  }

  // ---- The page of results

  // What a result can be narrowed by: name of the form's field → its values, of what is known about it.
  const FACETS = {
    kind: ({ kind }) => [kind],
    policy: ({ policy }) => (policy >= 0 ? [opened.index.policies[policy][0]] : []),
    department: ({ names, body }) => [...new Set(names.map((number) => opened.names[number].department).concat(body >= 0 ? [body] : []))].map((number) => opened.bodies[number].id),
    theme: ({ themes }) => themes.map((number) => opened.index.themes[number][0]),
    due: ({ years }) => years,
    target: ({ kind, targets }) => (kind === "measure" ? [targets ? "yes" : "no"] : []),
  };

  function page(form) {
    const { q } = form.elements;
    const results = document.querySelector("[data-search-results]");
    const note = document.querySelector("[data-search-note]");
    const selects = Object.keys(FACETS).map((name) => form.elements[name]);
    const help = document.querySelector("[data-search-help]");
    const more = document.querySelector("[data-more]");
    const download = document.querySelector("[data-rows-csv]");
    const title = document.title;
    let turn = 0;
    let answer = null;
    let left = []; // ranks
    for (const select of selects) for (const option of select.options) option.dataset.name = option.textContent;

    const fields = [q, ...selects];
    const valuesOf = (about, select) => FACETS[select.name](about);
    const fits = (about, select) => !select.value || valuesOf(about, select).includes(select.value);

    // How many results each value of a condition would leave.
    async function count(mine) {
      const about = await answer.about();
      if (mine !== turn) return;
      countOptions(selects, answer.ranks.map(about), fits, valuesOf);
      for (const select of selects) for (const option of select.options) option.disabled = option.dataset.count === "0";
    }

    // The results that fit the conditions.
    async function narrow() {
      const mine = ++turn;
      delete results.dataset.state;
      left = answer.ranks;
      if (selects.some((select) => select.value)) {
        const about = await answer.about();
        if (mine !== turn) return;
        left = left.filter((rank) => selects.every((select) => fits(about(rank), select)));
      }
      const asked = q.value.trim();
      const total = answer.ranks.length;
      note.textContent = !asked
        ? "请输入要找的词语、部门、时限或问题。"
        : !total
          ? "没有找到。请减少词语，换个说法，或查看全部措施。"
          : `${answer.approximate ? `没有逐字相符的内容。近似结果（${searched()}）` : "找到"} ${left.length} 条${left.length < total ? `，共 ${total} 条` : ""}`;
      help.hidden = !!asked;
      download.hidden = !left.length;
      await show(0, mine);
      setTimeout(() => mine === turn && count(mine), COUNTED); // many names to measure: not while somebody types
    }

    // The words that were searched instead of those that were typed.
    function searched() {
      const words = answer.terms.map((wanted) => [wanted, ...wanted.others].map((one) => one.words).slice(0, 3).join("或"));
      return `按“${words.join("＋")}”查找`;
    }

    // The results from a place on, after those that stand there.
    async function show(from, mine) {
      const step = pieces ? STEP : SHOWN;
      const items = async (start, end) => (await answer.list(left.slice(start, end))).map((one) => result(one, answer.approximate));
      let drawn = from;
      if (!from) {
        const first = await items(0, FIRST);
        if (mine !== turn) return;
        results.replaceChildren(...first);
        drawn = FIRST;
      }
      if (left.length > drawn) {
        if (!from) results.dataset.state = "begun";
        await painted();
        const rest = await items(drawn, from + step);
        if (mine !== turn) return;
        results.append(...rest);
      }
      more.hidden = left.length <= from + step;
      more.textContent = `再显示 ${Math.min(step, left.length - from - step)} 条`;
      more.onclick = () => {
        more.hidden = true; // until what follows stands there
        delete results.dataset.state;
        show(from + step, mine);
      };
      results.dataset.state = "done";
    }

    async function search() {
      const mine = ++turn;
      delete results.dataset.state;
      let found;
      try {
        found = await find(q.value);
      } catch {
        if (mine === turn) note.textContent = "查找的数据没有下载成功，请检查网络后刷新本页。";
        return;
      }
      if (mine !== turn) return;
      answer = found;
      await narrow();
    }

    const entitle = () => (document.title = q.value.trim() ? `${q.value.trim()} - ${title}` : title);

    function restore() {
      readFields(fields);
      entitle();
      search();
    }

    function remember(step) {
      writeFields(fields, step);
      entitle();
    }

    const typed = (event) => {
      if (event.isComposing) return;
      rememberSoon(() => remember("replaceState"));
      search();
    };
    q.addEventListener("input", typed);
    q.addEventListener("compositionend", typed);
    for (const select of selects) {
      select.addEventListener("change", () => {
        remember("pushState");
        narrow();
      });
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember("pushState");
      search();
    });
    download.addEventListener("click", async () => {
      const header = ["id", "kind", "policy", "number", "title", "text", "departments", "deadline_text", "match", "url"];
      const rows = (await answer.list(left)).map(({ entry }) => [
        entry.id,
        entry.kind,
        opened.index.policies[entry.policy]?.[2] ?? "",
        entry.number,
        entry.title,
        entry.text,
        entry.names.map((number) => opened.names[number].name).join(";"),
        entry.dues.map(([quote]) => quote).join(";"),
        answer.approximate ? "approximate" : "exact",
        inSite(entry.address),
      ]);
      saveCsv("search-results.csv", [header, ...rows]);
    });
    addEventListener("popstate", restore);
    restore();
    form.querySelector("details").open = matchMedia("(min-width: 44.01rem)").matches || selects.some((select) => select.value);
  }

  return { box, find, page };
})();
