// "BibTeX" copies a paper's entry; without it, the link leads to the entry on the paper's page.
{
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
      const answer = await fetch(link.dataset.cite);
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
