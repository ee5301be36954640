// The rules of scripts/check for a measure that need nothing but the records, in the same words.
"use strict";

const policyEditMeasures = (() => {
  const { near, betweenWideQuotes } = policyEditShape;
  const { DATES_READ, periodOf, numbers, duties, readClause } = policyEditRead;
  const { error, warning, notFound, wayOut, wraps, rows, officialOf, allText, partsOf, isExplained, quoted, unlisted, unknownsFit, measureHint, EXPLAIN } = policyEditSaid;
  const HEADING = "小标题照抄正文开头的几个字，到标点为止，不含末尾的标点。";
  const DATED = /(?:到|至|自|在)?(?:19|20)[0-9]{2}\s*年(?:\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?)?(?:底|末)?(?:前)?/gu;
  const SEPARATORS = /[（）()〔〕：:、，,；;\s]+/u;
  const COMMAS = { "，": "全角逗号", "、": "顿号", ",": "逗号", "；": "分号", " ": "空格" }; // by which editors divide names
  const IS_NUMBER = /^-?[0-9]+(\.[0-9]+)?$/u; // what is none is told so
  const SHORTEST_EVIDENCE = 2; // characters
  const IN_BOTH = "依据要是两条正文里都有的词句。";

  function* headingBeginsTheText({ heading, text = "" }) {
    if (!heading) return;
    const [after = ""] = text.slice(heading.length);
    if (!text.startsWith(heading)) yield error(["heading"], "not-in-source", `正文不是以“${heading}”开头的。`, wayOut(heading, text.slice(0, 2 * heading.length)) || HEADING);
    else if (/[\p{L}\p{N}]/u.test(after) || /[。：，]$/u.test(heading)) yield error(["heading"], "not-in-source", `“${heading}”不是完整的小标题。`, HEADING);
  }

  function* linesAreWhole(value) {
    for (const [name, text] of officialOf(value)) yield* wraps([name], text, value.heading);
  }

  function* measureHasATitle({ heading, title }) {
    if (!heading && !title) yield error(["title"], "missing-field", "这一条没有标题。", "原文有小标题的写 heading；没有的，由编辑拟一个短标题，写在 title。");
  }

  function* departmentsAreKnown(value, world) {
    const clause = duties(value);
    const known = world.names(world.policy.jurisdiction);
    if (!known) return; // the policy's own problem says enough
    for (const [place, name] of (value.departments ?? []).entries()) {
      if (!name || known.includes(name)) continue;
      const help = meant(name, clause, known, world) || (clause.includes(name) ? "请先在 data/departments/ 里添加这个部门。" : "");
      if (help) yield error(["departments", place], "unknown-department", `没有名为“${name}”的部门。`, help); // else it is no name of the clause, which is said
    }
  }

  // What to do with an item that holds several known names; "" if it does not.
  function apart(name, known) {
    const parts = name.split(/[，、,； ]+/u).filter(Boolean);
    if (parts.length < 2 || !parts.every((part) => known.includes(part))) return "";
    const signs = Object.keys(COMMAS).filter((sign) => name.includes(sign)).map((sign) => `“${sign}”（${COMMAS[sign]}）`);
    return `一项只写一个部门：请在${signs.join("、")}处分开，每行一项“- 内容”。`;
  }

  // Which body an unknown name may mean, "" if none: one that the clause names comes before one that is only registered.
  function meant(name, clause, known, world) {
    const [written, registered] = [clause.includes(name) ? [] : clause.split(SEPARATORS).filter(Boolean), near(name, known, "")];
    const table = world.register("jurisdictions");
    const places = Object.keys(table);
    const named = places.flatMap((place) => Object.entries(world.bearers(place))).find(([, id]) => id === name);
    if (named) return `这是编号，请写名称“${named[0]}”。`;
    const divided = apart(name, known);
    if (divided) return divided;
    const inClause = near(name, written, "");
    if (inClause && !registered) return `责任条款里的写法${inClause}`;
    const elsewhere = places.find((id) => world.bearers(id)[name]);
    const place = table[elsewhere]?.name;
    if (elsewhere) return `${registered}${place}有同名的部门。本辖区的，请在 data/departments/ 里另建一个文件；确是${place}的，请核对原文。`;
    const other = /“(.*)”/u.exec(registered)?.[1];
    if (other && clause.includes(name) && !clause.includes(other)) {
      const id = world.bearerOf(other, world.policy.jurisdiction);
      return `责任条款里就是这样写的。是“${other}”的另一种写法的，写进 departments/${id}.yml 的 other_names；是另一个部门的，请在 data/departments/ 里新建。`;
    }
    return registered;
  }

  function* clauseIsAccountedFor(value, world) {
    const { departments = [], open_list: open } = value;
    const clause = duties(value);
    const at = [["clause", "shared_clause"].find((field) => value[field]) ?? "text"];
    if (!clause) {
      if (departments.length) yield error(["departments", 0], "department-not-in-clause", "写了部门，却没有责任条款。", "请在 clause 里照录责任条款；原文只写一次、同时管几条的，照录在 shared_clause。");
      return;
    }
    const reading = readClause(clause, departments, world.policy.lead_rule ?? "");
    const names = world.names(world.policy.jurisdiction);
    const absent = [...departments.entries()].filter(([, name]) => name && !clause.includes(name));
    for (const [place, name] of absent) {
      const isTold = names && !names.includes(name) && meant(name, clause, names, world);
      const bodies = [...world.otherNames(name, world.policy.jurisdiction), ...world.namesByShortForm(name, world.policy.jurisdiction)];
      const written = bodies.find((other) => clause.includes(other));
      const help = written ? `责任条款写作“${written}”，是同一个部门，请照条款改。` : "departments 只列责任条款里写到的，照条款的写法和次序；条款里没有的，请删掉这一项。";
      if (!isTold) yield error(["departments", place], "department-not-in-clause", `责任条款里没有“${name}”。`, help);
    }
    const name = reading.missing;
    if (name && !absent.length) {
      const inOrder = departments.filter(Boolean).sort((one, other) => clause.indexOf(one) - clause.indexOf(other));
      yield error(["departments", departments.indexOf(name)], "department-not-in-clause", `“${name}”在责任条款里的次序不对。`, `departments 的次序要与责任条款一致：${inOrder.join("、")}。`);
    }
    // What is left of a name that was written wrong is that slip again.
    for (const words of !names || departments.every((one) => names.includes(one)) ? reading.left : []) yield error(at, "clause-left-over", `责任条款里的“${words}”没有列入 departments。`, "是部门就按次序补上；是牵头部门的标示说明，写进 policy.yml 的 lead_rule。");
    if (reading.open && open !== "true") yield error(at, "open-list", "责任条款里写了“等”，名单没有列全。", "请写 open_list: true。");
    else if (open === "true" && !reading.open && name === null) yield error(["open_list"], "open-list", "责任条款里没有“等”。", "请删掉 open_list。");
  }

  // What stands elsewhere → the same of the measure's own.
  const SHARED = Object.freeze({ shared_clause: "clause", shared_deadline: "deadline" });

  function* sharedWordsStandElsewhere(value, world) {
    if (!Object.keys(SHARED).some((field) => value[field])) return;
    const listed = partsOf(world.policy);
    const others = listed.filter(([kind, number]) => kind === "measure" && !world.id.endsWith(`/${number}`)).map(([, number]) => world.measure(`${world.id.split("/")[0]}/${number}`));
    const beside = [...listed.filter(([kind]) => kind !== "measure").map(([, text]) => text), ...others.filter(Boolean).flatMap((other) => officialOf(other).map(([, text]) => text))];
    for (const [field, own] of Object.entries(SHARED)) {
      const shared = value[field];
      if (!shared) continue;
      if (own in value && (own === "deadline" || value[own].includes(shared))) {
        yield error([field], "needless-shared", `这一条自己有 ${own}，不必再写 ${field}。`, `请只留一项：原文就写在这一条里的，留 ${own}；写在别处、同时管几条的，留 ${field}。`);
      } else if (others.every(Boolean)) {
        for (const [words] of shared.matchAll(/\S.*/gu)) if (!beside.some((text) => text.includes(words))) yield notFound([field], words, "这一条以外的原文", beside.join("\n"));
      }
    }
  }

  const ROLES = Object.freeze({ lead: "牵头部门", support: "配合部门" });
  const leadsIn = (value, world) => readClause(duties(value), value.departments ?? [], world.policy.lead_rule ?? "").named.filter(({ leads }) => leads).map(({ name }) => name);

  function* leadsAreNamed(value, world) {
    const said = leadsIn(value, world);
    const named = Object.keys(ROLES).flatMap((field) => [...(value[field]?.departments ?? []).entries()].map(([place, name]) => [field, place, name]));
    for (const [field, place, name] of named) {
      const path = [field, "departments", place];
      if (!name) continue;
      const listed = value.departments ?? [];
      if (!listed.includes(name)) yield error(path, "lead-not-named", `${ROLES[field]}“${name}”不在 departments 里。`, apart(name, listed) || near(name, listed, `${ROLES[field]}要照 departments 里的写法。`));
      else if (field === "support" && [...(value.lead?.departments ?? []), ...said].includes(name)) yield error(path, "lead-contradicts-clause", `“${name}”是牵头部门，不是配合部门。`, "请对照原文，只留一处。");
      else if (field === "lead" && said.length && !said.includes(name)) yield error(path, "lead-contradicts-clause", `责任条款写明由“${said.join("、")}”牵头，不是“${name}”。`, "条款已写明牵头部门的，不必再写 lead，请删掉。");
    }
  }

  const ORDER = /(?:排|列|写)(?:名|序)?(?:在)?(?:第一|首位|最前|最先|前面)|第一(?:位|个)|首位/u;
  const NO_EVIDENCE = /^(?:不详|不明|不清楚|不知道|未知|无|没有|暂无|推测|猜测|惯例|按惯例|应该是|默认)$/u;

  function* leadsHaveEvidence(value, world) {
    const rule = world.policy.lead_rule ?? "";
    for (const [field, label] of Object.entries(ROLES)) {
      const evidence = value[field]?.evidence;
      if (!evidence || (rule && rule.includes(evidence))) continue;
      if (!NO_EVIDENCE.test(evidence) && (!ORDER.test(evidence) || ORDER.test(rule))) continue;
      yield error([field, "evidence"], "lead-without-evidence", `“${evidence}”说明不了谁是${label}。`, "排列次序不是依据，除非原文写明。请写原文里的词句，或原件的页码和字体；没有依据的，删掉这一项。");
    }
  }

  function* deadlineIsADate(value, world) {
    const field = "deadline" in value ? "deadline" : "shared_deadline";
    const deadline = value[field];
    const year = world.policy.deadline_year;
    if (deadline && !periodOf(betweenWideQuotes(deadline) || deadline, year) && !isExplained(value, "deadline")) {
      const help = `能读懂的写法如 ${DATES_READ}；原文只写月份、年份在标题里的，在 policy.yml 的 deadline_year 写明年份；原文确实没有日期的（如“持续推进”），请在 unknowns 里写明 deadline 的状态和原因。`;
      yield error([field], "deadline-not-a-date", `“${deadline}”不是能读懂的日期。`, help);
    }
    for (const [key, { quote }] of rows(value, "inner_deadlines")) {
      if (quote && !periodOf(quote, year)) yield error(["inner_deadlines", key, "quote"], "deadline-not-a-date", `“${quote}”不是能读懂的日期。`, `能读懂的写法如 ${DATES_READ}。`);
    }
  }

  function* datesInTheTextAreListed(value) {
    const told = [["inner_deadlines", "quote"], ["targets", "by_text"], ["instruments", "title"]].flatMap(([name, field]) => rows(value, name).map(([, row]) => row[field])).filter(Boolean);
    for (const [found] of (value.text ?? "").matchAll(DATED)) {
      if (told.some((words) => words.includes(found) || found.includes(words))) continue;
      yield warning(["text"], "unlisted-deadline", `正文里的“${found}”没有列入 inner_deadlines。`, "是完成时限的，请在 inner_deadlines 里照录；不是的，不用管。");
    }
  }

  function* quotesAreInTheText(value) {
    const text = allText(value);
    yield* quoted(value, "inner_deadlines", ["quote"], text, "正文");
    yield* quoted(value, "anomalies", ["quote"], text, "这一条的原文");
    yield* quoted(value, "instruments", ["title", "number"], text, "这一条的原文");
    yield* quoted(value, "targets", ["quote", "scope", "by_text"], text, "正文");
  }

  const NOT_WRITTEN = "数值照原文写。原文没有写这个数的（如自己数出来的），请删去这个指标。";
  const POWERS = Object.freeze({ 十: 10, 百: 100, 千: 1000, 万: 1e4, 十万: 1e5, 百万: 1e6, 千万: 1e7, 亿: 1e8 });
  // Of a number that the quote writes with 万 or 亿: how a target has it.
  function asWritten(number, quote) {
    for (const [found, digits, power] of quote.matchAll(/([0-9]+(?:\.[0-9]+)?)(十万|百万|千万|[十百千万亿])/gu)) {
      if (/^[0-9]+$/u.test(number) && Number(digits) * POWERS[power] === Number(number)) return `原文是“${found}”：value 写 ${digits}，“${power}”写在 unit 里。`;
    }
    return "";
  }

  function* targetsAreInTheirQuote(value) {
    for (const [key, row] of rows(value, "targets")) {
      const { quote = "" } = row;
      if (!allText(value).includes(quote)) continue; // which is said
      const where = "这个指标的 quote ";
      for (const field of ["subject", "comparator", "unit"]) if (row[field] && !quote.includes(row[field])) yield notFound(["targets", key, field], row[field], where, quote);
      for (const field of ["value", "value_max"]) if (IS_NUMBER.test(row[field] ?? "") && !numbers(quote).has(row[field])) yield error(["targets", key, field], "not-in-source", `${where}里找不到“${row[field]}”。`, asWritten(row[field], quote) || NOT_WRITTEN);
      const { value: least, value_max: most } = row;
      if (least && most && numbers(quote).has(least) && numbers(quote).has(most) && Number(most) < Number(least)) {
        yield error(["targets", key, "value_max"], "range-upside-down", `上限 ${most} 小于下限 ${least}。`, "请把小的数写在 value，大的数写在 value_max（上限）。");
      }
    }
  }

  const NUMERAL = /[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千万亿]+/gu;
  const SAID_BEFORE = /(至少|不少于|不低于|不小于|不超过|不高于|超过)(?:达到)?\s*$/u;
  const SAID_BEHIND = /^[^，。；、：]{0,4}?(以上|以内|以下|左右)/u;

  const POWER = /^[十百千万亿]+/u;
  const RANGE = /([0-9]+(?:\.[0-9]+)?)%?(?:[-—–~～－]+|[至到])([0-9]+(?:\.[0-9]+)?)(?![0-9.]*年)/gu;

  // What a quote goes on with behind each place where a number stands in it.
  const behindNumber = (number, quote) => [...quote.matchAll(/[0-9]+(?:\.[0-9]+)?/gu)].filter(([found]) => found === number).map((found) => quote.slice(found.index + number.length));

  function* unitsAreWhole(value) {
    for (const [key, { quote = "", value: number, unit }] of rows(value, "targets")) {
      const behind = behindNumber(number, quote);
      if (!unit || !behind.length || !quote.includes(unit)) continue;
      const power = POWER.exec(behind[0])?.[0];
      if (power && behind.every((rest) => POWER.test(rest)) && !unit.startsWith(power)) yield error(["targets", key, "unit"], "not-in-source", `原文“${number}”后面是“${power}”，单位里没有。`, `请写成 ${power}${unit}。`);
    }
  }

  function* unitsFollowTheirNumbers(value) {
    for (const [key, { quote = "", value: number, unit }] of rows(value, "targets")) {
      const behind = behindNumber(number, quote);
      if (!unit || !behind.length || !quote.includes(unit)) continue;
      if (behind.every((rest) => /^\s*[年月日]/u.test(rest)) && (number.length === 4 || !"年月日".includes(unit[0]))) {
        yield error(["targets", key, "value"], "not-in-source", `“${number}”在原文里是日期，不是指标的数值。`, "请写这个指标自己的数；日期写进 by_text。");
      } else if (behind[0].startsWith(`${unit}次`)) yield error(["targets", key, "unit"], "not-in-source", `原文“${number}”后面是“${unit}次”，单位没有写全。`, `请写成 ${unit}次。`);
    }
  }

  function* targetsAreToldOnce(value) {
    const holds = (one = "", other = "") => one.includes(other) || other.includes(one);
    const solid = (words = "") => words.replace(/\s/g, "");
    const told = [];
    for (const [key, row] of rows(value, "targets")) {
      const twin = told.find(([, other]) => {
        const same = ["value", "value_max", "unit"].every((field) => row[field] === other[field]);
        const isCopy = JSON.stringify(Object.entries(row).sort()) === JSON.stringify(Object.entries(other).sort());
        const [shorter, longer] = [solid(row.quote), solid(other.quote)].sort((left, right) => left.length - right.length);
        const isRare = (words, text) => text.split(words).length < 3;
        const comesOnce = shorter && isRare(shorter, solid(value.text)) && isRare(`${row.value ?? ""}${row.unit ?? ""}`, longer);
        return same && !isCopy && comesOnce && row.subject && holds(row.quote, other.quote) && holds(row.subject, other.subject);
      });
      if (twin) yield error(["targets", key], "repeated-item", `“${key}”和“${twin[0]}”说的是同一个数。`, "请只留一处。");
      told.push([key, row]);
    }
  }

  function* rangesHaveTwoEnds(value) {
    for (const [key, { quote = "", value: number, value_max: most }] of rows(value, "targets")) {
      const found = most === undefined ? [...quote.matchAll(RANGE)].find((one) => one.slice(1).includes(number)) : null;
      if (found) yield warning(["targets", key, "value_max"], "half-a-range", `原文是“${found[0]}”，这个指标只写了 ${number}。`, `请写上两头：value: ${found[1]}，value_max: ${found[2]}；说的不是一个区间的，不用管。`);
    }
  }

  function* limitsAreRecorded(value) {
    for (const [key, { quote = "", value: number, comparator }] of rows(value, "targets")) {
      if (comparator !== undefined) continue;
      for (const found of quote.matchAll(NUMERAL)) {
        const said = SAID_BEFORE.exec(quote.slice(0, found.index)) ?? SAID_BEHIND.exec(quote.slice(found.index + found[0].length));
        if (!said || !numbers(found[0]).has(number)) continue;
        yield warning(["targets", key, "comparator"], "unlisted-comparator", `原文有“${said[1]}”，这个指标没有写限定词。`, `请写上：comparator: ${said[1]}；说的不是这个数的，不用管。`);
        break;
      }
    }
  }

  function* instrumentsAreListed(value) {
    const listed = rows(value, "instruments").map(([, row]) => row.title);
    for (const [name, text] of officialOf(value)) yield* unlisted([name], text, listed);
  }

  function* termsAreKnown(value, world) {
    for (const [kind, label] of [["themes", "主题"], ["audiences", "对象"]]) {
      const table = world.register(kind);
      for (const [place, id] of (value[kind] ?? []).entries()) {
        if (!id) continue;
        const path = [kind, place];
        const others = `可以写：${Object.keys(table).join("、")}；没有合适的，请先在 data/${kind}.yml 里添加。`;
        if (!table[id]) yield error(path, `unknown-${kind.slice(0, -1)}`, `没有编号为“${id}”的${label}。`, near(id, Object.keys(table), others));
        else if (!table[id].words.some((word) => (value.text ?? "").includes(word))) {
          const help = `这一${label}的词是：${table[id].words.join("、")}。请去掉这个${label}，或在 data/${kind}.yml 里补词。`;
          yield error(path, "term-without-evidence", `正文里没有${label}“${table[id].name}”的任何一个词。`, help);
        }
      }
    }
  }

  function* relationsHaveEvidence(value, world) {
    const told = new Map();
    for (const [number, [key, { to, relation, evidence = [] }]] of rows(value, "relations").entries()) {
      if (!to) continue;
      const before = told.get(`${to} ${relation}`);
      if (before) yield error(["relations", key, "to"], "repeated-item", `这一项关联和第 ${before} 项重复。`, "请只留一处，把依据合在一起。");
      else told.set(`${to} ${relation}`, number + 1);
      const path = ["relations", key, "to"];
      const other = to === world.id ? undefined : world.measure(to);
      if (to === world.id) yield error(path, "unknown-measure", "关联不能指向自己。", "请写另一条措施的编号。");
      else if (other === undefined) yield error(path, "unknown-measure", `没有编号为“${to}”的措施。`, measureHint(to, world.ids("measure").filter((id) => id !== world.id), world.id.split("/")[0]));
      for (const [place, words] of evidence.entries()) {
        if (words && (words.match(/[\p{L}\p{N}_]/gu) ?? []).length < SHORTEST_EVIDENCE) {
          yield error(["relations", key, "evidence", place], "relation-without-evidence", `“${words}”太短，说明不了两条措施有关联。`, IN_BOTH);
          continue;
        }
        const texts = [[world.id, value], [to, other]].filter(([, record]) => record).map(([id, { text = "" }]) => [id, text]);
        const parts = (words ?? "").split(/[、，,；;]+/u).filter(Boolean);
        const isSeveral = parts.length > 1 && parts.every((part) => texts.every(([, text]) => text.includes(part)));
        for (const [id, text] of texts) {
          if (!words || text.includes(words)) continue;
          const help = isSeveral ? "一项只写一个词句：请分成几项，每行一项“- 内容”。" : wayOut(words, text) || IN_BOTH;
          yield error(["relations", key, "evidence", place], "relation-without-evidence", `“${words}”不在 ${id} 的正文里。`, help);
        }
      }
    }
  }

  function* progressHasEvidence(value) {
    for (const [key, row] of rows(value, "progress")) {
      if ("evidence_url" in row || "evidence_file" in row) continue;
      yield error(["progress", key, "evidence_url"], "missing-field", "这条进展没有出处。", "写公开出处的网址 evidence_url；没有网址的，把文件存进 evidence 文件夹，在 evidence_file 写文件名。");
    }
  }

  function* whatWasFoundIsRecorded(value) {
    for (const [key, { result }] of rows(value, "searches")) {
      if (result === "已找到" && !("progress" in value)) yield warning(["searches", key, "result"], "found-not-recorded", "检索已找到，进展里却没有登记。", "请把找到的进展写进 progress；找到的内容不能说明进展的，结果写“未见公开结果”。");
    }
  }

  function sectionOf(world) {
    let section = "";
    for (const [kind, text] of partsOf(world.policy)) {
      if (kind === "section") section = text;
      if (kind === "measure" && world.id.endsWith(`/${text}`)) break;
    }
    return section;
  }

  function* measureUnknownsAreExplained(value, world) {
    const { named } = readClause(duties(value), value.departments ?? [], world.policy.lead_rule ?? "");
    const has = {
      lead: !named.length || "lead" in value || named.some(({ leads }) => leads),
      section: Boolean(sectionOf(world)) || !partsOf(world.policy).length,
      number: "number" in value,
      heading: "heading" in value,
      clause: "clause" in value || "shared_clause" in value,
      deadline: isExplained(value, "deadline") ? Boolean(periodOf(value.deadline ?? value.shared_deadline ?? "", world.policy.deadline_year)) : "deadline" in value || "shared_deadline" in value,
      themes: "themes" in value,
      audiences: "audiences" in value,
    };
    yield* unknownsFit(value, has, world.policy.measure_unknowns ?? {}, `${EXPLAIN}各条都没有的，写在 policy.yml 的 measure_unknowns。`);
  }

  return Object.freeze([headingBeginsTheText, linesAreWhole, measureHasATitle, departmentsAreKnown, clauseIsAccountedFor, sharedWordsStandElsewhere, leadsAreNamed, leadsHaveEvidence, deadlineIsADate, datesInTheTextAreListed, quotesAreInTheText, targetsAreInTheirQuote, unitsAreWhole, unitsFollowTheirNumbers, targetsAreToldOnce, rangesHaveTwoEnds, limitsAreRecorded, instrumentsAreListed, termsAreKnown, relationsHaveEvidence, progressHasEvidence, whatWasFoundIsRecorded, measureUnknownsAreExplained]);
})();
