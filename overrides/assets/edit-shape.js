// Is a record of the shape that its JSON Schema describes? As scripts/check/shape.py, in the same words.
"use strict";

const policyEditShape = (() => {
  const { chineseNumber } = policyEditRead;
  const NUMBER = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/u; // what every reader of JSON keeps exactly
  const SHOWN = 30; // characters of a long value that a message repeats
  const NEAR = 0.6;

  const isText = (value) => typeof value === "string";
  const count = (text) => [...text].length;

  function short(value) {
    return count(value) <= SHOWN + 10 ? value : `${[...value].slice(0, SHOWN).join("")}……（共 ${count(value)} 字）`;
  }

  // The longest stretch that two lists share: [how long, from where in the one, from where in the other].
  function longest(one, other) {
    let [best, from, to] = [0, 0, 0];
    let row = new Array(other.length + 1).fill(0);
    for (let i = 1; i <= one.length; i++) {
      const next = new Array(other.length + 1).fill(0);
      for (let j = 1; j <= other.length; j++) {
        if (one[i - 1] !== other[j - 1]) continue;
        next[j] = row[j - 1] + 1;
        if (next[j] > best) [best, from, to] = [next[j], i - next[j], j - next[j]];
      }
      row = next;
    }
    return [best, from, to];
  }

  // All stretches that follow each other in both: [[how long, from where in the one, in the other], …], as difflib's
  // matching blocks (Ratcliff and Obershelp).
  function blocks(one, other) {
    const [best, from, to] = longest(one, other);
    if (!best) return [];
    const behind = blocks(one.slice(from + best), other.slice(to + best)).map(([size, a, b]) => [size, a + from + best, b + to + best]);
    return [...blocks(one.slice(0, from), other.slice(0, to)), [best, from, to], ...behind];
  }

  const matching = (one, other) => blocks(one, other).reduce((sum, [size]) => sum + size, 0);

  const FEW = 6; // values that a message explains one by one
  // The values of a field; of a few, what they mean too.
  const allowed = ({ enum: values, enumDescriptions: meanings }) => (meanings && values.length <= FEW ? values.map((value, place) => `${value}（${meanings[place]}）`) : values);
  const denials = (text) => (text.match(/[未不无非没]/gu) ?? []).join(""); // 未找到 is not 已找到 written wrong

  // “Did you mean …?”, or what to do where nothing is near.
  function near(word, words, otherwise) {
    const letters = [...word];
    let [best, found] = [NEAR, ""];
    for (const other of words) {
      const alike = (2 * matching([...other], letters)) / (count(other) + letters.length || 1);
      if (alike >= best && (alike > best || !found)) [best, found] = [alike, other];
    }
    return found ? `是不是“${found}”？` : otherwise;
  }

  const list = (names) => `可以写：${names.join("、")}。`;

  // An example as a form can show it; "" if it takes several lines.
  function exampleOf(value) {
    if (typeof value !== "object") return String(value);
    const simple = Array.isArray(value) ? value : Object.values(value);
    return simple.length === 1 || Array.isArray(value) ? exampleOf(simple[0] ?? "") : "";
  }

  // What the schema says of a value, as a sentence with an example.
  function helpOf({ description = "", examples }) {
    const example = (examples ?? []).map(exampleOf).find(Boolean);
    const sentence = description + (example ? `，例如：${example}` : "");
    return sentence.endsWith("。") || !description ? sentence : `${sentence}。`;
  }

  // Of a number and its unit, 30名, or a range.
  function withUnit(value) {
    const ends = /^([0-9]+(?:\.[0-9]+)?)\s*(?:[-—–~～]+|[至到])\s*([0-9]+(?:\.[0-9]+)?)$/u.exec(value.normalize("NFKC"));
    if (ends) return `原文是区间的，value 写 ${ends[1]}，value_max（区间的上限）写 ${ends[2]}。`;
    if (/^[零〇一二两三四五六七八九十百千万亿]{1,24}$/u.test(value)) return `请改用阿拉伯数字，写成 ${chineseNumber(value)}。`;
    if (NUMBER.test(value.normalize("NFKC"))) return `请改用半角数字，写成 ${value.normalize("NFKC")}。`;
    const begins = /^(-?[0-9]+(?:\.[0-9]+)?)[\u4e00-\u9fff%％]/u.exec(value.normalize("NFKC"));
    return begins ? `只写数字，写成 ${begins[1]}；单位另外写。` : "";
  }

  // What to change in a value: full-width signs, capitals, or the first sign that stands in no address; "" if none.
  function instead(value, { pattern, format }) {
    const bare = value.replace(/[。，；、）]+$/u, "");
    const isSentence = bare !== value && /^https?:\/\//u.test(value);
    if (isSentence && new RegExp(pattern, "u").test(bare)) return `末尾的“${value.slice(bare.length)}”是句子的标点，请去掉，写成“${bare}”。`;
    const narrow = [...value.normalize("NFKC")].map((sign) => self.policyEdit_base.same[sign] ?? sign).join("").trim();
    const day = format === "date" && /^([0-9]{4})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})日?$/u.exec(narrow);
    if (day) return `请写成“${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}”。`;
    for (const [meant, how] of [[narrow, "请改用半角字符，"], [narrow.toLowerCase(), "请改用小写字母，"]]) {
      if (meant !== value && new RegExp(pattern, "u").test(meant)) return `${how}写成“${meant}”。`;
    }
    if (pattern.includes("[a-z0-9]+(-[a-z0-9]+)*")) return "编号只用小写英文字母、数字和连字符。";
    if (!pattern.startsWith("^https?://")) return "";
    if (!/^https?:\/\//u.test(value)) return "网址开头要有 https:// 或 http://。";
    const [odd] = /[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]/u.exec(value) ?? [""];
    if (!odd || "{}".includes(odd)) return "";
    const way = odd.codePointAt(0) > 0x7f ? "；有中文的，请从浏览器地址栏复制" : "";
    const told = odd.trim() ? `“${odd}”` : "空格或换行";
    return `网址里不能有${told}${way}。`;
  }

  function isDay(text) {
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  }

  // Every problem of a value: {path, rule, message, help}, at the field or item that is wrong.
  function* shape(value, schema, path = []) {
    const say = (rule, message, help, at = path) => ({ path: at, rule, message, help });
    const help = helpOf(schema);
    if (value === null) return;
    if (isText(value)) yield* textShape(value, schema, say, help);
    else if (Array.isArray(value)) {
      if (schema.minItems && !value.length) yield say("empty-value", "这里是空的。", help || "请写上内容，或删掉这个字段。");
      const seen = new Map();
      for (const [number, item] of value.entries()) {
        const key = JSON.stringify(item);
        if (schema.uniqueItems && seen.has(key)) yield say("repeated-item", `这一项和第 ${seen.get(key) + 1} 项重复。`, "请只留一处。", [...path, number]);
        else seen.set(key, number);
        yield* shape(item, schema.items ?? {}, [...path, number]);
      }
    } else yield* fieldsShape(value, schema, say, path, help);
  }

  // What stands between full-width quotation marks that were meant as YAML's, as scripts/check/quotes.py has it.
  const betweenWideQuotes = (value) => (/^[“‘＂＇].+[”’＂＇]$/su.test(value) ? value.slice(1, -1) : "");
  const inQuotes = (value, help) => (betweenWideQuotes(value) ? `内容两头的引号是全角的，会当作内容；请改成半角引号，写成 '${betweenWideQuotes(value)}'。` : help);

  function* textShape(value, schema, say, help) {
    if (schema.type === "number") {
      if (!NUMBER.test(value)) yield say("wrong-type", `这里要写数字，现在是“${short(value)}”。`, withUnit(value) + help || "请改成数字。");
    } else if (schema.type === "boolean") {
      if (!["true", "false"].includes(value)) yield say("wrong-type", `这里要写“true”或“false”，现在是“${short(value)}”。`, help);
    } else if (schema.enum) {
      if (!schema.enum.includes(value)) yield say("not-allowed", `这里不能写“${short(value)}”。`, inQuotes(value, "") || near(value, schema.enum.filter((word) => denials(word) === denials(value)), "") + list(allowed(schema)) + help);
    } else if (schema.minLength && !value) yield say("empty-value", "这里是空的。", help || "请写上内容，或删掉这个字段。");
    else if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) {
      if (!value.trim()) yield say("empty-value", value ? "这里只有空格。" : "这里是空的。", help || "请写上内容，或删掉这个字段。");
      else yield say("wrong-form", `“${short(value)}”的写法不对。`, inQuotes(value, instead(value, schema) + help));
    } else if (schema.format === "date" && !isDay(value)) yield say("wrong-form", `日历上没有“${short(value)}”这一天。`, help);
    else if (schema.maxLength && count(value) > schema.maxLength) yield say("wrong-form", `“${short(value)}”的写法不对。`, help);
  }

  function* fieldsShape(value, schema, say, path, help) {
    const known = schema.properties ?? {};
    for (const name of schema.required ?? []) {
      if (name in value && value[name] !== null) continue;
      const words = name in value ? `“${name}”是空的。` : `缺少“${name}”。`;
      yield say("missing-field", words, helpOf(known[name]), [...path, name]);
    }
    if (schema.minProperties && !Object.keys(value).length) yield say("empty-value", "这里是空的。", help || "请写上内容，或删掉这个字段。");
    for (const [name, inner] of Object.entries(value)) {
      const here = [...path, name];
      const names = schema.propertyNames ?? {};
      if (names.enum ? !names.enum.includes(name) : [...shape(name, names)].length) {
        yield say(names.enum ? "unknown-field" : "bad-id", `这里不能用“${short(name)}”作字段名。`, near(name, names.enum ?? [], "") || helpOf(names) || list(names.enum ?? []), [...here, ""]);
      }
      if (known[name]) yield* shape(inner, known[name], here);
      else if (typeof schema.additionalProperties === "object") yield* shape(inner, schema.additionalProperties, here);
    }
  }

  return Object.freeze({ shape, near, helpOf, isDay, longest, blocks, betweenWideQuotes, inQuotes });
})();
