// Adds a button that copies the citation; without it, one click on the text selects it.
{
  const citation = document.querySelector(".citation");
  const list = document.querySelector(".citation + .pills");

  if (citation && list && navigator.clipboard) {
    const button = document.createElement("button");
    const item = document.createElement("li");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(citation.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(citation);
        button.textContent = "Selected: copy it with your keyboard";
      }
      setTimeout(() => {
        button.textContent = "Copy";
      }, 3000);
    });
    item.append(button);
    // At the end, so that nothing moves.
    list.append(item);
  }
}
