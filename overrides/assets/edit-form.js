// The form: the library JSON Editor with a look, labels and an order of fields of our own. It must put no <style> into the
// page, which the page's policy forbids, and read no text as HTML.
"use strict";

const policyEditForm = (() => {
  const ROOT = "root";
  const NAMED = 4; // fields that may be added, and that are named before the list is opened
  const LAYERS = Object.freeze({
    official: ["原文", "照录原文：一字不改，连空格和标点也照抄。要改的只有抄错的地方。"],
    annotated: ["标注", "从原文里摘出来的词句，以及登记过的主题和对象。"],
    editorial: ["编辑整理", "编辑写的，不是原文。"],
    empty: ["空缺", "没有内容的项：属于哪一种，为什么。"],
    all: ["", ""],
  });
  const ARROWS = Object.freeze({ 上移: "↑", 下移: "↓" });
  const WORDS = Object.freeze({
    button_add_row_title: "添加{{0}}",
    button_delete_row_title: "删去",
    button_move_up_title: ARROWS.上移,
    button_move_down_title: ARROWS.下移,
    default_array_item_title: "项",
  });
  const OPTIONS = Object.freeze({
    theme: "ledger",
    disable_theme_rules: true,
    disable_collapse: true,
    disable_edit_json: true,
    disable_properties: true,
    disable_array_delete_all_rows: true,
    disable_array_delete_last_row: true,
    prompt_before_delete: false,
    no_additional_properties: true,
    show_errors: "never", // edit-check.js and edit-shape.js say what is wrong
    form_name_root: ROOT,
    use_name_attributes: false,
  });

  function make(tag, className, text = "") {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  function button(text, label, act) {
    const made = make("button", "pl-small", text);
    made.type = "button";
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  // Some are there, but not shown: the key of a row that is only numbered.
  const firstField = (element) => [...element.querySelectorAll("input, select, textarea, button")].find((field) => field.offsetParent);

  // ---- The library, once, with what is ours

  function adopt() {
    const { AbstractEditor, AbstractTheme, defaults } = JSONEditor;
    if (defaults.themes.ledger) return;
    // The library would read texts as HTML to clean them, and lose what looks like a tag.
    for (const owner of [AbstractEditor.prototype, AbstractTheme.prototype]) owner.cleanText = (text) => String(text ?? "");
    AbstractEditor.prototype.purify = (value) => value;

    class Theme extends AbstractTheme {
      getFormInputLabel(text, isRequired) {
        const label = make("label", "", text);
        if (isRequired) label.append(make("span", "pl-required", "必填"));
        return label;
      }

      getFormInputDescription(text) {
        return make("p", "pl-help", text);
      }

      getDescription(text) {
        return make("p", "pl-help", text);
      }

      getHiddenLabel(text) {
        return make("label", "pl-hidden", text);
      }

      getHiddenText(text) {
        return make("span", "pl-hidden", text);
      }

      // Made for every field, though none is shown.
      getOptInCheckbox() {
        return { label: make("label"), checkbox: make("input"), container: make("span") };
      }

      visuallyHidden(element) {
        element?.classList.add("pl-hidden");
      }

      getButton(text, icon, title) {
        const made = super.getButton(text, icon, title);
        made.classList.add("pl-small");
        return made;
      }

      // What is wrong is said by us, below each field.
      addInputError() {}

      removeInputError() {}

      getErrorMessage() {
        return document.createTextNode("");
      }

      getTextareaInput() {
        const area = super.getTextareaInput();
        area.rows = 1;
        return area;
      }
    }

    class Fields extends defaults.editors.object {
      // Windows of the library that nothing here opens.
      build() {
        super.build();
        for (const unused of [this.controls, this.editjson_holder, this.addproperty_holder]) unused?.remove();
      }

      layoutEditors() {
        if (!this.row_container) return;
        const names = Object.keys(this.schema.properties);
        const layers = this.path === ROOT ? this.jsoneditor.options.layers : [["all", names]];
        this.row_container.replaceChildren(...layers.map(([layer, fields]) => this.layer(layer, fields.filter((name) => names.includes(name)))));
        this.property_order = names.filter((name) => this.editors[name]);
      }

      layer(layer, names) {
        const [title, note] = LAYERS[layer];
        const section = make(title ? "section" : "div", "pl-e-layer");
        if (title) section.dataset.is = layer;
        if (title) section.append(make("h3", "", title), make("p", "pl-help", note));
        for (const name of names) if (this.editors[name]) section.append(this.field(name));
        const absent = names.filter((name) => !this.editors[name]);
        if (absent.length) section.append(this.offer(absent));
        return section;
      }

      field(name) {
        const editor = this.editors[name];
        const { container, schema } = editor;
        container.classList.add("pl-e-field");
        if (schema.options?.hidden) container.hidden = true;
        if (editor.input_type === "textarea" || schema.type === "array" || schema.options?.broad) container.classList.add("pl-e-broad");
        const isGroup = schema.type === "array" || schema.type === "object";
        const head = isGroup ? editor.title : editor.label;
        if (isGroup && head) {
          head.id = `${editor.formname}-title`;
          container.setAttribute("role", "group");
          container.setAttribute("aria-labelledby", head.id);
          container.classList.add("pl-e-group");
        }
        if (!this.schema.required.includes(name) && !editor.ours) {
          editor.ours = button("去掉", `去掉“${schema.title}”`, () => this.takeAway(name));
          editor.ours.classList.add("pl-remove");
          container.append(editor.ours);
        }
        return container;
      }

      offer(names) {
        const box = make("details", "pl-offer");
        const buttons = names.map((name) => button(this.schema.properties[name].title, "", () => this.add(name)));
        const list = make("p");
        list.append(...buttons);
        const named = names.slice(0, NAMED).map((name) => this.schema.properties[name].title).join("、");
        box.append(make("summary", "", `添加字段：${named}${names.length > NAMED ? "……" : ""}`), list);
        return box;
      }

      add(name) {
        this.addObjectProperty(name);
        const editor = this.editors[name];
        if (editor.add_row_button && !editor.rows.length) editor.add_row_button.click();
        this.onChange(true);
        const fields = [...editor.container.querySelectorAll("input, select, textarea")].filter((field) => !field.closest("[hidden]"));
        (fields[0] ?? firstField(editor.container))?.focus();
      }

      takeAway(name) {
        const section = this.editors[name].container.parentNode;
        const place = [...(section.parentNode?.children ?? [])].indexOf(section);
        this.removeObjectProperty(name);
        this.onChange(true);
        this.row_container.children[place]?.querySelector(":scope > .pl-offer > summary")?.focus();
      }
    }

    class List extends defaults.editors.array {
      addRow(value, initial) {
        const row = super.addRow(value, initial);
        const name = row.getTitle();
        row.container.classList.add("pl-e-row");
        if (row.schema.properties?._value) row.container.classList.add("pl-e-pair");
        if (row.title) {
          row.title.id = `${row.formname}-title`;
          row.container.setAttribute("role", "group");
          row.container.setAttribute("aria-labelledby", row.title.id);
        }
        for (const [made, words] of [[row.delete_button, "删去"], [row.moveup_button, "上移"], [row.movedown_button, "下移"]]) {
          if (!made) continue;
          made.setAttribute("aria-label", `${words}：${name}`);
          made.title = words;
        }
        row.delete_button?.addEventListener("click", () => (this.rows.at(-1)?.delete_button ?? this.add_row_button).focus());
        return row;
      }

      _supportDragDrop() {} // the buttons do it, on every device
    }

    // Nothing is chosen until somebody chooses; the library would take the first option.
    class Choice extends defaults.editors.select {
      build() {
        super.build();
        this.value = undefined;
        this.input.value = "_placeholder_";
      }

      getDefault() {
        return undefined;
      }
    }

    defaults.themes.ledger = Theme;
    defaults.editors.select = Choice;
    defaults.editors.object = Fields;
    defaults.editors.array = List;
  }

  const translate = (key, values = []) => (WORDS[key] ?? "").replace(/\{\{(\d+)\}\}/g, (whole, number) => values[number] ?? "");

  // ---- A form

  // Opens a form in `holder` for a form's schema and value; `layers`: [[layer, names of fields], …]; changed() is told of
  // every change. Resolves to {value(), add(name), takeAway(name), put(path, value),
  // show(problems), focus(path) …}.
  async function open(holder, { schema, value, layers, changed }) {
    adopt();
    const editor = new JSONEditor(holder, { ...OPTIONS, schema, startval: value, layers, translate });
    await editor.promise;
    editor.validator.validate = () => [];
    const fit = (area) => {
      if (CSS.supports("field-sizing", "content")) return;
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    // The library listens to what is done, we to what is being typed.
    const typed = (event) => {
      if (event.isComposing || !event.target.matches("input, textarea")) return;
      fit(event.target);
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    };
    holder.addEventListener("input", typed);
    holder.addEventListener("compositionend", typed);
    const touched = new Set();
    const idOf = (element) => element?.closest("[data-schemapath]")?.dataset.schemapath;
    holder.addEventListener("focusout", ({ target }) => {
      touched.add(idOf(target));
      changed();
    });
    editor.on("change", changed);
    for (const area of holder.querySelectorAll("textarea")) fit(area);
    editor.root.title.hidden = true;

    const at = (path) => editor.getEditor(path);
    const inputOf = (one) => (one?.input?.matches?.("input, select, textarea") ? one.input : null);

    // Each problem stands behind its field, and the field says so to those who do not see it.
    function show(problems) {
      for (const old of holder.querySelectorAll(".pl-problem")) old.remove();
      for (const input of holder.querySelectorAll("[data-problem]")) {
        input.removeAttribute("aria-invalid");
        delete input.dataset.problem;
        input.setAttribute("aria-describedby", input.dataset.described);
        if (!input.dataset.described) input.removeAttribute("aria-describedby");
      }
      for (const [number, { place, message, help, level }] of problems.entries()) {
        const one = at(place);
        if (!one?.container) continue;
        const note = make("p", "pl-problem", message);
        note.id = `pl-problem-${number}`;
        if (level) note.dataset.level = level;
        if (help) note.append(make("span", "pl-way-out", help));
        const input = inputOf(one);
        if (input) {
          input.after(note);
          input.dataset.described ??= input.getAttribute("aria-describedby") ?? "";
          input.dataset.problem = "";
          if (!level) input.setAttribute("aria-invalid", "true");
          input.setAttribute("aria-describedby", `${note.id} ${input.getAttribute("aria-describedby") ?? ""}`.trim());
        } else (one.error_holder ?? one.container).after(note);
      }
    }

    function focus(path) {
      const one = at(path);
      const target = inputOf(one) ?? (one?.container && firstField(one.container));
      target?.focus();
      target?.scrollIntoView({ block: "center" });
      return Boolean(target);
    }

    return Object.freeze({
      value: () => editor.getValue(),
      touched: (path) => touched.has(path),
      has: (path) => Boolean(at(path)?.container?.isConnected),
      add: (name) => editor.root.add(name),
      takeAway: (name) => editor.root.takeAway(name),
      put(path, value) {
        at(path)?.setValue(value);
        for (const area of holder.querySelectorAll("textarea")) fit(area);
        changed();
        focus(path);
      },
      list: (name) => editor.root.editors[name],
      show,
      focus,
    });
  }

  return Object.freeze({ open, make, button });
})();
