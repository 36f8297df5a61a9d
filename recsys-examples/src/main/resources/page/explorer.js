// Builds a session, or picks a user, and shows what the job recommends, and why.

const byId = (id) => document.getElementById(id);

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function button(text, onClick) {
  const node = element("button", "", text);
  node.type = "button";
  node.addEventListener("click", onClick);
  return node;
}

const signed = (value) => (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2);

async function readJson(url, options) {
  const response = await fetch(url, options);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
}

export class Explorer {
  constructor() {
    this.mode = "session";
    this.session = [];
    this.user = "";
    this.titles = new Map();
    this.trending = [];
    this.places = new Map();
    this.asked = 0;
    byId("mode-session").addEventListener("click", () => this.setMode("session"));
    byId("mode-user").addEventListener("click", () => this.setMode("user"));
    byId("search").addEventListener("input", () => this.search());
    byId("clear").addEventListener("click", () => {
      this.setSession([]);
      byId("search").focus();
    });
    byId("user").addEventListener("change", () => this.setUser(byId("user").value.trim()));
    this.note("Add an item to begin.");
  }

  setMode(mode) {
    this.mode = mode;
    for (const name of ["session", "user"]) {
      byId(`mode-${name}`).setAttribute("aria-pressed", String(name === mode));
      byId(`${name}-side`).hidden = name !== mode;
    }
    this.places.clear();
    byId("list").replaceChildren();
    this.note(mode === "session" ? "Add an item to begin." : "Pick a user to begin.");
    this.refresh();
  }

  /** Takes what trends and who is active. Lists that the keyboard is in are left alone. */
  update(live) {
    live.trending.forEach((item) => this.titles.set(item.itemId, item.title));
    this.trending = live.trending;
    if (byId("search").value === "" && !byId("found").contains(document.activeElement)) {
      this.showFound("Trending now", this.trending.slice(0, 8));
    }
    if (!byId("users").contains(document.activeElement) && !byId("users").matches(":hover")) {
      byId("users").replaceChildren(...live.users.map((user) =>
        element("li", "", button(user, () => this.setUser(user)))));
    }
    if (this.mode === "user" && live.served) this.refresh();
  }

  async search() {
    const text = byId("search").value.trim();
    if (text === "") {
      this.showFound("Trending now", this.trending.slice(0, 8));
      return;
    }
    const items = await readJson("items.json?q=" + encodeURIComponent(text.slice(0, 100))).catch(() => []);
    if (byId("search").value.trim() !== text) return;
    items.forEach((item) => this.titles.set(item.itemId, item.title));
    this.showFound(items.length === 0 ? "Nothing found" : "Found", items);
  }

  showFound(title, items) {
    const ids = items.map((item) => item.itemId).join("\n");
    if (byId("found-title").textContent === title && this.foundIds === ids) return;
    this.foundIds = ids;
    byId("found-title").textContent = title;
    byId("found").replaceChildren(...items.map((item) => {
      const add = button(item.title, () => this.addItem(item.itemId));
      add.setAttribute("aria-label", `Add ${item.title} to the session`);
      return element("li", "", add);
    }));
  }

  addItem(itemId) {
    this.setSession([...this.session.filter((other) => other !== itemId), itemId].slice(-100));
  }

  setSession(itemIds) {
    this.session = itemIds;
    byId("session-empty").hidden = itemIds.length > 0;
    byId("clear").hidden = itemIds.length === 0;
    byId("session").replaceChildren(...itemIds.map((itemId) => {
      const remove = button(this.title(itemId), () => {
        this.setSession(this.session.filter((other) => other !== itemId));
        (byId("session").querySelector("button") ?? byId("search")).focus();
      });
      remove.setAttribute("aria-label", `Remove ${this.title(itemId)} from the session`);
      return element("li", "", remove);
    }));
    this.refresh();
  }

  setUser(user) {
    this.user = user;
    byId("user").value = user;
    this.places.clear();
    this.refresh();
  }

  title(itemId) {
    return this.titles.get(itemId) ?? itemId;
  }

  note(text) {
    if (byId("list-note").textContent !== text) byId("list-note").textContent = text;
  }

