// What the search needs where nothing matches as it is written, and for a table of what was found: most queries never load it.
"use strict";

const policyFurther = (() => {
  const { opened, files, inSite, element, kindOf } = policyFinder;
  const NAMED = 3; // words of one condition that are told

  // ---- Finding

  let worker = null;
  const waiting = []; // questions that the worker has not answered; it answers in order
  function ask(query, today) {
    if (!worker) {
      worker = new Worker(inSite(files["search-worker"]));
      worker.onmessage = ({ data }) => waiting.shift().done({ ...data, found: data.found.map((one) => ({ ...one, entry: opened.entries[one.rank] })) });
      worker.onerror = () => waiting.splice(0).forEach(({ failed }) => failed());
    }
    const needed = ["search", "search-asked", "search-nearest", "index", "nearest"].map((name) => inSite(files[name]));
    return new Promise((done, failed) => {
      waiting.push({ done, failed });
      worker.postMessage({ files: needed, query, today });
    });
  }

  async function nearest(query, today) {
    const asked = loadScript(files["search-asked"]); // conditions are told with it
    try {
      const [answer] = await Promise.all([ask(query, today), asked]);
      return answer;
    } catch {
      // From the disk there is no worker.
      await Promise.all([files["search-asked"], files["search-nearest"], files.nearest].map(loadScript));
      return policyNearest.find(opened, query, self.policySearch_nearest, today);
    }
  }

  // ---- Telling

  const answers = (entry, wanted) => policySearch.weigh(entry, { ...wanted, others: [] }, opened) > 0.2; // more than astride two words

  // The words that some of these results were found by, each with what it stands for: “学籍互转”（代替“转学”）.
  function searched({ how, terms }, results) {
    const used = terms.flatMap((wanted) => {
      const words = [wanted, ...wanted.others].filter((one) => results.some(({ entry }) => answers(entry, one)));
      const typed = words.find((one) => one.typed && one.typed !== one.shown)?.typed;
      const told = [...new Set(words.map(({ shown }) => shown))];
      const named = told.slice(0, NAMED).map((word) => `“${word}”`).join("或");
      const instead = typed && !told.includes(typed) ? `（代替“${typed}”）` : "";
      return words.length ? [named + (told.length > NAMED ? "等" : "") + instead] : [];
    });
    return how === "partly" ? `含${used.join("、")}中的部分词语` : `按${used.join("和")}查找`;
  }

  const EXACT = ["exact", "asked"];

  // What stands before the number of results.
  function introduced(answer, results) {
    const { how } = answer;
    if (how === "quoted") return "没有整段相符的内容，近似结果（按其中的句子查找）：";
    if (how === "astride") return "没有这个词，近似结果（只是字面相连）：";
    if (how === "asked") return `${searched(answer, results)}：`;
    if (how === "words") return `没有整句相符的内容，近似结果（${searched(answer, results)}）：`;
    return EXACT.includes(how) ? "找到 " : `没有逐字相符的内容，近似结果（${searched(answer, results)}）：`;
  }

  // Who leads is often unknown: {a sentence that says so} for who asks.
  const unled = ({ leads, how }, results) => {
    if (!leads || results.every(({ entry }) => entry.kind !== "measure" || entry.leads.length)) return "";
    return `原文的牵头标记没有保留，${how === "asked" ? "列出的是参与承担的全部措施，" : ""}牵头部门不详。`;
  };

  const missed = ({ asked: about }, typed) => {
    const asked = about?.length === 1 && about[0].length <= 8 ? about[0] : typed;
    return [`没有找到“${asked}”，也没有找出相近的内容。可以换个说法，或者只留一两个词再试。`, ...hint(typed)];
  };

  // Counties are often named together only: what 某某区 must do stands under the group.
  function hint(typed) {
    const [, place, letter] = /^(\p{Script=Han}{1,3}([区县]))(?:$|人民政府|政府|.*[局委办部]$)/u.exec(typed) ?? [];
    const groups = letter && !opened.places.some(([name]) => name === place) ? opened.bodies.filter((body) => body.collective && body.name.includes(letter)) : [];
    return groups.flatMap(({ id, name }) => ["原文没有逐一列出区县，各区县的任务写在", element("a", { href: inSite(`departments/${id}/`) }, name), "名下。"]);
  }

  // Of a result that holds only some of the words, which.
  function why({ entry, terms }) {
    const held = terms.flatMap((wanted) => [wanted, ...wanted.others].find((word) => answers(entry, word)) ?? []);
    const named = held.map(({ shown, typed }) => (typed && typed !== shown ? `“${shown}”（代替“${typed}”）` : `“${shown}”`));
    return held.length ? [element("p", { className: "pl-why" }, `含${named.join("、")}`)] : [];
  }

  // An answer, with the words that tell how it was found; `results`: some of them, as `list` gives them.
  function told(answer) {
    const approximate = !EXACT.includes(answer.how);
    if (answer.how === "exact" && answer.ranks.length) return { ...answer, approximate };
    return {
      ...answer,
      approximate,
      searched: (results) => searched(answer, results),
      introduced: (results) => introduced(answer, results),
      after: (results, typed) => [unled(answer, results), ...(approximate ? hint(typed) : [])],
      missed: (typed) => missed(answer, typed),
      why: answer.how === "partly" ? why : null,
    };
  }

  // 普职融通 and 职普融通 are both written: the other one is offered.
  function twin(typed) {
    const other = typed[1] + typed[0] + typed.slice(2);
    const isThere = other !== typed && policySearch.exact(opened, other).length;
    return isThere ? ["原文另有写作", element("a", { href: `?q=${encodeURIComponent(other)}` }, other), "的。"] : [];
  }

  function table(answer, found) {
    const header = ["编号", "种类", "文件", "序号", "标题", "正文", "责任部门", "完成时限", "是否相符", "网址"];
    const rows = found.map(({ entry, astride }) => [
      entry.id,
      kindOf(entry),
      opened.index.policies[entry.policy]?.[2] ?? "",
      entry.number,
      entry.title,
      entry.text,
      entry.names.map((number) => opened.names[number].name).join(";"),
      entry.dues.map(([quote]) => quote).join(";"),
      answer.approximate || astride ? "近似" : "相符",
      inSite(entry.address),
    ]);
    return [header, ...rows];
  }

  return { nearest, table, told, twin };
})();
