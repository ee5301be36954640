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
  // What is to be done by then, behind the date in a column of deadlines: 2017年6月底前出台实施意见.
  const ACTION = /(?<=[年月日前底末度])(?:完成|出台|建成|印发|制定|实现|达到|取得|投入|上线|建立|形成|发布|报|基本|全面|全部|启动|落实)[^0-9，,；;。、]*$/u;
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
  function periodOf(written) {
    const words = folded(written).replace(ACTION, "");
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
  const OPEN = /等(?:国务院|中央|省级|市级|区级|县级)?(?:各|有关|相关)*(?:部门|单位)?(?:[和及](?:部门|单位))?|会同(?:各|有关|相关)+(?:部门|单位)(?:[和及](?:部门|单位))?/gu;
  // Who answers for it in person: no body, and no duty of one.
  const PERSONS = /(?:责任|牵头|分管|联系|包保|主管|挂帅|市级|县级)(?:领导|人|同志|人员)[：:][^；;）)】〕]*/gu;
  // By when, said in a clause: 完成时限：2025年12月底前, 持续推进.
  const DUE = /(?:完成|办结|工作|推进)?(?:时限|时间|期限|节点)(?:要求)?[：:][^；;）)】〕]*|(?:到|至|于|每年|全年)?(?:(?:19|20)[0-9]{2}\s*年\s*)?(?:[0-9]{1,2}\s*月\s*)?(?:[0-9]{1,2}\s*日)?(?:第?[1-4一二三四]季度)?(?<=[年月日度])(?:底|末|中旬|上旬|下旬)?(?:、[0-9]{1,2}\s*月\s*(?:底|末)?)*(?:之?前|以前)?(?:(?:完成|启动|出台|落实|实施)(?:年度|阶段性|全部)?(?:任务|目标|工作)?)?|(?:长期|持续|常态化?|全年|每年)(?:推进|坚持|开展|实施|落实|进行)|长期|立即(?:实施|整改)/gu;
  // A clause within a text, where several follow each other in one item.
  const INNER = new RegExp(`[（(〔【](?:(?:${LABEL.source})[：:]|${PERSONS.source}[；;])(?:[^（）()〔〕【】]|[（(][^（）()]*[）)])*[）)〕】]|[（(〔【](?:[^（）()〔〕【】。]|[（(][^（）()]*[）)]){4,200}(?:牵头|配合|负责|参与|参加|协助)。?[）)〕】]`, "gu");
  // What a clause may hold beside names, labels and the rule for the lead.
  const GLUE = /[（）()〔〕【】[\]：:、，,；;。/／—－-]|\s|和|及|与|以及|会同|(?:按照?|根据|依据|依)(?:各自)?(?:的)?职责(?:分工)?|分工|分别|共同|各自|具体|负责|牵头|主办|配合|协办|协助|协同|落实|参与|参加|组织|实施|承担|由|各司其职|完成/gu;

  // Everything in a measure that lays a duty on somebody: the clauses within its text, and that behind it.
  const duties = ({ text = "", clause = "" }) => [...(text.match(INNER) ?? []), clause].join("");

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
    const said = [leadRule, ...[...new Set(names)].sort((one, other) => other.length - one.length)]; // a body may be named twice
    return { named, missing: null, left: gaps.map((gap) => leftOver(gap, said)).filter(Boolean), open: gaps.some((gap) => gap.search(OPEN) >= 0) };
  }

  // The stretch of a gap that is no label, separator, nor said elsewhere.
  function leftOver(gap, said) {
    const blank = (text) => " ".repeat(text.length);
    let rest = gap;
    for (const phrase of said.filter(Boolean)) rest = rest.replaceAll(phrase, blank);
    for (const pattern of [PERSONS, LABEL, DUE, OPEN, GLUE]) rest = rest.replace(pattern, blank);
    const start = rest.length - rest.trimStart().length;
    return gap.slice(start, rest.trimEnd().length);
  }

  return Object.freeze({ DATES_READ, periodOf, dayIn, numbers, duties, readClause });
})();
