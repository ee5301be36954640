// A result as a bar chart, where one of its columns holds words and another one numbers.
"use strict";

const policyQueryChart = (() => {
  const BARS = 40;
  const ROW = 2.9; // heights in em: they grow with the reader's type
  const ROOM = 80; // per cent of the width that bars may take; their numbers stand behind them

  const isNumber = (value) => typeof value === "number" || typeof value === "bigint";
  const isText = (value) => typeof value === "string";

  function columnOf(kind, columns, rows) {
    return columns.findIndex((_, place) => rows.every((row) => row[place] === null || kind(row[place])) && rows.some((row) => row[place] !== null));
  }

  // {words, numbers}: places of the columns that can be drawn; or {reason} why none can.
  function fit({ columns, rows }) {
    if (!rows.length) return { reason: "没有行可画" };
    const words = columnOf(isText, columns, rows);
    const numbers = columnOf(isNumber, columns, rows);
    if (words < 0 || numbers < 0) return { reason: `要画图，结果里要有一列文字和一列数字；这个结果没有${words < 0 ? "文字" : "数字"}列` };
    return { words, numbers };
  }

  function shape(name, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const shortened = (text, length) => ([...text].length > length ? `${[...text].slice(0, length - 1).join("")}…` : text);

  // A figure of the first rows. `width`: how many characters a line holds.
  function draw({ columns, rows }, { words, numbers }, width) {
    const drawn = rows.slice(0, BARS).map((row) => ({ name: row[words] ?? "空", count: row[numbers] ?? "空", size: Number(row[numbers] ?? 0) }));
    const sizes = drawn.map(({ size }) => size);
    const least = Math.min(0, ...sizes);
    const span = Math.max(0, ...sizes) - least || 1;
    const across = (size) => ((size - least) / span) * ROOM;
    const bars = drawn.map(({ name, count, size }, place) => {
      const top = place * ROW;
      const from = Math.min(across(0), across(size));
      const length = Math.abs(across(size) - across(0));
      return shape(
        "g",
        {},
        shape("title", {}, `${name}：${count}`),
        shape("text", { class: "pl-chart-name", x: "0", y: `${top + 1.1}em` }, shortened(name.replace(/\s+/g, " "), width)),
        shape("rect", { class: "pl-fill", x: `${from}%`, y: `${top + 1.5}em`, width: `${length}%`, height: "0.8em" }),
        shape("text", { class: "pl-chart-count", x: `${from + length}%`, y: `${top + 2.25}em`, dx: "0.4em" }, String(count)),
      );
    });
    const most = drawn.reduce((one, other) => (other.size > one.size ? other : one));
    const label = `条形图：各个“${columns[words]}”的“${columns[numbers]}”，共 ${drawn.length} 项，最大的是${most.name}（${most.count}）。各项数字见结果的表。`;
    const caption = document.createElement("figcaption");
    caption.textContent = `按“${columns[words]}”列出“${columns[numbers]}”`;
    if (rows.length > BARS) caption.append(`，只画前 ${BARS} 项，共 ${rows.length} 项`);
    const figure = document.createElement("figure");
    figure.className = "pl-chart";
    figure.append(caption, shape("svg", { role: "img", "aria-label": label, width: "100%", height: `${drawn.length * ROW}em` }, ...bars));
    return figure;
  }

  return { fit, draw };
})();
