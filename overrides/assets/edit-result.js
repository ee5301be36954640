// What the form makes: the file, what is still wrong, what changed, and the ways to hand it in. Drafts stay in the browser.
"use strict";

const policyEditResult = (() => {
  const LONGEST_MAIL = 1_800; // characters of a letter that every mail program takes over
  const SHOWN = 60; // characters of a value in the list of changes
  const MAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
  const STORE = "policy-ledger-edit ";

  let part = null;
  let site = null;
  let goTo = null;
  let explain = null;
  let mendIt = null;
  let now = null;
  let handedIn = "";

  // ---- Drafts

  function storage() {
    try {
      return localStorage;
    } catch {
      return null; // storage is refused, as it may be from file://
    }
  }

  function drafts(name) {
    let isAsked = false; // an old draft is kept until the reader decides
    return {
      found() {
        try {
          const draft = JSON.parse(storage()?.getItem(STORE + name) ?? "null");
          isAsked = Boolean(draft);
          return draft;
        } catch {
          return null;
        }
      },
      keep(draft) {
        if (isAsked && !draft) return;
        isAsked = false;
        try {
          if (draft) storage()?.setItem(STORE + name, JSON.stringify({ ...draft, time: Date.now() }));
          else storage()?.removeItem(STORE + name);
        } catch {
          // There is no room: the draft lasts as long as the page.
        }
      },
      drop() {
        isAsked = false;
        this.keep(null);
      },
    };
  }

  function offerDraft(draft, isOld, restore, drop) {
    const time = new Date(draft.time).toLocaleString("zh-CN", { dateStyle: "long", timeStyle: "short" });
    offer(`这里有一份没有提交的草稿（${time}）。${isOld ? "这条记录后来改过，恢复以后请核对。" : ""}`, restore, drop);
  }

  const offerUndone = (restore) => offer("已还原，刚才的改动没有了。按错了可以恢复。", restore, () => {});

  function offer(words, restore, drop) {
    const box = part("draft");
    part("draft-words").textContent = words;
    box.hidden = false;
    const decide = (work) => async () => {
      box.hidden = true;
      await work();
      part("title").focus();
    };
    part("restore").onclick = decide(restore);
    part("drop").onclick = decide(drop);
  }

  // ---- Handing in

  const short = (text) => (text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}……`);
  const inOneLine = ({ where, before, after }) => (!before ? `${where}：新增“${short(after)}”` : !after ? `${where}：删去“${short(before)}”` : `${where}：“${short(before)}”改为“${short(after)}”`);
  const done = (words) => {
    handedIn = now.yaml;
    part("done").textContent = words;
  };

  async function copy() {
    try {
      await navigator.clipboard.writeText(now.yaml);
    } catch {
      getSelection().selectAllChildren(part("yaml"));
      part("done").textContent = "浏览器不让程序复制：内容已选中，请自己复制。";
      return;
    }
    done(`已复制。${unmended()}`);
  }

  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([now.yaml], { type: "application/yaml" }));
    link.download = now.path.split("/").at(-1);
    link.click();
    URL.revokeObjectURL(link.href);
    done(`已下载 ${link.download}。它要放在 ${now.path}。${unmended()}`);
  }

  function letter() {
    const body = ["改了什么：", ...now.changes.map(inOneLine), "", `文件 ${now.path}：`, "", now.yaml].join("\n");
    return { subject: `${now.isNew ? "新增" : "修改"} ${now.path}`, body };
  }

  function mail() {
    const { subject, body } = letter();
    const isLong = body.length > LONGEST_MAIL;
    part("mail-note").hidden = !isLong;
    if (isLong) return;
    location.href = `mailto:${encodeURIComponent(site.contact).replace("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
    done("已打开邮件程序，请在那里发送。");
  }

  // `given`: site, goTo(problem), explain(problem) for what has no value, mend(problem) with a button, discard().
  function open(tool, given) {
    part = (name) => tool.querySelector(`[data-edit-${name}]`);
    ({ site, goTo, explain, mend: mendIt } = given);
    part("copy").addEventListener("click", copy);
    part("download").addEventListener("click", download);
    part("mail").addEventListener("click", mail);
    part("mail").hidden = !MAIL.test(site.contact);
    part("platform").addEventListener("click", copy);
    part("discard").addEventListener("click", async () => {
      await given.discard();
      part("title").focus();
    });
  }

  // ---- What stands beside the form

  function problemItem(problem) {
    const item = document.createElement("li");
    const button = policyEditForm.button(problem.message, "", () => goTo(problem));
    button.className = "pl-go";
    if (problem.where) item.append(`${problem.where}：`);
    item.append(button);
    if (problem.unknown) {
      const why = policyEditForm.button("写明为什么没有", "", () => explain(problem));
      why.className = "pl-go";
      item.append(" ", why);
    }
    if (problem.mend) {
      const mend = policyEditForm.button(problem.mend[0], `${problem.mend[0]}：${problem.where}`, () => mendIt(problem));
      item.append(" ", mend);
    }
    if (problem.help) item.append(policyEditForm.make("span", "pl-way-out", problem.help));
    return item;
  }

  function changeItem(change) {
    const { where, before, after } = change;
    const item = document.createElement("li");
    item.append(`${where}：`);
    if (before) item.append(policyEditForm.make("del", "", before));
    if (before && after) item.append(" → ");
    if (after) item.append(policyEditForm.make("ins", "", after));
    return item;
  }

  const set = (element, words) => {
    if (element.textContent !== words) element.textContent = words; // what has not changed is not read out again
  };

  const unmended = () => (now.problems.some(({ level }) => !level) ? "还有没改好的地方，交上去通不过检查。" : "");

  function show(result) {
    now = result;
    const { yaml, path, problems, changes, isChanged, isNew, needsId } = result;
    const errors = problems.filter(({ level }) => !level);
    const warnings = problems.filter(({ level }) => level);
    const count = errors.length;
    const isOfficial = warnings.some(({ rule }) => rule === "official-changed");
    const reminded = warnings.length ? `，另有 ${warnings.length} 处提醒` : "";
    const isPart = isNew && path.startsWith("data/policies/"); // something else has to be handed in with it
    const ready = isOfficial ? "改动了原文，还没有和存档文本逐字核对：提交以后才核对，对不上的不能发布" : isPart ? "这一份填好了，还差一步：见下面“怎样提交”" : "检查通过，可以提交";
    set(part("status"), !isChanged && !count ? `没有改动${reminded}。` : count ? `还有 ${count} 处要填或要改${reminded}。` : `${ready}${reminded}。`);
    set(part("bar"), part("status").textContent);
    part("status").dataset.is = count ? "wrong" : isChanged && !isOfficial && !isPart ? "right" : "";
    part("problems").replaceChildren(...errors.map(problemItem));
    part("warnings").replaceChildren(...warnings.map(problemItem));
    part("warned").hidden = !warnings.length;
    part("changes").replaceChildren(...changes.map(changeItem));
    part("changed").hidden = !changes.length || isNew;
    set(part("path"), path);
    set(part("yaml"), yaml || "（还没有内容）");
    for (const name of ["copy", "download", "mail"]) part(name).disabled = !isChanged || needsId;
    part("discard").disabled = !isChanged;
    const { edit_address: address } = site;
    const link = part("platform");
    link.hidden = !address || isNew;
    if (!link.hidden) link.href = address.replace("{path}", path.split("/").map(encodeURIComponent).join("/"));
    part("source-note").hidden = !isPart;
    part("mail-note").hidden = true;
    if (handedIn !== yaml) set(part("done"), "");
  }

  return Object.freeze({ drafts, offerDraft, offerUndone, open, show, isHandedIn: (yaml) => yaml === handedIn });
})();
