// The browser's half of the preview: shows what is new and what is wrong, as the server tells.
{
  const KEY = "_preview";
  const PLACES = "body :is(h1, h2, h3, h4, h5, h6, p, li, dt, dd, pre, tr, figure, summary)";
  const FOCUS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const { server, version } = document.currentScript.dataset;
  const make = (name, words = "") => {
    const node = document.createElement(name);
    node.textContent = words;
    return node;
  };

  // Nodes by what they say, which stays the same when others come before them.
  const named = (selector) => {
    const found = new Map();
    const counts = new Map();
    for (const node of document.querySelectorAll(selector)) {
      const says = node.localName === "details" ? node.querySelector("summary") : node;
      const words = `${node.localName} ${says?.textContent.trim().slice(0, 200)}`;
      counts.set(words, (counts.get(words) ?? 0) + 1);
      found.set(`${words} ${counts.get(words)}`, node);
    }
    return found;
  };

  let leaving = false;
  addEventListener("beforeunload", () => {
    leaving = true;
    // Where we reload, we bring back the place. Not told later, for the browser would, too.
    history.scrollRestoration = sessionStorage.getItem(KEY) ? "manual" : "auto";
  });
  const reload = () => {
    if (leaving) {
      // It would end the way to another page, which has waited for the same update.
      setTimeout(() => {
        leaving = false;
        reload();
      }, 1000);
      return;
    }
    const places = [];
    for (const [name, node] of named(PLACES)) {
      const { top, bottom, height } = node.getBoundingClientRect();
      if (height && bottom > 0 && top < innerHeight) places.push([name, top]);
    }
    const open = [...named("details")].map(([name, node]) => [name, node.open]);
    const focus = [...named(FOCUS)].find(([, node]) => node === document.activeElement)?.[0];
    const kept = { path: location.pathname, x: scrollX, y: scrollY, places, open, focus };
    sessionStorage.setItem(KEY, JSON.stringify(kept));
    location.reload();
  };

  const restore = ({ path, x, y, places, open, focus }) => {
    if (path !== location.pathname) return;
    const details = named("details");
    for (const [name, state] of open) if (details.has(name)) details.get(name).open = state;
    named(FOCUS).get(focus)?.focus({ preventScroll: true });
    // To what was read, wherever that is now; at the top, a page stays there.
    const scroll = () => {
      const now = named(PLACES);
      const [name, top] = (y && places.find(([name]) => now.has(name))) || [];
      const at = name ? now.get(name).getBoundingClientRect().top + scrollY - top : y;
      scrollTo({ left: x, top: at, behavior: "instant" });
    };
    let touched = false;
    const touch = () => {
      touched = true;
    };
    for (const type of ["wheel", "keydown", "pointerdown"]) addEventListener(type, touch);
    scroll();
    addEventListener("load", () => {
      // What came late has moved it.
      if (!touched) scroll();
    });
  };

  let coming = [];
  const restyle = (number) => {
    for (const link of coming) link.remove();
    coming = [];
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      const link = old.cloneNode();
      address.searchParams.set("v", number);
      link.href = address;
      const end = (node) => () => {
        // A newer change may have taken it away after it was loaded, and before this event.
        if (!coming.includes(link)) return;
        node.remove();
        coming = coming.filter((one) => one !== link);
      };
      // The old one stays until then, so that nothing flashes.
      link.addEventListener("load", end(old));
      link.addEventListener("error", end(link));
      coming.push(link);
      old.after(link);
    }
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial !important; position: fixed !important; inset: auto 0 0 !important;
      z-index: 2147483647 !important; }
    section > div { font: 15px/1.5 system-ui, sans-serif; position: relative; color: #1c1b1a;
      background: #fdf3f1; border-top: 3px solid #b3261e; overflow-wrap: anywhere; }
    ul { margin: 0; padding: 0; list-style: none; }
    section > div > details > div { max-height: 40vh; overflow: auto; padding: 0 16px 8px; }
    code { font: 13px/1.5 ui-monospace, monospace; margin-inline-end: 8px; }
    summary { min-height: 24px; cursor: pointer; }
    section > div > details > summary { padding: 8px 48px 8px 16px; white-space: nowrap;
      overflow: hidden; text-overflow: ellipsis; }
    b { color: #a01f18; margin-inline-end: 8px; }
    [open] > summary > span { display: none; }
    button { position: absolute; inset: 6px 12px auto auto; width: 28px; height: 28px;
      font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 4px;
      cursor: pointer; }
    :focus-visible { outline: 2px solid; outline-offset: -2px; }
    @media (prefers-color-scheme: dark) {
      section > div { color: #f2eae8; background: #2a1614; border-color: #f2897f; }
      b { color: #ffb4ab; }
    }
    @media print { :host { display: none !important; } }
  `);
  // Room below the page, so that its end can be read above the panel.
  const room = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];
  const host = document.createElement("div");
  const panel = make("section");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  // There before it says something, or nobody hears what it says.
  panel.setAttribute("role", "status");
  root.append(panel);
  document.documentElement.append(host);

  const list = (problems) => {
    const items = make("ul");
    for (const { where, what } of problems) {
      const item = make("li");
      item.append(make("code", where), what);
      items.append(item);
    }
    return items;
  };

  const count = (problems, word) => `${problems.length} ${word}${problems.length > 1 ? "s" : ""}`;

  let shown = "[]";
  const show = (problems) => {
    const text = JSON.stringify(problems);
    const closed = sessionStorage.getItem(`${KEY}-closed`) === text;
    if (!closed) sessionStorage.removeItem(`${KEY}-closed`);
    if (text === shown) return;
    shown = text;
    panel.replaceChildren();
    if (!problems.length || closed) return;
    const notices = problems.filter(({ notice }) => notice);
    const wrong = problems.filter(({ notice }) => !notice);
    const box = make("div");
    const folded = make("details");
    const summary = make("summary");
    const inner = make("div");
    const counts = [
      ...(wrong.length ? [count(wrong, "problem")] : []),
      ...(notices.length ? [count(notices, "notice")] : []),
    ];
    const [first] = [...wrong, ...notices];
    summary.append(make("b", counts.join(", ")), make("span", `${first.where} ${first.what}`));
    if (wrong.length) inner.append(list(wrong));
    if (wrong.length && notices.length) {
      const more = make("details");
      more.append(make("summary", count(notices, "notice")), list(notices));
      inner.append(more);
    } else if (notices.length) inner.append(list(notices));
    // It stays as it was left, on each page.
    folded.open = sessionStorage.getItem(`${KEY}-open`) === "yes";
    folded.addEventListener("toggle", () => {
      sessionStorage.setItem(`${KEY}-open`, folded.open ? "yes" : "no");
    });
    folded.append(summary, inner);
    const close = make("button", "×");
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => {
      sessionStorage.setItem(`${KEY}-closed`, text);
      panel.replaceChildren();
    });
    box.append(folded, close);
    panel.append(box);
  };

  new ResizeObserver(() => {
    const height = panel.getBoundingClientRect().height;
    room.replaceSync(`@media screen { :root { padding-bottom: ${height}px !important;
      scroll-padding-bottom: ${height}px !important; } }`);
  }).observe(panel);

  let style = Number(version);
  let last = -1;
  const take = (state) => {
    if (state.server !== server || state.pages > version) reload();
    else if (state.number > last) {
      last = state.number;
      show(state.problems);
      if (state.style > style) restyle((style = state.style));
    }
  };

  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (kept) restore(JSON.parse(kept));

  // Browsers open six connections to a server: one page has the stream, and tells the others.
  const channel = new BroadcastChannel(KEY);
  const listen = () => {
    const source = new EventSource(`/${KEY}/events`);
    for (const type of ["state", "pages", "style", "problems"]) {
      source.addEventListener(type, ({ data }) => {
        channel.postMessage(JSON.parse(data));
        take(JSON.parse(data));
      });
    }
    return new Promise(() => {});
  };
  channel.addEventListener("message", ({ data }) => take(data));
  navigator.locks.request(KEY, listen);
  fetch(`/${KEY}/state`).then(async (answer) => take(await answer.json()));
}
