// Search: `/` leads to the field, and what is typed into it is found as it is typed.
// Pagefind is loaded when it is used first.
{
  const link = document.querySelector("a[data-search]");
  const form = document.querySelector("form[data-search]");
  const field = form?.querySelector("input");
  const root = new URL(link.dataset.search, document.baseURI);
  const sign = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
  // As the index has them: signs of a script without blanks are words of their own.
  const split = (text) => text.replace(new RegExp(sign, "gu"), " $& ").trim();
  const join = (text) =>
    text.replace(new RegExp(`(?<=${sign}|${sign}\n) +(?=\n?${sign})`, "gu"), "");
  let pagefind;
  let last = 0;

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (field) field.focus();
    else location.assign(link.href);
  });

  const load = async () => {
    pagefind ??= import(new URL("pagefind/pagefind.js", root)).then(async (module) => {
      await module.options({ baseUrl: root.pathname });
      return module;
    });
    return pagefind;
  };

  // The words that were found stand between line ends while signs are joined, then in <mark>.
  const excerpt = (html) => {
    const text = new DOMParser().parseFromString(
      html.replaceAll("\n", " ").replace(/<\/?mark>/g, "\n"),
      "text/html",
    ).documentElement.textContent;
    const paragraph = document.createElement("p");
    join(text)
      .split("\n")
      .forEach((part, n) => {
        const mark = document.createElement("mark");
        mark.textContent = part;
        paragraph.append(n % 2 ? mark : part);
      });
    return paragraph;
  };

  const entry = (result) => {
    const item = document.createElement("li");
    const title = document.createElement("a");
    const kind = document.createElement("span");
    title.href = result.url;
    title.textContent = result.meta.title;
    kind.textContent = result.meta.kind;
    item.append(title, " ", kind, excerpt(result.excerpt));
    return item;
  };

  const search = async (most = 10) => {
    const status = form.querySelector("[role=status]");
    const list = form.querySelector("ol");
    const query = field.value.trim();
    const turn = ++last;
    const here = new URL(location);
    if (query) here.searchParams.set("q", query);
    else here.searchParams.delete("q");
    history.replaceState(null, "", here);
    const { results } = query ? await (await load()).search(split(query)) : { results: [] };
    const shown = await Promise.all(results.slice(0, most).map((result) => result.data()));
    if (turn !== last) return;
    list.replaceChildren(...shown.map(entry));
    status.textContent = query ? `${results.length} found` : "";
    if (results.length > most) {
      const more = document.createElement("button");
      const item = document.createElement("li");
      more.type = "button";
      more.textContent = "More";
      more.addEventListener("click", async () => {
        await search(most + 20);
        list.children[most]?.querySelector("a").focus();
      });
      item.append(more);
      list.append(item);
    }
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
    form.querySelector("ol").replaceChildren(
      ...near.map(({ address }) => {
        const item = document.createElement("li");
        const title = document.createElement("a");
        title.href = new URL(address).pathname;
        title.textContent = decode(title.pathname);
        item.append(title);
        return item;
      }),
    );
    if (near.length) form.querySelector("[role=status]").textContent = "Did you mean one of these?";
  };

  if (form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
    field.addEventListener("focus", load, { once: true });
    field.addEventListener("input", () => search());
    field.value = new URLSearchParams(location.search).get("q") || "";
    if (field.value) search();
    else if ("lost" in form.dataset) nearest();
    else if (location.hash) field.focus();
  }
}
