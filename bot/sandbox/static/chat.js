// The chat page's behaviour. Without it the page still works: every action is a form, every conversation a link.
// Messages arrive as HTML that the server rendered and escaped; here it is only parsed and put in place, never built.

const byId = (id) => document.getElementById(id);
const scroller = byId("scroller");
const jump = byId("jump");
const served = new Map(); // element id -> the HTML it was served as
let version = null;

// ---- showing what is new ------------------------------------------------------------------------------------------

const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
const toBottom = () => {
  scroller.scrollTop = scroller.scrollHeight;
  jump.hidden = true;
};

/** Makes `shown` hold what `fresh` holds, touching only children that changed, so that only news is read out. */
function renew(shown, fresh) {
  const wanted = new Set([...fresh.children].map((child) => child.id));
  for (const child of [...shown.children]) if (!wanted.has(child.id)) child.remove();
  [...fresh.children].forEach((child, index) => {
    const html = child.outerHTML;
    const old = byId(child.id);
    if (old && served.get(child.id) === html) return;
    served.set(child.id, html);
    if (old) swap(old, child);
    else shown.insertBefore(child, shown.children[index] ?? null);
  });
}

/** Replaces an element and keeps the keyboard's place in it. */
function swap(old, fresh) {
  const places = "a, button, summary, textarea";
  const place = [...old.querySelectorAll(places)].indexOf(document.activeElement);
  old.replaceWith(fresh);
  if (place < 0) return;
  const all = fresh.querySelectorAll(places);
  (all[Math.min(place, all.length - 1)] ?? byId("text") ?? scroller).focus({ preventScroll: true });
}

/** A part without keyed children is replaced whole; a half-typed message stays. */
function replacePart(shown, fresh) {
  if (served.get(shown.id) === fresh.outerHTML) return;
  served.set(shown.id, fresh.outerHTML);
  const draft = document.querySelector("textarea")?.value ?? "";
  const held = shown.contains(document.activeElement);
  swap(shown, fresh);
  const field = byId("text");
  if (fresh.id !== "composer" || !field) return;
  if (field.matches("textarea")) field.value = draft;
  if (held) field.focus();
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const stay = atBottom();
  const newest = byId("log").lastElementChild?.id;
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const keyed = part.matches("ol, ul");
    if (keyed) renew(byId(part.id), document.adoptNode(part));
    else replacePart(byId(part.id), document.adoptNode(part));
  }
  if (stay) toBottom();
  else if (byId("log").lastElementChild?.id !== newest) jump.hidden = false;
}

function remember() {
  for (const part of document.querySelectorAll("[data-part]")) {
    served.set(part.id, part.outerHTML);
    for (const child of part.children) if (child.id) served.set(child.id, child.outerHTML);
  }
}

// ---- waiting for news ---------------------------------------------------------------------------------------------

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Browsers open only a few connections to one address: a tab that nobody looks at must not hold one.
const looked = () =>
  document.hidden
    ? new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true })).then(looked)
    : null;

async function listen() {
  for (let failures = 0; ; ) {
    await looked();
    try {
      const since = version === null ? "" : `&since=${version}`;
      const answer = await fetch(document.body.dataset.updates + since, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      version = answer.headers.get("x-version");
      if (answer.status === 200) show(await answer.text());
      if (failures) toast("Connected again.");
      failures = 0;
    } catch {
      failures += 1;
      if (failures === 2) toast("The sandbox does not answer. Trying again…", 0);
      await pause(Math.min(500 * 2 ** failures, 8000));
    }
  }
}

// ---- saying and pressing ------------------------------------------------------------------------------------------

let hiding = 0;
function toast(words, milliseconds = 4000) {
  const place = byId("toast");
  clearTimeout(hiding);
  place.textContent = words;
  place.hidden = false;
  if (milliseconds) hiding = setTimeout(() => (place.hidden = true), milliseconds);
}

function tell(answer) {
  if (answer.url) window.open(answer.url, "_blank", "noopener");
  if (!answer.text) return;
  if (!answer.alert) return toast(answer.text);
  byId("alert-text").textContent = answer.text;
  byId("alert").showModal();
}

async function submit(form, submitter) {
  const data = new FormData(form, submitter);
  const file = form.id === "say" ? byId("file") : null;
  const attached = Boolean(file?.files.length);
  if (!attached) data.delete("file");
  const body = attached ? data : new URLSearchParams(data);
  const field = form.id === "say" ? byId("text") : null;
  const draft = field?.value;
  if (field) field.value = "";
  submitter?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    const content = await answer.json();
    if (!answer.ok) throw new Error(content.text);
    if (attached) file.value = "";
    tell(content);
  } catch (error) {
    if (field && !field.value) field.value = draft;
    toast(error instanceof TypeError ? "The sandbox does not answer." : error.message);
  } finally {
    submitter?.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  if (event.submitter?.getAttribute("aria-busy")) return;
  if (byId("menu")?.contains(event.submitter)) {
    if (byId("text").value.startsWith("/")) byId("text").value = ""; // what was typed to find the command
    closeMenu(true);
  } else closeMenu(false);
  if (form.id !== "press") toBottom();
  submit(form, event.submitter);
});

// Enter sends, Shift+Enter begins a line.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("textarea")) return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.form.requestSubmit();
});

// ---- the command menu ---------------------------------------------------------------------------------------------

function closeMenu(refocus) {
  const menu = byId("menu");
  if (!menu?.open) return;
  menu.open = false;
  filterMenu("");
  if (refocus) byId("text").focus();
}

function filterMenu(typed) {
  let any = false;
  for (const item of document.querySelectorAll("#menu li")) {
    item.hidden = !item.firstElementChild.value.startsWith(typed);
    any ||= !item.hidden;
  }
  return any;
}

document.addEventListener("input", (event) => {
  const menu = byId("menu");
  if (event.target.id !== "text" || !menu) return;
  const typed = event.target.value;
  menu.open = filterMenu(typed.startsWith("/") ? typed : "") && typed.startsWith("/");
});

document.addEventListener("keydown", (event) => {
  const menu = byId("menu");
  if (!menu?.open) return;
  if (event.key === "Escape") return closeMenu(true);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const choices = [...menu.querySelectorAll("li:not([hidden]) button")];
  const place = choices.indexOf(document.activeElement);
  const next = place < 0 && step < 0 ? choices.length - 1 : place + step;
  (choices[next] ?? byId("text")).focus();
});

document.addEventListener("click", (event) => {
  const menu = byId("menu");
  if (menu?.open && !menu.contains(event.target) && event.target.id !== "text") closeMenu(false);
});

// ---- the rest -----------------------------------------------------------------------------------------------------

byId("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  toast(dark ? "Light." : "Dark.");
});

jump.addEventListener("click", () => {
  toBottom();
  byId("text").focus();
});
scroller.addEventListener("scroll", () => {
  if (atBottom()) jump.hidden = true;
});
scroller.addEventListener("load", (event) => event.target.matches("img") && atBottom() && toBottom(), true);

remember();
toBottom();
document.querySelector(".contact[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
if (matchMedia("(pointer: fine)").matches) byId("text")?.focus({ preventScroll: true });
document.documentElement.dataset.ready = "";
listen();
