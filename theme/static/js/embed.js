// A click on a video or map loads it in place of the link. Before that, nothing is requested from its host.
addEventListener("click", (event) => {
  const link = event.target.closest("a[data-frame^='https://']");
  if (!link || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const { width, height } = link.getBoundingClientRect();
  const frame = document.createElement("iframe");
  frame.className = link.className;
  frame.title = link.querySelector("img")?.alt || link.firstElementChild.textContent;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // YouTube plays nothing for a page that does not say where it is.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  // It may do as in a page of its own, but not lead this page elsewhere.
  frame.sandbox =
    "allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation " +
    "allow-same-origin allow-scripts";
  frame.style.aspectRatio = `${width} / ${height}`;
  frame.src = link.dataset.frame;
  link.replaceWith(frame);
  frame.focus();
});

// It acts as a button, so the space bar presses it too.
for (const link of document.querySelectorAll("a[data-frame]")) {
  link.setAttribute("role", "button");
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      link.click();
    }
  });
}
