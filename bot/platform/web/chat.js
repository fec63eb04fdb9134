// The chat of the open person: bubbles, cards, grey lines.
import { element, face, icon, once, state, t, tell, time, $ } from "./base.js";

const gap = 5 * 60 * 1000; // a time stamp after five quiet minutes
let items = [];
let shown = 0; // counts openings, so that a slow one does not win over a newer

export async function showChat(openid) {
  const mine = ++shown;
  items = []; // what arrives by the live line while the rest is on its way
  const answer = await fetch("/page/chat?user=" + encodeURIComponent(openid));
  const found = await answer.json();
  if (mine !== shown) return;
  const last = found.at(-1)?.seq ?? 0;
  items = [...found, ...items.filter((item) => item.seq > last)];
  draw();
  toEnd(true);
}

function draw() {
  const nodes = [];
  if (items.length >= 80) {
    const older = element("button", { className: "older", textContent: t("older"), onclick: loadOlder });
    older.dataset.testid = "older";
    nodes.push(older);
  }
  items.forEach((item, at) => nodes.push(...lines(item, items[at - 1])));
  $("log").replaceChildren(...nodes);
}

async function loadOlder() {
  const answer = await fetch("/page/chat?user=" + encodeURIComponent(state.user) + "&before=" + items[0].seq);
  const before = await answer.json();
  const log = $("log"), height = log.scrollHeight;
  items = [...before, ...items];
  draw();
  if (!before.length) log.querySelector(".older")?.remove();
  log.classList.add("jump");
  log.scrollTop = log.scrollHeight - height;
  log.classList.remove("jump");
}

export function addItem(item) {
  if (items.length && items.at(-1).seq >= item.seq) return;
  const log = $("log");
  const near = log.scrollHeight - log.scrollTop - log.clientHeight < 200;
  log.append(...lines(item, items.at(-1)));
  items.push(item);
  if (near || item.from === "person") toEnd(false);
}

function toEnd(jump) {
  const log = $("log");
  log.classList.toggle("jump", jump);
  log.scrollTop = log.scrollHeight;
  log.classList.remove("jump");
}

export function showTyping(on) {
  $("title").textContent = on ? t("typing") : state.account;
  const person = state.people.find((p) => p.openid === state.user);
  $("subtitle").textContent = person ? [person.name, person.role, person.place].filter(Boolean).join(" · ") : "";
}

function lines(item, before) {
  const nodes = [];
  if (!before || new Date(item.at) - new Date(before.at) > gap) {
    nodes.push(element("p", { className: "stamp", textContent: time(item.at) }));
  }
  if (item.kind === "notice" || item.kind === "banner") nodes.push(notice(item));
  else if (item.kind === "card") nodes.push(card(item));
  else nodes.push(line(item));
  return nodes;
}

function notice(item) {
  const node = element("p", { className: "notice" }, element("span", { textContent: item.text }));
  if (item.kind === "banner") {
    node.classList.add("fault");
    node.dataset.testid = "fault";
  }
  return node;
}

function line(item) {
  const own = item.from === "person";
  const bubble = element("div", { className: "bubble" });
  bubble.dataset.testid = own ? "bubble-out" : "bubble-in";
  bubble.dataset.seq = item.seq;
  (kinds[item.kind] ?? kinds.text)(bubble, item);
  const person = state.people.find((p) => p.openid === item.openid);
  const picture = own ? face(person?.name || item.openid) : face(state.account, true);
  return element("div", { className: "line " + (own ? "out" : "in") }, picture, bubble);
}

const kinds = {
  text(bubble, item) { bubble.append(...(item.runs ? item.runs.map((run, at) => runNode(run, item, at)) : [item.text || item.title || ""])); },
  image(bubble, item) {
    bubble.classList.add("bare");
    const picture = element("img", { src: item.media, alt: t("photo"), onload: () => keepEnd() });
    bubble.append(element("a", { href: item.media, target: "_blank", rel: "noopener" }, picture));
  },
  voice(bubble, item) {
    bubble.append(element("div", { className: "voice" }, icon("wave"), t("voice")));
    if (item.text) bubble.append(element("div", { className: "spoken", textContent: item.text }));
  },
  video(bubble, item) { bubble.append(element("video", { src: item.media, controls: true }), item.title || ""); },
  location(bubble, item) {
    bubble.classList.add("box");
    const where = item.lat.toFixed(6) + ", " + item.lng.toFixed(6);
    bubble.append(element("div", { className: "words" }, item.text || t("k_location"), element("small", { textContent: where })),
      element("div", { className: "map" }, icon("place")));
  },
  news: boxed, link: boxed, music: boxed, file: boxed,
};

// boxed is an article, a link, a song or a file.
function boxed(bubble, item) {
  bubble.classList.add("box");
  const words = element("div", { className: "words" }, item.title || item.text || "");
  if (item.title && item.text) words.append(element("small", { textContent: item.text }));
  const target = item.url || item.media;
  bubble.append(target ? element("a", { href: target, target: "_blank", rel: "noopener" }, words) : words);
}

function keepEnd() {
  const log = $("log");
  if (log.scrollHeight - log.scrollTop - log.clientHeight < 400) toEnd(true);
}

function runNode(run, item, at) {
  if (run.say) return option(run, item, at);
  if (!run.url) return document.createTextNode(run.text);
  const safe = /^https?:/i.test(run.url);
  return element("a", { className: "url", textContent: run.text, href: safe ? run.url : "#", target: "_blank", rel: "noopener" });
}

// option is a link that makes the person send its text.
function option(run, item, at) {
  const node = element("a", { className: "opt", href: "#", textContent: run.text });
  node.dataset.testid = "opt";
  node.setAttribute("role", "button");
  node.onclick = (event) => {
    event.preventDefault();
    if (once("opt " + item.seq + " " + at)) tell({ kind: "tap", text: run.say, id: run.id, menu: Boolean(run.menu) });
  };
  node.onkeydown = (event) => { if (event.key === " ") node.onclick(event); };
  return node;
}

function card(item) {
  const rows = element("dl");
  for (const row of item.rows || []) rows.append(element("dt", { textContent: row.name }), element("dd", { textContent: row.value }));
  const node = element("article", { className: "card" },
    element("header", { textContent: state.account + " · " + t("card_" + item.via) }),
    element("h3", { textContent: item.title }), rows);
  if (item.url) node.append(element("a", { href: item.url, target: "_blank", rel: "noopener", textContent: t("card_detail") }));
  node.dataset.testid = "card";
  return node;
}
