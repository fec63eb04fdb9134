// The phone page: who there is, whose phone is open, and the live line.
import { act, alertText, element, face, fill, state, t, time, $ } from "./base.js";
import { showChat, addItem, showTyping } from "./chat.js";
import { showBar } from "./bar.js";

const mobile = matchMedia("(max-width: 719px)");

async function loadState() {
  const answer = await fetch("/page/state");
  Object.assign(state, await answer.json());
  fill(document);
  document.title = state.account;
}

function preview(item) {
  if (!item) return "";
  const kind = t("k_" + item.kind, "");
  const text = item.runs ? item.runs.map((run) => run.text).join("") : item.title || item.text || "";
  return (kind + " " + text).trim().replace(/\s+/g, " ");
}

function stamp(at) {
  const node = element("time", { textContent: time(at) });
  node.dataset.testid = "list-time";
  return node;
}

function showPeople() {
  const list = $("list");
  list.replaceChildren(...state.people.map((person) => {
    const button = element("button");
    button.dataset.testid = "person";
    button.dataset.user = person.openid;
    button.setAttribute("aria-current", String(person.openid === state.user));
    const who = element("span", { className: "who" });
    const row = element("span", { className: "row" });
    row.append(element("strong", { textContent: person.name || person.openid }));
    if (person.last) row.append(stamp(person.last.at));
    const role = element("div", { className: "role", textContent: [person.role, person.place].filter(Boolean).join(" · ") });
    const last = element("div", { className: "last", textContent: person.typing ? t("typing") : preview(person.last) });
    who.append(row, role, last);
    const picture = element("span", { className: "face" });
    picture.append(face(person.name || person.openid));
    if (person.unread > 0) {
      const badge = element("span", { className: "badge", textContent: person.unread > 99 ? "99+" : person.unread });
      badge.dataset.testid = "unread";
      badge.setAttribute("aria-label", t("unread").replace("{n}", person.unread));
      picture.append(badge);
    }
    button.append(picture, who);
    button.onclick = () => open(person.openid, true);
    const line = element("li");
    line.append(button);
    return line;
  }));
  if (!state.people.length) list.textContent = t("list_empty");
  const others = state.people.filter((p) => p.openid !== state.user).reduce((sum, p) => sum + p.unread, 0);
  $("others").hidden = !others || !mobile.matches;
  $("others").textContent = others > 99 ? "99+" : others;
}

const personOf = (openid) => state.people.find((p) => p.openid === openid);

async function open(openid, push) {
  const person = personOf(openid);
  state.user = person ? openid : "";
  document.body.classList.toggle("in-chat", Boolean(person));
  $("chat").hidden = !person;
  $("nobody").hidden = Boolean(person);
  if (push) history.pushState(null, "", person ? "?user=" + encodeURIComponent(openid) : "/");
  if (person) {
    showTyping(person.typing);
    showBar(person);
    await showChat(openid);
    read(person);
  }
  showPeople();
}

// read tells the platform how far the open chat has been seen.
function read(person) {
  if (document.hidden || !person || person.openid !== state.user) return;
  person.unread = 0;
  if (person.last) act({ kind: "read", seq: person.last.seq }).catch(() => {});
}

const heard = {
  item(note) {
    const person = personOf(note.openid);
    if (!person) return reload();
    person.last = note.item;
    if (note.openid === state.user) addItem(note.item);
    if (note.item.from === "account") person.unread++;
    read(person);
    showPeople();
  },
  typing(note) {
    const person = personOf(note.openid);
    if (!person) return;
    person.typing = Boolean(note.on);
    if (note.openid === state.user) showTyping(person.typing);
    showPeople();
  },
  people: () => reload(),
  menu: () => reload(),
};

// reload reads who there is and the menu again, and leaves the chat as it is.
async function reload() {
  await loadState();
  const person = personOf(state.user);
  if (person) { showBar(person); read(person); }
  showPeople();
}

// listen opens the live line, and reads everything anew whenever it opens, so
// that nothing falls between the two.
function listen() {
  const line = new EventSource("/page/events");
  line.onopen = async () => {
    alertText("");
    await loadState();
    open(wanted(), false);
  };
  line.onerror = () => alertText(t("offline"));
  line.onmessage = (event) => { const note = JSON.parse(event.data); heard[note.kind]?.(note); };
}

const wanted = () => new URLSearchParams(location.search).get("user") || "";

addEventListener("popstate", () => open(wanted(), false));
document.addEventListener("visibilitychange", () => { read(personOf(state.user)); showPeople(); });
$("back").onclick = () => open("", true);
mobile.onchange = showPeople;

await loadState();
showPeople();
listen();
