// What the rules of the form have in common: how a problem is told, and what a record holds.
"use strict";

const policyEditSaid = (() => {
  const { near } = policyEditShape;
  const VERBATIM = "这一项要照录原文，一字不差。";
  const EXPLAIN = "知道就填上；原文没有的，在 unknowns 里写明状态（未载明、未规定或不适用）和原因。";
  const MEASURE_ID = "编号写成 文件编号/两位数，如 city-tasks/07。";
  const TITLES = /《([^《》]+)》/gu;

  const error = (path, rule, message, help = "") => ({ path, rule, message, help });
  const warning = (...said) => ({ ...error(...said), level: "warning" });
  // The problem of a quote that does not stand in a text; where spaces alone differ, the words as they stand there.
  function notFound(path, words, where, text = "") {
    const places = [...text].flatMap((sign, place) => (sign.trim() ? [place] : []));
    const bare = [...text].filter((sign) => sign.trim());
    const wanted = [...words].filter((sign) => sign.trim());
    const start = wanted.length ? bare.findIndex((_, place) => wanted.every((sign, step) => bare[place + step] === sign)) : -1;
    const original = start < 0 ? "" : [...text].slice(places[start], places[start + wanted.length - 1] + 1).join("");
    return error(path, "not-in-source", `${where}里找不到“${words}”。`, original ? `只差空格或换行，原文是“${original}”，请照录。` : VERBATIM);
  }

  const rows = (value, name) => Object.entries(value[name] ?? {}).filter(([, row]) => row && typeof row === "object");
  const officialOf = (measure) => ["number", "text", "clause", "deadline"].filter((name) => measure[name]).map((name) => [name, measure[name]]);
  const allText = (measure) => officialOf(measure).map(([, text]) => text).join("\n");
  const partsOf = (policy) => (policy.parts ?? []).flatMap((part) => Object.entries(part));
  const isExplained = (value, name) => name in (value.unknowns ?? {});

  // A field's words that do not stand in a text.
  function* quoted(value, name, fields, text, where) {
    for (const [key, row] of rows(value, name)) {
      for (const field of fields) if (row[field] && !text.includes(row[field])) yield notFound([name, key, field], row[field], where, where === "正文" || where === "这一条的原文" ? text : "");
    }
  }

  function* unlisted(path, text, listed) {
    for (const [whole, title] of text.matchAll(TITLES)) {
      if (!listed.includes(title)) yield warning(path, "unlisted-instrument", `“${whole}”没有列入 instruments。`, "请补上名称，并写明是依据、要求出台还是引用。");
    }
  }

  // For each field: a value, or a reason why there is none.
  function* unknownsFit(value, hasValue, general, help) {
    for (const [name, has] of Object.entries(hasValue)) {
      if (has && isExplained(value, name)) yield error(["unknowns", name], "needless-unknown", `“${name}”有内容，不必说明为什么没有。`, "请删掉这一项。");
      else if (!has && !isExplained(value, name) && !(name in general)) yield { ...error([name], "unexplained-unknown", `没有“${name}”，也没有说明为什么。`, help), unknown: name };
    }
  }

  function* jurisdictionIsKnown(value, world) {
    const table = world.register("jurisdictions");
    if (value.jurisdiction && !(value.jurisdiction in table)) {
      yield error(["jurisdiction"], "unknown-jurisdiction", `没有编号为“${value.jurisdiction}”的辖区。`, near(value.jurisdiction, Object.keys(table), "请先在 data/jurisdictions.yml 里添加。"));
    }
  }

  return Object.freeze({ error, warning, notFound, rows, officialOf, allText, partsOf, isExplained, quoted, unlisted, unknownsFit, jurisdictionIsKnown, EXPLAIN, MEASURE_ID });
})();
