// The rules of scripts/check that need nothing but the records: quotes stand in the text, names are known, what is empty is
// explained. The same words, for the same people.
"use strict";

const policyEditCheck = (() => {
  const { near } = policyEditShape;
  const { DATES_READ, periodOf, dayIn, numbers, readClause } = policyEditRead;
  const HEADING = "小标题照抄正文开头的几个字，到标点为止，不含末尾的标点。";
  const VERBATIM = "这一项要照录原文，一字不差。";
  const EXPLAIN = "知道就填上；原文没有的，在 unknowns 里写明状态（未载明、未规定或不适用）和原因。";
  const MEASURE_ID = "编号写成 文件编号/两位数，如 city-tasks/07。";
  const DATED = /(?:到|至|自|在)?(?:19|20)[0-9]{2}\s*年(?:\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?)?(?:底|末)?(?:前)?/gu;
  const TITLES = /《([^《》]+)》/gu;
  const SEPARATORS = /[（）()〔〕：:、，,；;\s]+/u;
  const COMMAS = { "，": "全角逗号", "、": "顿号", ",": "逗号", "；": "分号", " ": "空格" }; // by which editors divide names
  const SHORTEST_EVIDENCE = 2; // characters
  // What a document says of itself in full, and the kinds of the parts in which it does.
  const WHOLE = { title: ["title"], issuer: ["issuer", "signature"], document_number: ["document_number"] };
  const PARTS_OF_A_TITLE = 4; // lines over which it may go on, each a part
  const IN_ORDER = [
    ["issued", "received", "收到日期早于成文日期。"],
    ["issued", "valid_until", "有效期的最后一天早于成文日期。"],
    ["effective", "valid_until", "有效期的最后一天早于施行日期。"],
  ];
  const CREDIT_CODE = "统一社会信用代码";
  const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  const error = (path, rule, message, help = "") => ({ path, rule, message, help });
  const warning = (...said) => ({ ...error(...said), level: "warning" });
  const notFound = (path, words, where) => error(path, "not-in-source", `${where}里找不到“${words}”。`, VERBATIM);
  const rows = (value, name) => Object.entries(value[name] ?? {}).filter(([, row]) => row && typeof row === "object");
  const officialOf = (measure) => ["number", "text", "clause", "deadline"].filter((name) => measure[name]).map((name) => [name, measure[name]]);
  const allText = (measure) => officialOf(measure).map(([, text]) => text).join("\n");
  const partsOf = (policy) => (policy.parts ?? []).flatMap((part) => Object.entries(part));
  const isExplained = (value, name) => name in (value.unknowns ?? {});

  // A field's words that do not stand in a text.
  function* quoted(value, name, fields, text, where) {
    for (const [key, row] of rows(value, name)) {
      for (const field of fields) if (row[field] && !text.includes(row[field])) yield notFound([name, key, field], row[field], where);
    }
  }

  function* unlisted(path, text, listed) {
    for (const [whole, title] of text.matchAll(TITLES)) {
      if (!listed.includes(title)) yield warning(path, "unlisted-instrument", `“${whole}”没有列入 instruments。`, "请补上名称，并写明是依据、要求出台还是引用。");
    }
  }

  // For each field: a value, or a reason why there is none.
  function* unknownsFit(value, hasValue, general, help) {
    for (const [name, has] of Object.entries(hasValue)) {
      if (has && isExplained(value, name)) yield error(["unknowns", name], "needless-unknown", `“${name}”有内容，不必说明为什么没有。`, "请删掉这一项。");
      else if (!has && !isExplained(value, name) && !(name in general)) yield { ...error([name], "unexplained-unknown", `没有“${name}”，也没有说明为什么。`, help), unknown: name };
    }
  }

  function* jurisdictionIsKnown(value, world) {
    const table = world.register("jurisdictions");
    if (value.jurisdiction && !(value.jurisdiction in table)) {
      yield error(["jurisdiction"], "unknown-jurisdiction", `没有编号为“${value.jurisdiction}”的辖区。`, near(value.jurisdiction, Object.keys(table), "请先在 data/jurisdictions.yml 里添加。"));
    }
  }

  // ---- Measures

  function* headingBeginsTheText({ heading, text = "" }) {
    if (!heading) return;
    const [after = ""] = text.slice(heading.length);
    if (!text.startsWith(heading)) yield error(["heading"], "not-in-source", `正文不是以“${heading}”开头的。`, HEADING);
    else if (/[\p{L}\p{N}]/u.test(after) || /[。：，]$/u.test(heading)) yield error(["heading"], "not-in-source", `“${heading}”不是完整的小标题。`, HEADING);
  }

  function* measureHasATitle({ heading, title }) {
    if (!heading && !title) yield error(["title"], "missing-field", "这一条没有标题。", "原文有小标题的写 heading；没有的，由编辑拟一个短标题，写在 title。");
  }

  function* departmentsAreKnown({ departments = [], clause = "" }, world) {
    const known = world.names(world.policy.jurisdiction);
    if (!known) return; // the policy's own problem says enough
    for (const [place, name] of departments.entries()) {
      if (!name || known.includes(name)) continue;
      yield error(["departments", place], "unknown-department", `没有名为“${name}”的部门。`, meant(name, clause, known, world));
    }
  }

  // Which body an unknown name may mean: one that the clause names comes before one that is only registered.
  function meant(name, clause, known, world) {
    const [written, registered] = [clause.includes(name) ? [] : clause.split(SEPARATORS).filter(Boolean), near(name, known, "")];
    const table = world.register("jurisdictions");
    const places = Object.keys(table);
    const named = places.flatMap((place) => Object.entries(world.bearers(place))).find(([, id]) => id === name);
    if (named) return `这是编号，请写名称“${named[0]}”。`;
    const comma = Object.keys(COMMAS).find((sign) => name.includes(sign) && name.split(sign).every((part) => known.includes(part)));
    if (comma) return `一项只写一个部门：请在“${comma}”（${COMMAS[comma]}）处分开，每行一项“- 内容”。`;
    const inClause = near(name, written, "");
    if (inClause && !registered) return `责任条款里的写法${inClause}`;
    const elsewhere = places.find((id) => world.bearers(id)[name]);
    const place = table[elsewhere]?.name;
    if (elsewhere) return `${registered}${place}有同名的部门。本辖区的，请在 data/departments/ 里另建一个文件；确是${place}的，请核对原文。`;
    return registered || "请先在 data/departments/ 里添加这个部门。";
  }

  function* clauseIsAccountedFor({ clause, departments = [], open_list: open }, world) {
    if (!clause) {
      if (departments.length) yield error(["departments", 0], "department-not-in-clause", "写了部门，却没有责任条款。", "请在 clause 里照录责任条款。");
      return;
    }
    const reading = readClause(clause, departments, world.policy.lead_rule ?? "");
    const name = reading.missing;
    if (name) {
      const message = clause.includes(name) ? `“${name}”在责任条款里的次序不对。` : `责任条款里没有“${name}”。`;
      const known = world.names(world.policy.jurisdiction) ?? [name];
      if (clause.includes(name) || known.includes(name)) yield error(["departments", departments.indexOf(name)], "department-not-in-clause", message, "departments 要与责任条款的写法和次序一致。");
    }
    const names = world.names(world.policy.jurisdiction);
    // What is left of a name that was written wrong is that slip again.
    for (const words of !names || departments.every((one) => names.includes(one)) ? reading.left : []) yield error(["clause"], "clause-left-over", `责任条款里的“${words}”没有列入 departments。`, "是部门就按次序补上；是牵头部门的标示说明，写进 policy.yml 的 lead_rule。");
    if (reading.open && open !== "true") yield error(["clause"], "open-list", "责任条款里写了“等”，名单没有列全。", "请写 open_list: true。");
    else if (open === "true" && !reading.open && name === null) yield error(["open_list"], "open-list", "责任条款里没有“等”。", "请删掉 open_list。");
  }

  const leadsIn = ({ clause = "", departments = [] }, world) => readClause(clause, departments, world.policy.lead_rule ?? "").named.filter(({ leads }) => leads).map(({ name }) => name);

  function* leadsAreNamed(value, world) {
    const said = leadsIn(value, world);
    for (const [place, name] of (value.lead?.departments ?? []).entries()) {
      const path = ["lead", "departments", place];
      if (!name) continue;
      if (!(value.departments ?? []).includes(name)) yield error(path, "lead-not-named", `牵头部门“${name}”不在 departments 里。`, "牵头部门要照 departments 里的写法。");
      else if (said.length && !said.includes(name)) yield error(path, "lead-contradicts-clause", `责任条款写明由“${said.join("、")}”牵头，不是“${name}”。`, "条款已写明牵头部门的，不必再写 lead，请删掉。");
    }
  }

  function* deadlineIsADate(value) {
    const { deadline } = value;
    if (deadline && !periodOf(deadline) && !isExplained(value, "deadline")) {
      const help = `能读懂的写法如 ${DATES_READ}；原文确实没有日期的（如“持续推进”），请在 unknowns 里写明 deadline 的状态和原因。`;
      yield error(["deadline"], "deadline-not-a-date", `“${deadline}”不是能读懂的日期。`, help);
    }
    for (const [key, { quote }] of rows(value, "inner_deadlines")) {
      if (quote && !periodOf(quote)) yield error(["inner_deadlines", key, "quote"], "deadline-not-a-date", `“${quote}”不是能读懂的日期。`, `能读懂的写法如 ${DATES_READ}。`);
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

  function* targetsAreInTheirQuote(value) {
    for (const [key, row] of rows(value, "targets")) {
      const { quote = "" } = row;
      if (!allText(value).includes(quote)) continue; // which is said
      const where = "这个指标的 quote ";
      for (const field of ["subject", "comparator", "unit"]) if (row[field] && !quote.includes(row[field])) yield notFound(["targets", key, field], row[field], where);
      for (const field of ["value", "value_max"]) if (row[field] && !numbers(quote).has(row[field])) yield notFound(["targets", key, field], row[field], where);
      const { value: least, value_max: most } = row;
      if (least && most && numbers(quote).has(least) && numbers(quote).has(most) && Number(most) < Number(least)) {
        yield error(["targets", key, "value_max"], "range-upside-down", `上限 ${most} 小于下限 ${least}。`, "请把小的数写在 value，大的数写在 value_max（上限）。");
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
      else if (other === undefined) yield error(path, "unknown-measure", `没有编号为“${to}”的措施。`, near(to, world.ids("measure").filter((id) => id !== world.id), MEASURE_ID));
      for (const [place, words] of evidence.entries()) {
        if (words && (words.match(/[\p{L}\p{N}_]/gu) ?? []).length < SHORTEST_EVIDENCE) {
          yield error(["relations", key, "evidence", place], "relation-without-evidence", `“${words}”太短，说明不了两条措施有关联。`, "依据要是两条正文里都有的词句。");
          continue;
        }
        for (const [id, record] of [[world.id, value], [to, other]]) {
          if (!words || !record || (record.text ?? "").includes(words)) continue;
          yield error(["relations", key, "evidence", place], "relation-without-evidence", `“${words}”不在 ${id} 的正文里。`, "依据要是两条正文里都有的词句。");
        }
      }
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
    const { named } = readClause(value.clause ?? "", value.departments ?? [], world.policy.lead_rule ?? "");
    const has = {
      lead: !named.length || "lead" in value || named.some(({ leads }) => leads),
      section: Boolean(sectionOf(world)) || !partsOf(world.policy).length,
      heading: "heading" in value,
      clause: "clause" in value,
      deadline: isExplained(value, "deadline") ? Boolean(periodOf(value.deadline ?? "")) : "deadline" in value,
      themes: "themes" in value,
      audiences: "audiences" in value,
    };
    yield* unknownsFit(value, has, world.policy.measure_unknowns ?? {}, `${EXPLAIN}各条都没有的，写在 policy.yml 的 measure_unknowns。`);
  }

  // ---- Policies

  function* policyWordsAreInTheDocument(value, world) {
    const measures = partsOf(value).map(([kind, text]) => kind === "measure" && world.measure(`${world.id}/${text}`));
    const everything = [...partsOf(value).filter(([kind]) => kind !== "measure").map(([, text]) => text), ...measures.filter(Boolean).map(allText)].join("\n");
    for (const name of ["title", "issuer", "document_number", "issued", "effective", "valid_until", "clause_label", "lead_rule"]) {
      if (value[name] && !everything.includes(value[name])) yield notFound([name], value[name], "原文各段");
    }
    yield* quoted(value, "instruments", ["title", "number"], everything, "原文各段");
    yield* quoted(value, "anomalies", ["quote"], everything, "原文各段");
  }

  // A part of a title, a name or a number may mean another one.
  function* policyFactsAreWhole(value) {
    const solid = (text) => text.replace(/\s+/gu, "");
    const listed = partsOf(value).filter(([, text]) => text);
    for (const [name, kinds] of Object.entries(WHOLE)) {
      const whole = new Set();
      for (const first of listed.keys()) {
        for (let last = first + 1; last <= Math.min(first + PARTS_OF_A_TITLE, listed.length); last += 1) {
          const run = listed.slice(first, last);
          if (run.some(([kind]) => kinds.includes(kind))) whole.add(run.map(([, text]) => solid(text)).join(""));
        }
      }
      if (!value[name] || !whole.size || whole.has(solid(value[name])) || whole.has(solid(`${value[name]}文件`))) continue;
      const told = listed.filter(([kind]) => kinds.includes(kind)).map(([, text]) => text);
      yield error([name], "not-in-source", `“${value[name]}”不是原文里完整的写法。`, `原文是“${told.join("”“")}”，请完整照录。`);
    }
  }

  function* policyDatesAreInOrder(value) {
    const days = Object.fromEntries(["issued", "effective", "valid_until"].map((name) => [name, dayIn(value[name] ?? "")]));
    days.received = value.received;
    for (const [first, then, message] of IN_ORDER) {
      if (days[first] && days[then] && days[then] < days[first]) yield warning([then], "dates-out-of-order", message, "请核对这两个日期；没有错的，不用管。");
    }
  }

  function* partsAreMeasures(value, world) {
    const seen = new Set();
    for (const [place, part] of (value.parts ?? []).entries()) {
      const number = part.measure;
      if (!number) continue;
      if (seen.has(number)) yield error(["parts", place, "measure"], "repeated-item", `“${number}”已经写过。`, "请只留一处。");
      else if (world.measure(`${world.id}/${number}`) === undefined) yield error(["parts", place, "measure"], "missing-file", `没有 measures/${number}.yml 这个文件。`, "请补上文件，或从 parts 里删掉这一条。");
      seen.add(number);
    }
  }

  function* policyDatesAreDates(value) {
    for (const name of ["issued", "effective", "valid_until"]) {
      if (!value[name] || dayIn(value[name]) || isExplained(value, name)) continue;
      const help = `写到日，如 2023年9月1日、自2024年7月1日起施行；原文没有写明日期的，请在 unknowns 里写明 ${name} 的状态和原因。`;
      yield error([name], "deadline-not-a-date", `“${value[name]}”里没有能读懂的日期。`, help);
    }
  }

  function* policyUnknownsAreExplained(value) {
    const plain = ["issuer", "document_number", "status", "source_address", "received"].map((name) => [name, name in value]);
    const dated = ["issued", "effective", "valid_until"].map((name) => [name, isExplained(value, name) ? Boolean(dayIn(value[name] ?? "")) : name in value]);
    yield* unknownsFit(value, Object.fromEntries([...plain, ...dated]), {}, EXPLAIN);
  }

  function* policyInstrumentsAreListed(value) {
    const listed = [...rows(value, "instruments").map(([, row]) => row.title), value.title];
    for (const [place, part] of (value.parts ?? []).entries()) {
      for (const [kind, text] of Object.entries(part)) if (kind !== "measure") yield* unlisted(["parts", place, kind], text, listed);
    }
  }

  // ---- Departments

  function* departmentUnknownsAreExplained(value) {
    yield* unknownsFit(value, { kind: "kind" in value, level: "level" in value || !isExplained(value, "level") }, {}, EXPLAIN);
  }

  function* namesAreTheirOwn(value, world) {
    const bearers = world.bearers(value.jurisdiction);
    const own = [[["name"], value.name], ...(value.other_names ?? []).map((name, place) => [["other_names", place], name])];
    for (const [path, name] of own) {
      const owner = bearers[name];
      if (owner && owner !== world.id) yield error(path, "repeated-name", `“${name}”也是 departments/${owner}.yml 的名称。`, "同一辖区里一个名称只能属于一个部门，请改名或合并成一个文件。");
    }
    for (const [place, alias] of (value.aliases ?? []).entries()) {
      const isOwn = own.some(([, name]) => name === alias);
      const owner = bearers[alias];
      if (!alias || (!isOwn && (!owner || owner === world.id))) continue;
      const whose = isOwn ? "自己" : ` departments/${owner}.yml `;
      yield error(["aliases", place], "repeated-name", `“${alias}”已经是${whose}的名称。`, "简称不要与名称相同，请删掉这一项。");
    }
  }

  function* counterpartsAreKnown(value, world) {
    for (const [place, id] of (value.counterparts ?? []).entries()) {
      const ids = world.ids("department");
      if (id === world.id) yield error(["counterparts", place], "unknown-department", "对应部门不能是自己。", "请写另一级部门的编号。");
      else if (id && !ids.includes(id)) yield error(["counterparts", place], "unknown-department", `没有编号为“${id}”的部门。`, near(id, ids, "请先在 data/departments/ 里添加这个部门。"));
    }
  }

  // GB 32100—2015: 17 characters and a check character, modulo 31.
  function withCheck(body) {
    if (body.length !== 17 || [...body].some((letter) => !CHARACTERS.includes(letter))) return "";
    let weight = 1;
    let total = 0;
    for (const letter of body) [total, weight] = [total + CHARACTERS.indexOf(letter) * weight, (weight * 3) % 31];
    return body + CHARACTERS[(31 - (total % 31)) % 31];
  }

  function* creditCodeIsRight(value) {
    const code = value.identifiers?.[CREDIT_CODE];
    const body = (code ?? "").slice(0, 17);
    if (!code || code === withCheck(body)) return;
    const fault = code.length !== 18 ? `应有 18 位，现在是 ${code.length} 位` : withCheck(body) ? "校验位对不上" : "含有代码里不用的字符";
    yield error(["identifiers", CREDIT_CODE], "wrong-code", `“${code}”不是正确的${CREDIT_CODE}：${fault}。`, `请对照登记证书重新抄写 18 位${CREDIT_CODE}，字母要大写。`);
  }

  // ---- Registers

  function* parentsAreKnown(value) {
    for (const [id, { parent }] of Object.entries(value)) {
      if (!parent) continue;
      const chain = [];
      for (let one = parent; one && !chain.includes(one); one = value[one]?.parent) chain.push(one);
      if (!value[parent]) yield error([id, "parent"], "unknown-jurisdiction", `没有编号为“${parent}”的上级辖区。`, near(parent, Object.keys(value), "请写 jurisdictions.yml 里另一个辖区的编号。"));
      else if (chain.includes(id)) yield error([id, "parent"], "unknown-jurisdiction", "上级辖区不能是自己，也不能是自己的下级。", "请写真正的上级；没有上级的，删掉这一项。");
    }
  }

  function* definitionsAreQuoted(value, world) {
    for (const [key, row] of Object.entries(value)) {
      const measure = row.measure ? world.measure(row.measure) : null;
      if (measure === undefined) yield error([key, "measure"], "unknown-measure", `没有编号为“${row.measure}”的措施。`, near(row.measure, world.ids("measure"), MEASURE_ID));
      for (const field of ["term", "definition"]) {
        if (row[field] && measure && !allText(measure).includes(row[field])) yield notFound([key, field], row[field], `${row.measure} 的原文`);
      }
    }
  }

  function* officialWordsAreInAMeasure(value, world) {
    const measures = world.ids("measure").map((id) => world.measure(id));
    if (measures.includes(null)) return; // not all of them have come
    const everything = measures.map(allText).join("\n");
    for (const [key, row] of Object.entries(value)) {
      for (const [place, words] of (row.official ?? []).entries()) {
        if (words && !everything.includes(words)) yield notFound([key, "official", place], words, "各条措施的原文");
      }
    }
  }

  function* removedRecordsAreGone(value, world) {
    const standing = ["policy", "measure", "department"].flatMap((kind) => world.ids(kind).map((id) => `${kind === "department" ? "departments" : "policies"}/${id}`));
    for (const [key, { replaced_by: other }] of Object.entries(value)) {
      if (standing.includes(key)) yield error([key, ""], "removed-record-exists", `“${key}”列为已移除，但它的文件还在。`, "请删掉其中一处：移除的记录删文件，没有移除的删这一项。");
      if (other && !standing.includes(other)) yield error([key, "replaced_by"], "unknown-record", `没有“${other}”这条记录。`, near(other, standing, "写法如 policies/city-tasks/07 或 departments/city-water。"));
    }
  }

  const CHECKS = Object.freeze({
    measure: [headingBeginsTheText, measureHasATitle, departmentsAreKnown, clauseIsAccountedFor, leadsAreNamed, deadlineIsADate, datesInTheTextAreListed, quotesAreInTheText, targetsAreInTheirQuote, instrumentsAreListed, termsAreKnown, relationsHaveEvidence, measureUnknownsAreExplained],
    policy: [policyWordsAreInTheDocument, policyFactsAreWhole, policyDatesAreInOrder, partsAreMeasures, jurisdictionIsKnown, policyDatesAreDates, policyUnknownsAreExplained, policyInstrumentsAreListed],
    department: [jurisdictionIsKnown, departmentUnknownsAreExplained, namesAreTheirOwn, counterpartsAreKnown, creditCodeIsRight],
    jurisdictions: [parentsAreKnown],
    glossary: [definitionsAreQuoted],
    synonyms: [officialWordsAreInAMeasure],
    removed: [removedRecordsAreGone],
  });

  // Every problem of a record against the others. `world`: kind, id; policy, the measure's own; register(kind) → its
  // value; measure(id) → its value, null while it is coming, undefined if there is none; ids(kind); names(jurisdiction) →
  // names of bodies there and above, or null; bearers(jurisdiction) → {name: id}.
  function* check(value, world) {
    const found = (CHECKS[world.kind] ?? []).flatMap((rule) => [...rule(value, world)]);
    const missing = new Set(found.filter(({ rule }) => rule === "not-in-source").map(({ path }) => path.join("/")));
    // Words that are not in the document are no date either: one slip, one message.
    for (const one of found) if (one.rule !== "deadline-not-a-date" || !missing.has(one.path.join("/"))) yield one;
  }

  return Object.freeze({ check });
})();
