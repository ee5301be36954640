// The schema of a file, as the form needs it: rows as lists, numbers and truth values as text, and the words for people who
// fill in a form instead of writing a file.
"use strict";

const policyEditSchema = (() => {
  const ROWS = "rows"; // the one field of a form for a file that holds nothing but rows
  const WORDS = Object.freeze({
    "measure.deadline": "表格里完成时限一栏，照原文写法；写在正文里的时限写进“正文里的时限”",
    "measure.open_list": "责任条款里的名单以“等”结尾时选“是”",
    "measure.lead": "牵头部门和依据；排列次序不是依据；责任条款已写明牵头的，不必写",
    "measure.support": "配合部门和依据；表头写明“配合单位”的才写；责任条款已写明配合的，不必写",
    "measure.themes": "正文里要有这个主题的词；没有合适的，先在“主题”名录里添加",
    "measure.audiences": "正文里要有这类对象的词；没有合适的，先在“与谁有关”名录里添加",
    "policy.parts": "全文按原文顺序分段，每一段写明是什么；“措施”一段写两位数的文件名，如 01",
    "policy.jurisdiction": "文件属于哪个辖区；没有的，先在“层级和辖区”名录里添加",
    "policy.identifiers": "别处给这份文件的编号，如政府信息公开目录的索引号；有出处才写",
    "department.jurisdiction": "部门属于哪个辖区；没有的，先在“层级和辖区”名录里添加",
    "department.counterparts": "上一级或下一级的对应部门；有依据才写，只写一边",
    "department.identifiers": "别处给这个部门的编号；有出处才写",
  });
  const ITEMS = Object.freeze({
    departments: "部门",
    other_names: "写法",
    aliases: "简称",
    evidence: "词句",
    parts: "段落",
    words: "词语",
    unknowns: "空缺项",
    measure_unknowns: "空缺项",
  });
  // Fields of rows that people look for, though a row may do without.
  const ALSO_SHOWN = Object.freeze({ progress: ["evidence_url", "evidence_title"], targets: ["comparator"] });
  const SHORT = Object.freeze(
    (
      "number unit value value_max document_number issued effective valid_until received date on by level name short_name " +
      "measure_term deadline_year clause_label term address icp site_code source_sha256 source_address evidence_url published contact " +
      "deadline shared_deadline to measure replaced_by edit_address report_address"
    ).split(" "),
  );
  const ADDRESSES = Object.freeze(["address", "evidence_url", "source_address", "edit_address", "report_address"]);
  const EXPLAINED = 9; // options that are each explained
  const LISTED = 500; // options that a list to choose from may have; with more of them people type
  const SECTION = "章节"; // the one field without a value that no schema has as a field

  const isRows = (schema, name) =>
    schema.type === "object" && (/unknowns$/.test(name) || (typeof schema.additionalProperties === "object" && !schema.properties));
  const isParts = (schema) => schema.type === "array" && schema.items.maxProperties === 1;
  const rowOf = (schema) => (typeof schema.additionalProperties === "object" ? schema.additionalProperties : Object.values(schema.properties)[0]);
  const keysOf = (schema) => schema.propertyNames?.enum ?? Object.keys(schema.properties ?? {});
  // Rows that are only numbered: t1, t2 …
  const prefixOf = (schema) => /^\^([a-z])\[1-9\]/.exec(schema.propertyNames?.pattern ?? "")?.[1] ?? "";
  const titleOf = (name, schema, { root, names }) => root.properties?.[name]?.title ?? schema.properties?.[name]?.title ?? names.get(name) ?? name;

  // The words of the options: what a code stands for, and of a few words what they mean too.
  function titlesOf({ enum: values, enumDescriptions: meanings }) {
    if (!meanings) return values;
    return values.map((value, place) => (/^[a-z]+$/.test(value) ? meanings[place] : values.length <= EXPLAINED ? `${value}（${meanings[place]}）` : value));
  }

  // The names of fields, as the schemas' titles have them; the fields of whole records before those of their rows.
  function namesIn(schemas) {
    const found = new Map([["section", SECTION]]);
    let level = schemas;
    while (level.length) {
      for (const schema of level) for (const [name, { title }] of Object.entries(schema.properties ?? {})) if (title && !found.has(name)) found.set(name, title);
      level = level.flatMap((schema) => [...Object.values(schema.properties ?? {}), schema.additionalProperties, schema.items].filter((inner) => inner && typeof inner === "object"));
    }
    return found;
  }

  // What is said of files, as people say it who have a form before them.
  const IN_THE_FORM = Object.freeze([
    ["请写 open_list: true", "请在“名单没有列全”里选“是”"],
    [/请写上两头：value: (\S+)，value_max: (\S+?)；/u, "请写上两头：“数值”写 $1，“区间上限”写 $2；"],
    [/请写上：comparator: ([^；]+)；/u, "请在“限定词”里选“$1”；"],
    ["分开，每行一项“- 内容”", "分开，写成几项"],
    ["分成几项，每行一项“- 内容”", "分成几项"],
    ["请直接改 YAML 文件，两处一起提交", "请写邮件给办站的人，两处要一起改"],
    [/(?:主题|对象)编号[^。；]*?，例如：[^。；]*/u, "请从列表里选"],
    [/另一条措施的编号(?:，例如：[^。；]*)?/u, "请从列表里选"],
    [/(?:主题|对象|辖区|部门)编号，要在 ?data\/\S+ 里(?:，例如：[^。；]*)?/u, "请从列表里选"],
    [/ ?data\/departments\/ 里(?:另建一个文件|添加这个部门)/u, "“部门”里新建一个"],
    [/ ?data\/themes\.yml 里/gu, "“主题”名录里"],
    [/ ?data\/audiences\.yml 里/gu, "“与谁有关”名录里"],
    [/ ?data\/jurisdictions\.yml 里/gu, "“层级和辖区”名录里"],
    [/请改成半角引号，写成 '(.+)'/u, "请去掉，写成“$1”"],
    [" policy.yml 的 ", "所属文件的 "],
    ["把文件存进 evidence 文件夹，在 evidence_file 写文件名", "把文件随邮件或合并请求一起交来，在“出处存档”里写文件名"],
  ]);

  // Names of fields in a sentence, as the form has them: 没有“deadline” is 没有“完成时限”.
  function inWords(sentence, names) {
    const told = IN_THE_FORM.reduce((words, [from, to]) => words.replace(from, to), sentence);
    return told.replace(/ ?“?(?<![\w./-])([a-z][a-z_]*)(?![\w./-])”? ?/g, (whole, name) => (names.has(name) ? `“${names.get(name)}”` : whole));
  }

  function choice(title, description, values, titles) {
    const options = { has_placeholder_option: true, placeholder_option_text: "请选择", enum_titles: titles };
    return { type: "string", title, description, enum: values, options };
  }

  function line(title, description, format, attributes, broad = false) {
    const given = Object.fromEntries(Object.entries({ autocomplete: "off", spellcheck: "false", ...attributes }).filter(([, value]) => value));
    return { type: "string", title, description, format, options: { inputAttributes: given, broad } };
  }

  function textSchema(schema, name, { lists, names }) {
    const { title, examples } = schema;
    const said = inWords(schema.description ?? "", names);
    const description = said === title ? "" : said;
    if (schema.type === "boolean") return choice(title, description, ["true", "false"], ["是", "否"]);
    if (schema.enum) return choice(title, description, schema.enum, titlesOf(schema));
    const list = lists[name];
    if (list && !list.typed && list.length <= LISTED) return choice(title, description, list.map(([value]) => value), list.map(([, words]) => words));
    const isShort = list || SHORT.includes(name) || schema.type === "number";
    const placeholder = examples ? `如：${examples[0]}` : "";
    return line(title, description, isShort ? "text" : "textarea", { placeholder, list: list && `pl-list-${name}`, inputmode: schema.type === "number" && "decimal" }, ADDRESSES.includes(name));
  }

  function keySchema(schema, context) {
    const names = keysOf(schema);
    if (names.length) return choice("哪一项", "", names, names.map((name) => titleOf(name, schema, context)));
    if (prefixOf(schema)) return { type: "string", title: "编号", options: { hidden: true } };
    const { description, examples } = schema.propertyNames;
    return line("编号", description, "text", { placeholder: examples ? `如：${examples[0]}` : "" });
  }

  function listSchema({ title, description }, items, name) {
    return { type: "array", title, description, items: { ...items, title: ITEMS[name] ?? title } };
  }

  function rowsSchema(schema, name, context) {
    const row = rowOf(schema);
    const value = { type: "object", properties: { _value: textSchema({ ...row, title: "内容" }, "", context) }, required: ["_value"] };
    const { properties, required } = row.type === "object" ? objectSchema(row, context) : value;
    const all = ["_key", ...required];
    const shown = [...all, ...(ALSO_SHOWN[name] ?? [])];
    return listSchema(schema, { type: "object", properties: { _key: keySchema(schema, context), ...properties }, required: all, defaultProperties: shown, additionalProperties: false }, name);
  }

  function partsSchema(schema, name) {
    const kinds = schema.items.properties;
    const names = Object.keys(kinds);
    const key = choice("这一段是", "", names, names.map((kind) => kinds[kind].title));
    const properties = { _key: key, _value: line("原文", "", "textarea", {}) };
    return listSchema(schema, { type: "object", properties, required: ["_key", "_value"], additionalProperties: false }, name);
  }

  function fieldSchema(schema, name, context) {
    if (isRows(schema, name)) return rowsSchema(schema, name, context);
    if (isParts(schema)) return partsSchema(schema, name);
    if (schema.type === "array") return listSchema(schema, textSchema({ ...schema.items, description: "" }, name, context), name);
    if (schema.type === "object") return objectSchema(schema, context);
    return textSchema(schema, name, context);
  }

  function objectSchema(schema, context) {
    const made = {};
    for (const [place, [name, one]] of Object.entries(schema.properties).entries()) {
      const words = schema === context.root ? WORDS[`${context.kind}.${name}`] : undefined;
      const field = fieldSchema(words ? { ...one, description: words } : one, name, context);
      made[name] = { ...field, description: inWords(field.description ?? "", context.names), propertyOrder: place + 1 };
    }
    const required = [...(schema.required ?? [])];
    return { type: "object", title: schema.title, description: schema.description, properties: made, required, defaultProperties: required, additionalProperties: false };
  }

  // The form's schema. `value` (as the form has it) tells which fields are shown at first, besides those that must be
  // there; `context`: kind, root (its schema), names (as namesIn has them), and lists, the options of fields by name:
  // [[value, words], …], only proposed where `typed`.
  function formSchema(value, context) {
    const { root } = context;
    if (!root.properties) {
      const rows = { ...rowsSchema(root, ROWS, context), description: "" };
      return { type: "object", properties: { [ROWS]: rows }, required: [ROWS], defaultProperties: [ROWS], additionalProperties: false };
    }
    const made = objectSchema(root, context);
    const shown = Object.keys(made.properties).filter((name) => made.required.includes(name) || name in value);
    return { ...made, title: "", description: "", defaultProperties: shown };
  }

  return Object.freeze({ ROWS, isRows, isParts, rowOf, prefixOf, namesIn, inWords, formSchema });
})();
