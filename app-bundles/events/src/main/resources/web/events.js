import {AppSocket} from './app-socket.js';

const SEVERITIES = ['minor', 'indeterminate', 'major'];
const TYPING = 300;

const element = id => document.getElementById(id);
const socket = new AppSocket('events');
/** What is shown, by number; the newest has the largest. */
const shown = new Map();
let typing = 0;

// ------------------------------------------------------------------------------------------------------ the connection

socket.addEventListener('connected', () => {
  element('password').value = '';
  element('submit').disabled = false;
  element('login').hidden = true;
  element('events').hidden = false;
  element('status').textContent = 'Live.';
  list();
});
socket.addEventListener('password', () => {
  element('login').hidden = false;
  element('status').textContent = AppSocket.canHash
    ? 'Please log in.'
    : 'Browsers can log in to an app only over HTTPS: open this page by https://.';
  element('password').disabled = !AppSocket.canHash;
  element('submit').disabled = !AppSocket.canHash;
  element('password').focus();
});
socket.addEventListener('refused', () => {
  element('login').hidden = AppSocket.inClient;
  element('error').textContent = 'That was not the right password.';
  element('submit').disabled = false;
  element('password').select();
});
socket.addEventListener('disconnected', event => {
  const {retry} = event.detail;
  element('status').textContent = retry === undefined
    ? 'Not connected.'
    : `Not live. Trying again in ${Math.ceil(retry / 1000)} s…`;
});
socket.addEventListener('message', event => {
  if (event.detail.mt === 'Event') {
    show(event.detail.event, true);
  }
});
element('login').addEventListener('submit', event => {
  event.preventDefault();
  element('error').textContent = '';
  element('submit').disabled = true;
  socket.login(element('password').value);
});
socket.open();

// ---------------------------------------------------------------------------------------------------------- the filter

function filter() {
  return {
    open: element('open').checked,
    severity: Number(element('severity').value),
    text: element('text').value,
  };
}

/** Whether an event that comes live belongs to what is shown: as the server judges. */
function fits(event) {
  const {open, severity, text} = filter();
  const all = [event.host, event.source, event.code, event.text, event.details].join(' ').toLowerCase();
  return (!open || event.kind === 'ALARM' && !event.cleared)
    && event.severity >= severity
    && all.includes(text.toLowerCase());
}

element('filter').addEventListener('submit', event => event.preventDefault());
element('filter').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(list, TYPING);
});
element('more').addEventListener('click', () => list(Math.min(...shown.keys())));

/** Asks for the newest events, or for those before one. */
async function list(before = 0) {
  const asked = filter();
  const answer = await ask({mt: 'List', ...asked, before});
  if (!answer || JSON.stringify(asked) !== JSON.stringify(filter())) {
    return;
  }
  if (!before) {
    shown.clear();
    element('rows').replaceChildren();
  }
  answer.events.forEach(event => show(event, false));
  element('more').hidden = !answer.more;
  summarize();
}

/** Sends a request. Returns its answer, or nothing when there is none: then the page says why. */
async function ask(request) {
  try {
    const answer = await socket.request(request);
    element('problem').textContent = answer.error ?? '';
    element('problem').hidden = !answer.error;
    return answer.error ? null : answer;
  } catch {
    return null; // not connected, as the status says
  }
}

// ------------------------------------------------------------------------------------------------------------ the rows

function show(event, isNew) {
  const row = fits(event) ? newRow(event, isNew && !shown.has(event.id)) : null;
  const former = shown.get(event.id);
  if (former) {
    row ? former.replaceWith(row) : former.remove();
  } else if (row) {
    const next = [...element('rows').children].find(it => Number(it.dataset.id) < event.id);
    element('rows').insertBefore(row, next ?? null);
  }
  row ? shown.set(event.id, row) : shown.delete(event.id);
  if (isNew) {
    summarize();
  }
}

function summarize() {
  const count = shown.size;
  const what = element('open').checked ? 'active alarm' : 'event';
  element('summary').textContent = count ? `${count} ${what}${count === 1 ? '' : 's'}` : `No ${what}s.`;
}

function newRow(event, isNew) {
  const row = make('tr', isNew ? 'new' : '');
  row.dataset.id = event.id;
  row.append(
    cell(badge(event)),
    cell(make('strong', '', event.host), make('div', 'quiet', event.serial)),
    cell(make('div', '', event.text), make('div', 'quiet', `${event.source} ${event.code}`), details(event)),
    cell(...times(event)),
    cell(seen(event)));
  return row;
}

function badge(event) {
  return event.cleared
    ? make('span', 'badge over', 'over')
    : make('span', `badge ${SEVERITIES[event.severity]}`, SEVERITIES[event.severity]);
}

function details(event) {
  if (!event.details) {
    return '';
  }
  const whole = make('details');
  whole.append(make('summary', '', 'Details'), make('pre', '', event.details));
  return whole;
}

function times(event) {
  const parts = [time('', event.first)];
  if (event.count > 1) {
    parts.push(time(`${event.count} times, last `, event.last));
  }
  if (event.cleared) {
    parts.push(time('over ', event.cleared));
  }
  return parts;
}

function time(label, seconds) {
  const date = new Date(seconds * 1000);
  const part = make('div');
  const when = make('time', '', label + date.toLocaleString());
  when.dateTime = date.toISOString();
  part.append(when);
  return part;
}

function seen(event) {
  if (event.acknowledgedBy) {
    return make('span', '', event.acknowledgedBy);
  }
  const button = make('button', '', 'Acknowledge');
  button.type = 'button';
  button.setAttribute('aria-label', `Acknowledge: ${event.text}`);
  button.addEventListener('click', () => ask({mt: 'Acknowledge', id: event.id}));
  return button;
}

function cell(...parts) {
  const made = make('td');
  made.append(...parts);
  return made;
}

function make(tag, className = '', text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
