// What may be meant where nothing matches exactly: the query is rewritten into words that do stand in the texts, and these
// are searched for. Slow, so it runs in a worker where there is one.
"use strict";

const policyNearest = (() => {
  const { HAN, all, exact, once, places, rank, readDate, segmenter, standing, unplaced } = policySearch;
  const { asked, characters, figures, loose } = policyAsked;
  const enough = (length) => (length < 7 ? 0.75 : length < 10 ? 0.3 : 0.1); // share of a question's characters that known words must cover
  const JOINING = /^[的了吗和与及把将给让被由能]|[的了吗和与及把将给让被由能]$/u;
  const INSTEAD = 0.8; // what a word in the place of the one that was typed counts
  const LIKELY = 0.6; // share of the weight of known words that a partial answer must hold
  const BEST = 0.85; // or of what the best one holds

  const LONGEST = 300; // characters of a question that are looked at
  const PASTED = 3000; // the same of a pasted passage
  const CLAUSE = 6; // characters of a clause of it that tell where it comes from

  const unique = (list) => [...new Set(list)];

  // ---- Sounds

  // A folded text as it sounds: {letters, starts: where each character begins, initials}.
  function sound(text, read) {
    let letters = "";
    let initials = "";
    const starts = [];
    for (const character of text) {
      const reading = read(character);
      starts.push(letters.length);
      letters += reading;
      initials += reading[0];
    }
    starts.push(letters.length);
    return { letters, initials, starts };
  }

  // Character → its first sound, and its second where it has one, from the string that scripts/search makes.
  function soundsOf(readings) {
    const first = new Map();
    const second = new Map();
    for (const group of readings.split(" ")) {
      const reading = /^[a-z]+/.exec(group)[0];
      for (const character of group.slice(reading.length)) (first.has(character) ? second : first).set(character, reading);
    }
    return { first, second };
  }

  // What is worked out once: the synonyms folded, the ways to read a character, and each text as it sounds.
  function prepare(opened, { readings, synonyms }) {
    if (opened.ways) return;
    const { first, second } = (opened.sounds = soundsOf(readings));
    const read = (map) => (character) => map.get(character) ?? first.get(character) ?? character;
    opened.synonyms = synonyms.map((group) => group.map(opened.bare));
    opened.ways = [read(first), read(second)];
    opened.sounding = once((text) => {
      const [one, other] = opened.ways.map((way) => ({ text, ...sound(text, way) }));
      return one.letters === other.letters ? [one] : [one, other];
    });
  }

  // All folded strings of the index, with their sounds; names and titles before running text.
  function heard(opened) {
    const strings = (texts) => unique(texts).filter(Boolean).flatMap(opened.sounding);
    const names = [...opened.names.map((name) => name.bare), ...opened.entries.map((entry) => entry.bareTitle)];
    return {
      ways: opened.ways,
      names: strings(names),
      called: strings(opened.bodies.flatMap((body) => [...body.called, ...body.cores.map(({ core }) => core)])),
      texts: strings(opened.entries.map((entry) => entry.bareText)),
    };
  }

  // The words that sound like `letters`, from the beginning of a character; to the end of one, or the last cut short.
  function sounding(strings, letters, cut) {
    const found = [];
    for (const { text, letters: all, starts } of strings) {
      for (let at = all.indexOf(letters); at >= 0; at = all.indexOf(letters, at + 1)) {
        const start = starts.indexOf(at);
        const stop = at + letters.length;
        const end = cut ? starts.findIndex((place) => place >= stop) : starts.indexOf(stop);
        if (start >= 0 && end > start + 1) found.push(text.slice(start, end));
      }
    }
    return unique(found);
  }

  function beginning(strings, letters) {
    const found = [];
    for (const { text, initials } of strings) for (const at of places(initials, letters)) found.push(text.slice(at, at + letters.length));
    return unique(found);
  }

  // Pinyin, whole or the first letters.
  function spelt(letters, heardNow) {
    const { names, called, texts } = heardNow;
    const all = [...names, ...texts];
    const tries = [
      () => called.filter((one) => one.letters === letters || (letters.length > 2 && one.initials === letters)).map(({ text }) => text),
      () => sounding(all, letters, false),
      () => sounding(called, letters, false),
      () => (letters.length > 2 ? beginning(letters.length > 3 ? all : names, letters) : []),
      () => (letters.length > 2 ? beginning(called, letters) : []),
      () => (letters.length > 3 ? sounding(all, letters, true) : []),
    ];
    for (const attempt of tries) {
      const found = attempt();
      if (found.length) return found;
    }
    return [];
  }

  // Half in characters, the rest as it is spelt: 产教ronghe, 实训ji.
  function mixed(words, heardNow) {
    const { letters } = sound(words, heardNow.ways[0]);
    const typed = /^\p{Script=Han}*/u.exec(words)[0];
    const found = sounding([...heardNow.names, ...heardNow.called, ...heardNow.texts], letters, true);
    return found.filter((one) => one.startsWith(typed) && one.length > typed.length);
  }

  const isWord = (text) => !!segmenter && [...segmenter.segment(text)].length === 1;

  // The same sound in other characters; a word of its own is meant as it is: 失业 is not 事业.
  function homophones(words, heardNow) {
    if (isWord(words)) return [];
    const strings = words.length > 2 ? [...heardNow.names, ...heardNow.called, ...heardNow.texts] : [...heardNow.names, ...heardNow.called];
    return unique(heardNow.ways.flatMap((way) => sounding(strings, sound(words, way).letters, false))).filter((found) => found.length === words.length);
  }

  // ---- Slips: one character wrong, missing, too many, or two exchanged

  function isSlip(one, other) {
    const [short, long] = one.length <= other.length ? [one, other] : [other, one];
    if (long.length - short.length > 1) return false;
    let at = 0;
    while (at < short.length && short[at] === long[at]) at++;
    if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
    return short.slice(at + 1) === long.slice(at + 1) || (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2));
  }

  // One half of what was typed must be right, so that is looked for first.
  function slips(words, strings) {
    const half = words.length >> 1;
    const [left, right] = [words.slice(0, half), words.slice(half)];
    const found = [];
    for (const text of strings) {
      for (let at = text.indexOf(left); at >= 0; at = text.indexOf(left, at + 1)) {
        for (const more of [0, -1, 1]) found.push(text.slice(at, at + words.length + more));
      }
      for (let at = text.indexOf(right); at >= 0; at = text.indexOf(right, at + 1)) {
        for (const more of [0, -1, 1]) if (at - half - more >= 0) found.push(text.slice(at - half - more, at + right.length));
      }
    }
    // Of four characters one may be wrong, but not missing: too many short words differ by one.
    const digits = (text) => text.replace(/\D/g, ""); // another number is no slip
    return unique(found).filter((one) => isSlip(one, words) && digits(one) === digits(words) && (words.length > 4 || one.length === words.length));
  }

  // ---- Rewriting

  // Any of these words; a short form that nobody typed hints at nothing more.
  const either = (words, opened, typed) => {
    const [first, ...rest] = words.map((text) => {
      const one = opened.termOf(text);
      return { ...one, bodies: new Map([...one.bodies].filter(([, how]) => how !== "hint")), typed };
    });
    return { ...first, others: [...first.others, ...rest] };
  };

  // Everyday words for official ones, by the reviewed list.
  function synonyms(words, opened) {
    return opened.synonyms.filter(([everyday]) => everyday === words).flatMap(([, ...official]) => official);
  }

  // The names of the bodies of which one way to call them, without its place, is so.
  const bodiesCalled = (isSo, opened) => opened.bodies.filter((body) => body.cores.some(isSo)).map((body) => opened.bare(body.name));

  // A name without its middle: 退役军人局 or 退役局 for 退役军人事务局; never one that skips here and there, for that may be another body.
  function abbreviated(words, opened) {
    if (words.length < 3) return [];
    if (words.length === 3) return bodiesCalled(({ core }) => core.length > 3 && core.startsWith(words.slice(0, 2)) && core.endsWith(words[2]), opened);
    const cut = (name) => [...words].some((_, at) => at > 1 && at < words.length && name.includes(words.slice(0, at)) && name.endsWith(words.slice(at)));
    return unique(opened.bodies.flatMap((body) => body.own)).filter((name) => name.length > words.length && cut(name));
  }

  // A body's name with the place of another: 某某区财政局, where only the city has one; or without the place that it goes by.
  function elsewhere(words, opened) {
    const { core, owners } = unplaced(words, opened.places);
    return bodiesCalled((one) => one.core === core && (owners || one.placed), opened);
  }

  function rewritten(words, opened, hear) {
    const meant = [...synonyms(words, opened), ...abbreviated(words, opened), ...elsewhere(words, opened)];
    if (meant.length || readDate(words)) return meant;
    if (/^[a-z]+$/.test(words)) return spelt(words, hear());
    if (!HAN.test(words)) return [];
    if (/^\p{Script=Han}+[a-z]+$/u.test(words)) return mixed(words, hear());
    const same = words.length > 1 ? homophones(words, hear()) : [];
    if (same.length || words.length < 3) return same;
    // 普职比 for 职普比: what is exchanged in three must be the first two.
    const swapped = words[1] + words[0] + words.slice(2);
    if (words.length === 3) return opened.entries.some((entry) => places(entry.bareText, swapped).length) ? [swapped] : [];
    const strings = unique([...opened.names.map((name) => name.bare), ...opened.bodies.flatMap((body) => body.called), ...opened.entries.flatMap((entry) => [entry.bareTitle, entry.bareText])]);
    return slips(words, strings);
  }

  // The known words that cover most of a text, the longest first: {terms, share of the text that they cover}.
  function covered(words, opened) {
    opened.strings ??= opened.names.map((name) => name.bare).concat(opened.entries.flatMap((entry) => [entry.bareTitle, entry.bareText]));
    opened.calls ??= new Set(opened.bodies.flatMap((body) => [...body.called, ...body.cores.filter((one) => !one.placed).map((one) => one.core)]));
    // A short part must stand somewhere as a word, not astride two.
    const stands = (part) => {
      if (!opened.strings.some((text) => text.includes(part) && places(text, part).length)) return false;
      const wanted = { words: part, short: part.length < 4 && !/[^\p{Script=Han}]/u.test(part), bodies: new Map() };
      return part.length > 3 || opened.names.some((name) => name.bare.includes(part)) || opened.entries.some((entry) => [entry.title, entry.text].some((text) => standing(text, wanted, opened).firm.length));
    };
    const known = new Map();
    const isKnown = (part) => {
      if (!known.has(part)) known.set(part, opened.calls.has(part) || opened.synonyms.some(([everyday]) => everyday === part) || stands(part) || (part.length > 2 && [...opened.calls].some((name) => name.startsWith(part))));
      return known.get(part);
    };
    // best[i]: how much of the first i characters is covered, and in how long parts
    const best = [{ sum: 0, squares: 0, parts: [] }];
    for (let end = 1; end <= words.length; end++) {
      best[end] = best[end - 1];
      for (let start = Math.max(0, end - 12); start <= end - 2; start++) {
        const part = words.slice(start, end);
        const isCut = /\d[\d.%]/.test(words.slice(end - 1, end + 1)) || /\d[\d.%]/.test(words.slice(Math.max(0, start - 1), start + 1)); // 30% is no 30
        if (isCut || loose(part) === part.length || JOINING.test(part) || !isKnown(part)) continue;
        const sum = best[start].sum + part.length;
        const squares = best[start].squares + part.length ** 2;
        if (squares > best[end].squares) best[end] = { sum, squares, parts: [...best[start].parts, part] };
      }
    }
    const { sum, parts } = best[words.length];
    const missed = parts.reduce((rest, part) => rest.replace(part, ""), words);
    const counts = sum + missed.length - loose(missed);
    return { parts, share: counts ? sum / counts : 0 };
  }

  const withMeaning = (part, opened) => {
    const wanted = opened.termOf(part);
    return { ...wanted, others: synonyms(wanted.words, opened).map((text) => ({ ...opened.termOf(text), typed: part })) };
  };

  // What one word stands for counts once where it was typed too.
  const apart = (terms) => terms.map((wanted) => ({ ...wanted, others: wanted.others.filter(({ words }) => terms.every((other) => other.words !== words)) }));

  // Entries that hold most of what is asked for, as much as the best of them nearly, or the rarest word; rare words count more.
  function partly(terms, opened) {
    const scores = (wanted) => new Map(all(opened, [wanted]).map((found) => [found.entry, found.score]));
    const sets = terms.map(scores);
    const literal = terms.map((wanted, number) => (wanted.others.length ? scores({ ...wanted, others: [] }) : sets[number]));
    const weights = sets.map((set) => (set.size ? Math.log(1 + opened.entries.length / set.size) : 0));
    const found = [];
    for (const entry of unique(sets.flatMap((set) => [...set.keys()]))) {
      // A page says little, so a part of the words must stand in its title.
      if (entry.kind === "page" && !terms.some(({ words }) => words && entry.bareTitle.includes(words))) continue;
      const held = sets.reduce((sum, set, number) => sum + (set.has(entry) ? weights[number] * (literal[number].has(entry) ? 1 : INSTEAD) : 0), 0);
      found.push({ entry, held, score: held + sets.reduce((sum, set) => sum + (set.get(entry) ?? 0), 0) / 100, terms });
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const most = Math.max(...found.map(({ held }) => held));
    const rarest = sets[weights.indexOf(Math.max(...weights))];
    return rank(found.filter(({ entry, held }) => held >= LIKELY * total || held >= BEST * most || rarest.has(entry)));
  }

  // A query in simplified characters.
  function simplified(query, variants) {
    const characters = [...variants];
    return query.replace(/\p{Script=Han}/gu, (one) => {
      const place = characters.indexOf(one);
      return place % 2 ? one : (characters[place + 1] ?? one);
    });
  }

  // A passage that was pasted: the entries that hold its clauses, those that hold most of it first.
  function quoted(opened, query) {
    const clauses = unique(query.slice(0, PASTED).split(/[\s\p{P}]+/u)).filter((clause) => opened.bare(clause).length >= CLAUSE);
    const terms = clauses.map(opened.termOf);
    const found = opened.entries.flatMap((entry) => {
      const held = terms.filter(({ words }) => entry.bareText.includes(words));
      const score = held.reduce((sum, { words }) => sum + words.length, 0);
      return score >= 2 * CLAUSE ? [{ entry, score, terms: held }] : [];
    });
    const most = Math.max(...found.map(({ score }) => score));
    return rank(found.filter(({ score }) => score * 5 > most));
  }

  // What is asked for exactly: only bodies by their names, dates and conditions.
  const isUnderstood = (terms) => terms.every((wanted) => wanted.is || wanted.months || [...wanted.bodies.values()].includes("whole"));

  // What may be meant by a query that matches nothing exactly: {found: [{entry, score, terms}], how: "asked" (a question
  // that is understood), "words" (the words of a question), "near" (others instead), "partly" (some of them), "quoted";
  // leads: whether it asks who leads; about: what it asks for, where nothing is found}.
  function nearest(opened, query, data, today) {
    prepare(opened, data);
    const hear = () => (opened.heard ??= heard(opened));
    if (query.length > 4 * CLAUSE) {
      const found = quoted(opened, query);
      if (found.length) return { found, how: "quoted", leads: false };
    }
    const { words, leads } = asked(query.slice(0, LONGEST), today, opened);
    const none = { found: [], how: "near", leads, about: words.filter((word) => !word.startsWith("§")) };
    if (!words.length) return none;
    const plain = exact(opened, words.join(" "));
    if (plain.length) {
      const how = isUnderstood(plain[0].terms) ? "asked" : "words";
      const named = leads ? all(opened, plain[0].terms.map((wanted) => ({ ...wanted, lead: true }))) : [];
      return { found: named.length ? named : plain, how, leads };
    }
    // Letters with spaces between are one spelling first.
    const joined = words.every((word) => /^[a-z']+$/i.test(word)) ? [words.join("").replace(/'/g, ""), ...words] : words;
    for (const list of joined.length > words.length ? [[joined[0]], words] : [words]) {
      const terms = list.map((word) => {
        const wanted = withMeaning(word, opened);
        const known = all(opened, [wanted]);
        if (known.length && !known[0].astride) return wanted;
        const found = rewritten(wanted.words, opened, hear);
        return found.length ? either(found, opened, word) : null;
      });
      const found = terms.every(Boolean) ? all(opened, terms) : [];
      if (found.length && !found[0].astride) return { found, how: "near", leads };
    }
    // A number is not cut up, nor the name of a body that is not known: it would be another one.
    if (words.length === 1 && /^\d+$|^\p{Script=Han}{2,8}[局委厅]$/u.test(words[0])) return none;
    const parts = words.map((word) => (readDate(word) || word.startsWith("§") ? { parts: [word], share: 1 } : covered(opened.bare(word), opened)));
    const lengths = words.map((word) => word.length);
    const share = parts.reduce((sum, part, number) => sum + part.share * lengths[number], 0) / lengths.reduce((sum, length) => sum + length, 0);
    const terms = apart(parts.flatMap((part) => part.parts).map((part) => withMeaning(part, opened)));
    if (!terms.length || share < enough(words.join("").length)) return none;
    const together = all(opened, terms);
    return together.length ? { found: together, how: isUnderstood(terms) ? "asked" : "near", leads } : { found: partly(terms, opened), how: "partly", leads };
  }

  // The query in other writing: simplified, with figures, with characters for figures.
  function written(typed, variants) {
    const query = simplified(typed, variants);
    return unique([query, figures(query), characters(query)]);
  }

  // As above; how: "exact" where it is the same in other writing, "astride" where it only stands astride two words.
  function find(opened, typed, data, today) {
    const ways = written(typed.slice(0, PASTED), data.variants);
    const numbered = policyAsked.numbered(ways[0], opened);
    const measure = numbered ? all(opened, numbered) : [];
    if (measure.length) return { found: measure, how: "exact", leads: false };
    for (const query of ways) {
      const same = query === typed ? [] : exact(opened, query);
      if (same.length) return { found: same, how: "exact", leads: false };
    }
    let answer = nearest(opened, ways[0], data, today);
    for (const query of ways.slice(1)) if (!answer.found.length) answer = { ...nearest(opened, query, data, today), about: answer.about };
    // Pages alone are no better than the answer to a question: 没有时限.
    const pages = exact(opened, ways[0]);
    if (pages.length) return answer.how === "asked" ? { ...answer, found: [...answer.found, ...pages] } : { found: pages, how: "exact", leads: false };
    if (answer.found.length) return answer;
    const astride = exact(opened, ways[0], true);
    return astride.length ? { found: astride, how: "astride", leads: false } : answer;
  }

  return { find, isUnderstood, nearest, prepare, written };
})();
