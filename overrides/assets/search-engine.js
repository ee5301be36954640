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
  const WEIGHTS = { number: 12, same: 11, equal: 9, called: 8.5, title: 5, beginning: 4.5, body: 4, due: 4, named: 3, text: 2, hinted: 1.5, policy: 1, astride: 0.1 };
  const SHORT = 3; // characters; so short a word may stand astride two others by chance

  // ---- Folding

  // One character → what is compared: NFKC, lower case, simplified; "" if it does not count.
  function folding(variants) {
    const simple = new Map();
    const characters = [...variants]; // some are two units long
    for (let place = 0; place < characters.length; place += 2) simple.set(characters[place], characters[place + 1]);
    return once((character) => {
      if (DASHES.has(character)) return "-";
      if (character === "." || character === "．") return ".";
      let folded = "";
      if (character !== "…") for (const part of character.normalize("NFKC").toLowerCase()) if (KEPT.test(part)) folded += simple.get(part) ?? part;
      return folded;
    });
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
      .replace(/([一二三四五六七八九]?)十([一二三四五六七八九]?)/g, (_, tens, ones) => String((tens ? NUMERALS.indexOf(tens) : 1) * 10 + (ones ? NUMERALS.indexOf(ones) : 0)))
      .replace(/[〇一二三四五六七八九]/g, (digit) => NUMERALS.indexOf(digit));
  const [BEGINNING, END] = ["0000-01", "9999-12"];
  const two = (number) => String(number).padStart(2, "0");
  const YEAR = String.raw`((?:19|20)\d\d|二[〇零○][〇一二三四五六七八九零○]{2})`;
  const MONTH = String.raw`(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`;
  const ONE = `${YEAR}(?:年|[.\\-/])${MONTH}月?份?`;
  const BEFORE = "(?:前|以前|之前)?";
  // What is written → [first, last] month (YYYY-MM) that is meant, both included, and the day, if one is.
  const DATES = [
    [`${YEAR}(?:年|[.\\-/])${MONTH}(?:月|[.\\-/])(3[01]|[12]\\d|0?[1-9])[日号]?${BEFORE}`, (y, m, d) => [`${y}-${m}`, `${y}-${m}`, `${y}-${m}-${d}`]],
    ["((?:19|20)\\d\\d)(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(?![\\d%])", (y, m, d) => [`${y}-${m}`, `${y}-${m}`, `${y}-${m}-${d}`]],
    ["((?:19|20)\\d\\d)(0[1-9]|1[0-2])(?![\\d%])", (y, m) => [`${y}-${m}`, `${y}-${m}`]],
    [`${ONE}(?:到|至|[-—–~～])${ONE}`, (y, m, z, n) => [`${y}-${m}`, `${z}-${n}`]],
    [`${YEAR}年?(?:到|至|[-—–~～])${YEAR}年`, (y, z) => [`${y}-01`, `${z}-12`]],
    [`${ONE}(?:以后|之后|起)`, (y, m) => [`${y}-${m}`, END]],
    [`${ONE}[底末]?${BEFORE}`, (y, m) => [`${y}-${m}`, `${y}-${m}`]],
    [`${YEAR}年?第?([1-4一二三四])季度`, (y, q) => [`${y}-${two(q * 3 - 2)}`, `${y}-${two(q * 3)}`]],
    [`${YEAR}年?上半年`, (y) => [`${y}-01`, `${y}-06`]],
    [`${YEAR}年?下半年`, (y) => [`${y}-07`, `${y}-12`]],
    [`${YEAR}年[底末]${BEFORE}`, (y) => [`${y}-12`, `${y}-12`]],
    [`${YEAR}年?(?:以前|之前|前)`, (y) => [BEGINNING, `${y - 1}-12`]],
    [`${YEAR}年?(?:以后|之后|起)`, (y) => [`${y}-01`, END]],
    [`${YEAR}年?(?:内|度|全年)?`, (y) => [`${y}-01`, `${y}-12`]],
  ];

  const WHOLE_DATES = DATES.map(([pattern, months]) => [new RegExp(`^(?:到|至|截至|截止|自)?${pattern}$`, "u"), months]);

  // 22年底 is 2022年底.
  const fullYears = (text) => text.replace(/年年(?=[底末])/g, "年").replace(/(?<!\d)([123]\d年)(?=[底末上下第]|前(?!后)|[\d一二三四五六七八九十]{1,2}月)/g, "20$1");

  function readDate(text) {
    const written = fullYears(text.normalize("NFKC").replace(/\s/g, ""));
    for (const [pattern, months] of WHOLE_DATES) {
      const found = pattern.exec(written);
      if (found) return months(...found.slice(1).map((part) => two(numeral(part))));
    }
    return null;
  }

  // ---- Names of bodies

  const joined = (name) => name.replace(/[和与及]/g, "").replaceAll("委员会", "委");

  // A name, cut behind the place in front of it: {core, owners: numbers of the places that are called so, or null}.
  function unplaced(words, places) {
    for (const [name, owners] of places) {
      if (words.length > name.length + 1 && words.startsWith(name)) return { core: joined(words.slice(name.length)), owners };
    }
    return { core: joined(words), owners: null };
  }

  // Bodies that go by a name: number → how it calls them, "whole", "part" (a part of the name), "hint" (人社 for 人社局).
  function bodiesOf(words, opened) {
    const found = new Map();
    if (words.length < 2 || opened.places.some(([name]) => name === words)) return found;
    const { core, owners } = unplaced(words, opened.places);
    const plain = joined(words);
    opened.bodies.forEach((body, number) => {
      const here = owners?.includes(body.place);
      if (body.called.includes(words) || body.cores.some((one) => one.core === plain && !one.placed) || (here && body.cores.some((one) => one.core === core))) found.set(number, "whole");
      else if ((plain.length > 2 && body.short.some((name) => name.includes(plain))) || (here && core.length > 2 && body.short.some((name) => name.includes(core)))) found.set(number, "part");
      else if (body.cores.some((one) => one.core.startsWith(core) && (core.length > 2 || /^.[局委办部会]$/u.test(one.core.slice(core.length - 1))) && (owners ? here : !one.placed))) found.set(number, "hint");
    });
    return found;
  }

  // ---- The index, ready to be searched

  // A function that works out each value when it is first wanted, and no second time.
  function once(work) {
    const known = new Map();
    return (text) => {
      let found = known.get(text);
      if (found === undefined) known.set(text, (found = work(text)));
      return found;
    };
  }

  function open(index) {
    const one = folding(index.variants);
    const folded = once((text) => fold(text, one));
    const bare = (text) => folded(text).text;
    const names = index.names.map((one) => {
      const [department, name = index.departments[department][1]] = [one].flat();
      return { name, department, bare: bare(name) };
    });
    const owners = new Map();
    index.places.forEach((called, place) => called.forEach((name) => owners.set(bare(name), [...(owners.get(bare(name)) ?? []), place])));
    const places = [...owners].sort(([one], [other]) => other.length - one.length);
    const bodies = index.departments.map(([id, name, others, aliases, place, collective]) => {
      const own = [name, ...others].map(bare);
      const called = [...own, ...aliases.map(bare)];
      // An alias with its place counts with the place only: the bare one may be another body's.
      const cores = called.map((one, number) => {
        const { core, owners } = unplaced(one, places);
        return owners?.includes(place) ? { core, placed: number >= own.length } : { core: joined(one), placed: false };
      });
      return { id, name, place, jurisdiction: index.places[place][0], collective: !!collective, called, cores, own, short: own.map(joined) };
    });
    const policies = index.policies.map(([, title, short]) => [title, short].map(bare));
    const termOf = once((text) => term(text, opened));
    const opened = { folded, bare, termOf, names, places, bodies, policies, entries: [], index };
    take(opened, 0, index.rows ?? []);
    index.departments.forEach(([id, name], body) => put(opened, index.count + body, { kind: "department", id: `departments/${id}`, address: `departments/${id}/`, title: name, body }));
    return opened;
  }

  const BLANK = { number: "", text: "", names: [], leads: [], dues: [], issued: "", themes: [], body: -1, policy: -1, targets: false, headed: true };
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
    measure: ([policy, nn, number, title, text, names, dues, themes, targets, headed, leads = []], { policies }) => {
      const id = `${policies[policy][0]}/${nn}`;
      return { id, address: `policies/${id}/`, number, title, text, names, leads, dues, themes, policy, targets: !!targets, headed: !!headed };
    },
    policy: ([policy, text], { policies }) => ({ id: `policies/${policies[policy][0]}`, address: `policies/${policies[policy][0]}/`, title: policies[policy][1], text, policy, issued: policies[policy][4] }),
    page: ([path, title, text, address = `${path}/`]) => ({ id: `pages/${path}`, address, title, text }),
    other: ([id, address, title, text, policy]) => ({ id, address, title, text, policy }),
  };

  function take(opened, first, rows) {
    rows.forEach(([kind, ...row], number) => put(opened, first + number, { kind, ...(READ[kind] ?? READ.other)(row, opened.index) }));
  }

  // ---- What is asked for

  // （六）, 六 and 6 as one.
  const counted = (number) => Number(numeral(number)) || 0;
  const NUMBER = /^(?:第|措施|任务)*(\d+|[一二三四五六七八九十]+)[条项款号]?$/;
  // One term: the words themselves, the bodies they may mean, the months they may mean; or a condition of search-asked.js.
  function term(text, opened) {
    if (text.startsWith("§")) return policyAsked.condition(text);
    const months = readDate(text);
    // 20年底前 stands there as 2020年底.
    const words = opened.bare(months ? fullYears(text).replace(/([底末])(?:以|之)?前$/u, "$1") : text);
    const number = NUMBER.exec(words)?.[1] ?? words;
    const isPlace = opened.places.some(([name]) => name === words);
    const policies = words.length < 4 && !isPlace ? [] : opened.policies.flatMap((called, policy) => (called.some((name) => (isPlace ? name.includes(words) : name.endsWith(words))) ? [policy] : []));
    // What was typed without punctuation, short and in Han alone, is a word: it should not be pieced together from two.
    const short = words.length > 1 && words.length <= SHORT && text.replace(APART, "").length === words.length && /^\p{Script=Han}+$/u.test(words);
    return { words, shown: text, bodies: bodiesOf(words, opened), isPlace, number, counted: counted(number), months, whole: !!months && (months[0] === BEGINNING || months[1] === END), policies, short, others: [] };
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
      .map((way) => way.map((text) => opened.termOf(text)));
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

  const segmenter = self.Intl?.Segmenter ? new Intl.Segmenter("zh", { granularity: "word" }) : null;
  const CROSSED = /[\p{P}\n]/u;
  const APART = /[\s“”"'‘’「」『』]/gu; // what may stand in and around a word that is typed
  const QUOTES = /[“”"'‘’《》〈〉「」『』（）()]/gu;

  // Whether the words from a place on belong to two others by chance: a comma or a line is between, a word that is never
  // cut is cut, or both ends lie within longer words (兼【职教】师); where they name a body, one end is enough.
  function isAstride(text, start, end, wanted, opened) {
    if (CROSSED.test(text.slice(start, end).replace(QUOTES, ""))) return true;
    const words = wordsOf(text, opened);
    if (!words) return false;
    const [left, right] = [words[start][0] < start && words[start][1] < end, words[end - 1][1] > end && words[end - 1][0] > start];
    return (left && right) || ((left || right) && [...wanted.bodies.values()].includes("whole"));
  }

  // Of each unit of a text, where the word begins and ends that it is in.
  function wordsOf(text, opened) {
    const folded = opened.folded(text);
    if (!folded.words && segmenter) {
      folded.words = [];
      for (const { index, segment } of segmenter.segment(text)) folded.words.push(...Array(segment.length).fill([index, index + segment.length]));
    }
    return folded.words;
  }

  // Whether the words would cut one of those that are never cut: 落【实习】近平.
  function cuts(text, start, end, opened) {
    return opened.index.uncut.some((word) => {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const stop = at + word.length;
        if (at < end && stop > start && at < start !== stop > end) return true;
      }
      return false;
    });
  }

  // Where the words of a term stand in a text: {firm: places in the folded text, astride: places where they may be no words}.
  function standing(text, wanted, opened) {
    const { text: bare, at } = opened.folded(text);
    const found = places(bare, wanted.words);
    if (!wanted.short || !found.length) return { firm: found, astride: [] };
    const [firm, astride] = [[], []];
    for (const place of found) {
      const [start, end] = [at[place], at[place + wanted.words.length - 1] + 1];
      if (cuts(text, start, end, opened)) continue;
      (isAstride(text, start, end, wanted, opened) ? astride : firm).push(place);
    }
    return { firm, astride };
  }

  const CALLED = { whole: WEIGHTS.called, part: WEIGHTS.title, hint: WEIGHTS.named };

  // How well an entry answers one term: 0 not at all.
  function weigh(entry, wanted, opened) {
    const { words, bodies, months, is, isPlace } = wanted;
    if (months && entry.kind === "page") return 0; // lists of months are no answer to one
    if (is) return entry.kind === "measure" && policyAsked.meets(entry, wanted) ? WEIGHTS.due : 0;
    let best = 0;
    const better = (weight) => (best = Math.max(best, weight));
    if (entry.number && entry.bareNumber === wanted.number) better(WEIGHTS.number);
    else if (wanted.counted && entry.number && counted(entry.bareNumber) === wanted.counted) better(WEIGHTS.same);
    if (words) {
      if (entry.bareTitle === words) better(WEIGHTS.equal);
      else if (entry.body < 0 && entry.bareTitle.includes(words)) {
        const { firm, astride } = standing(entry.title, wanted, opened);
        if (firm.length) better(WEIGHTS.title + words.length / entry.bareTitle.length);
        else if (astride.length) better(WEIGHTS.astride);
      }
    }
    if (entry.kind === "policy" && wanted.policies.includes(entry.policy)) better(WEIGHTS.called);
    if (entry.body >= 0) {
      const { own } = opened.bodies[entry.body];
      if (bodies.has(entry.body)) better(CALLED[bodies.get(entry.body)]);
      // The name of a place asks for more than one of its bodies that bears it.
      for (const name of own) if (places(name, words).length) better(isPlace ? WEIGHTS.hinted : WEIGHTS.title + words.length / name.length);
    }
    if (words && entry.bareText.includes(words)) {
      const { firm, astride } = standing(entry.text, wanted, opened);
      if (firm.length) {
        const early = !entry.headed && firm[0] + words.length <= TITLE_LENGTH;
        better(early ? WEIGHTS.beginning + words.length / TITLE_LENGTH : WEIGHTS.text + Math.min(0.9, 0.3 * (firm.length - 1)));
      } else if (astride.length) better(WEIGHTS.astride);
    }
    for (const number of wanted.lead && entry.leads.length ? entry.leads : entry.names) {
      const { bare, department } = opened.names[number];
      if (bare === words) better(WEIGHTS.body);
      else if (places(bare, words).length || (bodies.has(department) && bodies.get(department) !== "hint")) better(WEIGHTS.named);
      else if (bodies.has(department)) better(WEIGHTS.hinted);
    }
    // “before 2022” asks for what is then done as a whole: the deadline of a row counts before those within its text.
    const rows = entry.dues.some(([, , inner]) => !inner);
    for (const [quote, period, inner] of entry.dues) {
      if (months && period && inMonths(period, months)) better(wanted.whole && rows && inner ? WEIGHTS.text : WEIGHTS.due);
      else if (places(opened.bare(quote), words).length) better(WEIGHTS.due);
    }
    if (months && entry.issued && (months[2] ? entry.issued === months[2] : inMonths(entry.issued, months))) better(WEIGHTS.due);
    for (const other of wanted.others) better(0.9 * weigh(entry, other, opened));
    return entry.kind === "page" || entry.kind === "instrument" ? best / 2 : best;
  }

  function rank(found) {
    return found.sort((one, other) => !!one.astride - !!other.astride || other.score - one.score || one.entry.rank - other.entry.rank);
  }

  // Entries that answer every term, the best first: [{entry, score, terms, astride: found only where it may be no word}].
  function all(opened, terms, entries = opened.entries) {
    const found = [];
    for (const entry of entries) {
      let sum = 0;
      let astride = false;
      for (const wanted of terms) {
        // Beside other words, the name of a document or of its place asks for what is in it.
        const isOf = terms.length > 1 && entry.kind === "measure" && wanted.policies?.includes(entry.policy);
        const weight = (isOf && wanted.isPlace ? 0 : weigh(entry, wanted, opened)) || (isOf ? WEIGHTS.policy : 0);
        if (!weight) {
          sum = 0;
          break;
        }
        astride ||= weight <= WEIGHTS.astride;
        sum += weight;
      }
      if (sum) found.push({ entry, score: sum / terms.length, terms, astride });
    }
    return rank(found);
  }

  // What holds the query as it is written; `isLast`: take what is found only astride two words, too.
  function exact(opened, query, isLast = false) {
    for (const terms of readings(query, opened)) {
      const found = all(opened, terms);
      if (found.length && (isLast || !found[0].astride)) return found;
    }
    return [];
  }

  // Where the terms stand in a text of an entry: [start, end) in the original, in order, none overlapping.
  function marks(text, terms, opened, whole = () => false, astride = false) {
    const { at } = opened.folded(text);
    const found = [];
    const look = (wanted) => {
      const stands = standing(text, wanted, opened);
      const literal = astride && !stands.firm.length ? stands.astride : stands.firm;
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

  return { DATES, HAN, all, bodiesOf, exact, fullYears, inMonths, marks, monthsOf, numeral, once, open, places, rank, readDate, readings, segmenter, standing, take, unplaced, weigh };
})();
