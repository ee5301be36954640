// The page that edits a record in a form: which record, its form, what is wrong with it, its file, and ways to hand it in.
// Nothing is sent anywhere. ledger.js gives loadScript and siteTop.
"use strict";

(() => {
  const PARTS = ["edit-yaml", "edit-schema", "edit-data", "edit-read", "edit-shape", "edit-said", "edit-measures", "edit-records", "edit-check", "edit-form", "edit-result"].map((name) => `assets/${name}.js`);
  const LIBRARY = "assets/vendor/jsoneditor.js";
  const KINDS = Object.freeze({ measure: "措施", department: "部门", policy: "政策文件", register: "名录" });
  const USUAL = Object.freeze({ measure: ["number", "clause", "deadline", "departments", "title"], department: ["kind"], policy: ["issuer", "document_number", "issued"] }); // shown for a new record
  const ORDER = Object.freeze(["policy", "register", "measure", "department"]); // of the list: what there is least of comes first
  const FOUND = 30; // records that are listed
  const PATIENCE = 250; // milliseconds without a change before the draft is kept and the result is told
  const LATER = Object.freeze(["missing-field", "unexplained-unknown", "empty-value"]); // not said of what nobody has touched yet
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const LONGEST_ID = 64;

  const tool = document.querySelector("[data-edit-tool]");
  const part = (name) => tool.querySelector(`[data-edit-${name}]`);
  const asked = new URLSearchParams(location.search);
  const wanted = asked.get("record") ?? decodeURIComponent(location.hash.slice(1));

  // ---- Records

  let base = null;
  const shelves = new Map(); // name → its records by kind and id
  const keyOf = (kind, id) => `${kind} ${id}`;
  const shelfOf = (kind, id) => (kind === "department" ? "departments" : ["policy", "measure"].includes(kind) ? `policies/${id.split("/")[0]}` : "");
  // As addresses have it: policies/x/01, departments/x, themes.
  const addressOf = (kind, id) => (kind === "department" ? `departments/${id}` : kind === "policy" || kind === "measure" ? `policies/${id}` : kind);
  const isRegister = (kind) => !["department", "policy", "measure"].includes(kind);

  async function openBase() {
    await loadScript("edit/manifest.js");
    await loadScript(self.policyEdit_files.base);
    base = self.policyEdit_base;
    shelves.set("", new Map(base.registers.map((record) => [keyOf(record.kind, record.id), record])));
  }

  async function shelf(name) {
    if (!shelves.has(name)) {
      const path = self.policyEdit_files.shelves[name];
      if (path) await loadScript(path);
      shelves.set(name, new Map((path ? self[`policyEdit_${name}`] : []).map((record) => [keyOf(record.kind, record.id), record])));
    }
    return shelves.get(name);
  }

  const stands = (kind, id) => base.records.some(([one, other]) => one === kind && other === id);
  const held = (kind, id) => shelves.get(shelfOf(kind, id))?.get(keyOf(kind, id))?.value;
  const registerOf = (kind) => held(kind, kind) ?? {};
  const ids = (kind) => base.records.filter(([one]) => one === kind).map(([, id]) => id);

  // A jurisdiction and those above it, nearest first.
  function chainOf(jurisdiction) {
    const table = registerOf("jurisdictions");
    const chain = [];
    for (let id = jurisdiction; id && !chain.includes(id); id = table[id]?.parent) chain.push(id);
    return chain;
  }

  const namesOf = (jurisdiction) => (jurisdiction in registerOf("jurisdictions") ? chainOf(jurisdiction).flatMap((id) => Object.keys(base.names[id] ?? {})) : null);

  // [id, value] of the bodies of a jurisdiction that go by a short form.
  const goingBy = (name, jurisdiction) =>
    ids("department")
      .map((id) => [id, held("department", id)])
      .filter(([, body]) => body?.jurisdiction === jurisdiction && (body.aliases ?? []).includes(name));

  // The names of fields as those are called that lie on a path, and beside its end: a row's 进展 is not a document's 效力状态.
  function namesAlong(path, schema, names) {
    const found = new Map(names);
    let here = schema;
    for (const step of [...path, null]) {
      for (const [name, { title }] of Object.entries(here?.properties ?? {})) if (title) found.set(name, title);
      here = here?.properties?.[step] ?? here?.additionalProperties ?? here?.items;
    }
    return found;
  }

  function worldOf({ kind, id }, arrived) {
    return {
      kind,
      id,
      policy: kind === "measure" ? (held("policy", id.split("/")[0]) ?? {}) : {},
      register: registerOf,
      ids,
      names: namesOf,
      uses: kind === "department" ? (base.uses[id] ?? {}) : {},
      bearers: (jurisdiction) => base.names[jurisdiction] ?? {},
      namesByShortForm: (name, jurisdiction) => chainOf(jurisdiction).flatMap((place) => goingBy(name, place)).flatMap(([, body]) => [body.name, ...(body.other_names ?? [])]),
      // The other bodies of a jurisdiction that go by a short form.
      shortFor: (name, jurisdiction) => goingBy(name, jurisdiction).map(([other]) => other).filter((other) => other !== id),
      bearerOf: (name, jurisdiction) => chainOf(jurisdiction).map((place) => base.names[place]?.[name]).find(Boolean),
      otherNames(name, jurisdiction) {
        const id = this.bearerOf(name, jurisdiction);
        return chainOf(jurisdiction).flatMap((place) => Object.entries(base.names[place] ?? {})).filter(([, one]) => one === id).map(([other]) => other);
      },
      measure(other) {
        if (!stands("measure", other)) return undefined;
        const found = held("measure", other);
        if (!found) shelf(shelfOf("measure", other)).then(arrived);
        return found ?? null;
      },
    };
  }

  // What is wrong with a record that has another value. arrived() is told when more can be said.
  const judge = (record, value, arrived) => [...policyEditShape.shape(value, base.schemas[record.kind]), ...policyEditCheck.check(value, worldOf(record, arrived))];

  // ---- Choosing one

  const { make, button } = { make: (...given) => policyEditForm.make(...given), button: (...given) => policyEditForm.button(...given) };
  const linkTo = (query) => `${location.pathname}?${query}`;

  function offerRecords() {
    const list = part("records");
    const field = part("search");
    const note = part("found");
    const only = part("kind");
    const all = base.records
      .map(([kind, id, label, also = ""]) => ({ kind: isRegister(kind) ? "register" : kind, label, also, address: addressOf(kind, id) }))
      .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
    function show() {
      const words = field.value.toLowerCase().match(/[0-9]+|[^0-9\s]+/gu) ?? []; // 任务24 is 任务 and 24
      const found = all.filter(({ kind, label, also, address }) => (!only.value || only.value === kind) && words.every((word) => `${KINDS[kind]} ${label} ${also} ${address}`.toLowerCase().includes(word)));
      list.replaceChildren(
        ...found.slice(0, FOUND).map(({ kind, label, address }) => {
          const item = make("li");
          const link = make("a", "", label);
          link.href = linkTo(new URLSearchParams({ record: address }));
          item.append(make("span", "pl-tag", KINDS[kind]), " ", link, " ", make("code", "pl-key", address));
          return item;
        }),
      );
      note.textContent = !found.length ? "没有找到。请换一个词，或者新建。" : found.length > FOUND ? `共 ${found.length} 条，先列出 ${FOUND} 条；输入词语可以缩小范围。` : `共 ${found.length} 条`;
    }
    field.addEventListener("input", show);
    only.addEventListener("change", show);
    show();
    for (const policy of ids("policy")) {
      const option = make("option", "", held("policy", policy)?.short_title ?? base.records.find(([kind, id]) => kind === "policy" && id === policy)[2]);
      option.value = policy;
      part("policies").append(option);
    }
    part("new").addEventListener("submit", (event) => {
      event.preventDefault();
      const kind = event.submitter.value;
      location.assign(linkTo(new URLSearchParams(kind === "measure" ? { new: kind, policy: part("policies").value } : { new: kind })));
    });
    part("choose").hidden = false;
  }

  // What an address names: {kind, id}, or null.
  function named(address) {
    const trimmed = address.replace(/^\/+|\/+$/g, "");
    const found = base.records.find(([kind, id]) => addressOf(kind, id) === trimmed);
    return found ? { kind: found[0], id: found[1] } : null;
  }

  // The next measure of a policy has the next number.
  function nextMeasure(policy) {
    const numbers = ids("measure").filter((id) => id.startsWith(`${policy}/`)).map((id) => id.split("/")[1]);
    const next = Math.max(0, ...numbers.map(Number)) + 1;
    return `${policy}/${String(next).padStart(2, "0")}`;
  }

  async function recordAsked() {
    const kind = asked.get("new");
    if (kind && kind in KINDS && kind !== "register") {
      const policy = asked.get("policy") ?? "";
      if (kind === "measure" && !stands("policy", policy)) return null;
      return { kind, id: kind === "measure" ? nextMeasure(policy) : "", value: {}, above: {}, isNew: true };
    }
    const found = named(wanted);
    return found && (await shelf(shelfOf(found.kind, found.id))).get(keyOf(found.kind, found.id));
  }

  const pathOf = ({ kind, id }) => {
    if (isRegister(kind)) return `data/${kind}.yml`;
    if (kind === "department") return `data/departments/${id || "编号"}.yml`;
    if (kind === "policy") return `data/policies/${id || "编号"}/policy.yml`;
    const [policy, number] = id.split("/");
    return `data/policies/${policy}/measures/${number}.yml`;
  };

  // ---- Options of fields

  function optionsFor(record) {
    const label = (kind) => base.records.filter(([one]) => one === kind).map(([, id, words]) => [id, words]);
    const terms = (kind) => Object.entries(registerOf(kind)).map(([id, { name }]) => [id, name]);
    const policy = record.kind === "measure" ? held("policy", record.id.split("/")[0]) : null;
    const names = [...new Set(policy ? (namesOf(policy.jurisdiction) ?? []) : [])].map((name) => [name, name]);
    names.typed = true;
    const measures = label("measure");
    return { departments: names, themes: terms("themes"), audiences: terms("audiences"), jurisdiction: terms("jurisdictions"), parent: terms("jurisdictions"), counterparts: label("department"), to: measures, measure: measures };
  }

  function offerLists(lists) {
    for (const [name, options] of Object.entries(lists)) {
      const list = make("datalist");
      list.id = `pl-list-${name}`;
      for (const [value, words] of options) {
        const option = make("option", "", words === value ? "" : words);
        option.value = value;
        list.append(option);
      }
      part("form").after(list);
    }
  }

  // ---- Editing

  // Of a path such as targets.t1.quote: 量化目标 t1 原文词句.
  function pathInWords(path, schema, names) {
    let inner = schema;
    const words = [];
    for (const step of path.filter((one) => one !== "")) {
      const own = inner?.properties?.[step];
      words.push(typeof step === "number" ? `第 ${step + 1} 项` : (own?.title ?? (/unknowns$/.test(String(path[0])) ? names.get(step) : null) ?? step));
      inner = own ?? (typeof inner?.additionalProperties === "object" ? inner.additionalProperties : inner?.items);
    }
    return words.join(" ");
  }

  // A change with what ids stand for: 实训基地（training-bases）.
  function toldOf({ path, before, after }, lists, where) {
    const options = new Map(lists[path.filter((step) => typeof step === "string").at(-1)] ?? []);
    const spoken = (ids) => ids.split("、").map((id) => (options.has(id) && options.get(id) !== id ? `${options.get(id)}（${id}）` : id)).join("、");
    return { path, where, before: spoken(before), after: spoken(after) };
  }

  // A form for a record in `holder`, and what it holds; changed() is told of every change.
  function desk(record, holder, changed) {
    const schema = base.schemas[record.kind];
    const names = policyEditSchema.namesIn([schema, base.schemas.measure, base.schemas.policy]);
    const lists = optionsFor(record);
    const context = { kind: record.kind, root: schema, names, lists };
    const layers = base.layers[record.kind] ?? [["all", [policyEditSchema.ROWS, ...Object.keys(schema.properties ?? {})]]];
    const usual = record.isNew ? Object.fromEntries((USUAL[record.kind] ?? []).map((name) => [name, schema.properties[name].type === "array" ? [] : ""])) : {};
    let form = null;

    async function fill(given) {
      const value = { ...usual, ...given };
      holder.replaceChildren();
      form = await policyEditForm.open(holder, { schema: policyEditSchema.formSchema(value, context), value, layers, changed });
    }

    function read() {
      const { value, places, faults } = policyEditData.fromForm(form.value(), schema, record.value);
      const above = policyEditData.settle(record.value, value, record.above, base.headings[record.kind] ?? [], schema, record.isNew);
      const first = record.isNew ? `${base.modelines[record.kind]}\n` : "";
      return { value, places, faults, yaml: Object.keys(value).length ? first + policyYaml.write(value, schema, above) : "" };
    }

    return { schema, names, lists, fill, read, original: policyEditData.toForm(record.value, schema), form: () => form };
  }

  async function edit(record) {
    const original = policyYaml.write(record.value, base.schemas[record.kind], record.above);
    const drafts = policyEditResult.drafts(record.isNew ? `new ${record.kind} ${record.id}` : pathOf(record));
    const held = desk(record, part("form"), changed);
    const { schema, names, read } = held;
    let id = record.id;
    let state = null;
    let timer = 0;
    let form = null;

    offerLists(held.lists);
    part("title").textContent = record.isNew && !isRegister(record.kind) ? `新建：${KINDS[record.kind]}` : base.records.find(([kind, one]) => kind === record.kind && one === record.id)[2];

    async function fill(value) {
      await held.fill(value);
      form = held.form();
      tell();
    }

    // Where a problem is shown: at the form's own place, or where the field would stand.
    function placeOf(path, places) {
      for (let length = path.length; length >= 0; length--) {
        const known = places.get(JSON.stringify(path.slice(0, length))) ?? (length ? null : schema.properties ? "root" : `root.${policyEditSchema.ROWS}`);
        if (!known) continue;
        const place = [known, ...path.slice(length).filter((step) => step !== "")].join(".");
        return form.has(place) ? place : known;
      }
      return "root";
    }

    function problemsOf({ value, places, faults }) {
      const found = judge({ ...record, id }, value, changed);
      const isCopied = (name) => JSON.stringify(value[name]) !== JSON.stringify(record.value[name]);
      // A body's name may be another one than a document's.
      const copied = record.isNew || record.kind === "department" ? [] : (layersOf("official") ?? []).filter(isCopied);
      found.push(...copied.map((name) => ({ path: [name], rule: "official-changed", message: "改动了原文。", help: "要与存档的原文一字不差；提交以后会逐字核对。", level: "warning", mend: ["改回", held.original[name]] })));
      const told = found.map((one) => ({ ...one, place: placeOf(one.path, places), where: pathInWords(one.path, schema, names) }));
      const all = [...faults.map((one) => ({ ...one, path: [], where: "" })), ...told];
      return all.map((one) => {
        const own = namesAlong(one.path, schema, names);
        return { ...one, message: policyEditSchema.inWords(one.message, own), help: policyEditSchema.inWords(one.help, own) };
      });
    }

    const layersOf = (layer) => base.layers[record.kind]?.find(([name]) => name === layer)?.[1];

    function tell() {
      const now = read();
      const needsId = record.isNew && !id;
      const unnamed = { path: [], place: "", where: "编号", rule: "missing-id", message: "还没有能用的编号。", help: "小写英文字母、数字和连字符，写定后不改。" };
      const problems = [...(needsId ? [unnamed] : []), ...problemsOf(now)];
      const isFresh = ([field, row]) => record.isNew || (row !== undefined && record.value[field]?.[row] === undefined);
      const known = ({ rule, place, path }) => !LATER.includes(rule) || !isFresh(path) || form.touched(place);
      const shown = problems.filter((one) => one.place !== "root" && known(one));
      if (JSON.stringify(shown) !== state?.shown) form.show(shown);
      const changes = policyEditData.changes(record.value, now.value).map((one) => toldOf(one, held.lists, pathInWords(one.path, schema, names)));
      const isChanged = now.yaml !== (record.isNew ? "" : original);
      state = { ...now, problems, shown: JSON.stringify(shown), isChanged };
      drafts.keep(isChanged ? { form: form.value(), id, of: original } : null);
      policyEditResult.show({ yaml: now.yaml, path: pathOf({ ...record, id }), problems, changes, isChanged, isNew: Boolean(record.isNew), needsId });
    }

    function changed() {
      clearTimeout(timer);
      timer = setTimeout(tell, PATIENCE);
    }

    function offerId() {
      const field = part("id");
      part("naming").hidden = !record.isNew || !["department", "policy"].includes(record.kind);
      field.value = id;
      field.addEventListener("input", () => {
        const typed = field.value.trim();
        const isTaken = stands(record.kind, typed);
        const isRight = ID.test(typed) && typed.length <= LONGEST_ID && !isTaken;
        id = isRight ? typed : "";
        field.setAttribute("aria-invalid", String(!isRight));
        part("id-problem").textContent = isRight || !typed ? "" : isTaken ? `“${typed}”已经有了。请换一个编号，或者去改那一条。` : `“${typed}”不能用作编号。只能用小写英文字母、数字和连字符，最长 ${LONGEST_ID} 个字符。`;
        changed();
      });
    }

    function explain(name) {
      if (name in read().value) return form.focus(`root.${name}`); // filled in meanwhile
      const add = () => form.list("unknowns").add_row_button.click();
      if (!form.has("root.unknowns")) form.add("unknowns");
      else add();
      const rows = form.list("unknowns").rows;
      rows.at(-1).setValue({ _key: name });
      form.focus(`root.unknowns.${rows.length - 1}.state`);
      changed();
    }

    function restore(kept) {
      id = kept.id;
      part("id").value = id;
      return fill(kept.form);
    }

    policyEditResult.open(tool, {
      site: base.site,
      explain: (problem) => explain(problem.unknown),
      mend: ({ place, mend: [, value], path: [name] }) => {
        if (value === undefined) return form.takeAway(name);
        if (!form.has(`root.${name}`)) form.add(name);
        form.put(place === "root" ? `root.${name}` : place, value);
      },
      goTo: (problem) => {
        if (problem.rule === "missing-id") part("id").focus();
        else if (problem.path.length && !form.has(`root.${problem.path[0]}`) && schema.properties?.[problem.path[0]]) form.add(problem.path[0]);
        else form.focus(problem.place);
      },
      discard: async () => {
        const undone = { form: form.value(), id };
        drafts.keep(null);
        await restore({ form: held.original, id: record.id });
        policyEditResult.offerUndone(() => restore(undone));
      },
    });
    offerId();
    const draft = drafts.found();
    await fill(held.original);
    if (draft) {
      policyEditResult.offerDraft(draft, draft.of !== original, () => restore(draft), () => drafts.drop());
    }
    part("work").hidden = false;
    addEventListener("beforeunload", (event) => {
      if (state?.isChanged && !policyEditResult.isHandedIn(state.yaml)) event.preventDefault();
    });
  }

  async function start() {
    tool.hidden = false;
    part("wait").hidden = false;
    try {
      await Promise.all([openBase(), ...PARTS.map(loadScript)]);
      await shelf("departments");
      self.policyEditDesk = Object.freeze({ desk, judge, shelf, shelfOf, keyOf, records: base.records });
      const record = await recordAsked();
      if (record?.kind === "measure") await shelf(shelfOf("measure", record.id));
      if (record) {
        await loadScript(LIBRARY);
        await edit(record);
      } else {
        part("missing").hidden = !(wanted || asked.get("new"));
        offerRecords();
      }
      part("wait").hidden = true;
      tool.dataset.state = "ready";
    } catch (fault) {
      part("wait").textContent = "表单没有打开。请刷新页面再试；还不行，请按“参与编辑”里的办法直接改数据文件。";
      throw fault;
    }
  }

  addEventListener("hashchange", () => base && named(decodeURIComponent(location.hash.slice(1))) && location.reload());
  start();
})();
