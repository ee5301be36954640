// The rules of scripts/check for policies, departments and registers that need nothing but the records, in the same words.
"use strict";

const policyEditRecords = (() => {
  const { near } = policyEditShape;
  const { dayIn } = policyEditRead;
  const { error, warning, notFound, wraps, rows, allText, partsOf, isExplained, quoted, unlisted, unknownsFit, jurisdictionIsKnown, jurisdictionHint, measureHint, EXPLAIN } = policyEditSaid;
  const CREDIT_CODE = "统一社会信用代码";
  const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  // What a document says of itself in full, and the kinds of the parts in which it does.
  const WHOLE = { title: ["title"], issuer: ["issuer", "signature"], document_number: ["document_number"] };
  const WHOLE_FORMS = [["", ""], ["", "文件"], ["", "。"], ["（", "）"], ["(", ")"], ["《", "》"]]; // what may stand around it in the document
  const PARTS_OF_A_TITLE = 4; // lines over which it may go on, each a part
  const IN_ORDER = [
    ["issued", "received", "收到日期早于成文日期。"],
    ["issued", "valid_until", "有效期的最后一天早于成文日期。"],
    ["effective", "valid_until", "有效期的最后一天早于施行日期。"],
  ];

  // ---- Policies

  const UNKNOWABLE = Object.freeze(["issuer", "document_number", "issued", "effective", "valid_until"]); // of the document, in its own words
  const KNOWN_ELSEWHERE = "存档文本里没有的，不能写在这里：请删掉这一项；unknowns 里的说明留着，从别处查到的写进它的 reason。";

  // All official words of a policy.
  function everythingIn(value, world) {
    const measures = partsOf(value).map(([kind, text]) => kind === "measure" && world.measure(`${world.id}/${text}`));
    return [...partsOf(value).filter(([kind]) => kind !== "measure").map(([, text]) => text), ...measures.filter(Boolean).map(allText)].join("\n");
  }

  function* policyWordsAreInTheDocument(value, world) {
    const everything = everythingIn(value, world);
    for (const name of ["title", "issuer", "document_number", "issued", "effective", "valid_until", "clause_label", "lead_rule"]) {
      if (!value[name] || everything.includes(value[name])) continue;
      const problem = notFound([name], value[name], "原文各段", everything);
      yield UNKNOWABLE.includes(name) && isExplained(value, name) ? { ...problem, help: KNOWN_ELSEWHERE } : problem;
    }
    yield* quoted(value, "instruments", ["title", "number"], everything, "原文各段");
    yield* quoted(value, "anomalies", ["quote"], everything, "原文各段");
  }

  function* linesAreWhole(value) {
    for (const [place, part] of (value.parts ?? []).entries()) for (const [kind, text] of Object.entries(part)) yield* wraps(["parts", place, kind], text);
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
      if (!value[name] || !whole.size || WHOLE_FORMS.some(([before, behind]) => whole.has(solid(before + value[name] + behind)))) continue;
      const told = [...new Set(listed.filter(([kind]) => kinds.includes(kind)).map(([, text]) => text))];
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

  function* policyYearIsTold(value) {
    const { deadline_year: year } = value;
    const words = partsOf(value).filter(([kind]) => kind !== "measure").map(([, text]) => text).join("");
    if (year && !words.includes(year)) yield error(["deadline_year"], "not-in-source", `原文各段里找不到“${year}”。`, "这一年要写在标题、说明等处；原文没有写明年份的，删掉这一项。");
  }

  function* policyUnknownsAreExplained(value, world) {
    const everything = everythingIn(value, world);
    const elsewhere = UNKNOWABLE.filter((name) => isExplained(value, name) && !everything.includes(value[name] ?? "")).map((name) => [name, false]);
    const plain = ["issuer", "document_number", "status", "source_address", "received"].map((name) => [name, name in value]);
    const dated = ["issued", "effective", "valid_until"].map((name) => [name, isExplained(value, name) ? Boolean(dayIn(value[name] ?? "")) : name in value]);
    yield* unknownsFit(value, Object.fromEntries([...plain, ...dated, ...elsewhere]), {}, EXPLAIN);
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
      if (path.length > 1 && name && own.find(([, other]) => other === name)[0] !== path) yield error(path, "repeated-name", `“${name}”在这个文件里已经写过。`, "other_names 里不必再写自己的名称，请删掉这一项。");
      const [other] = world.shortFor(name, value.jurisdiction);
      if (other) yield error(path, "repeated-name", `“${name}”是 departments/${other}.yml 的简称。`, `是同一家的，不要另建文件；不是的，请从 departments/${other}.yml 的 aliases 里删掉它。`);
    }
    for (const [place, alias] of (value.aliases ?? []).entries()) {
      const isOwn = own.some(([, name]) => name === alias);
      const owner = bearers[alias];
      const [other] = world.shortFor(alias, value.jurisdiction);
      if (alias && other && !owner && !isOwn) yield warning(["aliases", place], "shared-alias", `“${alias}”也是 departments/${other}.yml 的简称。`, "请只留在常用这个简称的部门那里；确实都这样叫的，不用管。");
      if (!alias || (!isOwn && (!owner || owner === world.id))) continue;
      const whose = isOwn ? "自己" : ` departments/${owner}.yml `;
      yield error(["aliases", place], "repeated-name", `“${alias}”已经是${whose}的名称。`, "简称不要与名称相同，请删掉这一项。");
    }
  }

  // What measures write stays a name of the body: the check would tell it of each of them.
  function* namesInUseAreKept(value, world) {
    const own = [value.name, ...(value.other_names ?? [])];
    for (const [name, count] of Object.entries(world.uses)) {
      if (own.includes(name) || world.bearers(value.jurisdiction)[name] !== world.id) continue;
      yield error(["name"], "unknown-department", `${count} 条措施写“${name}”，去掉这个名称以后对不上部门。`, "改了名称的，把原文的写法写进 other_names；要转给另一个部门的，请直接改 YAML 文件，两处一起提交。");
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
      if (!value[parent]) yield error([id, "parent"], "unknown-jurisdiction", `没有编号为“${parent}”的上级辖区。`, jurisdictionHint(parent, Object.fromEntries(Object.entries(value).filter(([other]) => other !== id)), "没有上级的，删掉这一项。"));
      else if (chain.includes(id)) yield error([id, "parent"], "unknown-jurisdiction", "上级辖区不能是自己，也不能是自己的下级。", "请写真正的上级；没有上级的，删掉这一项。");
    }
  }

  function* definitionsAreQuoted(value, world) {
    for (const [key, row] of Object.entries(value)) {
      const measure = row.measure ? world.measure(row.measure) : null;
      if (measure === undefined) yield error([key, "measure"], "unknown-measure", `没有编号为“${row.measure}”的措施。`, measureHint(row.measure, world.ids("measure")));
      for (const field of ["term", "definition"]) {
        if (row[field] && measure && !allText(measure).includes(row[field])) yield notFound([key, field], row[field], `${row.measure} 的原文`, allText(measure));
      }
    }
  }

  function* officialWordsAreInAMeasure(value, world) {
    const measures = world.ids("measure").map((id) => world.measure(id));
    if (measures.includes(null)) return; // not all of them have come
    const everything = measures.map(allText).join("\n");
    for (const [key, row] of Object.entries(value)) {
      for (const [place, words] of (row.official ?? []).entries()) {
        if (words && !everything.includes(words)) yield notFound([key, "official", place], words, "各条措施的原文", everything);
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

  return Object.freeze({
    policy: [linesAreWhole, policyWordsAreInTheDocument, policyFactsAreWhole, policyDatesAreInOrder, partsAreMeasures, jurisdictionIsKnown, policyDatesAreDates, policyYearIsTold, policyUnknownsAreExplained, policyInstrumentsAreListed],
    department: [jurisdictionIsKnown, departmentUnknownsAreExplained, namesAreTheirOwn, namesInUseAreKept, counterpartsAreKnown, creditCodeIsRight],
    jurisdictions: [parentsAreKnown],
    glossary: [definitionsAreQuoted],
    synonyms: [officialWordsAreInAMeasure],
    removed: [removedRecordsAreGone],
  });
})();
