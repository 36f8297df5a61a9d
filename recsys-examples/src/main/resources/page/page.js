// Asks the job every second how it does, as long as the page is looked at.

import { RecallChart, svg } from "./chart.js";
import { Explorer } from "./explorer.js";

const INTERVAL_MILLIS = 1000;
const ENDED_INTERVAL_MILLIS = 5000;

const byId = (id) => document.getElementById(id);
const chart = new RecallChart(byId("chart"), byId("legend"), byId("table"));
const explorer = new Explorer();
const whole = new Intl.NumberFormat("en");
let isEnded = false;

function put(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

const number = (value, digits) => value == null ? "–" : value.toFixed(digits);
const percent = (value) => value == null ? "–" : (100 * value).toFixed(1) + " %";
const lastOf = (values) => values?.findLast((value) => value != null);

function showStatus(state, text) {
  byId("status").dataset.state = state;
  put("status", text);
}

function showTiles(live) {
  put("rate", live.eventsPerSecond.length === 0 ? "–" : whole.format(live.eventsPerSecond.at(-1)));
  put("events", whole.format(live.events));
  put("sessions", whole.format(live.sessions));
  put("recall", percent(lastOf(live.recall.bySource.blend)));
  put("baseline", percent(lastOf(live.recall.bySource.popularity)));
  put("p50", number(live.p50Millis, 1));
  put("p99", number(live.p99Millis, 1));
  put("lag", number(live.replicaLagMillis, 0));
  put("items", live.replicaItems == null ? "–" : whole.format(live.replicaItems));
}

function showSpark(rates) {
  if (rates.length < 2) return;
  const max = Math.max(1, ...rates);
  const line = rates.map((rate, i) =>
    `${i === 0 ? "M" : "L"}${(100 * i / (rates.length - 1)).toFixed(1)} ${(38 - 34 * rate / max).toFixed(1)}`).join("");
  const root = byId("spark");
  root.setAttribute("viewBox", "0 0 100 40");
  root.setAttribute("preserveAspectRatio", "none");
  root.replaceChildren(svg("path", { class: "area", d: `${line}L100 40L0 40Z` }),
    svg("path", { d: line, "vector-effect": "non-scaling-stroke" }));
}

function showTrending(items) {
  const max = Math.max(1e-9, ...items.map((item) => item.count));
  byId("trend").replaceChildren(...items.map((item) => {
    const li = document.createElement("li");
    const title = document.createElement("span");
    title.textContent = item.title;
    const count = document.createElement("span");
    count.className = "count";
    count.textContent = whole.format(Math.round(item.count));
    const bar = document.createElement("span");
    bar.className = "bar";
    bar.setAttribute("aria-hidden", "true");
    const filled = document.createElement("span");
    filled.style.width = `${100 * item.count / max}%`;
    bar.append(filled);
    li.append(title, count, bar);
    return li;
  }));
}

function show(live) {
  const isIdle = live.served && live.eventsPerSecond.at(-1) === 0;
  if (live.served) {
    showStatus("running", isIdle ? "All events read, still answering" : "Running");
  } else {
    showStatus(live.events > 0 ? "ended" : "starting", live.events > 0 ? "All events read" : "Starting");
  }
  showTiles(live);
  showSpark(live.eventsPerSecond);
  showTrending(live.trending);
  chart.show(live.recall);
  explorer.update(live);
}

async function look() {
  if (!document.hidden) {
    try {
      const response = await fetch("live.json");
      if (!response.ok) throw new Error("no answer");
      show(await response.json());
      isEnded = false;
    } catch (failure) {
      isEnded = true;
      showStatus("ended", "The job has ended; --keep-serving keeps it");
    }
  }
  setTimeout(look, isEnded ? ENDED_INTERVAL_MILLIS : INTERVAL_MILLIS);
}

look();
