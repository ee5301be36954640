// What the pages gain where scripts run: light or dark by choice, which deadlines have passed, lists that narrow and sort.
"use strict";

const root = document.documentElement;
const CHOICES = {
  scheme: () => (root.dataset.scheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark" ? "light" : "dark",
  size: () => (root.dataset.size === "large" ? "normal" : "large"),
};

function remembered(choice) {
  try {
    return localStorage.getItem(`policy-ledger-${choice}`);
  } catch {
    return null; // storage is refused, as it may be from file://
  }
}

// Before the first paint, so that the page does not flash.
for (const choice of Object.keys(CHOICES)) {
  const value = remembered(choice);
  if (value) root.dataset[choice] = value;
}

function offerChoice(button) {
  const choice = button.dataset.choice;
  const tell = () => choice === "size" && button.setAttribute("aria-pressed", String(root.dataset.size === "large"));
  button.hidden = false;
  tell();
  button.addEventListener("click", () => {
    root.dataset[choice] = CHOICES[choice]();
    tell();
    try {
      localStorage.setItem(`policy-ledger-${choice}`, root.dataset[choice]);
    } catch {
      // The choice holds for this page.
    }
  });
}

// The day in China, whatever the reader's zone: YYYY-MM-DD.
let chinese = null; // a format is costly to make
function today() {
  chinese ??= new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" });
  return chinese.format(new Date());
}

function markPassed() {
  const now = today();
  for (const time of document.querySelectorAll("time[data-end]")) {
    if (time.dataset.end >= now) continue;
    const note = document.createElement("span");
    note.className = "pl-passed";
    note.textContent = "期限已过";
    time.after(note);
  }
}

// How long ago a day was, by the reader's day in China: the pages themselves know no today.
function tellAge() {
  const now = Date.parse(today());
  for (const time of document.querySelectorAll("time[data-since]")) {
    const days = Math.round((now - Date.parse(time.dataset.since)) / 864e5);
    if (days < 0) continue;
    const note = document.createElement("span");
    note.className = "pl-ago";
    note.textContent = days ? `（${days} 天前）` : "（今天）";
    time.after(note);
  }
}

// Scripts of the search come when they are first needed, each once; their addresses are as seen from the top of the site.
const siteTop = new URL("..", document.currentScript.src);
const coming = new Map();
function loadScript(path) {
  if (!coming.has(path)) {
    const arrived = new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL(path, siteTop).href;
      script.async = false; // they run in the order in which they are asked for
      script.onload = done;
      script.onerror = () => {
        coming.delete(path); // a later try may succeed
        failed(new Error(path));
      };
      document.head.append(script);
    });
    coming.set(path, arrived);
  }
  return coming.get(path);
}

// `part`: "box", "page" or "rows", whose script is wanted besides.
async function finder(part) {
  await loadScript("search/manifest.js");
  const files = self.policySearch_files;
  const needed = [files.index, files.search, ...(part ? [files[`search-${part}`]] : [])];
  await Promise.all(needed.map(loadScript));
  return policyFinder;
}

// Without scripts the form leads to the list of all measures.
function offerSearch(form) {
  form.action = new URL(form.dataset.search, location.href).href;
  let offered = false;
  form.addEventListener("focusin", async () => {
    if (offered) return;
    offered = true;
    try {
      await finder("box");
      policyBox(form);
    } catch {
      offered = false; // without the search the form still leads to its page
    }
  });
}

function listenForSlash(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  document.querySelector("input[type=search]")?.focus();
  event.preventDefault();
}

// Some browsers refuse an address that changes with every key.
let remembering = 0;
function rememberSoon(remember) {
  clearTimeout(remembering);
  remembering = setTimeout(remember, 250);
}

// Fields of a form and the address: what the one says, the other takes over.
function readFields(fields) {
  const given = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = given.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.value = ""; // a value that the list does not have
  }
}

function writeFields(fields, step) {
  const address = new URL(location.href);
  for (const field of fields) {
    if (field.value) address.searchParams.set(field.name, field.value);
    else address.searchParams.delete(field.name);
  }
  history[step](null, "", address);
}

// Behind each option, how many records it would leave while the other conditions hold. An option keeps its name in data-name.
function countOptions(selects, records, fits, valuesOf) {
  for (const select of selects) {
    const others = selects.filter((other) => other !== select);
    const tally = new Map();
    for (const record of records) {
      if (!others.every((other) => fits(record, other))) continue;
      for (const value of valuesOf(record, select)) tally.set(value, (tally.get(value) ?? 0) + 1);
    }
    for (const option of select.options) {
      if (!option.value) continue;
      option.dataset.count = tally.get(option.value) ?? 0;
      option.textContent = `${option.dataset.name}（${option.dataset.count}）`;
    }
  }
}

