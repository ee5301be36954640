(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const named = (id) => document.getElementById(id);
  const body = document.body;
  body.classList.add("js");

  // What belongs together: a part of the source and its card, annotated words and the words in the card.
  const together = new Map();
  const join = (id, element) => {
    if (!together.has(id)) together.set(id, []);
    together.get(id).push(element);
  };
  for (const one of all("[data-of]")) join(one.dataset.of, one);
  for (const one of all("[data-in]")) for (const id of one.dataset.in.split(" ")) join(id, one);
  for (const one of all('.found a[href^="#s-"]')) join(one.hash.slice(3), one);

  let lit = [];
  const light = (ids) => {
    for (const one of lit) one.classList.remove("on");
    lit = ids.flatMap((id) => together.get(id) || []);
    for (const one of lit) one.classList.add("on");
  };
  const meant = (element) => {
    const link = element.closest('a[href^="#s-"]');
    const words = element.closest("[data-in]");
    const part = element.closest("[data-of]") || element.closest(".tag");
    const whole = part && (part.dataset.of || part.hash.slice(1));
    return [link && link.hash.slice(3), ...(words ? words.dataset.in.split(" ") : []), whole].filter(Boolean);
  };
  document.addEventListener("focusin", ({ target }) => light(meant(target)));
  let under = null;
  document.addEventListener("pointermove", ({ target, movementX, movementY }) => {
    // Where the page scrolls under a pointer that rests, nobody points at anything.
    if (target === under || !(movementX || movementY)) return;
    under = target;
    light(meant(target));
  });

  // On a phone one of the three parts is shown at a time.
  const tabs = all(".tabs a");
  const open = (name) => {
    body.dataset.tab = name;
    for (const tab of tabs) {
      if (tab.hash === `#${name}`) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
  };
  let here = [];
  const reveal = (id, opens = true) => {
    const target = named(id);
    const section = target && target.closest("main > section");
    if (!section) return;
    if (opens) open(section.id);
    if (target === section) return;
    for (const one of here) one.classList.remove("here");
    here = [target, ...(together.get(id.replace(/^s-/, "")) || [])];
    for (const one of here) one.classList.add("here");
    const first = target.matches("i") ? target.nextElementSibling || target : target;
    const tall = first.getBoundingClientRect().height > section.clientHeight * 0.6;
    first.scrollIntoView({ block: tall ? "start" : "center" });
  };
  const follow = () => reveal(location.hash.slice(1));

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const question = event.target.closest(".question");
    if (question && !event.target.closest("label")) {
      for (const other of all(".where a", question)) reveal(other.hash.slice(1), false);
      question.classList.add("here");
      here.push(question);
    }
    if (link) {
      if (link.hash === location.hash) follow();
    } else if (getSelection().isCollapsed && !event.target.closest("label, button, summary")) {
      const part = event.target.closest("[data-of]");
      if (part) reveal((part.closest("#source") ? "" : "s-") + part.dataset.of, false);
    }
  });
  addEventListener("hashchange", follow);

  // What was checked stays in this browser, where it may.
  const boxes = all("[data-key]");
  const flags = new Map(all("[data-flag]").map((flag) => [flag.dataset.flag, flag]));
  const place = `policy-ledger-import-${body.dataset.store}`;
  const trouble = () => { named("kept").hidden = false; };
  const read = () => { try { return JSON.parse(localStorage.getItem(place)) || {}; } catch { trouble(); return {}; } };
  const kept = read();
  const command = named("command"); // absent where nothing is asked
  const count = () => {
    const done = boxes.filter((box) => box.checked).length;
    document.querySelector("progress").value = done;
    named("progress").value = `已核对 ${done} / ${boxes.length}`;
    named("next").disabled = done === boxes.length;
    const keys = boxes.filter((box) => box.checked && "kept" in box.dataset).map((box) => box.dataset.key);
    if (command) {
      named("confirm").hidden = keys.length === 0;
      named("checked").value = keys.length;
      command.value = [command.dataset.command, ...keys].join(" ");
    }
    for (const box of boxes) {
      const question = box.closest(".question");
      question.classList.toggle("checked", box.checked);
      if (flags.has(question.id)) flags.get(question.id).hidden = box.checked;
    }
    for (const flag of flags.values()) flag.closest(".card").classList.remove("open");
    for (const flag of flags.values()) if (!flag.hidden) flag.closest(".card").classList.add("open");
  };
  for (const box of boxes) {
    box.checked = kept[box.dataset.key] === true;
    box.addEventListener("change", () => {
      const now = { ...read(), [box.dataset.key]: box.checked }; // another window may have kept more
      try { localStorage.setItem(place, JSON.stringify(now)); } catch { trouble(); }
      count();
    });
  }
  command?.addEventListener("focus", () => command.select());
  document.querySelector(".tools").hidden = boxes.length === 0;
  count();
  named("only").addEventListener("change", ({ target }) => body.classList.toggle("waiting", target.checked));
  let last = -1;
  named("next").addEventListener("click", () => {
    const waiting = boxes.map((box, at) => (box.checked ? -1 : at)).filter((at) => at >= 0);
    last = waiting.find((at) => at > last) ?? waiting[0];
    const question = boxes[last].closest(".question");
    for (const link of all(".where a", question)) reveal(link.hash.slice(1), false);
    reveal(question.id);
    boxes[last].focus({ preventScroll: true });
  });

  open("doubts");
  follow();
})();
