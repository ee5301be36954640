// The search engine: pure functions over the index, for a page or a worker. It knows no document and no network.
//
// Texts stand in the index as they are written; folding them is done here alone, for texts and queries alike, so that the
// two cannot disagree. What matches exactly is found first; only where nothing does, `nearest` looks for what may be meant.
"use strict";

const policySearch = (() => {
  const DIGIT = /\d/;
  const HAN = /\p{Script=Han}/u;
  const KEPT = /[\p{L}\p{N}+%]/u;
  const DASHES = new Set("-–—－―~～−");
  const TITLE_LENGTH = 26; // a row without a heading is known by the beginning of its text
  const WEIGHTS = { number: 12, equal: 9, title: 5, beginning: 4.5, body: 4, due: 4, named: 3, text: 2 };

  // ---- Folding

  // One character → what is compared: NFKC, lower case, simplified; "" if it does not count.
  function folding(variants) {
    const simple = new Map();
    const characters = [...variants]; // some are two units long
    for (let place = 0; place < characters.length; place += 2) simple.set(characters[place], characters[place + 1]);
    const known = new Map();
    return (character) => {
      let folded = known.get(character);
      if (folded === undefined) {
        folded = "";
        if (DASHES.has(character)) folded = "-";
        else if (character === "." || character === "．") folded = ".";
        else if (character !== "…") {
          for (const part of character.normalize("NFKC").toLowerCase()) if (KEPT.test(part)) folded += simple.get(part) ?? part;
        }
        known.set(character, folded);
      }
      return folded;
    };
  }

  // A text → {text: what is compared, at: where each of its characters stands in the original}. A dot or a dash counts
  // between digits only, where 至 is a dash too.
  function fold(text, one) {
    let folded = "";
    const at = [];
    let held = ""; // a sign that counts if a digit follows
    let heldAt = 0;
    let place = 0;
    const put = (characters, where) => {
      for (let i = 0; i < characters.length; i++) at.push(where);
      folded += characters;
    };
    for (const character of text) {
      const part = one(character);
      if (part) {
        if (held) {
          if (DIGIT.test(part[0])) put(held === "至" ? "-" : held, heldAt);
          else if (held === "至") put(held, heldAt);
          held = "";
        }
        const afterDigit = DIGIT.test(folded.at(-1) ?? "");
        if ((part === "." || part === "-" || part === "至") && afterDigit) [held, heldAt] = [part, place];
        else if (part !== "." && part !== "-") put(part, place);
      }
      place += character.length;
    }
    if (held === "至") put(held, heldAt);
    return { text: folded, at };
  }

  // Where `part` stands in `text`, not cut out of a longer number: 20 is not in 2020, nor 6 in 2020.6.
  function places(text, part) {
    const found = [];
    if (!part) return found;
    const [first, last] = [DIGIT.test(part[0]), DIGIT.test(part.at(-1))];
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      const before = first && /\d[.]?$/.test(text.slice(Math.max(0, at - 2), at));
      const after = last && /^[.]?\d/.test(text.slice(at + part.length, at + part.length + 2));
      if (!before && !after) found.push(at);
    }
    return found;
  }

  // ---- Dates

  const NUMERALS = "〇一二三四五六七八九";
  const numeral = (text) =>
    text
      .replace(/[零○]/g, "〇")
      .replace(/([一二]?)十([一二三四五六七八九]?)/g, (_, tens, ones) => String((tens ? NUMERALS.indexOf(tens) : 1) * 10 + (ones ? NUMERALS.indexOf(ones) : 0)))
      .replace(/[〇一二三四五六七八九]/g, (digit) => NUMERALS.indexOf(digit));
  const [BEGINNING, END] = ["0000-01", "9999-12"];
  const two = (number) => String(number).padStart(2, "0");
  const YEAR = String.raw`((?:19|20)\d\d|二[〇零○][〇一二三四五六七八九零○]{2})`;
  const MONTH = String.raw`(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`;
  const ONE = `${YEAR}(?:年|[.\\-/])${MONTH}月?份?`;
  // What is written → [first, last] month (YYYY-MM) that is meant, both included.
  const DATES = [
    [`${ONE}(?:到|至|[-—–~～])${ONE}`, (y, m, z, n) => [`${y}-${m}`, `${z}-${n}`]],
    [`${YEAR}年?(?:到|至|[-—–~～])${YEAR}年`, (y, z) => [`${y}-01`, `${z}-12`]],
    [`${ONE}(?:以后|之后|起)`, (y, m) => [`${y}-${m}`, END]],
    [`${ONE}(?:\\d{1,2}日|[底末])*前?`, (y, m) => [`${y}-${m}`, `${y}-${m}`]],
    [`${YEAR}年?第?([1-4一二三四])季度`, (y, q) => [`${y}-${two(q * 3 - 2)}`, `${y}-${two(q * 3)}`]],
    [`${YEAR}年?上半年`, (y) => [`${y}-01`, `${y}-06`]],
    [`${YEAR}年?下半年`, (y) => [`${y}-07`, `${y}-12`]],
    [`${YEAR}年[底末]前?`, (y) => [`${y}-12`, `${y}-12`]],
    [`${YEAR}年?(?:以前|之前|前)`, (y) => [BEGINNING, `${y - 1}-12`]],
    [`${YEAR}年?(?:以后|之后|起)`, (y) => [`${y}-01`, END]],
    [`${YEAR}年?(?:内|度|全年)?`, (y) => [`${y}-01`, `${y}-12`]],
  ];

  const WHOLE_DATES = DATES.map(([pattern, months]) => [new RegExp(`^(?:到|至|截至|截止|自)?${pattern}$`, "u"), months]);

  function readDate(text) {
    const written = text.normalize("NFKC").replace(/\s/g, "");
    for (const [pattern, months] of WHOLE_DATES) {
      const found = pattern.exec(written);
      if (found) return months(...found.slice(1).map((part) => two(numeral(part))));
    }
    return null;
  }

  // ---- The index, ready to be searched

  // Folds each text once, when it is first compared.
  function open(index) {
    const one = folding(index.variants);
    const known = new Map();
    const folded = (text) => {
      let found = known.get(text);
      if (!found) known.set(text, (found = fold(text, one)));
      return found;
    };
    const bare = (text) => folded(text).text;
    const names = index.names.map(([name, department]) => ({ name, department, bare: bare(name) }));
    const bodies = index.departments.map(([id, name, others, aliases, jurisdiction]) => {
      const called = [name, ...others, ...aliases].map(bare);
      return { id, name, jurisdiction, called, own: [name, ...others].map(bare), short: [name, ...others].map((text) => bare(text).replace(/[和与及]/g, "")) };
    });
    const opened = { folded, bare, names, bodies, entries: [], index };
    take(opened, 0, index.rows ?? []);
    index.departments.forEach(([id, name], body) => put(opened, index.count + body, { kind: "department", id: `departments/${id}`, address: `departments/${id}/`, title: name, body }));
    return opened;
  }

  const BLANK = { number: "", text: "", names: [], dues: [], themes: [], body: -1, policy: -1, targets: false, headed: true };
  // What is compared is folded when it is first needed: of a large index that is little.
  const FOLDED = {
    get bareTitle() {
      return this.opened.bare(this.title);
    },
    get bareText() {
      return this.opened.bare(this.text);
    },
    get bareNumber() {
      return this.opened.bare(this.number);
    },
  };

  function put(opened, rank, given) {
    const entry = Object.assign(Object.create(FOLDED), BLANK, given, { rank, opened });
    entry.years = [...new Set(entry.dues.map(([, period]) => period.slice(0, 4)).filter(Boolean))];
    opened.entries[rank] = entry;
  }

  // Rows of the index from a given rank on, as scripts/search/index.py writes them.
  const READ = {
    measure: ([policy, nn, number, title, text, names, dues, themes, targets, headed], { policies }) => {
      const id = `${policies[policy][0]}/${nn}`;
      return { id, address: `policies/${id}/`, number, title, text, names, dues, themes, policy, targets: !!targets, headed: !!headed };
    },
    policy: ([policy, text], { policies }) => ({ id: `policies/${policies[policy][0]}`, address: `policies/${policies[policy][0]}/`, title: policies[policy][1], text, policy }),
    other: ([id, address, title, text, policy]) => ({ id, address, title, text, policy }),
  };

  function take(opened, first, rows) {
    rows.forEach(([kind, ...row], number) => put(opened, first + number, { kind, ...(READ[kind] ?? READ.other)(row, opened.index) }));
  }

  // ---- What is asked for

  // One term: the words themselves, the departments they may mean, the months they may mean.
  function term(text, opened) {
    const words = opened.bare(text);
    const short = words.replace(/[和与及]/g, "");
    const bodies = new Set();
    if (words.length > 1) {
      opened.bodies.forEach((body, number) => {
        if (body.called.includes(words) || (short.length > 2 && body.short.some((name) => name.includes(short)))) bodies.add(number);
      });
    }
    const number = /^(?:第|措施|任务)?(\d+|[一二三四五六七八九十]+)[条项款号]?$/.exec(words)?.[1] ?? words;
    const months = readDate(text);
    return { words, bodies, number, months, whole: !!months && (months[0] === BEGINNING || months[1] === END), others: [] };
  }

  // The ways to read a query, the likeliest first; each a list of terms that are all wanted.
  function readings(query, opened) {
    const whole = [query];
    const words = query.split(/\s+/u).filter(opened.bare);
    const parts = query.split(/[\s、，,；;：:|/]+/u).filter(opened.bare);
    const loose = words.some((word) => [...opened.bare(word)].length === 1 && HAN.test(word));
    const ways = words.length > 1 && !loose ? [words, parts] : [whole, words, parts];
    const seen = new Set();
    return ways
      .map((way) => way.filter(opened.bare))
      .filter((way) => way.length && !seen.has(way.join("\n")) && seen.add(way.join("\n")))
      .map((way) => way.map((text) => term(text, opened)));
  }

  // ---- Matching

  // YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD → its first and last month.
  function monthsOf(period) {
    const year = period.slice(0, 4);
    if (period.length === 4) return [`${year}-01`, `${year}-12`];
    const quarter = /Q(.)/.exec(period)?.[1];
    return quarter ? [`${year}-${two(quarter * 3 - 2)}`, `${year}-${two(quarter * 3)}`] : [period.slice(0, 7), period.slice(0, 7)];
  }

  const inMonths = (period, [first, last]) => first <= monthsOf(period)[0] && monthsOf(period)[1] <= last;

  // How well an entry answers one term: 0 not at all.
  function weigh(entry, wanted, opened) {
    const { words, bodies, months } = wanted;
    let best = 0;
    const better = (weight) => (best = Math.max(best, weight));
    if (entry.number && entry.bareNumber === wanted.number) better(WEIGHTS.number);
    if (entry.bareTitle === words) better(WEIGHTS.equal);
    else if (places(entry.bareTitle, words).length) better(WEIGHTS.title + words.length / entry.bareTitle.length);
    if (entry.body >= 0) {
      const { called, own } = opened.bodies[entry.body];
      if (called.includes(words)) better(WEIGHTS.equal - 0.5);
      else if (bodies.has(entry.body) || own.some((name) => places(name, words).length)) better(WEIGHTS.title);
    }
    const found = places(entry.bareText, words);
    if (found.length) {
      const early = !entry.headed && found[0] + words.length <= TITLE_LENGTH;
      better(early ? WEIGHTS.beginning + words.length / TITLE_LENGTH : WEIGHTS.text + Math.min(0.9, 0.3 * (found.length - 1)));
    }
    for (const number of entry.names) {
      const { bare, department } = opened.names[number];
      if (bare === words) better(WEIGHTS.body);
      else if (bodies.has(department) || places(bare, words).length) better(WEIGHTS.named);
    }
    // “before 2022” asks for what is then done as a whole: the deadline of a row counts before those within its text.
    const rows = entry.dues.some(([, , inner]) => !inner);
    for (const [quote, period, inner] of entry.dues) {
      if (months && period && inMonths(period, months)) better(wanted.whole && rows && inner ? WEIGHTS.text : WEIGHTS.due);
      else if (places(opened.bare(quote), words).length) better(WEIGHTS.due);
    }
    for (const other of wanted.others) better(0.9 * weigh(entry, other, opened));
    return entry.kind === "page" || entry.kind === "instrument" ? best / 2 : best;
  }

  function rank(found) {
    return found.sort((one, other) => other.score - one.score || one.entry.rank - other.entry.rank);
  }

  // Entries that answer every term, the best first: [{entry, score, terms}].
  function all(opened, terms, entries = opened.entries) {
    const found = [];
    for (const entry of entries) {
      let sum = 0;
      for (const wanted of terms) {
        const weight = weigh(entry, wanted, opened);
        if (!weight) {
          sum = 0;
          break;
        }
        sum += weight;
      }
      if (sum) found.push({ entry, score: sum / terms.length, terms });
    }
    return rank(found);
  }

  function exact(opened, query) {
    for (const terms of readings(query, opened)) {
      const found = all(opened, terms);
      if (found.length) return found;
    }
    return [];
  }

  // Where the terms stand in a text of an entry: [start, end) in the original, in order, none overlapping.
  function marks(text, terms, opened, whole = () => false) {
    const { text: bare, at } = opened.folded(text);
    const found = [];
    const look = (wanted) => {
      const literal = places(bare, wanted.words);
      for (const place of literal) found.push([at[place], at[place + wanted.words.length - 1] + 1]);
      if (!literal.length && whole(wanted)) found.push([0, text.length]);
      wanted.others.forEach(look);
    };
    terms.forEach(look);
    found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    const merged = [];
    for (const [start, end] of found) {
      const last = merged.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  }

  return { DATES, HAN, all, exact, inMonths, marks, open, places, rank, readDate, readings, take, term };
})();
