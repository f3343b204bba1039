// Filters the list of publications in place; without it, each choice leads to a page of its own.
{
  const nav = document.querySelector(".filters");
  const facets = ["year", "venue", "type", "topic"];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const facetOf = (choice) => facets.find((facet) => facet in choice.dataset);
  const choices = [...nav.querySelectorAll("a")];
  const cards = [...document.querySelectorAll(".card")].map((node) => ({
    node,
    // Read when it is needed: the abstracts are long.
    get text() {
      return (this.words ??= plain(node.textContent));
    },
    has: (facet, value) => (node.dataset[facet] || "").split(" ").includes(value),
  }));

  // The URL has the choices, so that they can be shared.
  let state = new URLSearchParams(location.search);
  const field = nav.querySelector("input");
  const status = document.querySelector("[role=status]");

  const fits = (card, but) =>
    facets.every((facet) => {
      const value = state.get(facet);
      return facet === but || !value || card.has(facet, value);
    }) &&
    plain(state.get("q") || "")
      .split(/\s+/)
      .every((word) => card.text.includes(word));

  const show = () => {
    let count = 0;
    for (const card of cards) {
      card.node.hidden = !fits(card);
      count += !card.node.hidden;
    }
    for (const section of document.querySelectorAll("main section:has(> .card)")) {
      section.hidden = !section.querySelector(".card:not([hidden])");
    }
    for (const choice of choices) {
      const facet = facetOf(choice);
      const value = choice.dataset[facet];
      const found = cards.filter((card) => card.has(facet, value) && fits(card, facet));
      choice.querySelector("span").textContent = found.length;
      choice.parentNode.hidden = !found.length && state.get(facet) !== value;
      if (state.get(facet) !== value) choice.removeAttribute("aria-current");
      else {
        choice.setAttribute("aria-current", "true");
        const group = choice.closest("details");
        if (group) group.open = true;
      }
    }
    const narrowed = facets.concat("q").some((name) => state.get(name));
    status.textContent = `${cards.length} papers`;
    if (narrowed) {
      status.textContent = `${count} of ${cards.length} papers. `;
      const all = document.createElement("a");
      all.href = nav.dataset.all;
      all.textContent = "Show all";
      status.append(all);
    }
  };

  // A choice is a step in the history, which Back undoes. Typing changes the current one.
  const change = (values, { isStep }) => {
    for (const [name, value] of Object.entries(values)) {
      if (value) state.set(name, value);
      else state.delete(name);
    }
    const query = String(state);
    const url = query ? `?${query}` : location.pathname;
    if (isStep) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    show();
  };

  const choose = (event) => {
    const choice = event.target.closest("a");
    if (!choice || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const facet = facetOf(choice);
    if (facet) {
      const value = choice.dataset[facet];
      change({ [facet]: state.get(facet) === value ? "" : value }, { isStep: true });
    } else {
      field.value = "";
      change(Object.fromEntries(facets.concat("q").map((name) => [name, ""])), { isStep: true });
      field.focus();
    }
  };

  // On the page of one choice, which has no field, the others lead to theirs.
  if (field) {
    const start = () => {
      state = new URLSearchParams(location.search);
      field.value = state.get("q") || "";
      show();
    };
    addEventListener("popstate", start);
    field.addEventListener("input", () => change({ q: field.value.trim() }, { isStep: false }));
    field.form.addEventListener("submit", (event) => event.preventDefault());
    nav.addEventListener("click", choose);
    status.addEventListener("click", choose);
    if (location.search) start();
  }
}
