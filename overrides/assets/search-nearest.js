// What may be meant where nothing matches exactly: the query is rewritten into words that do stand in the texts, and these
// are searched for. Slow, so it runs in a worker where there is one.
"use strict";

const policyNearest = (() => {
  const { DATES, HAN, all, exact, places, rank, readDate, term } = policySearch;
  // What turns words into a question; longer words first.
  const ASKING = /请问一下|请问|什么时候|什么时间|有没有|能不能|可不可以|是不是|怎么办理|怎么办|为什么|一个|哪一个|哪几个|哪些|哪个|哪家|哪里|何时|什么|多少|怎么|怎样|如何|是否|可以|能否|几个|谁来|谁|哪|牵头负责|牵头|负责|主管|分管|承担|参与|管理的|要求|规定|政策|措施|任务|工作|部门|单位|必须|需要|应该|应当|完成|截止|期限|时间|进展|情况|告诉我|想知道|关于/gu;
  const LOOSE = new Set("的了吗呢吧啊呀嘛么是有在对为和与及把将给让被由归向从到我你他她它们要会能就都也还这那之其等做干管办事");
  const enough = (length) => (length < 7 ? 0.75 : 0.6); // share of a question's characters that known words must cover
  const LIKELY = 0.6; // share of the weight of known words that a partial answer must hold

  const LONGEST = 300; // characters of a pasted text that are looked at

  const unique = (list) => [...new Set(list)];
  const loose = (text) => [...text].filter((character) => LOOSE.has(character)).length;

  // ---- Questions

  function trimmed(text) {
    let [start, end] = [0, text.length];
    while (start < end && LOOSE.has(text[start])) start++;
    while (end > start && LOOSE.has(text[end - 1])) end--;
    return text.slice(start, end);
  }

  // A question without what makes it one: the words and dates that it is about.
  function asked(query, year) {
    let rest = query.normalize("NFKC").replace(/今年|本年度?/g, `${year}年`).replace(/明年/g, `${year + 1}年`).replace(/去年/g, `${year - 1}年`);
    const dates = [];
    for (const [pattern] of DATES) {
      rest = rest.replace(new RegExp(`(?:到|至|截至|自)?${pattern}`, "gu"), (date) => (/\d$/.test(date) ? date : dates.push(date) && " "));
    }
    const words = rest.replace(ASKING, " ").split(/(?![%.+-])[\s\p{P}]/u).map(trimmed).filter(Boolean);
    return [...words, ...dates.filter(readDate)];
  }

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

  // All folded strings of the index once, with their sounds; names and titles before running text.
  function heard(opened, readings) {
    const { first, second } = soundsOf(readings);
    const read = (map) => (character) => map.get(character) ?? first.get(character) ?? character;
    const ways = [read(first), read(second)];
    const strings = (texts) =>
      unique(texts)
        .filter(Boolean)
        .flatMap((text) => {
          const [one, other] = ways.map((way) => ({ text, ...sound(text, way) }));
          return one.letters === other.letters ? [one] : [one, other];
        });
    const names = [...opened.names.map((name) => name.bare), ...opened.entries.map((entry) => entry.bareTitle)];
    return {
      ways,
      names: strings(names),
      called: strings(opened.bodies.flatMap((body) => body.called)),
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
        if (start >= 0 && end > start) found.push(text.slice(start, end));
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

  // The same sound in other characters.
  function homophones(words, heardNow) {
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
    return unique(found).filter((one) => isSlip(one, words) && (words.length > 4 || one.length === words.length));
  }

  // ---- Rewriting

  const either = (words, opened) => {
    const [first, ...rest] = words.map((text) => term(text, opened));
    return { ...first, others: [...first.others, ...rest] };
  };

  // Everyday words for official ones, by the reviewed list.
  function synonyms(words, opened) {
    return opened.synonyms.filter(([everyday]) => everyday === words).flatMap(([, ...official]) => official);
  }

  // A short form made of characters of a name, in order, with its last: 退役军人局 for 退役军人事务局.
  function abbreviated(words, opened) {
    if (words.length < 3) return [];
    const inside = (name) => [...words].reduce((at, character) => (at < 0 ? at : name.indexOf(character, at) + 1 || -1), 0) > 0;
    return unique(opened.names.map((name) => name.bare)).filter((name) => name.at(-1) === words.at(-1) && inside(name));
  }

  function rewritten(words, opened, hear) {
    const meant = [...synonyms(words, opened), ...abbreviated(words, opened)];
    if (meant.length) return meant;
    if (/^[a-z]+$/.test(words)) return spelt(words, hear());
    if (!HAN.test(words)) return [];
    const same = words.length > 1 ? homophones(words, hear()) : [];
    if (same.length || words.length < 4) return same;
    const strings = unique([...opened.names.map((name) => name.bare), ...opened.bodies.flatMap((body) => body.called), ...opened.entries.flatMap((entry) => [entry.bareTitle, entry.bareText])]);
    return slips(words, strings);
  }

  // The known words that cover most of a text, the longest first: {terms, share of the text that they cover}.
  function covered(words, opened) {
    const strings = opened.entries.flatMap((entry) => [entry.bareTitle, entry.bareText]).concat(opened.names.map((name) => name.bare));
    const known = new Map();
    const isKnown = (part) => {
      if (!known.has(part)) known.set(part, !!synonyms(part, opened).length || opened.bodies.some((body) => body.called.includes(part)) || strings.some((text) => places(text, part).length));
      return known.get(part);
    };
    // best[i]: how much of the first i characters is covered, in how few parts
    const best = [{ sum: 0, parts: [] }];
    for (let end = 1; end <= words.length; end++) {
      best[end] = best[end - 1];
      for (let start = Math.max(0, end - 12); start <= end - 2; start++) {
        const part = words.slice(start, end);
        if (loose(part) === part.length || !isKnown(part)) continue;
        const sum = best[start].sum + part.length;
        if (sum > best[end].sum || (sum === best[end].sum && best[start].parts.length + 1 < best[end].parts.length)) best[end] = { sum, parts: [...best[start].parts, part] };
      }
    }
    const { sum, parts } = best[words.length];
    const missed = parts.reduce((rest, part) => rest.replace(part, ""), words);
    const counts = sum + missed.length - loose(missed);
    return { parts, share: counts ? sum / counts : 0 };
  }

  const withMeaning = (part, opened) => {
    const meant = synonyms(part, opened);
    const wanted = term(part, opened);
    return { ...wanted, others: meant.map((text) => term(text, opened)) };
  };

  // Entries that hold most of what is asked for, rare words counting more; else those that hold the rarest word.
  function partly(terms, opened) {
    const sets = terms.map((wanted) => new Map(all(opened, [wanted]).map((found) => [found.entry, found.score])));
    const weights = sets.map((set) => (set.size ? Math.log(1 + opened.entries.length / set.size) : 0));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const found = [];
    for (const entry of unique(sets.flatMap((set) => [...set.keys()]))) {
      const held = sets.reduce((sum, set, number) => sum + (set.has(entry) ? weights[number] : 0), 0);
      found.push({ entry, held, score: held + sets.reduce((sum, set) => sum + (set.get(entry) ?? 0), 0) / 100, terms });
    }
    const most = found.filter((one) => one.held >= LIKELY * total);
    const rarest = sets[weights.indexOf(Math.max(...weights))];
    return rank(most.length ? most : found.filter((one) => rarest.has(one.entry)));
  }

  // A query in simplified characters.
  function simplified(query, variants) {
    const characters = [...variants];
    return query.replace(/\p{Script=Han}/gu, (one) => {
      const place = characters.indexOf(one);
      return place % 2 ? one : (characters[place + 1] ?? one);
    });
  }

  // [{entry, score, terms}] of what may be meant by a query that matches nothing exactly.
  function nearest(opened, query, { readings, synonyms: groups }, year) {
    opened.synonyms ??= groups.map((group) => group.map(opened.bare));
    const hear = () => (opened.heard ??= heard(opened, readings));
    const words = asked(query, year);
    if (!words.length) return [];
    const plain = exact(opened, words.join(" "));
    if (plain.length) return plain;
    // Letters with spaces between are one spelling first.
    const joined = words.every((word) => /^[a-z']+$/i.test(word)) ? [words.join("").replace(/'/g, "").toLowerCase(), ...words] : words;
    for (const list of joined.length > words.length ? [[joined[0]], words] : [words]) {
      const terms = list.map((word) => {
        const wanted = withMeaning(word, opened);
        if (all(opened, [wanted]).length) return wanted;
        const found = rewritten(wanted.words, opened, hear);
        return found.length ? either(found, opened) : null;
      });
      const found = terms.every(Boolean) ? all(opened, terms) : [];
      if (found.length) return found;
    }
    const parts = words.map((word) => (readDate(word) ? { parts: [word], share: 1 } : covered(opened.bare(word), opened)));
    const lengths = words.map((word) => word.length);
    const share = parts.reduce((sum, part, number) => sum + part.share * lengths[number], 0) / lengths.reduce((sum, length) => sum + length, 0);
    const terms = parts.flatMap((part) => part.parts).map((part) => withMeaning(part, opened));
    if (!terms.length || share < enough(words.join("").length)) return [];
    const together = all(opened, terms);
    return together.length ? together : partly(terms, opened);
  }

  // As above, and whether that is more than the same in traditional characters: {found, approximate}.
  function find(opened, typed, data, year) {
    const query = simplified(typed, data.variants).slice(0, LONGEST);
    const same = query === typed ? [] : exact(opened, query);
    return same.length ? { found: same, approximate: false } : { found: nearest(opened, query, data, year), approximate: true };
  }

  return { asked, find, nearest, simplified, soundsOf };
})();
