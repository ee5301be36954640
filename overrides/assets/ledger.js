// What the pages gain where scripts run: light or dark by choice, which deadlines have passed, finding by words.
"use strict";

const SCHEME = "policy-ledger-scheme";

function remembered() {
  try {
    return localStorage.getItem(SCHEME);
  } catch {
    return null; // storage is refused, as it may be from file://
  }
}

// Before the first paint, so that the page does not flash.
if (remembered()) document.documentElement.dataset.scheme = remembered();

function offerScheme(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const now = document.documentElement.dataset.scheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    document.documentElement.dataset.scheme = next;
    try {
      localStorage.setItem(SCHEME, next);
    } catch {
      // The choice holds for this page.
    }
  });
}

// The day in China, whatever the reader's zone: YYYY-MM-DD.
function today() {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(new Date());
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

// Widths, case, white space and punctuation do not matter; signs that carry meaning in numbers and names stay.
function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}.+%-]/gu, "");
}

function offerFilter(form) {
  const field = form.elements.q;
  const count = form.querySelector("[data-count]");
  const rows = [...document.querySelectorAll(`[data-rows="${form.dataset.filter}"] tbody tr`)];
  const texts = rows.map((row) => fold(row.textContent));
  const show = () => {
    const words = field.value.split(/[\s、，,；;]+/).map(fold).filter(Boolean);
    let shown = 0;
    rows.forEach((row, number) => {
      row.hidden = !words.every((word) => texts[number].includes(word));
      shown += !row.hidden;
    });
    count.textContent = !words.length
      ? `共 ${rows.length} 条`
      : shown
        ? `找到 ${shown} 条，共 ${rows.length} 条`
        : "没有找到。请减少词语，或改用部门的全称。";
  };
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", () => {
    const address = new URL(location.href);
    if (field.value) address.searchParams.set("q", field.value);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

// Column heads that sort: numbers from large to small first, words from 一 to 龥, and back.
function offerSorting(table) {
  const body = table.tBodies[0];
  const compare = new Intl.Collator("zh", { numeric: true }).compare;
  const read = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  for (const head of table.querySelectorAll("thead th")) {
    if (!head.textContent.trim() || head.querySelector("a")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pl-sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const column = head.cellIndex;
      const numbers = head.dataset.sort === "number";
      const falling = head.ariaSort ? head.ariaSort === "ascending" : numbers;
      for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.ariaSort = falling ? "descending" : "ascending";
      const value = (row) => (numbers ? parseFloat(read(row, column)) || 0 : read(row, column));
      const order = (one, other) => (numbers ? value(one) - value(other) : compare(value(one), value(other)));
      const rows = [...body.rows].sort((one, other) => (falling ? order(other, one) : order(one, other)));
      body.append(...rows);
    });
  }
}

function offerCopy(place) {
  place.textContent = place.textContent.replace(place.dataset.accessed, today());
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
  document.querySelectorAll("[data-scheme]:is(button)").forEach(offerScheme);
  document.querySelectorAll("form[data-filter]").forEach(offerFilter);
  document.querySelectorAll("[data-copy]").forEach(offerCopy);
  document.querySelectorAll("[data-sortable]").forEach(offerSorting);
  markPassed();
  nameFolders();
});