const MARKED = 200; // rows in which the words are marked

// The list of all measures: words and facets narrow it, each facet says how many rows it would leave, and the address
// remembers the choice.
function offerExplorer(form) {
  const name = form.dataset.explorer;
  const count = form.querySelector("[data-count]");
  const reset = form.querySelector("[data-reset]");
  const download = form.querySelector("[data-rows-csv]");
  const selects = [...form.querySelectorAll("select:not([data-range])")];
  const narrow = form.querySelector("[data-facets]");
  const conditions = form.querySelector("[data-conditions]");
  const { q, from, to } = form.elements;
  const rows = [...document.querySelectorAll(`[data-rows="${name}"] tbody tr`)].map((element, rank) => ({
    element,
    rank, // the index has the measures in the same order
    ends: element.dataset.ends.split(" ").filter(Boolean),
    values: Object.fromEntries(selects.map((select) => [select.name, element.dataset[select.name].split(" ")])),
  }));
  for (const select of form.querySelectorAll("select")) for (const option of select.options) option.dataset.name = option.textContent;

  const fields = () => [q, from, to, ...selects];
  const ranged = () => from.value || to.value;
  const inRange = (end) => end.slice(0, 7) >= from.value && (!to.value || end.slice(0, 7) <= to.value);
  const valuesOf = (row, select) => row.values[select.name];
  const fits = (row, select) => !select.value || valuesOf(row, select).includes(select.value);

  // On paper nobody sees the form: what was asked for stands there in words.
  const described = (field) => (field === q ? `查找“${q.value}”` : `${field.labels[0].firstChild.textContent}：${field.selectedOptions[0].dataset.name}`);

  let answer = null; // what the search found for the words, if there are any
  let turn = 0;

  // What the search finds, as everywhere on the site.
  async function search() {
    const mine = ++turn;
    delete form.dataset.state;
    const query = q.value.trim();
    const found = query ? await finder("rows").then((found) => found.find(query)) : null;
    if (mine !== turn) return;
    const ranks = found?.ranks.filter((rank) => rank < rows.length);
    const first = found && (await found.list(ranks.slice(0, MARKED)));
    if (mine !== turn) return;
    answer = found && { ...found, among: new Set(ranks), first };
    show();
    form.dataset.state = "done";
  }

  function show() {
    const found = rows.filter((row) => (!answer || answer.among.has(row.rank)) && (!ranged() || row.ends.some(inRange)));
    const shown = new Set(found.filter((row) => selects.every((select) => fits(row, select))));
    for (const row of rows) row.element.hidden = !shown.has(row);
    countOptions(selects, found, fits, valuesOf);
    const narrowed = fields().some((field) => field.value);
    count.textContent = !narrowed ? `共 ${rows.length} 条` : answer ? "" : shown.size ? `找到 ${shown.size} 条，共 ${rows.length} 条` : "没有找到。请减少条件。";
    if (self.policyRows) policyRows(answer, q.value.trim(), rows, shown, count);
    reset.hidden = !narrowed;
    conditions.textContent = fields().filter((field) => field.value).map(described).join("；");
    download.hidden = !shown.size;
  }

  function restore() {
    readFields(fields());
    search();
  }

  let wasNarrowed = false;
  const remember = (step) => {
    wasNarrowed = false;
    writeFields(fields(), step);
  };

  function typed(event) {
    if (event.isComposing) return;
    rememberSoon(() => remember(wasNarrowed ? "pushState" : "replaceState"));
    search();
  }

  narrow.hidden = false;
  q.addEventListener("input", typed);
  q.addEventListener("compositionend", typed);
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => {
      remember("pushState");
      wasNarrowed = true;
      show();
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  reset.addEventListener("click", () => {
    for (const field of fields()) field.value = "";
    remember("pushState");
    search();
  });
  download.addEventListener("click", () => saveCsv(`${name}-selected.csv`, asTable(rows.map((row) => row.element).filter((row) => !row.hidden))));
  addEventListener("popstate", restore);
  restore();
  narrow.open = matchMedia("(min-width: 44.01rem)").matches || fields().some((field) => field !== q && field.value);
}

// One row a measure, as the table on the page has them.
function asTable(rows) {
  const words = (element) => (element ? element.textContent.trim() : "");
  const lines = rows.map((row) => {
    const link = row.cells[0].querySelector("a");
    return [
      row.dataset.id,
      words(row.querySelector(".pl-tag")),
      words(link.querySelector(".pl-number")),
      words(link).slice(words(link.querySelector(".pl-number")).length).trim(),
      row.querySelector(".pl-excerpt").textContent,
      [...row.querySelectorAll(".pl-names li")].map((item) => item.textContent).join(";"),
      [...row.cells[2].querySelectorAll("time, .pl-unknown")].map(words).join(";"),
      link.href,
    ];
  });
  return [["measure_id", "policy", "number", "title", "text", "departments", "deadline_text", "url"], ...lines];
}

// RFC 4180, UTF-8 with a mark that tells spreadsheets so.
function saveCsv(name, lines) {
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const text = "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\n") + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

// Column heads that sort: numbers from large to small first, words from 一 to 龥, and back. A table may name the field of
// the address that remembers it.
function offerSorting(table) {
  const body = table.tBodies[0];
  const field = table.dataset.sortable;
  const asWritten = [...body.rows];
  const compare = new Intl.Collator("zh", { numeric: true }).compare;
  const heads = [...table.querySelectorAll("thead th")].filter((head) => head.textContent.trim() && !head.querySelector("a"));

  function sort(head, falling) {
    for (const other of heads) other.removeAttribute("aria-sort");
    head?.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const numbers = head?.dataset.sort === "number";
    const value = (row) => {
      const { dataset, textContent } = row.cells[head.cellIndex];
      const text = dataset.value ?? textContent.trim();
      return numbers ? parseFloat(text) || 0 : text;
    };
    const order = (one, other) => (numbers ? value(one) - value(other) : compare(value(one), value(other)));
    body.append(...(head ? [...asWritten].sort((one, other) => (falling ? order(other, one) : order(one, other))) : asWritten));
  }

  function restore() {
    const wanted = new URLSearchParams(location.search).get(field) ?? "";
    sort(heads.find((head) => head.dataset.key === wanted.replace("-", "")), wanted.startsWith("-"));
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pl-sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const sorted = head.getAttribute("aria-sort");
      sort(head, sorted ? sorted === "ascending" : head.dataset.sort === "number");
      if (!field) return;
      const address = new URL(location.href);
      address.searchParams.set(field, (head.getAttribute("aria-sort") === "descending" ? "-" : "") + head.dataset.key);
      history.replaceState(null, "", address);
    });
  }
  table.dataset.sorts = "";
  if (!field) return;
  addEventListener("popstate", restore);
  restore();
}

