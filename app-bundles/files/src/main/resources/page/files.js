// The page is a WebDAV client of its own instance: it lists by PROPFIND, and changes by PUT, MKCOL, MOVE and DELETE.

const PAGE = 1000;
const PROPERTIES = `<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/>
<getlastmodified/><quota-used-bytes/><quota-available-bytes/></prop></propfind>`;

const root = new URL("dav/", location.href.split("#")[0]);
const order = new Intl.Collator(undefined, { numeric: true });
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const byId = id => document.getElementById(id);

let folder = "/";
let entries = [];
let shown = PAGE;

/** The answer to a request that succeeded; an Error with the server's words otherwise. */
function send(method, url, { headers = {}, body = null, progress = null, signal = null } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.onload = () => request.status < 300 && !refusal(request)
      ? resolve(request) : reject(new Error(refusal(request) || `The server answered ${request.status}.`));
    request.onerror = () => reject(new Error("The server cannot be reached, or it ended the connection."));
    request.onabort = () => reject(new Error("Cancelled."));
    if (progress) request.upload.onprogress = progress;
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

/** What the server has to say about a failure, in its plain text or its XML. */
function refusal(request) {
  const isXml = request.getResponseHeader("Content-Type")?.includes("xml");
  if (isXml) return text(request.responseXML, "responsedescription");
  return request.status >= 300 ? request.responseText.trim() : "";
}

const text = (node, name) => node.getElementsByTagNameNS("DAV:", name)[0]?.textContent ?? "";

function entry(response) {
  const url = new URL(text(response, "href"), root);
  return {
    url,
    name: decodeURIComponent(url.pathname.split("/").filter(part => part).pop()),
    isFolder: response.getElementsByTagNameNS("DAV:", "collection").length > 0,
    size: Number(text(response, "getcontentlength")),
    changed: new Date(text(response, "getlastmodified")),
    used: text(response, "quota-used-bytes"),
    available: text(response, "quota-available-bytes"),
  };
}

function bytes(count) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  for (; count >= 1000 && unit < units.length - 1; unit++) count /= 1000;
  return `${unit && count < 10 ? count.toFixed(1) : Math.round(count)} ${units[unit]}`;
}

/** An element with properties and children. */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function complain(error) {
  byId("error").textContent = error ? error.message : "";
  byId("error").hidden = !error;
}

/** Does something that the user asked for, shows what goes wrong, and reads the folder again. */
async function attempt(action) {
  complain(null);
  try {
    await action();
  } catch (error) {
    complain(error);
    return;
  }
  await read();
}

async function read() {
  const wanted = folder;
  const headers = { Depth: "1", "Content-Type": "application/xml" };
  let answer;
  try {
    answer = await send("PROPFIND", new URL(`.${wanted}`, root), { headers, body: PROPERTIES });
  } catch (error) {
    complain(error);
    entries = [];
    show();
    return;
  }
  if (wanted !== folder) return;
  const [self, ...members] = [...answer.responseXML.getElementsByTagNameNS("DAV:", "response")].map(entry);
  entries = members.sort((a, b) => b.isFolder - a.isFolder || order.compare(a.name, b.name));
  const free = self.available ? `, ${bytes(Number(self.available))} free` : "";
  byId("usage").textContent = self.used ? `${bytes(Number(self.used))} used${free}` : "";
  show();
}

function show() {
  const filter = byId("filter").value.toLocaleLowerCase();
  const found = entries.filter(each => each.name.toLocaleLowerCase().includes(filter));
  byId("entries").replaceChildren(...found.slice(0, shown).map(row));
  byId("more").hidden = found.length <= shown;
  const count = found.length === entries.length ? `${entries.length}` : `${found.length} of ${entries.length}`;
  byId("summary").textContent = entries.length === 0 ? "This folder is empty."
    : `${count} ${entries.length === 1 ? "entry" : "entries"}`;
}

