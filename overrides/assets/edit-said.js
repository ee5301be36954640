// What the rules of the form have in common: how a problem is told, and what a record holds.
"use strict";

const policyEditSaid = (() => {
  const { near, longest, blocks, betweenWideQuotes, inQuotes } = policyEditShape;
  const { dayIn } = policyEditRead;
  const VERBATIM = "这一项要照录原文，一字不差。";
  const EXPLAIN = "知道就填上；原文没有的，在 unknowns 里写明状态（未载明、未规定或不适用）和原因。";
  const MEASURE_ID = "编号写成 文件编号/两位数，如 city-tasks/07。";
  const TITLES = /《([^《》]+)》/gu;

  const error = (path, rule, message, help = "") => ({ path, rule, message, help });
  const warning = (...said) => ({ ...error(...said), level: "warning" });
  const notFound = (path, words, where, text = "") => error(path, "not-in-source", `${where}里找不到“${words}”。`, wayOut(words, text) || VERBATIM);

  // What to write instead of a quote that does not stand in a text; "" if nothing is near. As scripts/check/quotes.py,
  // whose table of signs that look alike comes with the schemas.
  function wayOut(words, text) {
    const { same } = self.policyEdit_base;
    const signs = [...text];
    const places = signs.flatMap((sign, place) => (sign.trim() ? [place] : []));
    const bare = places.map((place) => same[signs[place]] ?? signs[place]);
    const wanted = [...words].filter((sign) => sign.trim());
    const start = wanted.length ? bare.findIndex((_, place) => wanted.every((sign, step) => bare[place + step] === (same[sign] ?? sign))) : -1;
    const inside = betweenWideQuotes(words);
    if (inside && text.includes(inside)) return inQuotes(words, "");
    const plain = words.replace(/^[，。；：、,.;: \u3000“”‘’]+|[，。；：、,.;: \u3000“”‘’]+$/gu, "");
    if (plain && plain !== words && text.includes(plain)) return `请去掉两头的标点，写成“${plain}”。`;
    const day = [...text.matchAll(/[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日/gu)].find(([found]) => dayIn(found) === words);
    if (day) return `原文写作“${day[0]}”，请照录。`;
    if (start < 0) return withItsGaps(wanted.join(""), places.map((place) => signs[place]).join("")) || passage([...words], signs);
    const original = signs.slice(places[start], places[start + wanted.length - 1] + 1).join("");
    const odd = wanted.findIndex((sign, step) => sign !== signs[places[start + step]]);
    if (odd < 0) return `只差空格或换行，原文是“${original}”，请照录。`;
    const sign = signs[places[start + odd]];
    if (wanted.length === 1) return `原文是“${sign}”，不是“${wanted[odd]}”，请照录。`;
    return `原文这里是“${sign}”，不是“${wanted[odd]}”。原文是“${original}”，请照录。`;
  }

  // Of a quote that leaves something out, by its dots.
  function withItsGaps(words, text) {
    let place = 0;
    const parts = words.split(/…+|\.{3,}/u);
    const isThere = parts.every((part) => {
      const found = text.indexOf(part, place);
      place = found + part.length;
      return found >= 0;
    });
    return parts.length > 1 && isThere ? "引文不能省略中间的字：请写全，或只引其中的一段。" : "";
  }

  const [LIKE, TELLING, AROUND, COMPARABLE] = [0.6, 4, 6, 1_000_000]; // as scripts/check/quotes.py has them
  // Of a quote that is nearly a passage of the text: that passage. Both are lists of characters.
  function passage(words, text) {
    if (words.length * text.length > COMPARABLE) return "";
    const [size, from, to] = longest(words, text);
    if (size < TELLING) return "";
    const around = text.slice(Math.max(0, to - from - AROUND), to - from + words.length + AROUND);
    const shared = blocks(words, around);
    if (shared.reduce((sum, [length]) => sum + length, 0) < LIKE * words.length) return "";
    const [[, before, first], [length, began, last]] = [shared[0], shared.at(-1)];
    const end = last + length;
    const behind = words.length - began - length; // characters of the quote that are others, as `before`
    if (before + behind > 1) return ""; // where the passage begins or ends cannot be told
    const isWord = (sign) => /[\p{L}\p{N}_]/u.test(sign);
    const begins = isWord(words[0]) ? /[\p{L}\p{N}_]*$/u.exec(around.slice(Math.max(0, first - before), first).join(""))[0] : "";
    const goesOn = isWord(words.at(-1)) ? /^[\p{L}\p{N}_]*/u.exec(around.slice(end, end + behind).join(""))[0] : "";
    return `原文相近的是“${begins}${around.slice(first, end).join("")}${goesOn}”，请照录。`;
  }

  const PARAGRAPH = /[。；：！？…”’）〕】》.;:!?)]$/u; // how a paragraph may end, as scripts/check/source.py has it
  // Line ends within a sentence, copied with it; `mend`: what a button says and puts into the field. `heading`: with which a text may begin, on a line of its own.
  function* wraps(path, text, heading) {
    const lines = (text ?? "").split(/\s*\n\s*/u);
    let whole = lines[0];
    const broken = [];
    for (const line of lines.slice(1)) {
      const isBroken = !PARAGRAPH.test(whole) && whole !== heading;
      if (isBroken) broken.push(whole.slice(-8));
      whole += (isBroken ? (/[A-Za-z]$/u.test(whole) && /^[A-Za-z]/u.test(line) ? " " : "") : "\n") + line;
    }
    if (!broken.length) return;
    const where = broken.length > 1 ? `等 ${broken.length} 处` : "";
    const told = error(path, "wrap-kept", `“${broken[0]}”后面${where}留下了原文的折行，把一句话断开了。`, "请把上下两行接成一行；只有另起一段才分行。");
    yield { ...told, mend: ["接成一行", whole] };
  }

  const rows = (value, name) => Object.entries(value[name] ?? {}).filter(([, row]) => row && typeof row === "object");
  const officialOf = (measure) => ["number", "text", "clause", "deadline"].filter((name) => measure[name]).map((name) => [name, measure[name]]);
  const allText = (measure) => officialOf(measure).map(([, text]) => text).join("\n");
  const partsOf = (policy) => (policy.parts ?? []).flatMap((part) => Object.entries(part));
  const isExplained = (value, name) => name in (value.unknowns ?? {});

  // A field's words that do not stand in a text.
  function* quoted(value, name, fields, text, where) {
    for (const [key, row] of rows(value, name)) {
      for (const field of fields) if (row[field] && !text.includes(row[field])) yield notFound([name, key, field], row[field], where, text);
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
      if (has && isExplained(value, name)) yield error(["unknowns", name], "needless-unknown", `“${name}”有内容，不必说明为什么没有。`, "请删掉 unknowns 里的这一项；内容留着。");
      else if (!has && !isExplained(value, name) && !(name in general)) yield { ...error([name], "unexplained-unknown", `没有“${name}”，也没有说明为什么。`, help), unknown: name };
    }
  }

  // What an id that nothing bears may mean. As scripts/check/hints.py.
  const MOST_LISTED = 8;
  function jurisdictionHint(written, table, otherwise) {
    const named = Object.entries(table).map(([id, { name }]) => `${id}（${name}）`);
    return near(written, Object.keys(table), (named.length <= MOST_LISTED ? `可以写：${named.join("、")}；` : "") + otherwise);
  }

  const WRITTEN = "(?:(?<policy>[a-z0-9-]+)/(?:measures/)?)?(?<number>[0-9]{1,3})(?:\\.yml|/|/index\\.html)?";
  function measureHint(written, measures, own = "") {
    const plain = written.normalize("NFKC").trim().toLowerCase();
    const found = new RegExp(`^${WRITTEN}$`, "u").exec(plain) ?? new RegExp(`(?<=/)${WRITTEN}$`, "u").exec(plain);
    const policy = found ? (found.groups.policy ?? own) : plain; // the id of a document alone
    const id = found && `${policy}/${found.groups.number.padStart(2, "0")}`;
    if (id !== written && measures.includes(id)) return `请写成“${id}”。`;
    const same = found && !found.groups.policy ? measures.filter((one) => one.endsWith(`/${found.groups.number.padStart(2, "0")}`)).sort() : [];
    if (same.length) return `是不是“${same.join("”“")}”？`;
    const numbers = measures.filter((one) => policy && one.startsWith(`${policy}/`)).map((one) => one.split("/").pop()).sort();
    const policies = [...new Set(measures.map((one) => one.split("/")[0]))].sort().join("、");
    if (!numbers.length) return near(plain, measures, MEASURE_ID + (policies && `文件编号有：${policies}。`));
    const isWhole = numbers.length > 2 && Number(numbers.at(-1)) - Number(numbers[0]) === numbers.length - 1;
    const listed = isWhole ? [numbers[0], numbers.at(-1)].join("—") : numbers.join("、");
    return `“${policy}”的措施是 ${listed}，写法如 ${policy}/${numbers[0]}。`;
  }

  function* jurisdictionIsKnown(value, world) {
    const table = world.register("jurisdictions");
    if (value.jurisdiction && !(value.jurisdiction in table)) {
      yield error(["jurisdiction"], "unknown-jurisdiction", `没有编号为“${value.jurisdiction}”的辖区。`, jurisdictionHint(value.jurisdiction, table, "没有的，请先在 data/jurisdictions.yml 里添加。"));
    }
  }

  return Object.freeze({ error, warning, notFound, wayOut, wraps, rows, officialOf, allText, partsOf, isExplained, quoted, unlisted, unknownsFit, jurisdictionIsKnown, jurisdictionHint, measureHint, EXPLAIN, VERBATIM });
})();