function offerCopy(place) {
  if (place.dataset.here) place.textContent = place.textContent.replace(place.dataset.here, location.href.split(/[?#]/)[0]);
  if (place.dataset.accessed) place.textContent = place.textContent.replace(place.dataset.accessed, today());
  if (place.dataset.embed) {
    const card = new URL(place.dataset.embed, location.href).href; // where the site stands, only the browser knows
    place.textContent = place.textContent.replace(/src="[^"]*"/, `src="${card}"`);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pl-copy";
  button.textContent = "复制";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(place.textContent);
    } catch {
      // Without a secure address there is no clipboard: select the words, and let the reader copy them.
      getSelection().selectAllChildren(place);
      button.textContent = "已选中，请复制";
      return;
    }
    button.textContent = "已复制";
  });
  place.after(button);
}

function offerPrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// On paper the reader sees where a page comes from, and of which day it is.
function signPrint(place) {
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
  const site = document.querySelector(".pl-site").textContent;
  place.textContent = `${site}　网址：${address}　打印日期：${today()}`;
}

// WeChat's browser opens no downloads: say so where one would tap in vain, and how to go on.
function explainWeChat() {
  if (!/MicroMessenger/i.test(navigator.userAgent)) return;
  for (const list of document.querySelectorAll(".pl-downloads, .pl-first, .pl-count")) {
    const note = document.createElement("p");
    note.className = "pl-reason";
    note.textContent = "在微信里不能直接下载：请点右上角“…”，选“在浏览器中打开”，再下载。";
    list.after(note);
  }
}

// From the disk there is no server that finds a folder's page.
function nameFolders() {
  if (location.protocol !== "file:") return;
  for (const [selector, name] of [["a[href]", "href"], ["form[action]", "action"]]) {
    for (const element of document.querySelectorAll(selector)) {
      const address = new URL(element[name]);
      if (address.protocol !== "file:" || !address.pathname.endsWith("/")) continue;
      address.pathname += "index.html";
      element[name] = address.href;
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("button[data-choice]").forEach(offerChoice);
  document.querySelectorAll("form[data-search]").forEach(offerSearch);
  document.querySelectorAll("form[data-explorer]").forEach(offerExplorer);
  document.querySelectorAll("form[data-search-page]").forEach((form) => {
    form.hidden = false;
    finder("page").then(() => policyResults(form));
  });
  document.querySelectorAll("[data-copy]").forEach(offerCopy);
  document.querySelectorAll("[data-sortable]").forEach(offerSorting);
  document.querySelectorAll("button[data-print]").forEach(offerPrinting);
  document.querySelectorAll("[data-printed]").forEach(signPrint);
  markPassed();
  tellAge();
  explainWeChat();
  nameFolders();
  document.addEventListener("keydown", listenForSlash);
});
