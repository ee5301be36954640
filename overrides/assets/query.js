// The page that queries the ledger's database: examples, a form, the query itself, what it finds, and the address that
// remembers it. ledger.js gives loadScript, saveCsv and siteTop.
"use strict";

(() => {
  const PARTS = ["query-form", "query-chart", "query-errors"].map((name) => `assets/${name}.js`);
  const SQLITE = ["assets/vendor/sql-wasm.js", "assets/vendor/sql-wasm-binary.js"];
  const SHOWN = 1_000; // rows that are drawn
  const LONG = 2_000; // characters of a cell that are drawn
  const BRIEF = 10; // characters that stay on one line
  const BROAD = 30; // characters that ask for a broad column
  const NARROW = 3; // columns that a phone shows beside each other; with more of them each row is a card
  const PATIENCE = 200; // milliseconds before the way to stop appears
  const MEASURE = ["措施编号", "measure_id"]; // columns that name measures
  const ENDLESS = /\bRECURSIVE\b/i;

  const all = (selector) => [...document.querySelectorAll(selector)];
  const part = (name) => document.querySelector(`[data-query-${name}]`);
  const editor = part("editor");
  const note = part("note");
  const fault = part("fault");
  const results = part("results");
  const views = all("[data-view]");
  const links = all("[data-example]");
  const selects = all("[data-options]");
  const inSite = (path) => new URL(path, siteTop).href;

  // ---- The database: {ask(sql) → Promise of what `run` of query-worker.js gives, stop if there is a worker, tables, pages}

  async function inWorker(files) {
    const worker = new Worker(inSite("assets/query-worker.js"));
    const waiting = []; // questions that the worker has not answered; it answers in order
    const ask = (message) =>
      new Promise((done, failed) => {
        waiting.push({ done, failed });
        worker.postMessage(message);
      });
    worker.onmessage = ({ data }) => {
      const { done, failed } = waiting.shift();
      if (data.failed) failed(new Error(data.failed));
      else done(data);
    };
    worker.onerror = ({ message }) => waiting.splice(0).forEach(({ failed }) => failed(new Error(message ?? "no worker")));
    const facts = await ask({ files: files.map(inSite) });
    return { ...facts, ask: (sql) => ask({ sql }), stop: () => worker.terminate() };
  }

  // From the disk there is no worker.
  async function onPage(files) {
    await Promise.all([...files, "assets/query-worker.js"].map(loadScript));
    const facts = await policyQuery.open();
    return { ...facts, ask: async (sql) => policyQuery.run(sql) };
  }

  async function open() {
    await Promise.all(["data/query/manifest.js", ...PARTS].map(loadScript));
    const files = [...SQLITE, self.policyLedger_files.database];
    const found = await inWorker(files).catch(() => onPage(files));
    for (const select of selects) select.given ??= (await found.ask(select.dataset.options)).rows ?? [];
    return found;
  }

  let opening = null;
  let database = null; // once it is open
  function opened() {
    opening ??= open().then(
      (found) => {
        database = found;
        offerAll();
      },
      (error) => {
        opening = null; // a later try may succeed
        throw error;
      },
    );
    return opening;
  }

  // ---- Running

  let turn = 0;
  let busy = false;
  let answer = null; // the last one: {columns, rows, cut, milliseconds}
  let asked = ""; // its query
  let confirmed = ""; // a query that may have no end, and was asked for once already

  function setBusy(isBusy) {
    busy = isBusy;
    results.setAttribute("aria-busy", String(isBusy));
    if (!isBusy && document.activeElement === part("stop")) part("run").focus();
    part("stop").hidden = true;
  }

  function halt() {
    turn++;
    if (database?.stop && busy) {
      database.stop();
      database = opening = null;
    }
    setBusy(false);
  }

  function stop() {
    halt();
    note.textContent = "已停止。可以改一改语句，再运行。";
    opened().catch(() => {}); // whoever asks next is told
  }

  function clear() {
    answer = null;
    delete results.dataset.state;
    fault.replaceChildren();
    editor.removeAttribute("aria-invalid");
    results.replaceChildren();
    part("tools").hidden = true;
  }

  async function run({ remember = true, view = "table", see = true } = {}) {
    if (busy) halt();
    clear();
    const sql = editor.value.trim();
    if (!sql) {
      note.textContent = "请先选一个问题，或者写一条查询。";
      return;
    }
    const mine = ++turn;
    setBusy(true);
    note.textContent = database ? "正在查询……" : "正在准备数据库……";
    if (remember) rememberQuery(sql, view);
    try {
      await opened();
    } catch {
      if (mine !== turn) return;
      note.textContent = "查询程序或数据没有下载成功。请检查网络，再按一次“运行”。";
      setBusy(false);
      return;
    }
    if (mine !== turn) return;
    note.textContent = "正在查询……";
    if (!database.stop && ENDLESS.test(sql) && confirmed !== sql) {
      confirmed = sql;
      note.textContent = "这条语句里有 RECURSIVE，可能没有尽头。从本机打开的网页不能中途停止；确实要运行，请再按一次“运行”。";
      setBusy(false);
      return;
    }
    setTimeout(() => mine === turn && busy && (part("stop").hidden = !database?.stop), PATIENCE);
    const found = await database.ask(sql).catch(({ message }) => ({ fault: message, lost: true }));
    if (mine !== turn) return;
    asked = sql;
    show(found, view);
    if (found.lost) halt(); // a new worker next time
    setBusy(false);
    results.dataset.state = "done";
    if (see) part("heading").scrollIntoView({ block: "start" });
  }

  // ---- Showing

  const number = (count) => count.toLocaleString("zh-CN");
  const isNumber = (value) => typeof value === "number" || typeof value === "bigint";
  const asText = (value) => (value instanceof Uint8Array ? `（二进制数据，${value.length} 字节）` : String(value ?? ""));

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // What stands in a cell; the number of a measure, a department or a policy leads to its page.
  function shown(value) {
    if (value === null) return element("span", { className: "pl-null" }, "空");
    const text = asText(value);
    if (text.length > LONG) return `${text.slice(0, LONG)}……（共 ${number(text.length)} 字，全文在 CSV 里）`;
    if (!Object.hasOwn(database.pages, text)) return text;
    return element("a", { href: inSite(database.pages[text]) + (location.protocol === "file:" ? "index.html" : "") }, text);
  }

  function cell(value, column) {
    const made = element("td", {}, shown(value));
    made.dataset.label = column;
    const { length } = made.textContent;
    made.className = isNumber(value) ? "pl-figure" : length > BROAD ? "pl-broad" : length > BRIEF ? "pl-middle" : "pl-brief";
    return made;
  }

  function table({ columns, rows }) {
    const head = element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)));
    const body = rows.slice(0, SHOWN).map((row) => element("tr", {}, ...row.map((value, place) => cell(value, columns[place]))));
    const look = columns.length > NARROW ? "pl-answer pl-cards" : "pl-answer";
    const region = element("div", { className: "pl-wide", tabIndex: 0 }, element("table", { className: look }, element("thead", {}, head), element("tbody", {}, ...body)));
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", "查询结果");
    return region;
  }

  // Where rows repeat measures, how many measures there are.
  function measuresOf({ columns, rows, cut }) {
    const place = columns.findIndex((column) => MEASURE.includes(column));
    const count = new Set(rows.map((row) => row[place])).size;
    return place < 0 || cut || count === rows.length ? "" : `（${number(count)} 条措施）`;
  }

  function told(found) {
    const { columns, rows, cut, milliseconds } = found;
    const time = milliseconds < 1 ? "用时不到 1 毫秒" : `用时 ${number(Math.round(milliseconds))} 毫秒`;
    if (!columns.length) return `语句已执行（${time}），没有结果可列。改动只在这一次查询里有效，数据文件没有变。`;
    if (!rows.length) return found.question?.link.dataset.none ?? `没有符合条件的行（${time}）。`;
    const drawn = rows.length > SHOWN ? `下面列出前 ${number(SHOWN)} 行，其余的在 CSV 里。` : "";
    return `${cut ? "结果太多，只取了前" : "共"} ${number(rows.length)} 行${measuresOf(found)}，${time}。${drawn}`;
  }

  function draw(view) {
    const fit = policyQueryChart.fit(answer);
    const chosen = fit.reason || view !== "chart" ? "table" : "chart";
    for (const button of views) button.setAttribute("aria-pressed", String(button.dataset.view === chosen));
    views.find((button) => button.dataset.view === "chart").disabled = !!fit.reason;
    part("reason").textContent = fit.reason ? `不能画图：${fit.reason}。` : "";
    const size = parseFloat(getComputedStyle(results).fontSize);
    results.replaceChildren(chosen === "chart" ? policyQueryChart.draw(answer, fit, Math.floor(results.clientWidth / size) - 1) : table(answer));
    results.dataset.shown = chosen;
  }

  function show(found, view) {
    part("printed").textContent = asked;
    if ("fault" in found) return showFault(found);
    answer = found;
    found.question = questionOf(asked);
    const truth = policyQueryErrors.aboutTruth(asked, truths, !found.rows.length);
    note.replaceChildren(told(found), truth, ...(found.rows.length ? [] : further(found.question)));
    part("tools").hidden = !found.rows.length;
    if (found.rows.length) draw(view);
  }

  // Where a question has no answer, the one that tells more.
  function further(question) {
    const other = links.find((link) => question?.link.dataset.instead === link.textContent);
    if (!other) return [];
    const link = element("a", { href: other.href }, other.textContent);
    link.addEventListener("click", follow);
    return ["可以看“", link, "”。"];
  }

  // After the question or the table that was asked, and the version of the data.
  function fileName() {
    const [, table] = asked.match(/\bFROM\s+"?(\w+)/i) ?? [];
    const name = answer.question?.words ?? (titles.has(table) ? `${titles.get(table)}-查询结果` : "查询结果");
    const parts = [name.replace(/[\s\\/:*?"<>|\p{C}]+/gu, " ").trim().slice(0, 60), part("tool").dataset.version];
    return `${parts.filter(Boolean).join("-")}.csv`;
  }

  function showFault(found) {
    const lines = policyQueryErrors.explain(found, asked, { tables: database.tables, nameOf });
    note.textContent = "";
    editor.setAttribute("aria-invalid", "true");
    fault.replaceChildren(element("p", {}, element("strong", {}, "查询没有成功。")), ...lines.map((line) => element("p", {}, line)));
    if (found.at === undefined) return;
    const way = element("button", { type: "button" }, "到出错的地方");
    way.addEventListener("click", () => {
      const from = found.at + editor.value.length - editor.value.trimStart().length;
      editor.focus();
      editor.setSelectionRange(from, from + found.length);
    });
    fault.append(way);
  }

  // ---- The address

  function addressOf(sql, view) {
    const address = new URL(location.href);
    address.hash = "";
    for (const [name, value] of Object.entries({ sql, view })) address.searchParams.set(name, value);
    return address.href;
  }

  const given = () => {
    const { sql, view } = Object.fromEntries(new URLSearchParams(location.search));
    return { sql, view: view === "chart" ? view : "table" };
  };

  function rememberQuery(sql, view) {
    if (given().sql !== sql || given().view !== view) history.pushState(null, "", addressOf(sql, view));
  }

  const first = editor.defaultValue;
  function restore({ see }) {
    const { sql, view } = given();
    editor.value = sql ?? first;
    if (sql) return run({ remember: false, view, see });
    if (busy) halt();
    clear();
    note.textContent = "";
  }

  // ---- Examples: links whose address holds the query; words like :department stand for what is chosen beside them

  const examples = new Map(
    links.map((link) => {
      const { sql, view } = Object.fromEntries(new URL(link.href).searchParams);
      return [link, { sql, view, slot: link.querySelector("[data-slot]")?.dataset.slot }];
    }),
  );
  const filled = (sql, name, value) => sql.replaceAll(`:${name}`, () => policyQueryForm.quoted(value));

  function fillExamples() {
    for (const [link, { sql, view, slot }] of examples) {
      const select = selects.find(({ name }) => name === slot);
      const chosen = select?.selectedOptions[0];
      if (chosen) link.querySelector("[data-slot]").textContent = chosen.textContent;
      link.href = addressOf(chosen ? filled(sql, slot, chosen.value) : sql, view);
    }
  }

  // The ready question that a query is, and its words: {link, words}; none for any other query.
  function questionOf(asked) {
    for (const [link, { sql, slot }] of examples) {
      const choices = selects.find(({ name }) => name === slot)?.given ?? [];
      const chosen = choices.find(([value]) => filled(sql, slot, value) === asked);
      if (!chosen && sql !== asked) continue;
      const copy = link.cloneNode(true);
      if (chosen) copy.querySelector("[data-slot]").textContent = chosen[1];
      return { link, words: copy.textContent };
    }
  }

  function offerExamples() {
    for (const select of selects) {
      select.replaceChildren(...select.given.map(([value, text]) => element("option", { value }, text)));
      select.closest("label").hidden = !select.given.length;
      select.addEventListener("change", fillExamples);
    }
    fillExamples();
  }

  async function follow(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab
    event.preventDefault();
    const link = event.currentTarget;
    await opened().catch(() => {}); // until then the words are not filled in; where this fails, run says so
    const { sql, view } = Object.fromEntries(new URL(link.href).searchParams);
    editor.value = sql;
    run({ view });
  }

  // ---- Tables and columns, as the page describes them

  const columns = new Map(all("[data-column]").map((place) => [`${place.dataset.table}.${place.dataset.column}`, place.dataset]));
  const titles = new Map(all("[data-title]").map((place) => [place.dataset.table, place.dataset.title]));
  const meanings = new Map([...columns.values()].map(({ column, meaning }) => [column, meaning]));
  const nameOf = (name) => titles.get(name) ?? meanings.get(name) ?? "";
  const described = (table, column) => columns.get(`${table}.${column}`);
  const typeOf = (table, column) => described(table, column)?.type;
  const truths = [...new Set([...columns.values()].filter(({ type }) => type === "boolean").map(({ column }) => column))];
  const headOf = (table, column) => described(table, column)?.head ?? column;
  const labelOf = (table, column) => `${(column ? described(table, column)?.head : titles.get(table)) ?? ""} ${column ?? table}`.trim();

  function offerInsertion(code) {
    const { table, column } = code.dataset;
    const button = element("button", { type: "button", className: "pl-insert", title: "放进查询里" });
    code.replaceWith(button);
    button.append(code);
    button.addEventListener("click", () => {
      const name = column ? (database?.tables[table]?.[column] ?? column) : table;
      const before = editor.value.slice(0, editor.selectionStart);
      editor.setRangeText(/[\w"]$/.test(before) ? ` ${name}` : name, editor.selectionStart, editor.selectionEnd, "end");
      button.title = `已把 ${name} 放进查询里`;
      note.textContent = `已把 ${name} 放进查询里光标所在的位置。`;
    });
  }

  // ---- All together

  let offered = false;
  function offerAll() {
    if (offered) return;
    offered = true;
    policyQueryForm.open(part("form"), { tables: database.tables, labelOf, headOf, typeOf }, (sql) => {
      editor.value = sql;
      run();
    });
    offerExamples();
    part("tool").dataset.state = "ready";
  }

  part("tool").hidden = false;
  all("[data-insert]").forEach(offerInsertion);
  part("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    run({ view: given().view });
  });
  part("stop").addEventListener("click", stop);
  part("csv").addEventListener("click", () => saveCsv(fileName(), [answer.columns, ...answer.rows.map((row) => row.map(asText))]));
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) part("ask").requestSubmit();
  });
  for (const button of views) {
    button.addEventListener("click", () => {
      rememberQuery(asked, button.dataset.view);
      draw(button.dataset.view);
    });
  }
  for (const link of links) link.addEventListener("click", follow);
  addEventListener("popstate", () => restore({ see: false }));
  restore({ see: true });
  opened().catch(() => {}); // whoever asks next is told
})();
