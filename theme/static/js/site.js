// What every page has: `/` and Ctrl-K lead to the search, and "BibTeX" copies a paper's entry.
// Without it, the links lead to the search and to the entry on the paper's page.
{
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey;
    const isK = event.key === "k" && event.ctrlKey !== event.metaKey;
    if (isTyping || event.altKey || !(isSlash || isK)) return;
    event.preventDefault();
    const field = document.querySelector("form[data-search] input");
    if (field) field.focus();
    else location.assign(document.querySelector("a[data-search]").href);
  });

  const report = (control, text) => {
    control.dataset.label ??= control.textContent;
    control.setAttribute("aria-live", "polite");
    control.textContent = text;
    setTimeout(() => {
      control.textContent = control.dataset.label;
    }, 3000);
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-cite]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
    event.preventDefault();
    try {
      const answer = await fetch(new URL(link.dataset.cite, link.href));
      if (!answer.ok) throw new Error(answer.status);
      await navigator.clipboard.writeText(await answer.text());
      report(link, "Copied");
    } catch {
      location.assign(link.href);
    }
  });

  const citation = document.querySelector(".citation");
  if (citation && navigator.clipboard) {
    const button = document.createElement("button");
    button.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(citation.textContent);
        report(button, "Copied");
      } catch {
        getSelection().selectAllChildren(citation);
        report(button, "Selected: copy it with your keyboard");
      }
    });
    citation.after(button);
  }
}
