// Posting, replying and voting in place, and what came out since. Everything here works without it, too: the script sends the
// forms that stand on the page, and shows what the server's own answer says. It renders nothing itself.

const section = document.getElementById("comments");
const words = section.querySelector(".words-of-script").dataset;
const status = section.querySelector(".comments-status");
const number = new Intl.NumberFormat(document.documentElement.lang);
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const say = (text) => { status.textContent = text; };

/** Storage that may be full or forbidden: then nothing is kept, and nothing breaks. */
const keep = (store, key, value) => { try { value ? store().setItem(key, value) : store().removeItem(key); } catch { /* see above */ } };
const kept = (store, key) => { try { return store().getItem(key); } catch { return null; } };
const session = () => sessionStorage;
const local = () => localStorage;

/** Send a form and read the page that answers. Throws where nobody answers, or a server that is out of order does. */
async function send(form, more = {}) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body });
  if (answer.status >= 500) throw new Error(answer.statusText);
  return { answer, page: parse(await answer.text()) };
}

function focus(element) {
  element.tabIndex = -1;
  element.focus();
}

// -- Writing --------------------------------------------------------------------------------------------------------------

const form = document.getElementById("write");
const title = form.querySelector("#write-title");
const home = { place: document.createComment("the form"), title: [...title.childNodes], parent: form.elements.parent?.value ?? "" };
form.before(home.place);
let token = "";

/** A name for this one submission, so that a retry adds nothing (docs/contracts/comments.md). */
function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is there over https alone
  return crypto.randomUUID?.() ?? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const draft = () => `comment ${form.getAttribute("action")} ${form.elements.parent?.value ?? ""}`;
const NAME = "comment name";

function saveDraft() {
  keep(session, draft(), form.elements.comment.value);
  if (form.elements.name && !own) keep(session, NAME, form.elements.name.value);
}

function restoreDraft() {
  const { comment, name } = form.elements;
  if (!comment.value) comment.value = kept(session, draft()) ?? "";
  if (name && !name.value) name.value = kept(session, NAME) ?? "";
}

function answer(number) {
  let field = form.elements.parent;
  if (!number) return field?.remove();
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "parent" });
    form.append(field);
  }
  field.value = number;
}

/** Bring the form to where it stood when the page came. */
function bringHome() {
  if (form.classList.contains("in-place")) form.elements.comment.value = "";
  form.classList.remove("in-place");
  form.querySelector(".cancel")?.remove();
  home.place.after(form);
  title.replaceChildren(...home.title);
  answer(home.parent);
  clearErrors();
  restoreDraft();
}

function clearErrors() {
  form.querySelectorAll(".error").forEach((error) => error.remove());
  form.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
  form.querySelectorAll("[aria-invalid]").forEach((box) => ["aria-invalid", "aria-describedby"].forEach((name) => box.removeAttribute(name)));
}

function replyTo(letter) {
  saveDraft();
  bringHome();
  const name = Object.assign(document.createElement("bdi"), { textContent: letter.querySelector(".name").textContent });
  title.replaceChildren(words.replyTo, " ", name);
  const cancel = Object.assign(document.createElement("button"), { type: "button", className: "cancel", textContent: words.cancel });
  cancel.addEventListener("click", () => {
    saveDraft();
    bringHome();
    letter.querySelector(".answer").focus();
  });
  form.querySelector("button:not(.cancel)").after(cancel);
  form.classList.add("in-place");
  form.elements.comment.value = "";
  answer(letter.id.replace("comment-", ""));
  letter.after(form);
  restoreDraft();
  form.elements.comment.focus();
}

function showErrors(page) {
  for (const field of page.querySelectorAll("#write .field")) {
    const box = field.querySelector("textarea, input");
    form.querySelector(`#${box.id}`)?.closest(".field").replaceWith(document.adoptNode(field));
  }
  showOwnName();
  form.querySelector("[aria-invalid]")?.focus();
}

function showMessage(message) {
  section.querySelectorAll(".thanks, .refused").forEach((old) => old.remove());
  form.before(document.adoptNode(message));
  focus(message);
}

function unsent() {
  form.querySelector(".unsent")?.remove();
  const message = Object.assign(document.createElement("p"), { className: "error unsent", role: "alert", textContent: words.unsent });
  form.querySelector(".send").before(message);
}

async function submit(event) {
  event.preventDefault();
  const button = form.querySelector("button:not(.cancel)");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  token ||= newToken();
  try {
    const { answer: got, page } = await send(form, { form: token });
    const thanks = page.getElementById("thanks");
    const refused = page.getElementById("refused");
    clearErrors();
    if (thanks) {
      keep(session, draft(), null);
      form.elements.comment.value = "";
      token = "";
      showMessage(thanks);
    } else if (page.querySelector("#write [aria-invalid]")) showErrors(page);
    else if (refused) showMessage(refused);
    else location.assign(got.redirected ? got.url : form.action); // the story was withdrawn, or the site has more to ask
  } catch {
    unsent();
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** The page is the same for everybody: whose name will stand under it is asked when somebody begins to write. */
let own = "";

function showOwnName() {
  const box = form.elements.name;
  if (!own || !box) return;
  box.value = own;
  box.readOnly = true;
  form.querySelector(".own-name").textContent = words.signedIn;
}

async function askWho() {
  try {
    const reply = await fetch(form.dataset.who, { cache: "no-store" });
    if (reply.ok) own = (await reply.json()).name;
    showOwnName();
  } catch { /* what the page says without a script holds */ }
}

if (form.dataset.who) form.addEventListener("focusin", askWho, { once: true });
form.addEventListener("submit", submit);
form.addEventListener("input", saveDraft);
if (!form.querySelector("[aria-invalid]")) restoreDraft();

section.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // as readers open a tab
  const link = event.target.closest("a");
  if (link?.matches(".letter .answer")) {
    event.preventDefault();
    replyTo(link.closest(".letter"));
  } else if (link?.getAttribute("href") === "#write") {
    if (form.classList.contains("in-place")) saveDraft();
    bringHome();
  }
});

