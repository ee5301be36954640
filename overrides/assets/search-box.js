// The box in the head of every page: while somebody types, it lists what is found.
"use strict";

const policyBox = (() => {
  const { inSite, find, element, marked, marksOf, titled, tag, kindOf } = policyFinder;
  const SUGGESTED = 8;
  const BRIEF = 48; // characters of a text that are shown around what was found

  return (form) => {
    const input = form.elements.q;
    const list = element("ul", { id: "pl-suggestions", className: "pl-suggestions", hidden: true });
    const status = element("span", { className: "pl-hidden" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "查找结果");
    status.setAttribute("role", "status");
    form.append(list, status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);
    let turn = 0;
    let active = -1;

    function choose(number) {
      active = number;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", list.children[active].id);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    }

    function open(isOpen) {
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) choose(-1);
    }

    function clear() {
      turn++;
      list.replaceChildren();
      open(false);
    }

    // Which bodies a row was found by, where its title and text do not show it.
    function why(one) {
      const { opened } = policyFinder;
      const found = one.entry.names.filter((number) => one.terms.some(({ bodies, words }) => bodies.has(opened.names[number].department) || opened.names[number].bare.includes(words || "§")));
      const names = [...new Set(found.map((number) => opened.names[number].name))];
      return names.length ? [element("small", {}, `责任部门：${names.join("、")}`)] : [];
    }

    function option(number, address, ...content) {
      const made = element("li", { id: `pl-suggestion-${number}` }, ...content);
      made.setAttribute("role", "option");
      made.dataset.address = address;
      return made;
    }

    async function suggest() {
      const query = input.value.trim();
      const mine = ++turn;
      if (!query) return clear();
      let answer;
      try {
        answer = await find(query);
      } catch {
        status.textContent = "查找的数据没有下载成功，请按回车再试。";
        return;
      }
      if (mine !== turn) return; // something else has been typed since
      const { ranks, approximate, how } = answer;
      const first = await answer.list(ranks.slice(0, SUGGESTED));
      if (mine !== turn) return;
      const all = new URL(form.action);
      all.searchParams.set("q", query);
      const shown = first.map((one, number) => {
        const { entry } = one;
        const found = marksOf(entry.text, one);
        const text = found.length ? [element("small", {}, ...marked(entry.text, found, BRIEF))] : why(one);
        const near = approximate || one.astride ? [" ", tag("近似")] : [];
        return option(number, inSite(entry.address), element("span", {}, ...titled(one), " ", tag(kindOf(entry)), ...near), ...text);
      });
      const by = approximate || how === "asked" ? `${answer.searched(first)}，` : "";
      const last = ranks.length ? `${approximate ? "近似结果，" : ""}${by}查看全部 ${ranks.length} 条` : "没有找到，看看怎样查找";
      list.replaceChildren(...shown, option(shown.length, all.href, last));
      list.dataset.state = "done";
      status.textContent = ranks.length ? `${approximate ? "没有逐字相符的，近似结果" : "找到"} ${ranks.length} 条` : "没有找到";
      open(true);
      choose(-1);
    }

    const go = (address, event) => (event.ctrlKey || event.metaKey ? window.open(address) : location.assign(address));
    input.addEventListener("input", (event) => event.isComposing || suggest());
    input.addEventListener("compositionend", suggest);
    input.addEventListener("focus", () => input.value && suggest());
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const count = list.children.length;
      if (event.key === "Escape") {
        if (list.hidden) {
          input.value = "";
          clear();
        } else open(false);
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
        if (list.hidden) open(true);
        choose(event.key === "ArrowDown" ? (active + 2) % (count + 1) - 1 : (active + count + 1) % (count + 1) - 1);
      } else if (event.key === "Enter" && active >= 0) go(list.children[active].dataset.address, event);
      else return;
      event.preventDefault();
    });
    policyFinder.ready();
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) go(chosen.dataset.address, event);
    });
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || open(false));
    if (document.activeElement === input && input.value) suggest();
  };
})();