function row(each) {
  const link = make("a", { textContent: each.name, className: each.isFolder ? "folder" : "file" });
  if (each.isFolder) {
    link.href = `#${folder}${encodeURIComponent(each.name)}/`;
  } else {
    link.href = each.url;
    link.download = each.name;
  }
  return make("tr", {},
    make("td", {}, link),
    make("td", { textContent: each.isFolder ? "" : bytes(each.size) }),
    make("td", { textContent: dates.format(each.changed) }),
    make("td", {}, action("Rename", each, rename), action("Delete", each, remove)));
}

function action(verb, each, run) {
  const button = make("button", { type: "button", textContent: verb, onclick: () => run(each) });
  button.setAttribute("aria-label", `${verb} ${each.name}`);
  return button;
}

function remove(each) {
  const what = each.isFolder ? `the folder “${each.name}” with everything in it` : `“${each.name}”`;
  if (confirm(`Delete ${what}?`)) attempt(() => send("DELETE", each.url));
}

function rename(each) {
  const name = prompt("New name", each.name);
  if (name && name !== each.name) {
    attempt(() => send("MOVE", each.url, { headers: { Destination: place(name).href, Overwrite: "F" } }));
  }
}

/** The URL of a name in this folder. Some names cannot be sent in a URL, so that the server could not refuse them. */
function place(name) {
  if (/^\.{1,2}$|[/\\]/.test(name)) throw new Error(`“${name}” cannot be a name: it must not have a slash, nor be dots.`);
  return new URL(`.${folder}${encodeURIComponent(name)}`, root);
}

async function upload(files) {
  complain(null);
  for (const file of files) await uploadOne(file, folder);
  await read();
}

async function uploadOne(file, into) {
  const known = entries.some(each => each.name === file.name);
  if (known && !confirm(`“${file.name}” exists already. Replace it?`)) return;
  const abort = new AbortController();
  const bar = make("progress", { max: file.size || 1, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const label = make("span", { textContent: `${file.name}, ${bytes(file.size)}` });
  const cancel = make("button", { type: "button", textContent: "Cancel", onclick: () => abort.abort() });
  const line = make("li", {}, label, bar, cancel);
  byId("transfers").append(line);
  try {
    const url = new URL(`.${into}${encodeURIComponent(file.name)}`, root);
    const headers = known ? {} : { "If-None-Match": "*" };
    const progress = event => { bar.value = event.loaded; };
    await send("PUT", url, { headers, body: file, progress, signal: abort.signal });
    line.remove();
  } catch (error) {
    label.textContent = `${file.name}: ${error.message}`;
    label.className = "failed";
    bar.remove();
    cancel.textContent = "Dismiss";
    cancel.onclick = () => line.remove();
  }
}

function trail() {
  const parts = folder.split("/").filter(part => part);
  const links = parts.map((part, index) => make("a", {
    href: `#/${parts.slice(0, index + 1).join("/")}/`,
    textContent: decodeURIComponent(part),
  }));
  links.unshift(make("a", { href: "#/", textContent: "Files" }));
  links.at(-1).setAttribute("aria-current", "page");
  byId("trail").replaceChildren(...links.map(link => make("li", {}, link)));
  document.title = links.at(-1).textContent;
}

/** The folder that the URL's fragment names, its names encoded. */
function open() {
  const path = location.hash.slice(1);
  folder = /^\/(.*\/)?$/.test(path) ? path : "/";
  shown = PAGE;
  byId("filter").value = "";
  complain(null);
  trail();
  read();
}

byId("upload").onchange = async event => {
  const files = [...event.target.files];
  event.target.value = "";
  await upload(files);
};
byId("folder").onsubmit = event => {
  event.preventDefault();
  const name = byId("folder-name");
  attempt(async () => {
    await send("MKCOL", place(name.value));
    name.value = "";
  });
};
byId("filter").oninput = () => { shown = PAGE; show(); };
byId("more").onclick = () => { shown += PAGE; show(); };
document.body.ondragover = event => {
  event.preventDefault();
  document.body.classList.add("dropping");
};
document.body.ondragleave = () => document.body.classList.remove("dropping");
document.body.ondrop = event => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  upload([...event.dataTransfer.files]);
};
window.onhashchange = open;
open();
