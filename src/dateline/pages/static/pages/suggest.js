// Suggestions while a reader types: a combobox with a listbox, as the ARIA Authoring Practices have it. Without this script
// the same field sends the same form. Where no suggestion comes, nothing is said: the form is still there.

const PAUSE = 150; // milliseconds without a letter, before the server is asked
const LEAST = 2; // letters; one where a letter is a word
const UNSPACED = /[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]/u;

/** The suggestions of one answer, as docs/contracts/search.md says them. */
function read([, texts, kinds, addresses, { "dateline:languages": languages }]) {
  return texts.map((text, n) => ({ text, kind: kinds[n], language: languages[n], address: new URL(addresses[n]).pathname }));
}

function option({ text, kind, language }, id) {
  const words = Object.assign(document.createElement("span"), { textContent: text, lang: language, dir: "auto" });
  const made = Object.assign(document.createElement("li"), { id });
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.append(words);
  if (kind) made.append(" ", Object.assign(document.createElement("span"), { textContent: kind, className: "kind" }));
  return made;
}

class Combobox {
  suggestions = [];
  active = -1;
  timer = 0;
  asked = null; // the request that is on its way

  constructor(input, number) {
    this.input = input;
    this.list = Object.assign(document.createElement("ul"), { id: `suggestions-${number}`, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggestions);
    this.status = Object.assign(document.createElement("span"), { className: "unseen" });
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    this.close();
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.go([...this.list.children].indexOf(event.target.closest("li"))));
  }

  get open() {
    return !this.list.hidden;
  }

  wait() {
    clearTimeout(this.timer);
    this.asked?.abort();
    const typed = this.input.value.trim();
    if (typed.length < LEAST && !UNSPACED.test(typed)) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const asked = (this.asked = new AbortController());
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?${new URLSearchParams({ q: this.input.value.trimStart() })}`, { signal: asked.signal });
      if (answer.ok) this.show(read(await answer.json()));
    } catch {
      if (!asked.signal.aborted) this.close();
    }
  }

  show(suggestions) {
    if (document.activeElement !== this.input) return;
    this.suggestions = suggestions;
    this.list.replaceChildren(...suggestions.map((each, n) => option(each, `${this.list.id}-${n}`)));
    this.list.hidden = !suggestions.length;
    this.input.setAttribute("aria-expanded", String(this.open));
    this.status.textContent = `${this.input.dataset.suggestions}: ${new Intl.NumberFormat(document.documentElement.lang).format(suggestions.length)}`;
    this.choose(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
    this.choose(-1);
  }

  choose(active) {
    this.active = active;
    [...this.list.children].forEach((each, n) => each.setAttribute("aria-selected", String(n === active)));
    const chosen = this.list.children[active];
    if (!chosen) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  /** From the field down to the last, then back to the field; and the same way up. */
  move(by) {
    clearTimeout(this.timer); // who chooses does so among what he sees: an answer to his last letters would take it away
    this.asked?.abort();
    const places = this.suggestions.length + 1;
    this.choose(((this.active + 1 + by + places) % places) - 1);
  }

  go(number) {
    if (this.suggestions[number]) location.assign(this.suggestions[number].address);
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const deeds = this.open
      ? { ArrowDown: () => this.move(1), ArrowUp: () => this.move(-1), Escape: () => this.close(), ...(this.active >= 0 && { Enter: () => this.go(this.active) }) }
      : { ArrowDown: () => this.wait() };
    if (!deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input, number) => new Combobox(input, number));
