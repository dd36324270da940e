// One comment after another, by keyboard. Every deed is a form of the page, which works without this script; here it is
// sent behind the moderator's back while the next comment, fetched ahead, is shown at once.

const desk = document.querySelector("#reading");
const list = desk.querySelector(".reading-list");
const said = desk.querySelector(".reading-said");
const nothing = desk.querySelector(".reading-nothing");
const token = desk.querySelector("[name=csrfmiddlewaretoken]").value;
const words = desk.dataset;

const FEW = 5; // fewer than this, and more are fetched
const RENEW = 2 * 60 * 1000; // leases last five minutes
const LOOK_AGAIN = 15 * 1000;

let now = null; // the comment that is shown
let choosing = ""; // "reason" or "term", while a digit is awaited
let awaitsWords = null; // the button that was chosen, and needs its words first
let skipped = [];
let fetching = false;
let sending = Promise.resolve(); // deeds reach the desk in the order in which they were done
let unsent = 0;
const decided = new Set();

const waiting = () => [...list.children];
const say = (text) => { said.textContent = text; };

function show(article) {
  now = article;
  for (const each of waiting()) each.hidden = each !== now;
  nothing.hidden = Boolean(now) || fetching;
  choose("");
  awaitsWords = null;
  if (!now) return;
  now.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function choose(what) {
  choosing = what;
  if (now) now.dataset.choosing = what;
  if (what === "reason") say(words.chooseReason);
  if (what === "term") say(words.chooseTerm);
}

// -- What is sent ----------------------------------------------------------------------------------

async function post(address, data) {
  const response = await fetch(address, {
    method: "POST", body: data, headers: { "X-CSRFToken": token, Accept: "application/json" }, keepalive: true,
  });
  if (!response.ok || response.redirected) throw new Error(`${response.status}`);
  return response.json();
}

function afterwards(deed) {
  desk.dataset.unsent = ++unsent;
  sending = sending.then(deed).catch(() => say(words.signedOut)).finally(() => { desk.dataset.unsent = --unsent; });
}

// Who leaves while a decision is on its way is asked whether he means it: the comment would go back to the queue.
addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });

function take(article) {
  const rest = waiting();
  const place = rest.indexOf(article);
  decided.add(article.dataset.comment);
  article.remove();
  show(rest[place + 1] || rest[place - 1] || null);
  if (waiting().length < FEW) more();
}

function putBack(article) {
  decided.delete(article.dataset.comment);
  list.prepend(article);
  show(article);
}

function decide(article, form, button) {
  const data = new FormData(form, button);
  if (button.value === "illegal" && !data.get("words").trim()) return askForWords(article, button);
  take(article);
  afterwards(async () => {
    let answer;
    try {
      answer = await post(form.action, data);
    } catch (error) {
      putBack(article);
      throw error;
    }
    say(answer.said);
    if (!answer.done && !answer.gone) putBack(article);
  });
}

function askForWords(article, button) {
  awaitsWords = button;
  article.querySelector("textarea").focus();
  say(words.nameLaw);
}

function skip(article, form) {
  skipped = [...skipped, article.dataset.comment].slice(-200);
  take(article);
  decided.delete(article.dataset.comment);
  say(words.skipped);
  afterwards(() => post(form.action, new FormData(form)));
}

function undo() {
  afterwards(async () => {
    const answer = await post(words.undo, new FormData());
    say(answer.said);
    if (!answer.done) return;
    decided.delete(`${answer.comment}`);
    await add({ only: answer.comment }, true);
  });
}

// -- What is fetched -------------------------------------------------------------------------------

async function add(asked, first = false) {
  const address = `${words.batch}?${new URLSearchParams({ queue: words.queue, ...asked })}`;
  const response = await fetch(address);
  if (!response.ok || response.redirected) throw new Error(`${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const known = new Set(waiting().map((each) => each.dataset.comment));
  const fresh = [...page.querySelectorAll("article")].filter(
    ({ dataset: { comment } }) => !known.has(comment) && !decided.has(comment),
  );
  for (const article of fresh) article.hidden = true;
  list[first ? "prepend" : "append"](...fresh);
  if (fresh.length && (first || !now)) show(fresh[0]);
  return fresh.length;
}

async function more() {
  if (fetching) return;
  fetching = true;
  try {
    const have = [...decided, ...waiting().map((each) => each.dataset.comment)].slice(-200).join();
    const came = await add({ have, skipped: skipped.join() });
    if (!came && !now && skipped.length) {
      skipped = []; // once round: they come again
      fetching = false;
      await more();
    }
  } catch {
    say(words.signedOut);
  }
  fetching = false;
  nothing.hidden = Boolean(now);
}

async function renew() {
  if (document.hidden || !waiting().length) return;
  const data = new FormData();
  data.set("have", waiting().map((each) => each.dataset.comment).join());
  const held = new Set((await post(words.renew, data)).held.map(String));
  for (const article of waiting().filter((each) => !held.has(each.dataset.comment))) {
    if (article === now) say(words.taken);
    const rest = waiting().filter((each) => each !== article);
    article.remove();
    if (article === now) show(rest[0] || null);
  }
}

// -- What the moderator does -----------------------------------------------------------------------

const press = (selector) => now?.querySelector(selector)?.click();

const KEYS = {
  a: () => press("button[value=approve]"),
  r: () => choose("reason"),
  b: () => choose("term"),
  s: () => press("button[name=skip]"),
  u: undo,
  j: () => show(now?.nextElementSibling || now),
  k: () => show(now?.previousElementSibling || now),
};

// By the letter that was typed; by the key's place where the keyboard types another script.
function typed(event) {
  if (/^[a-z1-9]$/i.test(event.key)) return event.key.toLowerCase();
  return /^(?:Key|Digit|Numpad)([A-Z1-9])$/.exec(event.code)?.[1].toLowerCase() || "";
}

function digit(key) {
  if (choosing === "term") {
    const select = now.querySelector("select[name=term]");
    if (!select || !select.options[key]) return;
    select.selectedIndex = key;
    choose("reason");
  } else {
    choose("");
    now.querySelectorAll(".reasons button")[key - 1]?.click();
  }
}

desk.addEventListener("submit", (event) => {
  const article = event.target.closest("article.reading");
  const button = event.submitter;
  if (!article && !event.target.matches(".reading-undo")) return;
  event.preventDefault();
  if (!article) undo();
  else if (button?.name === "skip") skip(article, event.target);
  else if (button) decide(article, event.target, button);
});

document.addEventListener("keydown", (event) => {
  const inField = event.target.closest?.("input, textarea, select, [contenteditable], [role=dialog]");
  if (event.key === "Escape" && (choosing || awaitsWords)) {
    if (awaitsWords) now?.focus();
    const term = now?.querySelector("select[name=term]");
    if (term) term.selectedIndex = 0;
    choose("");
    awaitsWords = null;
    say("");
  } else if (inField && event.key === "Enter" && !event.shiftKey && awaitsWords && event.target.name === "words") {
    event.preventDefault();
    awaitsWords.click();
  }
  if (inField || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const key = typed(event);
  const deed = choosing && now && /[1-9]/.test(key) ? () => digit(Number(key)) : KEYS[key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

desk.querySelector(".keys").hidden = false;
show(waiting()[0] || null);
more();
setInterval(() => renew().catch(() => say(words.signedOut)), RENEW);
setInterval(() => { if (!now && !document.hidden) more(); }, LOOK_AGAIN);
