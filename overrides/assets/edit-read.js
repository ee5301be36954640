// Reading official words: dates, numbers, responsibility clauses. As scripts/period.py, scripts/check/numbers.py and
// scripts/check/clause.py; a test holds them together.
"use strict";

const policyEditRead = (() => {
  // ---- Dates

  const DATES_READ = "2020.6、2020年6月、2025年12月底前、2022年、到2020年底、2024年四季度、2023年9月1日";
  const BEFORE = "(?:到|至|截至|截止到|于|在|自)?";
  const AFTER = "(?:底|末|年底|年末|月底|月末)?(?:前|以前|之前|止)?";
  const YEAR = "((?:19|20)[0-9]{2})";
  const whole = (form) => new RegExp(`^${form}$`, "u");
  // White space is gone and widths are folded by then.
  const OF_DAY = whole(`${BEFORE}${YEAR}(?:年|[-./])([0-9]{1,2})(?:月|[-./])([0-9]{1,2})日?(?:前|以前|之前|止)?`);
  const OF_QUARTER = whole(`${BEFORE}${YEAR}年?(?:第?[1-4一二三四]季度|Q[1-4])${AFTER}`);
  const OF_MONTH = whole(`${BEFORE}${YEAR}(?:年([0-9]{1,2})月|[-./]([0-9]{1,2}))(${AFTER})`);
  const OF_YEAR = whole(`${BEFORE}${YEAR}年?(${AFTER})`);
  const DAY = /(?:19|20)[0-9]{2}(?:年|[-./])[0-9]{1,2}(?:月|[-./])[0-9]{1,2}日?(?![0-9])/gu;
  const ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  const AMBIGUOUS = /^(?:前|以前|之前)$/u; // 2021年前: the end of 2020, or of 2021? The words do not tell.

  const folded = (words) => words.normalize("NFKC").replace(/\s/gu, "");

  function dayOf(year, month, day) {
    const made = new Date(Date.UTC(year, month - 1, day));
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === Number(day) ? made.toISOString().slice(0, 10) : "";
  }

  // What words such as 2020.6, 2025年12月底前, 到2022年 or 2014年4季度 mean: a day as YYYY-MM-DD, a longer period as its
  // words; "" if they mean none.
  function periodOf(written) {
    const words = folded(written);
    let found = OF_DAY.exec(words);
    if (found) return dayOf(found[1], found[2], found[3]);
    if (OF_QUARTER.test(words)) return words;
    found = OF_MONTH.exec(words);
    if (found) return !AMBIGUOUS.test(found[4]) && dayOf(found[1], found[2] ?? found[3], 1) ? words : "";
    found = OF_YEAR.exec(words);
    return found && !AMBIGUOUS.test(found[2]) ? words : "";
  }

  // The one day that words such as 自2024年7月1日起施行 name; "" if they name none, or several.
  function dayIn(words) {
    const days = new Set((folded(words).match(DAY) ?? []).map(periodOf).filter((period) => ISO.test(period)));
    return days.size === 1 ? [...days][0] : "";
  }

  // ---- Numbers

  const DIGITS = Object.freeze({ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 });
  const UNITS = Object.freeze({ 十: 10, 百: 100, 千: 1000 });
  const GROUPS = Object.freeze({ 万: 1e4, 亿: 1e8 });

  // What a Chinese numeral without decimals means: 一百二十 is 120, 二〇二五 is 2025.
  function chineseNumber(numeral) {
    const letters = [...numeral];
    if (letters.length > 1 && letters.every((letter) => letter in DIGITS)) return Number(letters.map((letter) => DIGITS[letter]).join(""));
    let [total, group, digit] = [0, 0, 0];
    for (const letter of letters) {
      if (letter in DIGITS) digit = DIGITS[letter];
      else if (letter in UNITS) [group, digit] = [group + (digit || 1) * UNITS[letter], 0];
      else {
        total = letter === "亿" ? (total + group + digit) * GROUPS[letter] : total + (group + digit) * GROUPS[letter];
        group = digit = 0;
      }
    }
    return total + group + digit;
  }

  // Every number that stands in a text, as digits: 30%, ２０ and 二十 give 30, 20 and 20.
  function numbers(text) {
    const arabic = text.normalize("NFKC").match(/[0-9]+(?:\.[0-9]+)?/g) ?? [];
    const chinese = text.match(/[零〇一二两三四五六七八九十百千万亿]+/gu) ?? [];
    return new Set([...arabic, ...chinese.map((numeral) => String(chineseNumber(numeral)))]);
  }

  // ---- Clauses

  const LABEL = /(?:责任|牵头|主办|主责|配合|协办|参与|参加|支持|实施|落实|承办)(?:单位|部门)/gu;
  const LEADING = Object.freeze(["牵头", "主办", "主责"]);
  const OPEN = /等(?:有关|相关)?(?:部门|单位)?/gu;
  // What a clause may hold beside names, labels and the rule for the lead.
  const GLUE = /[（）()〔〕【】[\]：:、，,；;。/\s]|和|及|与|以及|会同|按职责分工|分工|分别|共同|负责|牵头|配合|落实|参与/gu;

  // Each name in the clause, in order, and what is left between them: {named: [{name, leads}], missing, left, open}.
  function readClause(clause, names, leadRule) {
    const named = [];
    const gaps = [];
    let here = 0;
    for (const name of names) {
      const start = clause.indexOf(name, here);
      if (start < 0 || !name) return { named, missing: name, left: [], open: false };
      gaps.push(clause.slice(here, start));
      const label = clause.slice(0, start).match(LABEL)?.at(-1) ?? "";
      named.push({ name, leads: LEADING.includes(label.slice(0, 2)) });
      here = start + name.length;
    }
    gaps.push(clause.slice(here));
    return { named, missing: null, left: gaps.map((gap) => leftOver(gap, leadRule)).filter(Boolean), open: gaps.some((gap) => gap.search(OPEN) >= 0) };
  }

  // The stretch of a gap that is no label, separator or stated rule.
  function leftOver(gap, leadRule) {
    const blank = (text) => " ".repeat(text.length);
    let rest = leadRule ? gap.replaceAll(leadRule, blank) : gap;
    for (const pattern of [LABEL, OPEN, GLUE]) rest = rest.replace(pattern, blank);
    const start = rest.length - rest.trimStart().length;
    return gap.slice(start, rest.trimEnd().length);
  }

  return Object.freeze({ DATES_READ, periodOf, dayIn, numbers, readClause });
})();
