// The demonstration page: shows one person's talk with the assistant and moves the demonstration's clock.
// Every word shown comes from the server; the transcript there is the only truth, this page draws it.

const POLL_MILLISECONDS = 3000;
const ZONE = "Asia/Ho_Chi_Minh";
const words = document.body.dataset;
const language = document.documentElement.lang;
const part = (id) => document.getElementById(id);
const [select, talk, notice, composer, textField, clock] =
  ["persona", "talk", "notice", "composer", "text", "clock"].map(part);

const fileField = part("file");

const page = { persona: "", shown: [], personas: [], clock: null, waiting: false, moving: false };

class Refusal extends Error {}

async function api(path, parameters = {}, body = undefined) {
  const address = new URL(path, location.href);
  const query = language === "en" ? { ...parameters, lang: "en" } : parameters;
  address.search = new URLSearchParams(query);
  const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(address, body ? post : {});
  const answer = await response.json();
  if (!response.ok) throw new Refusal(answer.error);
  return answer;
}

function complain(error) {
  notice.textContent = error instanceof Refusal ? error.message : words.offline;
  notice.hidden = false;
}

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// ---- Times

const format = (options) => new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", { timeZone: ZONE, ...options });
const dayAndTime = format({ weekday: "short", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" });
const wholeDay = format({ weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" });
const hour = format({ hour: "2-digit", minute: "2-digit" });
const isoDay = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });

// ---- The talk

function bubble(line) {
  const mine = line.by === "person";
  const kinds = ["line", mine ? "person-said" : "assistant-said"];
  if (line.unprompted) kinds.push("letter");
  const element = make("div", { className: kinds.join(" ") });
  const speaker = make("span", { className: "unseen", textContent: `${mine ? words.you : words.assistant}: ` });
  if (line.text || !line.file) element.append(make("div", { className: "bubble" }, speaker, line.text));
  if (line.file) element.append(fileOf(line.file));
  if (line.choices.length) element.append(choices(line.choices));
  if (line.at) element.append(stamp(line));
  return element;
}

// A picture is shown and opens by its name; every other file is a name to download.
function fileOf(file) {
  const content = [file.name];
  if (file.picture) content.unshift(make("img", { src: file.url, alt: file.name, onload: () => reveal(page.shown.length - 1) }));
  return make("a", { className: file.picture ? "file picture" : "file", href: file.url, download: file.name }, ...content);
}

function stamp(line) {
  const time = make("time", { dateTime: line.at, textContent: hour.format(new Date(line.at)) });
  const kind = line.unprompted ? [make("b", { textContent: words.letter }), " · "] : [];
  return make("p", { className: "stamp" }, ...kind, time);
}

function choices(list) {
  const group = make("div", { className: "choices", role: "group", ariaLabel: words.choices });
  for (const choice of list) {
    const button = make("button", { type: "button", textContent: choice.label });
    button.addEventListener("click", () => say({ choice: choice.id }, choice.label));
    group.append(button);
  }
  return group;
}

function draw(lines) {
  talk.querySelectorAll(".pending, .empty").forEach((element) => element.remove());
  const waiting = talk.querySelector(".waiting");
  const known = page.shown.length;
  lines.slice(known).forEach((line, place) => {
    const before = lines[known + place - 1];
    const day = wholeDay.format(new Date(line.at));
    const added = [bubble(line)];
    if (!before || wholeDay.format(new Date(before.at)) !== day) {
      added.unshift(make("p", { className: "day", textContent: day }));
    }
    waiting ? waiting.before(...added) : talk.append(...added);
  });
  page.shown = lines;
  if (!lines.length) talk.append(make("p", { className: "empty", textContent: page.persona ? words.empty : words.nobody }));
  markOld();
}

// Choices above the person's last word are answered or overtaken; they stay tappable, the assistant says so.
function markOld() {
  const bubbles = [...talk.querySelectorAll(".line")];
  const last = bubbles.findLastIndex((element) => element.classList.contains("person-said"));
  bubbles.forEach((element, place) => element.classList.toggle("old", place < last));
}

function redraw() {
  talk.setAttribute("aria-busy", "true");
  talk.replaceChildren();
  page.shown = [];
}

// New lines come into view from the first one, an old talk from its last: a long text is read from its beginning.
function reveal(known) {
  const lines = [...talk.querySelectorAll(".line:not(.waiting)")];
  const first = known ? lines[known] : lines.at(-1);
  talk.scrollTop = talk.scrollHeight;
  if (!first) return;
  const above = first.getBoundingClientRect().top - talk.getBoundingClientRect().top;
  if (above < 0) talk.scrollTop += above - 12;
}

async function showTalk() {
  const persona = page.persona;
  const lines = persona ? (await api("/api/transcript", { persona })).lines : [];
  if (persona !== page.persona) return;
  if (lines.length < page.shown.length) redraw();
  const known = page.shown.length;
  if (lines.length > known || !talk.children.length) {
    draw(lines);
    reveal(known);
  }
  talk.removeAttribute("aria-busy");
}

// Gives back whether the assistant got it.
async function say(said, label) {
  if (!page.persona || page.waiting) return false;
  page.waiting = true;
  notice.hidden = true;
  enable();
  const mine = bubble({ by: "person", text: label, choices: [], file: null });
  mine.classList.add("pending");
  const waiting = bubble({ by: "assistant", text: words.waiting, choices: [], file: null });
  waiting.classList.add("waiting");
  talk.querySelector(".empty")?.remove();
  talk.append(mine, waiting);
  talk.scrollTop = talk.scrollHeight;
  let complaint = null;
  try {
    await api("/api/say", {}, { persona: page.persona, ...said });
  } catch (error) {
    complaint = error;
  }
  page.waiting = false;
  await refresh();
  waiting.remove();
  mine.remove();
  enable();
  if (complaint) complain(complaint);
  return !complaint;
}

// ---- Who

const seenKey = (persona) => `seen:${persona}`;
const seen = (persona) => Number(localStorage.getItem(seenKey(persona)) ?? 0);
const unread = ({ id, letters }) => (letters < seen(id) ? letters : letters - seen(id));

function showPersonas() {
  const here = page.personas.find((persona) => persona.id === page.persona);
  if (here && !document.hidden) localStorage.setItem(seenKey(here.id), here.letters);
  for (const persona of page.personas) {
    let option = [...select.options].find((known) => known.value === persona.id);
    if (!option) select.append((option = make("option", { value: persona.id })));
    const count = unread(persona);
    const mark = count ? ` (${words.new.replace("#", count)})` : "";
    option.textContent = `${persona.id} · ${persona.name}${mark}`;
  }
  part("who").hidden = !here;
  if (here) part("who").textContent = here.name;
  const others = page.personas.filter((persona) => unread(persona) > 0);
  part("elsewhere").hidden = !others.length;
  showOthers(others);
}

function showOthers(others) {
  const label = others.map((persona) => persona.id).join(" ");
  if (part("others").dataset.shown === label) return;
  part("others").dataset.shown = label;
  const buttons = others.slice(0, 3).map((persona) => {
    const button = make("button", { type: "button", textContent: persona.id, title: persona.name });
    button.addEventListener("click", () => become(persona.id));
    return button;
  });
  const more = others.length > 3 ? [words.more.replace("#", others.length - 3)] : [];
  part("others").replaceChildren(...buttons, ...more);
}

async function become(persona) {
  page.persona = persona;
  select.value = persona;
  sessionStorage.setItem("persona", persona);
  notice.hidden = true;
  redraw();
  enable();
  await refresh();
}

function enable() {
  textField.disabled = !page.persona;
  fileField.disabled = !page.persona || page.waiting;
  composer.querySelector("button").disabled = !page.persona || page.waiting;
}

// ---- When

function showClock() {
  part("now").textContent = dayAndTime.format(new Date(page.clock.now));
  part("now").dateTime = page.clock.now;
  part("day").min = isoDay.format(new Date(page.clock.now));
  const label = JSON.stringify(page.clock.targets);
  if (part("targets").dataset.shown === label) return;
  part("targets").dataset.shown = label;
  part("targets").replaceChildren(
    ...page.clock.targets.map(({ label, to }) => {
      const button = make("button", { type: "button", textContent: label, title: dayAndTime.format(new Date(to)) });
      button.addEventListener("click", () => moveClock(to));
      return button;
    }),
  );
}

// A far day takes a while: all that falls due on the way is sent. The page keeps showing how far it is.
async function moveClock(to) {
  if (page.moving) return;
  notice.hidden = true;
  setMoving(true);
  if (!wide.matches) clock.open = false;
  let complaint = null;
  try {
    page.clock = await api("/api/clock", {}, { to });
    part("day").value = "";
  } catch (error) {
    complaint = error;
  }
  setMoving(false);
  await refresh();
  if (complaint) complain(complaint);
}

function setMoving(moving) {
  page.moving = moving;
  part("moves").disabled = moving;
  part("moving").hidden = !moving;
}

// ---- Keeping up

async function refresh() {
  try {
    [{ personas: page.personas }, page.clock] = await Promise.all([api("/api/personas"), api("/api/clock")]);
    showPersonas();
    showClock();
    await showTalk();
    if (notice.textContent === words.offline) notice.hidden = true;
  } catch (error) {
    complain(error);
  }
}

async function keepUp() {
  if (!document.hidden) await refresh();
  setTimeout(keepUp, POLL_MILLISECONDS);
}

const wide = matchMedia("(min-width: 860px)");
const fit = () => { clock.open = wide.matches; };
wide.addEventListener("change", fit);
fit();

function grow() {
  textField.style.height = "auto";
  textField.style.height = `${textField.scrollHeight + 2}px`;
}

async function sendTyped() {
  const text = textField.value.trim();
  if (!text || page.waiting) return;
  textField.value = "";
  grow();
  if (!(await say({ text }, text)) && !textField.value) textField.value = text;
  grow();
}

async function sendFile() {
  const file = fileField.files[0];
  fileField.value = "";
  if (!file || page.waiting) return;
  const read = await new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.readAsDataURL(file);
  });
  const content = read.slice(read.indexOf(",") + 1);
  await say({ file: { name: file.name, media_type: file.type || "application/octet-stream", content } }, file.name);
}

select.addEventListener("change", () => become(select.value));
fileField.addEventListener("change", sendFile);
textField.addEventListener("input", grow);
textField.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendTyped();
});
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  sendTyped();
});
part("other-day").addEventListener("submit", (event) => {
  event.preventDefault();
  moveClock(`${part("day").value}T08:00:00+07:00`);
});

enable();
await refresh();
const before = sessionStorage.getItem("persona");
if (page.personas.some((persona) => persona.id === before)) await become(before);
keepUp();
