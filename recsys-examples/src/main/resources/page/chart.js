// Draws recall over event time as SVG, a legend whose buttons hide lines, and the same as a table.

const SVG = "http://www.w3.org/2000/svg";
const ORDER = ["blend", "session-neighbors", "neighbors", "recent-neighbors", "sequence", "factors",
  "category-trending", "trending", "content", "popularity"];
const SHOWN_FIRST = ["blend", "session-neighbors", "neighbors", "factors", "popularity"];
const MARGIN = { left: 44, right: 12, top: 10, bottom: 26 };

export function svg(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

const percent = (value) => value == null ? "–" : (100 * value).toFixed(1) + " %";

const time = (millis) => new Date(millis).toISOString().slice(5, 16).replace("T", " ");

const last = (values) => values.findLast((value) => value != null);

function niceStep(max) {
  const raw = max / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= raw);
}

export class RecallChart {
  constructor(root, legend, table) {
    this.root = root;
    this.legend = legend;
    this.table = table;
    this.hidden = new Set();
    this.buttons = new Map();
    this.recall = null;
    this.drawn = "";
    new ResizeObserver(() => this.draw()).observe(root);
  }

  show(recall) {
    const key = JSON.stringify(recall);
    if (key === this.drawn) return;
    this.drawn = key;
    this.recall = recall;
    this.sources = Object.keys(recall.bySource)
      .filter((source) => recall.bySource[source].some((value) => value > 0))
      .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
    this.updateLegend();
    this.draw();
    this.fillTable();
  }

  updateLegend() {
    for (const source of this.sources) {
      if (!this.buttons.has(source)) {
        if (!SHOWN_FIRST.includes(source)) this.hidden.add(source);
        this.addButton(source);
      }
      this.buttons.get(source).value.textContent = percent(last(this.recall.bySource[source]));
    }
  }

  addButton(source) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.source = source;
    button.setAttribute("aria-pressed", String(!this.hidden.has(source)));
    const swatch = document.createElement("span");
    swatch.className = "swatch";
    const value = document.createElement("span");
    button.append(swatch, source + " ", value);
    button.addEventListener("click", () => {
      if (!this.hidden.delete(source)) this.hidden.add(source);
      button.setAttribute("aria-pressed", String(!this.hidden.has(source)));
      this.draw();
    });
    const entry = document.createElement("li");
    entry.append(button);
    this.legend.append(entry);
    this.buttons.set(source, { value });
  }

  draw() {
    if (!this.recall || this.recall.windowEndMillis.length === 0) return;
    const { width, height } = this.root.getBoundingClientRect();
    if (width === 0) return;
    const times = this.recall.windowEndMillis;
    const visible = this.sources.filter((source) => !this.hidden.has(source));
    const max = Math.max(0.01, ...visible.flatMap((source) => this.recall.bySource[source]));
    const step = niceStep(max);
    const top = step * Math.ceil(max / step);
    const right = width - MARGIN.right;
    const bottom = height - MARGIN.bottom;
    const span = Math.max(1, times.at(-1) - times[0]);
    const x = (millis) => times.length === 1 ? MARGIN.left
      : MARGIN.left + (millis - times[0]) / span * (right - MARGIN.left);
    const y = (value) => bottom - value / top * (bottom - MARGIN.top);

    const nodes = [];
    for (let value = 0; value <= top + step / 2; value += step) {
      nodes.push(svg("line", { class: "grid", x1: MARGIN.left, x2: right, y1: y(value), y2: y(value) }));
      nodes.push(svg("text", { x: MARGIN.left - 6, y: y(value) + 4, "text-anchor": "end" }, Math.round(100 * value) + " %"));
    }
    nodes.push(svg("text", { x: MARGIN.left, y: height - 6 }, time(times[0])));
    if (times.length > 1) {
      nodes.push(svg("text", { x: right, y: height - 6, "text-anchor": "end" }, time(times.at(-1))));
    }
    for (const source of [...visible].reverse()) {
      nodes.push(...this.line(source, times, x, y));
    }
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.root.replaceChildren(...nodes);
    this.root.setAttribute("aria-label", "Recall at 10 in the last window: "
      + visible.map((source) => `${source} ${percent(last(this.recall.bySource[source]))}`).join(", "));
  }

  line(source, times, x, y) {
    const points = this.recall.bySource[source]
      .map((value, i) => value == null ? null : [x(times[i]), y(value)])
      .filter((point) => point !== null);
    const path = points.map(([px, py], i) => `${i === 0 ? "M" : "L"}${px.toFixed(1)} ${py.toFixed(1)}`).join("");
    const [endX, endY] = points.at(-1);
    return [svg("path", { d: path, "data-source": source }),
      svg("circle", { cx: endX, cy: endY, r: 3, "data-source": source })];
  }

  fillTable() {
    const row = (tag, cells) => {
      const tr = document.createElement("tr");
      cells.forEach((text, i) => {
        const cell = document.createElement(i === 0 ? "th" : tag);
        cell.textContent = text;
        cell.scope = tag === "th" ? "col" : i === 0 ? "row" : "";
        tr.append(cell);
      });
      return tr;
    };
    const rows = this.recall.windowEndMillis.map((millis, i) =>
      row("td", [time(millis), ...this.sources.map((source) => percent(this.recall.bySource[source][i]))]));
    this.table.replaceChildren(row("th", ["Window until (UTC)", ...this.sources]), ...rows);
  }
}
