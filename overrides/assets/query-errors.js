// What SQLite says about a query, in the reader's language: what is wrong, where, and how to mend it.
"use strict";

const policyQueryErrors = (() => {
  const KEYWORDS = "SELECT DISTINCT FROM WHERE GROUP ORDER BY HAVING LIMIT OFFSET JOIN LEFT ON AND OR NOT IN IS NULL LIKE BETWEEN AS ASC DESC CASE WHEN THEN ELSE END UNION WITH EXISTS".split(" ");
  const CLAUSES = /^(FROM|WHERE|GROUP|ORDER|LIMIT)$/i;
  const WIDE = /[，；：（）＝＜＞！＊。、“”‘’\u3000]/; // punctuation of a Chinese keyboard
  const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;
  const NEAR = 3; // names that are proposed

  function distance(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
      row = next;
    }
    return row.at(-1);
  }

  // Letters that changed places count as one slip.
  const swapped = (one, other) => one.length === other.length && [...one].sort().join() === [...other].sort().join();
  const slips = (one, other) => (swapped(one, other) ? 1 : distance(one, other));

  // The names that somebody may have meant: alike in spelling, or with this word in their Chinese name.
  function nearest(word, names, nameOf = () => "") {
    const wanted = word.toLowerCase();
    const rated = [...new Set(names)].map((name) => {
      const given = name.toLowerCase();
      const kin = wanted.length > 2 && (given.includes(wanted) || wanted.includes(given));
      const inWords = nameOf(name).indexOf(word);
      return [inWords >= 0 ? inWords / 100 : kin ? 1 : slips(wanted, given), name];
    });
    const near = rated.filter(([far, name]) => far <= Math.max(1, name.length / 3)).sort(([one], [other]) => one - other);
    return near.slice(0, NEAR).map(([, name]) => name);
  }

  const listed = (names) => names.map((name) => `“${name}”`).join("、");
  const perhaps = (names) => (names.length ? `是不是${listed(names)}？` : "");
  const bare = (sql) => sql.replace(QUOTED, (text) => " ".repeat(text.length));
  const brackets = (sql) => bare(sql).split("(").length - bare(sql).split(")").length;

  function tablesIn(sql, tables) {
    const words = new Set(bare(sql).toLowerCase().match(/\w+/g));
    const named = Object.keys(tables).filter((table) => words.has(table.toLowerCase()));
    return named.length ? named : Object.keys(tables);
  }

  function unknownTable(word, { tables, nameOf }) {
    const all = Object.keys(tables);
    return [`没有名为“${word}”的表。${perhaps(nearest(word, all, nameOf)) || "全部的表：" + all.join("、") + "。"}`];
  }

  function unknownColumn(word, sql, { tables, nameOf }) {
    const name = word.split(".").at(-1);
    const mentioned = tablesIn(sql, tables);
    const near = perhaps(nearest(name, mentioned.flatMap((table) => Object.keys(tables[table])), nameOf));
    const elsewhere = Object.keys(tables).filter((table) => Object.hasOwn(tables[table], name) && !mentioned.includes(table));
    const [only] = mentioned;
    const help = elsewhere.length
      ? `有这一列的表：${elsewhere.join("、")}。${near}`
      : near || (mentioned.length === 1 ? `${only} 表的列：${Object.keys(tables[only]).join("、")}。` : "列名见下面的“表和列”。");
    return [`没有名为“${word}”的列。${help}`, /^[\w.]+$/.test(word) && near ? "" : `如果“${word}”是要查找的文字，请放在英文单引号里：'${word}'。`];
  }

  function syntax(word, sql) {
    const keyword = perhaps(nearest(word, KEYWORDS).filter((name) => name !== word.toUpperCase()).slice(0, 1));
    const uneven = brackets(sql);
    const advice = uneven
      ? "左括号和右括号个数不同，请检查。"
      : /^[(),;]$/.test(word)
        ? "请检查前面是不是少写了内容，或者这个符号是多余的。"
        : keyword || "请检查这个词，以及它前面是不是少了逗号、空格或关键词。";
    const order = CLAUSES.test(word) && !uneven ? `“${word}”前面可能多了逗号，或者次序不对。次序是 SELECT、FROM、WHERE、GROUP BY、ORDER BY、LIMIT。` : "";
    return [`在“${word}”处看不懂。${advice}`, order];
  }

  function ambiguous(word, sql, { tables }) {
    const [owner] = tablesIn(sql, tables).filter((table) => Object.hasOwn(tables[table], word));
    return [`不止一张表有“${word}”列，请在前面写明表名${owner ? "，如 " + owner + "." + word : ""}；表另起了名字的，写那个名字。`];
  }

  const COMMON = [
    [/^no such table: (.+)/, ([, word], sql, schema) => unknownTable(word, schema)],
    [/^no such column: "?(.+?)"?(?: - should this be a string literal.*)?$/, ([, word], sql, schema) => unknownColumn(word, sql, schema)],
    [/^near "([\s\S]*)": syntax error/, ([, word], sql) => syntax(word, sql)],
    [/^incomplete input/, () => ["这条语句没有写完。请检查末尾是不是少了表名、条件或右括号。"]],
    [/^unrecognized token: "(['"])/, () => ["引号没有成对。文字的前后各要一个英文单引号；文字里的单引号写两遍。"]],
    [/^unrecognized token: "(.+)"/, ([, word]) => [`“${word}”不是 SQL 里的符号，请删掉，或放进英文单引号里。`]],
    [/^ambiguous column name: (.+)/, ([, word], sql, schema) => ambiguous(word, sql, schema)],
    [/^no such function: (.+)/, ([, word]) => [`SQLite 没有名为“${word}”的函数。`]],
    [/^wrong number of arguments to function (.+)\(\)/, ([, word]) => [`函数 ${word}() 括号里的项数不对。`]],
    [/^misuse of aggregate/, () => ["count()、sum() 这类汇总函数不能用在这里。按汇总的结果筛选，请写在 GROUP BY 后面的 HAVING 里。"]],
    [/do not have the same number of result columns/, () => ["UNION 前后两条查询的列数要相同。"]],
    [/too big|out of memory/i, () => ["结果太大，内存放不下。请加条件，或者少选几列。"]],
  ];

  function placed(sql, at) {
    if (at === undefined) return "";
    const lines = sql.slice(0, at).split("\n");
    return `第 ${lines.length} 行第 ${[...lines.at(-1)].length + 1} 个字：`;
  }

  // [what is wrong, …how to mend it]. `schema`: tables as in query-worker.js; nameOf(name of a table or column) → Chinese.
  function explain({ fault, at }, sql, schema) {
    const wide = bare(sql).match(WIDE);
    if (wide) return [`${placed(sql, wide.index)}这里有中文标点${wide[0] === "\u3000" ? "（全角空格）" : " " + wide[0] + " "}，请改成英文的。要查找的文字，前后用英文单引号 ' 。`];
    const common = COMMON.find(([pattern]) => pattern.test(fault));
    const words = common ? common[1](fault.match(common[0]), sql, schema) : [`SQLite 报告了一个错误，原话是：${fault}`];
    return [placed(sql, at) + words[0], ...words.slice(1)].filter(Boolean);
  }

  // Truth values are the texts 'true' and 'false'; SQLite's own are numbers, which no text equals. What to write instead,
  // where a query takes one of the columns `truths` for a truth value, or finds nothing and names one; else "".
  function aboutTruth(sql, truths, isEmpty) {
    const text = sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (words) => (words[0] === "'" ? "'" : " ").repeat(words.length));
    const value = "(?:true|false|[01])\\b";
    const taken = truths.find((name) => {
      const column = `(?:\\w+\\s*\\.\\s*)?"?\\b${name}\\b"?`;
      const compared = `${column}\\s*(?:==?|<>|!=|IS\\b(?:\\s+NOT\\b)?)\\s*${value}`;
      const turned = `\\b${value}\\s*(?:==?|<>|!=)\\s*${column}`;
      const alone = `\\b(?:WHERE|AND|OR|NOT|ON|HAVING|WHEN)\\b[\\s(]*${column}\\s*(?:\\)|;|$|\\b(?:AND|OR|GROUP|ORDER|LIMIT|HAVING|THEN|UNION)\\b)`;
      return new RegExp(`${compared}|${turned}|${alone}`, "i").test(text);
    });
    if (taken) return `注意：${taken} 这一列是文字，请写成 ${taken} = 'true' 或 ${taken} = 'false'。`;
    return isEmpty && /\b(?:true|false)\b/i.test(text) ? "注意：表里的 true 和 false 是文字，请写成 = 'true' 或 = 'false'。" : "";
  }

  return { explain, aboutTruth };
})();
