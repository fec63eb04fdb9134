// The bottom of the chat: text input, menu, and the «+» panel with its boxes.
import { alertText, element, face, once, state, t, tell, $ } from "./base.js";

let typing = true; // the keyboard is chosen over the menu, so that one can write at once
const box = (name) => $("d-" + name);

export function showBar(person) {
  const menu = state.menu || [];
  $("follow-row").hidden = person.following;
  $("follow-text").textContent = t("not_following").replace("{name}", person.name).replace("{account}", state.account);
  $("menu-row").hidden = !person.following || !menu.length || typing;
  $("input-row").hidden = !person.following || (menu.length > 0 && !typing);
  $("to-menu").hidden = !menu.length;
  if ($("input-row").hidden) closePanel();
  drawMenu(menu);
  refresh();
}

const again = () => showBar(state.people.find((p) => p.openid === state.user));

function drawMenu(menu) {
  $("menu").replaceChildren(...menu.map((button) => {
    const subs = button.sub_button || [];
    const top = element("button", { className: "top-button" + (subs.length ? " more" : ""), textContent: button.name });
    top.dataset.testid = "menu-btn";
    const cell = element("div", {}, top);
    if (!subs.length) {
      top.onclick = () => press(button);
      return cell;
    }
    const list = element("div", { className: "subs", hidden: true }, ...subs.map((sub) => {
      const node = element("button", { textContent: sub.name, onclick: () => { closeSubs(); press(sub); } });
      node.dataset.testid = "menu-sub";
      return node;
    }));
    top.setAttribute("aria-expanded", "false");
    top.onclick = (event) => {
      event.stopPropagation();
      const wasOpen = !list.hidden;
      closeSubs();
      list.hidden = wasOpen;
      top.setAttribute("aria-expanded", String(!wasOpen));
    };
    cell.append(list);
    return cell;
  }));
}

function closeSubs() {
  for (const list of document.querySelectorAll("#menu .subs")) list.hidden = true;
  for (const top of document.querySelectorAll("#menu [aria-expanded]")) top.setAttribute("aria-expanded", "false");
}

function press(button) {
  if (!once("menu " + button.name + button.key)) return;
  if (button.type === "view" || button.type === "miniprogram") {
    tell({ kind: "view", text: button.url });
    if (/^https?:/i.test(button.url)) window.open(button.url, "_blank", "noopener");
  } else if (button.type.startsWith("scancode")) scan(button);
  else if (button.type.startsWith("pic_")) $("photo").click();
  else if (button.type === "location_select") place();
  else tell({ kind: "click", text: button.key });
}

// Text.

function refresh() {
  const input = $("input"), full = input.value.trim() !== "";
  $("send").hidden = !full;
  $("plus").hidden = full;
  input.style.height = "auto";
  input.style.height = Math.min(input.scrollHeight, 132) + "px";
}

async function send() {
  const input = $("input"), text = input.value.trim();
  if (!text) return;
  input.value = ""; // a second tap finds nothing to send
  refresh();
  input.focus();
  if (!await tell({ kind: "say", text }) && !input.value) {
    input.value = text;
    refresh();
  }
}

$("input").oninput = refresh;
$("input").onfocus = closePanel;
// Enter sends and Shift+Enter breaks the line. The line break itself is
// listened to, because soft keyboards do not name their keys and Enter also
// ends a composition.
let shifted = false;
$("input").onkeydown = (event) => { shifted = event.shiftKey; };
$("input").addEventListener("beforeinput", (event) => {
  if (shifted || (event.inputType !== "insertLineBreak" && event.inputType !== "insertParagraph")) return;
  event.preventDefault();
  send();
});
$("send").onpointerdown = (event) => event.preventDefault(); // the keyboard stays open
$("send").onclick = send;
$("to-keyboard").onclick = () => { typing = true; again(); $("input").focus(); };
$("to-menu").onclick = () => { typing = false; again(); };
document.addEventListener("click", closeSubs);

// The «+» panel.

function closePanel() {
  $("panel").hidden = true;
  $("plus").setAttribute("aria-expanded", "false");
}

$("plus").onclick = () => {
  $("panel").hidden = !$("panel").hidden;
  $("plus").setAttribute("aria-expanded", String(!$("panel").hidden));
  $("log").scrollTop = $("log").scrollHeight;
};

