// Searching an index that is too large to load: pieces tell which rows hold which pairs of characters, and only the rows
// that are shown are loaded. What a row really holds is decided by the engine, when it is there.
"use strict";

const policyPieces = (() => {
  const { HAN, all, inMonths, once, readings, take } = policySearch;
  const TOGETHER = 20; // rows in a piece, as in scripts/search/shards.py
  const PAIRS = 6; // of a long phrase, so many pairs are looked up
  const CHECKED = 5; // rows that are loaded to see whether a phrase stands there as a whole
  const NEAR = 16; // rows among which the nearest are sought
  const LONGEST = 300; // characters of a question, as in search-nearest.js
  const PASSAGE = 24; // a longer query may be a passage
  const WEIGHTS = { number: 12, title: 5, due: 4, named: 3, text: 2 };

  const encoder = new TextEncoder();
  function hashed(text) {
    let hash = 0x811c9dc5;
    for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash;
  }

  const pairs = (words) => {
    const characters = [...words];
    return characters.length === 1 ? characters : characters.slice(1).map((character, place) => characters[place] + character);
  };

  // A number as measures may bear it: 16, 十六.
  function numerals(number) {
    const [tens, ones] = [Math.floor(number / 10), number % 10].map((digit) => ["", ..."一二三四五六七八九"][digit]);
    return number > 0 && number < 100 ? [String(number), `${number > 19 ? tens : ""}${number > 9 ? "十" : ""}${ones}`] : [];
  }

  // So many of a list, spread over all of it.
  function some(list, count) {
    const step = Math.max(1, list.length / count);
    return list.filter((_, place) => Math.floor(place / step) !== Math.floor((place - 1) / step));
  }

  function open(opened, load) {
    const { pieces, periods, count } = opened.index;
    const near = self.policySearch_nearest;
    const bodies = opened.entries.slice(count);
    policyNearest.prepare(opened, near);
    const { first: sounds, second } = opened.sounds;
    const syllables = new Set([...sounds.values(), ...second.values()]);
    const heard = (gram) => [...gram].map((character) => sounds.get(character) ?? character).join(" ");

    // ---- Loading

    const ranksOf = (steps) => {
      let last = 0;
      return steps.map((step) => (last += step));
    };

    // A piece that is loaded: sound → pair (or key) → the rows that hold it.
    const pieceOf = once((number) => {
      const found = self[`policySearch_places${number}`];
      return once((sound) => new Map(Object.entries(found[sound] ?? {}).map(([gram, [anywhere, titled]]) => [gram, { anywhere: ranksOf(anywhere), titled: ranksOf(titled) }])));
    });
    const numberOf = once((sound) => hashed(sound) % pieces.places.length);

    // Pairs that sound like this, and the rows that hold them: {anywhere, titled}.
    async function placesNear(sound) {
      await load(pieces.places[numberOf(sound)]);
      return pieceOf(numberOf(sound))(sound);
    }
    const placesOf = async (gram) => (await placesNear(gram.startsWith("§") ? gram : heard(gram))).get(gram) ?? { anywhere: [], titled: [] };

    async function entries(ranks) {
      await Promise.all(
        [...new Set(ranks.filter((rank) => rank < count).map((rank) => Math.floor(rank / TOGETHER)))].map(async (number) => {
          if (opened.entries[number * TOGETHER]) return;
          await load(pieces.rows[number]);
          take(opened, number * TOGETHER, self[`policySearch_rows${number}`]);
        }),
      );
      return ranks.map((rank) => opened.entries[rank]);
    }

    let known = null;
    async function about() {
      if (!known) {
        await load(pieces.facets);
        known = self.policySearch_facets.map(([kind, policy, names = [], years = [], themes = [], targets = 0]) => ({ kind, policy, names, years, themes, targets, body: -1 }));
      }
      return (rank) => known[rank] ?? opened.entries[rank];
    }

    // ---- Candidates

    // What ascending lists have in common.
    function common(lists) {
      const [shortest, ...rest] = [...lists].sort((one, other) => one.length - other.length);
      return rest.reduce((held, list) => {
        let at = 0;
        return held.filter((rank) => {
          while (list[at] < rank) at++;
          return list[at] === rank;
        });
      }, shortest);
    }

    // The ranks that have a score, the highest first.
    function ordered(scores) {
      const alike = new Map();
      scores.forEach((score, rank) => {
        if (!score) return;
        if (alike.has(score)) alike.get(score).push(rank);
        else alike.set(score, [rank]);
      });
      return [...alike].sort(([one], [other]) => other - one).flatMap(([, ranks]) => ranks);
    }

    // Whether a condition can be met, as far as the facts tell without the row.
    const isSo = ({ is }, { years, targets }) => ({ undated: !years.length, untargeted: !targets, targeted: !!targets })[is] ?? years.length > 0;

    // Rows that may hold these words: {anywhere, titled}.
    async function holding(words) {
      if (!words) return { anywhere: [], titled: [] };
      const found = await Promise.all(some([...new Set(pairs(words))], PAIRS).map(placesOf));
      return { anywhere: common(found.map((one) => one.anywhere)), titled: common(found.map((one) => one.titled)) };
    }

    // Of each row, how well it may answer one term.
    async function weighed(wanted) {
      const weights = new Float64Array(opened.entries.length);
      const note = (ranks, weight) => ranks.forEach((rank) => (weights[rank] = Math.max(weights[rank], weight)));
      const keys = [
        ...opened.names.flatMap(({ bare, department }, number) => (wanted.bodies.has(department) || bare.includes(wanted.words) ? [[`§#${number}`, WEIGHTS.named]] : [])),
        ...numerals(wanted.counted ?? 0).map((number) => [`§n${number}`, WEIGHTS.number]),
        ...(wanted.months ? periods.filter((period) => inMonths(period, wanted.months)).map((period) => [`§${period}`, WEIGHTS.due]) : []),
      ];
      if (wanted.is || wanted.policies.length) {
        const fact = await about();
        const ranks = [...Array(opened.index.measures).keys()];
        note(ranks.filter((rank) => (wanted.is ? isSo(wanted, fact(rank)) : wanted.policies.includes(fact(rank).policy))), wanted.is ? WEIGHTS.due : 1);
      }
      if (wanted.months) note(opened.index.policies.flatMap(([, , , , issued], place) => (issued && inMonths(issued, wanted.months) ? [opened.index.measures + place] : [])), WEIGHTS.due);
      const [text, ...found] = await Promise.all([holding(wanted.words), ...keys.map(([key]) => placesOf(key))]);
      note(text.anywhere, WEIGHTS.text);
      note(text.titled, WEIGHTS.title);
      found.forEach(({ anywhere }, number) => note(anywhere, keys[number][1]));
      return weights;
    }

    // Rows that may answer every term, the likeliest first.
    async function candidates(terms) {
      const [first, ...others] = await Promise.all(terms.map(weighed));
      const scores = first.map((weight, rank) => others.reduce((sum, weights) => sum && weights[rank] && sum + weights[rank], weight) / terms.length);
      for (const { entry, score } of all(opened, terms, bodies)) scores[entry.rank] = score;
      return ordered(scores);
    }

    const held = async (ranks, terms) => all(opened, terms, await entries(ranks));

    // ---- Answers

    // `found`: what is listed as it is; else what really answers every term is.
    function answer({ how, leads = false, about: asked }, ranks, terms, found = null) {
      const listed = new Map(found?.map((one) => [one.entry.rank, one]));
      return { how, leads, asked, ranks, terms, list: async (wanted) => (found ? wanted.map((rank) => listed.get(rank)) : held(wanted, terms)), about };
    }

    // As `exact` in search-engine.js. Of many rows the first are looked at: one must hold what is wanted, and not by chance.
    async function exact(ways, manner, isLast = false) {
      for (const terms of ways) {
        let ranks = await candidates(terms);
        if (!ranks.length) continue;
        const first = new Set(ranks.slice(0, CHECKED));
        const seen = await held([...first], terms);
        if (!seen.length || (seen[0].astride && !isLast)) continue;
        const real = seen.map(({ entry }) => entry.rank);
        ranks = [...real, ...ranks.filter((rank) => !first.has(rank))];
        const isPages = ranks.length === real.length && seen.every(({ entry }) => entry.kind === "page");
        return { ...answer(manner(terms), ranks, terms), isPages };
      }
      return null;
    }

    // Ways to cut letters into syllables.
    function cuts(letters) {
      if (!letters) return [[]];
      const found = [];
      for (let end = 1; end <= Math.min(6, letters.length) && found.length < 20; end++) {
        if (syllables.has(letters.slice(0, end))) found.push(...cuts(letters.slice(end)).map((rest) => [letters.slice(0, end), ...rest]));
      }
      return found;
    }

    // Among the rows that share most pairs, in writing or in sound, with what was typed, the engine finds the nearest.
    async function nearest(query, today) {
      const { words: about, leads } = policyAsked.asked(query.slice(0, LONGEST), today, opened);
      const wanted = (terms) => (leads ? terms.map((one) => ({ ...one, lead: true })) : terms);
      const manner = (terms) => ({ how: policyNearest.isUnderstood(terms) ? "asked" : "words", leads });
      const inPlain = about.length && (await exact(readings(about.join(" "), opened).map(wanted), manner));
      if (inPlain) return inPlain;
      const votes = new Float64Array(count);
      const vote = (ranks) => {
        const weight = Math.log(1 + count / ranks.length);
        for (const rank of ranks) votes[rank] += weight;
      };
      const clauses = query.split(/[\s\p{P}]+/u).map(opened.bare).filter((clause) => clause.length > 5);
      if (query.length > PASSAGE) {
        const held = await Promise.all(clauses.slice(0, NEAR).map(holding));
        held.forEach(({ anywhere }) => vote(anywhere));
      }
      const words = opened.bare(query.slice(0, LONGEST));
      const letters = words.replace(/[^a-z]/g, "");
      const sounding = [
        ...some(pairs(words).filter((pair) => HAN.test(pair)), 2 * PAIRS).map(heard),
        ...(letters.length === words.length ? cuts(letters).flatMap((cut) => cut.slice(1).map((sound, place) => `${cut[place]} ${sound}`)) : []),
      ];
      await Promise.all(
        [...new Set(sounding)].map(async (sound) => {
          for (const { anywhere } of (await placesNear(sound)).values()) vote(anywhere);
        }),
      );
      if (letters.length > 2 && letters.length === words.length) {
        const initials = await Promise.all([...letters.slice(2)].map((_, place) => placesOf(`§${letters.slice(place, place + 3)}`)));
        vote(common(initials.map(({ anywhere }) => anywhere)));
      }
      const meant = near.synonyms.filter(([everyday]) => words.includes(opened.bare(everyday))).flatMap(([, ...official]) => official);
      await Promise.all(meant.map(async (official) => vote((await holding(opened.bare(official))).anywhere)));
      const least = votes.slice().sort().at(-NEAR);
      const likely = ordered(votes.map((sum) => (sum < least ? 0 : sum))).slice(0, NEAR);
      const answered = policyNearest.nearest({ ...opened, entries: [...(await entries(likely)), ...bodies] }, query, near, today);
      const { found, how } = answered;
      const terms = found[0]?.terms ?? [];
      // The words that were found may stand in many more rows; the parts of a question or a passage were looked for as such.
      const everywhere = found.length && ["near", "asked"].includes(how) && (await exact([terms], () => answered));
      return everywhere || answer(answered, found.map(({ entry }) => entry.rank), terms, found);
    }

    // As `find` in search.js.
    async function find(typed, today) {
      const ways = policyNearest.written(typed, near.variants);
      if (!opened.bare(typed)) return answer({ how: "exact" }, [], []);
      const numbered = policyAsked.numbered(ways[0], opened);
      const measure = numbered && (await exact([numbered], () => ({ how: "exact" })));
      if (measure) return measure;
      let pages = null;
      for (const query of new Set([typed, ...ways])) {
        const found = await exact(readings(query, opened), () => ({ how: "exact" }));
        if (found && !found.isPages) return found;
        pages ??= found;
      }
      const close = await nearest(ways[0], today);
      if (pages && close.how !== "asked") return pages;
      if (close.ranks.length) return close;
      return (await exact(readings(ways[0], opened), () => ({ how: "astride" }), true)) ?? close;
    }

    // Everything, for who only narrows.
    function everything() {
      const ranks = [...Array(count + bodies.length).keys()];
      return { ...answer({ how: "all" }, ranks, []), list: async (wanted) => (await entries(wanted)).map((entry) => ({ entry, terms: [] })) };
    }

    return { everything, find };
  }

  return { open };
})();