// -- Votes ------------------------------------------------------------------------------------------------------------------

const VALUED = "valued comments";
const valued = new Set((kept(local, VALUED) ?? "").split(" ").filter(Boolean).slice(-500));

/** The page is the same for everybody; which comments this reader valued, only his browser knows. */
function showVotes(root) {
  for (const button of root.querySelectorAll(".value button")) {
    button.setAttribute("aria-pressed", String(valued.has(button.closest(".letter").id)));
  }
}

async function vote(event) {
  const value = event.target.closest("form.value");
  if (!value) return;
  event.preventDefault();
  const letter = value.closest(".letter");
  const button = value.querySelector("button");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  letter.querySelector(".told")?.remove();
  try {
    const { page } = await send(value, { deed: valued.has(letter.id) ? "take-back" : "value" });
    showVote(letter, page);
  } catch {
    tell(letter, words.unsent);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

function showVote(letter, page) {
  const told = page.getElementById("told");
  const count = page.querySelector(`#${letter.id} .value .count`);
  if (count) letter.querySelector(".value .count").replaceWith(document.adoptNode(count));
  if (!told || told.matches(".refused")) return tell(letter, told ? told.textContent.trim() : words.unsent);
  told.querySelector("form") ? valued.add(letter.id) : valued.delete(letter.id);
  keep(local, VALUED, [...valued].join(" "));
  showVotes(letter);
  say(told.querySelector("p").textContent);
}

function tell(letter, text) {
  const told = Object.assign(document.createElement("p"), { className: "error told", role: "alert", textContent: text });
  letter.querySelector("footer").after(told);
}

section.addEventListener("submit", vote);
showVotes(section);

// -- What came out since -------------------------------------------------------------------------------------------------------

const SECONDS = { first: 30, most: 300 };
const fresh = section.querySelector(".new-comments");
const found = new Set();
let last = Number(section.dataset.last);
let wait = SECONDS.first;
let timer = 0;
let asked = Date.now();

function askLater() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, Math.max(0, asked + wait * 1000 - Date.now()));
}

/** Ask what came out, while somebody looks; ever more seldom, as long as nothing does. */
async function ask() {
  asked = Date.now();
  try {
    const reply = await fetch(`${section.dataset.since}?after=${last}`);
    if (reply.status === 404 || reply.status === 410) return; // the thread is closed
    if (reply.ok) note((await reply.json()).comments);
  } catch { /* the network comes back, or does not */ }
  askLater();
}

function note(comments) {
  wait = comments.length ? SECONDS.first : Math.min(wait * 1.5, SECONDS.most);
  last = comments.at(-1) ?? last;
  comments.filter((id) => !document.getElementById(`comment-${id}`)).forEach((id) => found.add(id));
  if (!found.size) return;
  fresh.hidden = false;
  fresh.querySelector("button").textContent = words.fresh.replace("{}", number.format(found.size));
}

async function show() {
  const button = fresh.querySelector("button");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  try {
    const thread = parse(await (await fetch(section.dataset.thread, { cache: "no-cache" })).text());
    const shown = [];
    for (const id of [...found].sort((one, other) => one - other)) {
      if (document.getElementById(`comment-${id}`)) continue;
      const letter = thread.getElementById(`comment-${id}`) ?? (await alone(id));
      if (letter && place(document.adoptNode(letter))) shown.push(letter);
    }
    found.clear();
    fresh.hidden = true;
    if (!shown.length) return location.assign(section.dataset.thread);
    shown.forEach(showVotes);
    focus(shown.at(-1));
  } catch {
    button.textContent = words.unread;
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** A comment that the thread's first page does not hold, from its own. */
async function alone(id) {
  const reply = await fetch(`${section.dataset.thread}${id}/`);
  return reply.ok ? parse(await reply.text()).getElementById(`comment-${id}`) : null;
}

/** Put a letter where the page would have it: a reply after what it answers and was answered before, any other first. */
function place(letter) {
  letter.classList.add("new");
  const depth = Number(letter.dataset.depth);
  const letters = section.querySelector(".letters");
  letters.querySelector(".none")?.remove();
  if (!depth) return letters.prepend(letter) ?? true;
  let after = document.getElementById(`comment-${letter.dataset.parent}`);
  if (!after) return false;
  const deeper = (next) => next?.matches(".letter") && Number(next.dataset.depth) >= depth;
  while (deeper(after.nextElementSibling)) after = after.nextElementSibling;
  after.after(letter);
  return true;
}

if (section.dataset.since) {
  fresh.querySelector("button").addEventListener("click", show);
  document.addEventListener("visibilitychange", askLater);
  askLater();
}