  async refresh() {
    const subject = this.mode === "session" ? this.session.join("\n") : this.user;
    const number = ++this.asked;
    if (subject === "") {
      byId("list").replaceChildren();
      this.places.clear();
      this.note(this.mode === "session" ? "Add an item to begin." : "Pick a user to begin.");
      return;
    }
    try {
      const list = await this.ask();
      await this.learnTitles(list);
      if (number === this.asked) this.show(list);
    } catch (failure) {
      if (number === this.asked) this.note("No answer: " + failure.message);
    }
  }

  ask() {
    return this.mode === "user"
      ? readJson(`recommendations/${encodeURIComponent(this.user)}?k=10&explain=true`)
      : readJson("recommendations", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ itemIds: this.session, k: 10, explain: true }),
      });
  }

  async learnTitles(list) {
    const unknown = new Set(list.items.flatMap((item) => [item.itemId, item.becauseItemId])
      .filter((id) => id && !this.titles.has(id)));
    if (unknown.size === 0) return;
    const query = [...unknown].map((id) => "id=" + encodeURIComponent(id)).join("&");
    const items = await readJson("items.json?" + query).catch(() => []);
    items.forEach((item) => this.titles.set(item.itemId, item.title));
  }

  show(list) {
    const largest = Math.max(1e-9, ...list.items.map((item) => this.positive(item)));
    const hadFocus = document.activeElement?.closest("#list li")?.dataset.itemId;
    const before = this.places;
    this.places = new Map(list.items.map((item, place) => [item.itemId, place]));
    byId("list").replaceChildren(...list.items.map((item, place) =>
      this.entry(item, largest, before.size === 0 ? null : this.move(before, item.itemId, place))));
    if (hadFocus) {
      const again = [...byId("list").children].find((li) => li.dataset.itemId === hadFocus);
      (again?.querySelector("button") ?? byId("search")).focus();
    }
    this.note(this.mode === "session"
      ? `For a visitor who turned to ${this.session.length} item${this.session.length === 1 ? "" : "s"}: first ${this.title(list.items[0]?.itemId)}.`
      : `For user ${list.userId}, with all that the job has learned of them.`);
  }

  positive(item) {
    return item.parts.reduce((sum, part) => sum + Math.max(0, part.score), 0);
  }

  move(before, itemId, place) {
    if (!before.has(itemId)) return { text: "new", isUp: true };
    const up = before.get(itemId) - place;
    return up === 0 ? null : { text: up > 0 ? `up ${up}` : `down ${-up}`, isUp: up > 0 };
  }

  entry(item, largest, move) {
    const title = element("span", "title", this.title(item.itemId));
    const li = element("li", move?.text === "new" ? "fresh" : "", title);
    li.dataset.itemId = item.itemId;
    if (move) {
      title.append(" ", element("span", move.isUp ? "move" : "move down", move.text));
    }
    const add = button("Add", () => {
      if (this.mode === "user") return;
      this.addItem(item.itemId);
    });
    add.setAttribute("aria-label", `Add ${this.title(item.itemId)} to the session`);
    li.append(this.mode === "session" ? add : "");
    const source = element("span", "source", element("span", "swatch"), item.source);
    source.dataset.source = item.source;
    const why = element("span", "why", source);
    if (item.becauseItemId) why.append(`, because of ${this.title(item.becauseItemId)}`);
    li.append(why);
    if (item.parts.length > 0) li.append(this.bar(item, largest), this.parts(item));
    return li;
  }

  bar(item, largest) {
    const bar = element("span", "bar");
    bar.setAttribute("aria-hidden", "true");
    for (const part of item.parts.filter((part) => part.score > 0)) {
      const segment = element("span");
      segment.dataset.source = part.source;
      segment.style.width = `${100 * part.score / largest}%`;
      bar.append(segment);
    }
    return bar;
  }

  parts(item) {
    const parts = [...item.parts].filter((part) => Math.abs(part.score) >= 0.005)
      .sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, 5)
      .map((part) => {
        const node = element("span", "", element("span", "swatch"), `${part.source} ${signed(part.score)}`);
        node.dataset.source = part.source;
        return node;
      });
    return element("span", "parts", `score ${item.score.toFixed(2)}`, ...parts);
  }
}