for (const button of document.querySelectorAll("[data-open]")) {
  button.onclick = () => ({ photo: () => $("photo").click(), place, voice, scan })[button.dataset.open]();
}

$("photo").onchange = async () => {
  const file = $("photo").files[0];
  $("photo").value = "";
  if (!file) return;
  try {
    const data = await smaller(file);
    closePanel();
    await tell({ kind: "photo", data });
  } catch {
    alertText(t("too_big"));
  }
};

// smaller is the picture as a phone sends it: at most 1440 pixels, as JPEG in
// base64.
async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 1440 / Math.max(picture.width, picture.height));
  const canvas = element("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
}

// ask opens a box and passes its button's value on when it is closed.
function ask(name, then) {
  const dialog = box(name);
  dialog.returnValue = "";
  dialog.onclose = () => { if (dialog.returnValue) then(dialog.returnValue); };
  dialog.showModal();
}

for (const button of document.querySelectorAll("[data-close]")) button.onclick = () => button.closest("dialog").close("");

let middle = [0, 0]; // latitude and longitude under the middle of the little map

// centre takes the written coordinates for the middle and puts the pin there.
function centre() {
  middle = [Number($("lat").value), Number($("lng").value)];
  $("pin").style.left = $("pin").style.top = "50%";
}

function place() {
  $("lat").value ||= t("lat_default");
  $("lng").value ||= t("lng_default");
  $("place-label").value ||= t("place_label_default");
  centre();
  ask("place", () => {
    const lat = Number($("lat").value), lng = Number($("lng").value);
    closePanel();
    if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) return alertText(t("place_wrong"));
    tell({ kind: "place", lat, lng, text: $("place-label").value.trim() });
  });
}

const degree = 1 / 20000; // one pixel of the little map, about five metres

$("map").onclick = (event) => {
  const area = $("map").getBoundingClientRect();
  const right = event.clientX - area.left - area.width / 2, down = event.clientY - area.top - area.height / 2;
  $("lat").value = (middle[0] - down * degree).toFixed(6);
  $("lng").value = (middle[1] + right * degree).toFixed(6);
  $("pin").style.left = `calc(50% + ${right}px)`;
  $("pin").style.top = `calc(50% + ${down}px)`;
};
$("lat").oninput = $("lng").oninput = centre;

function voice() {
  $("voice-text").value = "";
  ask("voice", () => {
    closePanel();
    tell({ kind: "voice", text: $("voice-recognised").checked ? $("voice-text").value.trim() : "" });
  });
}

// scan scans a code of the account, or for a menu button any code.
function scan(button) {
  $("scan-text").value = "";
  $("scan-title").textContent = t(button ? "code_title" : "scan_title");
  $("scan-label").textContent = t(button ? "code_text" : "scan_scene");
  $("scan-known").hidden = Boolean(button);
  $("scan-codes").replaceChildren(...codes());
  ask("scan", (value) => {
    closePanel();
    const text = value === "ok" ? $("scan-text").value.trim() : value;
    if (!text) return;
    if (button) tell({ kind: "code", id: button.key, text, wait: button.type === "scancode_waitmsg" });
    else tell({ kind: "scan", text });
  });
}

function codes() {
  if (!state.codes.length) return [element("p", { textContent: t("scan_none") })];
  return state.codes.map((code) => {
    const picture = element("img", { src: "/cgi-bin/showqrcode?ticket=" + encodeURIComponent(code.ticket), alt: "" });
    const node = element("button", { type: "button", onclick: () => box("scan").close(code.scene) }, picture, code.scene);
    node.dataset.testid = "scan-code";
    return node;
  });
}

// Follow, and the box about the person.

$("follow").onclick = () => { if (once("follow " + state.user)) tell({ kind: "follow" }); };

$("more").onclick = () => {
  const person = state.people.find((p) => p.openid === state.user);
  $("profile").replaceChildren(face(person.name || person.openid),
    element("p", { textContent: [person.name, person.role, person.place].filter(Boolean).join(" · ") }));
  $("new-tab").href = "?user=" + encodeURIComponent(person.openid);
  $("unfollow").hidden = !person.following;
  ask("profile", (value) => {
    if (value === "scan") scan();
    if (value === "unfollow") tell({ kind: "unfollow" });
  });
};
