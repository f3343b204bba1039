// The search: what is typed is found as it is typed. Pagefind is loaded when it is used first.
// A preview that shows problems in place of 404.html leaves the form out.
if (document.querySelector("form[data-search]")) {
  const form = document.querySelector("form[data-search]");
  const field = form.querySelector("input");
  const list = form.querySelector("ol");
  const more = form.querySelector("button");
  const root = new URL(document.querySelector("a[data-search]").dataset.search, document.baseURI);
  // What is in a title counts more than what is in a text, and the title of a paper more than that
  // of a post: `paper` has it once more, with its translations. `about` is only shown.
  const metaWeights = { title: 20, paper: 20, names: 5, about: 0 };
  const sign = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
  const isWide = (text) => new RegExp(`^(?:${sign}|[\u3000-\u303f\uff00-\uff60])$`, "u").test(text);
  let pagefind;
  let results = [];
  let last = 0;
  let isNewEntry = false;

  const load = () => {
    pagefind ??= import(new URL("pagefind/pagefind.js", root)).then(async (module) => {
      await module.options({ baseUrl: root.pathname, ranking: { metaWeights } });
      await module.init();
      return module;
    });
    // What failed, as without a connection, is tried again with the next letter.
    pagefind.catch(() => (pagefind = undefined));
    return pagefind;
  };

  // As the index has them: signs of a script without blanks are words of their own.
  const split = (text) => text.replace(new RegExp(sign, "gu"), " $& ").trim();

  // Append words with the signs and blanks around them; those that were found in <mark>.
  const appendMarked = (element, words, isFound) => {
    words.forEach((word, n) => {
      const [, before, core, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}+#]*)$/su.exec(word);
      if (!core || !isFound(core, n)) return element.append(word);
      const mark = document.createElement("mark");
      mark.textContent = core;
      element.append(before, mark, after);
    });
  };

  // Append a field of the index, with the words that begin like one of the query.
  const appendField = (element, text, query) => {
    const asked = split(query.toLowerCase()).split(/\s+/);
    const isFound = (word) => asked.some((one) => one && word.toLowerCase().startsWith(one));
    appendMarked(element, text.split(/(?<= )|\u2009/), isFound);
  };

  // Where sentences and paragraphs (which end with "¶") begin and end among words.
  const sentences = (words) => {
    const found = [];
    let start = 0;
    words.forEach((word, n) => {
      const next = words[n + 1] ?? "¶";
      const isEnd =
        /[。！？]$/.test(word) ||
        (/[.!?…]["”’)\]]*$/.test(word) &&
          !/^(?:\p{Lu}|al|vs|cf|e\.g|i\.e|pp?|Figs?|Eqs?|Sec|No|Dr|Prof)\.$/u.test(word) &&
          /^["“‘'([]*[\p{Lu}\p{Lo}\p{N}]/u.test(next));
      if (word === "¶") start = n + 1;
      else if (next === "¶" || isEnd) {
        found.push([start, n + 1]);
        start = n + 1;
      }
    });
    return found;
  };

  // Return the sentence with the most of the words that were found, or else the first one; of a
  // long one the part from a little before those words on.
  const excerpt = ({ content, weighted_locations, meta }) => {
    const words = content.split(/\s+/).filter(Boolean);
    const found = new Map(weighted_locations.map((one) => [one.location, one.balanced_score]));
    // Each word counts once, and one that only begins like the query's counts less.
    const rate = ([start, end]) => {
      const scores = new Map();
      for (let n = start; n < end; n += 1) if (found.has(n)) scores.set(words[n], found.get(n));
      return [...scores.values()].reduce((sum, score) => sum + score, 0);
    };
    const title = split(meta.title).split(/\s+/).join();
    // Where no word was found, as in the title only, a heading says less than a sentence.
    const isSentence = ([, end]) => /[.!?…。！？]["”’)\]]*$/.test(words[end - 1]);
    const [best] = sentences(words)
      .filter(([start, end]) => words.slice(start, end).join() !== title)
      .map((span) => ({ span, score: rate(span) || isSentence(span) / 2 }))
      .sort((one, other) => other.score - one.score);
    const paragraph = document.createElement("p");
    if (!best) return paragraph;
    let [start, end] = best.span;
    const width = (from, to) => words.slice(from, to).join(" ").length;
    const first = words.findIndex((_, n) => n >= start && n < end && found.has(n));
    if (first > 0 && width(start, first) > 160) start = first - 8;
    while (end > start + 1 && width(start, end) > 280) end -= 1;
    const shown = words.slice(start, end).map((word, n, all) => {
      const isJoined = isWide(word) && isWide(all[n + 1]);
      return n === all.length - 1 || isJoined ? word : `${word} `;
    });
    if (start > best.span[0]) paragraph.append("… ");
    appendMarked(paragraph, shown, (_, n) => found.has(start + n));
    if (end < best.span[1]) paragraph.append(" …");
    return paragraph;
  };

  const entry = (result, query) => {
    const item = document.createElement("li");
    const title = document.createElement("a");
    const about = document.createElement("p");
    title.href = result.url;
    appendField(title, result.meta.title, query);
    appendField(about, result.meta.about ?? "", query);
    item.append(title, ...[about, excerpt(result)].filter((part) => part.textContent));
    return item;
  };

  const say = (text, withAdvice = false) => {
    const status = form.querySelector("[role=status]");
    status.textContent = text;
    status.nextElementSibling.hidden = !withAdvice;
  };

  // Show the next of the results, unless another search has begun.
  const show = async (most) => {
    const [turn, query, at] = [last, field.value, list.children.length];
    const next = await Promise.all(results.slice(at, at + most).map((result) => result.data()));
    if (turn !== last) return;
    list.append(...next.map((result) => entry(result, query)));
    more.parentElement.hidden = list.children.length === results.length;
  };

  const search = async () => {
    const query = field.value.trim();
    const turn = ++last;
    try {
      if (query) say("Searching…");
      const found = query ? (await (await load()).search(split(query))).results : [];
      if (turn !== last) return;
      results = found;
      list.replaceChildren();
      await show(10);
      if (turn !== last) return;
      const number = results.length === 1 ? "1 result" : `${results.length} results`;
      const none = `Nothing found for “${query}”. Try fewer words, or the beginning of a word.`;
      say(query && (results.length ? number : none), query && !results.length);
    } catch {
      if (turn !== last) return;
      list.replaceChildren();
      more.parentElement.hidden = true;
      const isFile = location.protocol === "file:";
      say(isFile ? "Search needs a web server: open the published site." :
        "The search did not load. Check the connection, and try again.", true);
    }
  };

  // The query is in the address. What follows a query that was left or sent is a new one, to which
  // the browser's Back does not return letter by letter.
  const type = () => {
    const address = new URL(location.pathname, location);
    const query = field.value.trim();
    if (query) address.searchParams.set("q", query);
    if (isNewEntry) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    isNewEntry = false;
    return search();
  };

  const read = () => {
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    isNewEntry = Boolean(field.value);
    return search();
  };

  const move = (event) => {
    if (event.key === "Escape" && field.value) {
      field.value = "";
      field.focus();
      type();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [field, ...list.querySelectorAll("a")];
      const next = stops[stops.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!stops.includes(event.target)) return;
      next?.focus();
    } else return;
    event.preventDefault();
  };

  // A path as people read it; one with a `%` that encodes nothing stays as it is.
  const decode = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  // The addresses of the site that are most like the one that is not there, by pairs of letters.
  const nearest = async () => {
    const answer = await fetch(new URL("sitemap.xml", root));
    if (!answer.ok) return;
    const xml = new DOMParser().parseFromString(await answer.text(), "text/xml");
    const path = (address) =>
      decode(new URL(address).pathname).replace(/\/(index\.html)?$/, "").toLowerCase();
    const pairs = (text) => new Set([...text].map((letter, n) => letter + text[n + 1]));
    const wanted = pairs(path(location.href));
    const like = (address) => {
      const found = pairs(path(address));
      const both = [...found].filter((pair) => wanted.has(pair)).length;
      return (2 * both) / (found.size + wanted.size);
    };
    const near = [...xml.querySelectorAll("loc")]
      .map((node) => ({ address: node.textContent, score: like(node.textContent) }))
      .filter(({ score }) => score > 0.5)
      .sort((one, other) => other.score - one.score)
      .slice(0, 3);
    list.replaceChildren(
      ...near.map(({ address }) => {
        const item = document.createElement("li");
        const title = document.createElement("a");
        title.href = new URL(address).pathname;
        title.textContent = decode(title.pathname);
        item.append(title);
        return item;
      }),
    );
    if (near.length) say("Did you mean one of these?");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    isNewEntry = true;
    search();
  });
  form.addEventListener("keydown", move);
  field.addEventListener("focus", () => load().catch(() => {}), { once: true });
  field.addEventListener("input", type);
  field.addEventListener("change", () => (isNewEntry = true));
  more.addEventListener("click", async () => {
    const shown = list.children.length;
    await show(20);
    list.children[shown]?.querySelector("a").focus();
  });
  addEventListener("popstate", read);
  if (new URLSearchParams(location.search).get("q")) read();
  else if ("lost" in form.dataset) nearest();
  else if (location.hash) field.focus();
}
