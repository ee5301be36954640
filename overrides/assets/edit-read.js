// Reading official words: dates, numbers, responsibility clauses. As scripts/period.py, scripts/check/numbers.py and
// scripts/check/clause.py; a test holds them together.
"use strict";

const policyEditRead = (() => {
  // ---- Dates

  const DATES_READ = "2020.6、2020年6月、2025年12月底前、2022年、到2020年底、2024年四季度、2023年9月1日、2026年7月至9月";
  const BEFORE = "(?:到|至|截至|截止到|于|在|自)?";
  const AFTER = "(?:底|末|年底|年末|月底|月末)?(?:前|以前|之前|止)?";
  const YEAR = "((?:19|20)[0-9]{2})";
  const whole = (form) => new RegExp(`^${form}$`, "u");
  // White space is gone and widths are folded by then.
  const OF_DAY = whole(`${BEFORE}${YEAR}(?:年|[-./])([0-9]{1,2})(?:月|[-./])([0-9]{1,2})日?(?:前|以前|之前|止)?`);
  const OF_QUARTER = whole(`${BEFORE}${YEAR}年?(?:第?[1-4一二三四]季度|Q[1-4])${AFTER}`);
  const OF_THIRD = whole(`${BEFORE}${YEAR}年([0-9]{1,2})月[上中下]旬(${AFTER})`);
  const OF_HALF = whole(`${BEFORE}${YEAR}年?[上下]半年(${AFTER})`);
  const OF_MONTH = whole(`${BEFORE}${YEAR}(?:年([0-9]{1,2})月|[-./]([0-9]{1,2}))(${AFTER})`);
  const OF_YEAR = whole(`${BEFORE}${YEAR}(?:年全年|年?(${AFTER}))`);
  const YEARLESS = whole(`(${BEFORE})((?:[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬)?|[上下]半年|第?[1-4一二三四]季度|年(?=[底末]))${AFTER})`);
  const DAY = /(?:19|20)[0-9]{2}(?:年|[-./])[0-9]{1,2}(?:月|[-./])[0-9]{1,2}日?(?![0-9])/gu;
  const ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  // What is to be done by then, behind the date in a column of deadlines: 2017年6月底前出台实施意见.
  const ACTION = /(?:(?<=[年月日前底末度])(?:完成|出台|建成|印发|制定|实现|达到|取得|投入|上线|建立|形成|发布|报|基本|全面|全部|启动|落实|开工|动工|竣工|投产|投用|交付|通车|开放|运营|验收)|(?<=[底末]前))[^0-9，,；;。、]*(?:[0-9]+(?:\.[0-9]+)?(?:%|(?![年月日季])[\u4e00-\u9fff]{1,4})?)?$/u;
  const WHOSE = /\([^()0-9]{1,10}\)$/u; // 2025.3（市级），2025.6（县级）
  // What stands between them: 6月底前建立台账，12月底前完成清偿. A range is two: 2026年7月至9月, 2025—2027年.
  const STAGES = /[，,；;]|、(?=[0-9]{1,2}月|(?:19|20)[0-9]{2}[年.])|(?<=[年月日旬度])起?(?:至|到|—+|–|~|-)(?=[0-9第上下])|(?<=[12][0-9]{3})(?:至|到|—+|–|~|-)(?=(?:19|20)[0-9]{2}年)/u;
  const FIRST_MONTH = /(?<=年)[0-9]{1,2}(?:至|到|—+|–|~|-)(?=[0-9]{1,2}月)/gu; // 2026年1-6月
  const AMBIGUOUS = /^(?:前|以前|之前)$/u; // 2021年前: the end of 2020, or of 2021? The words do not tell.

  // Words without white space, at one width, dates in Arabic numerals: 二〇二四年六月十八日 is 2024年6月18日.
  const HAN = "〇○零一二三四五六七八九";
  const HAN_YEAR = /[〇○零一二三四五六七八九]{4}(?=年)/gu;
  const HAN_DAY = /([二三]?十[一二三四五六七八九]?|[一二三四五六七八九])([月日])/gu;
  const digitOf = (letter) => Math.max(0, HAN.indexOf(letter) - 2);
  function ofHan(numeral) {
    const [tens, ones] = numeral.includes("十") ? numeral.split("十") : ["", numeral];
    return (numeral.includes("十") ? (tens ? digitOf(tens) : 1) : 0) * 10 + (ones ? digitOf(ones) : 0);
  }
  function folded(words) {
    const plain = words.normalize("NFKC").replace(/\s/gu, "");
    return plain.replace(HAN_YEAR, (year) => [...year].map(digitOf).join("")).replace(HAN_DAY, (_, numeral, unit) => `${ofHan(numeral)}${unit}`);
  }

  function dayOf(year, month, day) {
    const made = new Date(Date.UTC(year, month - 1, day));
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === Number(day) ? made.toISOString().slice(0, 10) : "";
  }

  // What words such as 2020.6, 2025年12月底前, 到2022年 or 2014年4季度 mean: a day as YYYY-MM-DD, a longer period as its
  // words; "" if they mean none.
  // `year`: of words that name none, 6月底前. Of several stages, all must mean one; the year of one is that of the next.
  function periodOf(written, year = "") {
    const found = [];
    for (const stage of folded(written).replace(FIRST_MONTH, "").split(STAGES)) {
      const named = /(?:19|20)[0-9]{2}/u.exec(found.at(-1) ?? "");
      found.push(stageOf(stage, named ? named[0] : year));
    }
    return found.includes("") ? "" : found.join("，");
  }

  function stageOf(stage, year) {
    const plain = stage.replace(WHOSE, "").replace(ACTION, "");
    const yearless = year && YEARLESS.exec(plain);
    const words = yearless ? `${yearless[1]}${year}${yearless[2].startsWith("年") ? "" : "年"}${yearless[2]}` : plain;
    let found = OF_DAY.exec(words);
    if (found) return dayOf(found[1], found[2], found[3]);
    if (OF_QUARTER.test(words)) return words;
    found = OF_HALF.exec(words);
    if (found) return AMBIGUOUS.test(found[2]) ? "" : words;
    found = OF_THIRD.exec(words);
    if (found) return !AMBIGUOUS.test(found[3]) && dayOf(found[1], found[2], 1) ? words : "";
    found = OF_MONTH.exec(words);
    if (found) return !AMBIGUOUS.test(found[4]) && dayOf(found[1], found[2] ?? found[3], 1) ? words : "";
    found = OF_YEAR.exec(words);
    return found && !AMBIGUOUS.test(found[2]) ? words : "";
  }

  // The one day that words such as 自2024年7月1日起施行 name; "" if they name none, or several.
  function dayIn(words) {
    const days = new Set((folded(words).match(DAY) ?? []).map((day) => periodOf(day)).filter((period) => ISO.test(period)));
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
    const chinese = text.match(/[零〇一二两三四五六七八九十百千万亿]{1,24}/gu) ?? [];
    return new Set([...arabic, ...chinese.map((numeral) => String(chineseNumber(numeral)))]);
  }

  // ---- Clauses

  // As scripts/check/clause.py has them: they come with the schemas.
  let patterns = null;
  function clausePatterns() {
    if (!patterns) {
      const { patterns: named, known } = self.policyEdit_base.clause;
      const made = (source) => new RegExp(source, "gu");
      patterns = { ...Object.fromEntries(Object.entries(named).map(([name, source]) => [name, made(source)])), known: known.map(made) };
    }
    return patterns;
  }

  // Everything in a measure that lays a duty on somebody: the clauses within its text, and that behind it.
  // `shared_clause` stands elsewhere, and holds for this measure, too.
  const duties = ({ text = "", clause = "", shared_clause: shared = "" }) => [...(text.match(clausePatterns().inner) ?? []), shared && `${shared}\n`, clause].join("");

  // Each name in the clause, in order, and what is left between them: {named: [{name, leads}], missing, left, open}.
  function readClause(clause, names, leadRule) {
    const { labels, by, open } = clausePatterns();
    const apart = [0, ...[...clause.matchAll(by)].map((found) => found.index + found[0].length)];
    const named = [];
    const gaps = [];
    let here = 0;
    for (const name of names) {
      const start = clause.indexOf(name, here);
      if (start < 0 || !name) return { named, missing: name, left: [], open: false };
      gaps.push(clause.slice(here, start));
      // Of a name that stands in several clauses of a measure, that one counts which says it leads.
      let leads = false;
      for (let at = start; at >= 0 && !leads; at = clause.indexOf(name, at + name.length)) {
        const from = Math.max(...apart.filter((one) => one <= at + 1));
        const label = clause.slice(from, at + 1).match(labels)?.at(-1).trim() ?? "";
        leads = self.policyEdit_base.clause.leading.includes(label.slice(0, 2));
      }
      named.push({ name, leads });
      here = start + name.length;
    }
    gaps.push(clause.slice(here));
    const said = [leadRule, ...[...new Set(names)].sort((one, other) => other.length - one.length)]; // a body may be named twice
    return { named, missing: null, left: gaps.map((gap) => leftOver(gap, said)).filter(Boolean), open: gaps.some((gap) => gap.search(open) >= 0) };
  }

  // The stretch of a gap that is no label, separator, nor said elsewhere.
  function leftOver(gap, said) {
    const blank = (text) => " ".repeat(text.length);
    let rest = gap;
    for (const phrase of said.filter(Boolean)) rest = rest.replaceAll(phrase, blank);
    for (const pattern of clausePatterns().known) rest = rest.replace(pattern, blank);
    const start = rest.length - rest.trimStart().length;
    return gap.slice(start, rest.trimEnd().length);
  }

  return Object.freeze({ DATES_READ, periodOf, dayIn, chineseNumber, numbers, duties, readClause });
})();
