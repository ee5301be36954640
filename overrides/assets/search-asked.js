// What a question asks for: its words without those that only make it a question, the dates and conditions that it states.
"use strict";

const policyAsked = (() => {
  const { DATES, bodiesOf, fullYears, monthsOf, numeral, readDate } = policySearch;
  // What turns words into a question; longer words first.
  const ASKING = /请问一下|请问|(?:哪几|几|多少)(?:件事?|项|条|个|家|所|种|类)|多长时间|多久|几时|哪[天年月]|几[月号]|什么时候|什么时间|什么时限|有没有|能不能|可不可以|是不是|算不算|会不会|要不要|怎么办理|怎么办|为什么|一个|哪一个|哪几个|哪些|哪个|哪家|哪里|何时|什么样?|多少|怎么样?|咋|啥|怎么|怎样|如何|是否|可以|能否|谁来|谁|哪|牵头负责|牵头|负责|主管|分管|承担|参与|(?:共同|一起|联合|分别)(?=负责|牵头|承担|参与|完成|要|的|$|\s)|管理的|要求|规定|政策|措施|任务|工作|部门|单位|必须|需要|应该|应当|完成|截止|到期|期限|时限|时间|进展|情况|告诉我|想知道|关于|都有|还有|所有|全部|主要|具体|一共|自己|直接|以后|之后|我们|我家|你们|他们|现在|已经|到底|究竟|其他|(?<=[局委办部会室心的些么]|政府|院校)职责/gu;
  const LOOSE = new Set("的了吗呢吧啊呀嘛么是有在对为和与及把将给让被由归向从到我你他她它们要会能就都也还这那之其等做干管办事");
  const NONE = "(?:没有?|无|未(?:规定|写明|载明|注明|明确|设定?|定)|不(?:带|含))(?:明确|具体|写明|规定|设定)?的?";
  const STATED = [
    [new RegExp(`${NONE}(?:完成)?(?:时限|期限|时间(?:要求)?|截止日期)`, "gu"), "§undated"],
    [new RegExp(`${NONE}(?:量化)?(?:目标|指标)`, "gu"), "§untargeted"],
    [/有?(?:明确的?)?量化(?:目标|指标)/gu, "§targeted"],
    [/(?:还|尚)?(?:没有?|未)(?:到期|过期|逾期|到时限)|没过期/gu, "§open"],
    [/(?:已经?)?(?:过期|逾期|超期|过了?(?:时限|期限))|已经?到期/gu, "§passed"],
  ];

  const WITHIN = DATES.map(([pattern]) => new RegExp(`(?:到|至|截至|自)?${pattern}`, "gu"));

  // Conditions instead of words: how they are told, and what they ask of a measure.
  const CONDITIONS = {
    undated: ["没有完成时限", ({ dues }) => !dues.length],
    untargeted: ["没有量化目标", ({ targets }) => !targets],
    targeted: ["有量化目标", ({ targets }) => targets],
    passed: ["时限已过", ({ dues }, month) => dues.some(([, period]) => period && monthsOf(period)[1] < month)],
    open: ["时限未到", ({ dues }, month) => dues.some(([, period]) => period && monthsOf(period)[1] >= month)],
  };

  // The term of a condition, which is written §name=month.
  function condition(text) {
    const [, is, month] = /^§(\w+)=(.*)$/.exec(text);
    return { words: "", shown: CONDITIONS[is][0], is, month, bodies: new Map(), number: "", months: null, policies: [], others: [] };
  }

  const meets = (entry, { is, month }) => CONDITIONS[is][1](entry, month);

  const loose = (text) => [...text].filter((character) => LOOSE.has(character)).length;

  function trimmed(text) {
    let [start, end] = [0, text.length];
    while (start < end && LOOSE.has(text[start])) start++;
    while (end > start && LOOSE.has(text[end - 1])) end--;
    return start < end && end - start < 2 ? text : text.slice(start, end); // 民办 is no 民
  }

  const isBody = (text, opened) => [...bodiesOf(opened.bare(text), opened).values()].includes("whole");

  // “…局和…局” is two bodies where each side is the name of one.
  function severally(word, opened) {
    if (isBody(word, opened)) return [word];
    const parts = word.split(/和|与|及|跟|同/u).filter(Boolean);
    return parts.length > 1 && parts.every((part) => isBody(part, opened)) ? parts : [word];
  }

  // {words: what the question is about, a condition as §name=month; leads: whether it asks who leads}. `today`: YYYY-MM-DD.
  function asked(query, today, opened) {
    const year = Number(today.slice(0, 4));
    let rest = fullYears(query.normalize("NFKC"))
      .replace(/今年|本年度?/g, `${year}年`)
      .replace(/明年/g, `${year + 1}年`)
      .replace(/去年/g, `${year - 1}年`);
    const stated = [];
    for (const [pattern, condition] of STATED) rest = rest.replace(pattern, () => stated.push(`${condition}=${today.slice(0, 7)}`) && " ");
    for (const pattern of WITHIN) {
      rest = rest.replace(pattern, (date) => (/\d$/.test(date) ? date : stated.push(date) && " "));
    }
    // 教育部门 is the body that is called 教育局, if there is one.
    rest = rest.replace(/\p{Script=Han}{2,}部门/gu, (run) => {
      for (let at = 0; at < run.length - 3; at++) {
        const name = `${run.slice(at, -2)}局`;
        if (isBody(name, opened)) return `${run.slice(0, at)} ${name} `;
      }
      return run;
    });
    const words = rest.replace(ASKING, " ").split(/(?![%.+-])[\s\p{P}]/u).map(trimmed).filter(Boolean);
    return { words: [...words.flatMap((word) => severally(word, opened)), ...stated.filter((one) => one.startsWith("§") || readDate(one))], leads: /牵头/u.test(query) };
  }

  // 任务清单21, 若干措施（六）: a document, and the number of one of its measures.
  function numbered(query, opened) {
    const [, title, number] = /^(.{4,}?)[\s·，,]*(第?[\s（(]*(?:\d+|[一二三四五六七八九十]+)[)）]?[条项款号]?)$/u.exec(query.trim()) ?? [];
    const wanted = title && opened.termOf(title);
    return wanted?.policies.length ? [wanted, { ...opened.termOf(number), words: "", months: null }] : null;
  }

  // Numbers in characters as figures, and the other way round: 百分之三十 and 三成 are 30%, 十五万 is 15万, 3教 is 三教.
  function figures(query) {
    const figure = (text) => numeral(text.replace(/百$/u, "〇〇").replace(/百零?(?=[一二三四五六七八九])/u, (_, place) => (/十/.test(text.slice(place)) ? "" : "〇")).replace(/百/u, ""));
    return query
      .replace(/百分之([〇零一二三四五六七八九十百]+)/gu, (_, number) => `${figure(number)}%`)
      .replace(/([一二三四五六七八九])成(?=以上|以下|左右|的|$|\s)/gu, (_, number) => `${figure(number)}0%`)
      .replace(/[一二两三四五六七八九十百]*[一二三四五六七八九十百](?=[万个名所门项家人年条次])/gu, (number) => figure(number.replaceAll("两", "二")));
  }
  const characters = (query) => query.replace(/(?<![\d.+-])[1-9](?![\d.%+-])/gu, (digit) => "〇一二三四五六七八九"[digit]);

  return { asked, characters, condition, figures, loose, meets, numbered };
})();
