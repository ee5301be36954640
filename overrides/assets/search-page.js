// The page of results: conditions, what was found by what, and the address that remembers it.
"use strict";

const policyResults = (() => {
  const { opened, files, isLarge, find, everything, counted, element, result, painted } = policyFinder;
  const SHOWN = 200; // results on the page at first; the rest on request
  const STEP = 20; // the same where the index is in pieces
  const FIRST = 4; // results that are drawn at once; the others follow when these can be seen
  const PAUSE = 60; // milliseconds before the others: who goes on typing does not wait for them
  const TOLD = 20; // results that the note above them is about, where many are found
  const TWIN = /^\p{Script=Han}{4,6}$/u; // words that may be written with the first two characters exchanged, too
  const FOUND = "找到 ";
  const COUNTED = 150; // milliseconds after the results

  // What a result can be narrowed by: name of the form's field → its values, of what is known about it.
  const FACETS = {
    kind: ({ kind }) => [kind],
    policy: ({ policy }) => (policy >= 0 ? [opened.index.policies[policy][0]] : []),
    department: ({ names, body }) => [...new Set(names.map((number) => opened.names[number].department).concat(body >= 0 ? [body] : []))].map((number) => opened.bodies[number].id),
    theme: ({ themes }) => themes.map((number) => opened.index.themes[number][0]),
    due: ({ years }) => years,
    target: ({ kind, targets }) => (kind === "measure" ? [targets ? "yes" : "no"] : []),
  };

  return (form) => {
    const { q } = form.elements;
    const results = document.querySelector("[data-search-results]");
    const note = document.querySelector("[data-search-note]");
    const selects = Object.keys(FACETS).map((name) => form.elements[name]);
    const help = document.querySelector("[data-search-help]");
    const more = document.querySelector("[data-more]");
    const download = document.querySelector("[data-rows-csv]");
    const reset = document.querySelector("[data-reset]");
    const title = document.title;
    let turn = 0;
    let answer = null;
    let left = []; // ranks
    let isTyping = false; // this search is of a query that somebody types
    let wasNarrowed = false; // since the last step of the address
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
      if (answer.how === "exact" && !isLarge() && TWIN.test(q.value)) {
        await loadScript(files["search-further"]);
        if (mine === turn) note.append(...policyFurther.twin(q.value));
      }
    }

    const isNarrowed = () => selects.some((select) => select.value);

    // The results that fit the conditions.
    async function narrow() {
      const mine = ++turn;
      delete results.dataset.state;
      left = answer.ranks;
      if (isNarrowed()) {
        const about = await answer.about();
        if (mine !== turn) return;
        left = left.filter((rank) => selects.every((select) => fits(about(rank), select)));
      }
      const first = answer.introduced ? await answer.list((left.length ? left : answer.ranks).slice(0, isLarge() ? STEP : TOLD)) : [];
      if (mine !== turn) return;
      tell(first);
      help.hidden = answer.ranks.length > 0;
      reset.hidden = !isNarrowed();
      download.hidden = !left.length;
      await show(0, mine);
      setTimeout(() => mine === turn && count(mine), COUNTED); // many names to measure: not while somebody types
    }

    function tell(first) {
      const asked = q.value.trim();
      const total = answer.ranks.length;
      const begin = answer.introduced?.(first) ?? FOUND;
      if (!total && answer.missed) note.replaceChildren(...answer.missed(asked));
      else if (!total) note.textContent = "请输入要找的词语、部门、时限或问题。";
      else if (!left.length) note.textContent = `${begin === FOUND ? "" : begin}按现在的条件筛选后没有结果（未筛选 ${total} 条），可以清除条件。`;
      else {
        const number = left.length < total && asked ? `筛选后 ${left.length} 条（未筛选 ${total} 条）` : counted(left);
        const beside = answer.astride && !answer.approximate ? `，其中排在最后的 ${answer.astride} 处只是字面相连` : "";
        note.replaceChildren(`${number.startsWith("筛选") && begin === FOUND ? "" : begin}${number}${beside}。`, ...(answer.after?.(first, asked) ?? []));
      }
    }

    // The results from a place on, after those that stand there.
    async function show(from, mine) {
      const step = isLarge() ? STEP : SHOWN;
      const items = async (start, end) => (await answer.list(left.slice(start, end))).map((one) => result(one, answer));
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
        if (isTyping) await new Promise((done) => setTimeout(done, PAUSE));
        if (mine !== turn) return;
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

    async function search(typing = false) {
      const mine = ++turn;
      isTyping = typing;
      delete results.dataset.state;
      let found;
      try {
        found = await (!q.value.trim() && isNarrowed() ? everything() : find(q.value));
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
      wasNarrowed = false;
      writeFields(fields, step);
      entitle();
    }

    function changed() {
      remember("pushState");
      wasNarrowed = true;
      isTyping = false;
      if (q.value.trim()) narrow();
      else search(); // without words everything that fits is listed
    }

    const typed = (event) => {
      if (event.isComposing) return;
      // After a condition, typing is a new step: back leads to what was asked for before.
      rememberSoon(() => remember(wasNarrowed ? "pushState" : "replaceState"));
      search(true);
    };
    q.addEventListener("input", typed);
    q.addEventListener("compositionend", typed);
    for (const select of selects) select.addEventListener("change", changed);
    reset.addEventListener("click", () => {
      for (const select of selects) select.value = "";
      changed();
      q.focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember("pushState");
      search();
    });
    download.addEventListener("click", async () => {
      await loadScript(files["search-further"]);
      saveCsv("search-results.csv", policyFurther.table(answer, await answer.list(left)));
    });
    addEventListener("popstate", restore);
    restore();
    form.querySelector("details").open = matchMedia("(min-width: 44.01rem)").matches || selects.some((select) => select.value);
  };
})();
