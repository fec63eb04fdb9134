// What all parts of the page share: the state, the texts, and acting.
export const state = { account: "", texts: {}, menu: [], people: [], codes: [], user: "" };

export const $ = (id) => document.getElementById(id);

// t is a text of the page's data file.
export const t = (key, other) => state.texts[key] ?? other ?? key;

// fill puts the texts where the page names their keys.
export function fill(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-a]")) node.setAttribute("aria-label", t(node.dataset.a));
}

// element makes an element with properties and children.
export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

// icon draws one of the symbols of the page.
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#i-" + name);
  svg.append(use);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

const colours = ["#3d7dca", "#c9713d", "#5b8c5a", "#8a63b8", "#b8566b", "#3a8f93", "#8c7a3d"];

// face is a square picture with the last character of a name, as people here
// are called by it.
export function face(name, account) {
  const characters = [...name];
  let sum = 0;
  for (const c of characters) sum = (sum + c.codePointAt(0)) % 997;
  const node = element("span", { className: "avatar", textContent: account ? characters[0] : characters.at(-1) });
  node.style.background = account ? "#07a35a" : colours[sum % colours.length];
  node.setAttribute("aria-hidden", "true");
  return node;
}

const zone = "Asia/Shanghai"; // the village's, wherever the browser stands

// time is a moment as a chat writes it: the hour today, else the day too.
export function time(at) {
  const moment = new Date(at), now = new Date();
  const part = (of, how) => of.toLocaleString("zh-CN", { timeZone: zone, ...how });
  const day = { year: "numeric", month: "long", day: "numeric" };
  const clock = part(moment, { hour: "2-digit", minute: "2-digit", hour12: false });
  if (part(moment, day) === part(now, day)) return clock;
  if (part(moment, day) === part(new Date(now - 86400000), day)) return t("yesterday") + " " + clock;
  const year = part(moment, { year: "numeric" }) === part(now, { year: "numeric" }) ? undefined : "numeric";
  return part(moment, { ...day, year }) + " " + clock;
}

export function alertText(text) {
  $("alert").textContent = text;
  $("alert").hidden = !text;
}

// act sends what the open person does. Its key stays the same when the
// network makes us send it again, so that it is done once.
export async function act(what) {
  const body = JSON.stringify({ user: state.user, key: crypto.getRandomValues(new Uint32Array(4)).join("-"), ...what });
  for (let tries = 0; ; tries++) {
    try {
      const answer = await fetch("/page/act", { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!answer.ok) throw new Error("status " + answer.status);
      return;
    } catch (failure) {
      if (tries > 0) throw failure;
    }
  }
}

const recent = new Map();

// once passes the same tap only once within a second: thumbs that shake tap
// twice.
export function once(what) {
  const now = performance.now();
  const before = recent.get(what);
  recent.set(what, now);
  return before === undefined || now - before > 1000;
}

// tell acts and says so when it could not.
export async function tell(what) {
  try {
    await act(what);
    alertText("");
    return true;
  } catch {
    alertText(t("not_sent"));
    return false;
  }
}
