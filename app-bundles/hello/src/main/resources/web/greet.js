import {AppSocket} from './app-socket.js';

const element = id => document.getElementById(id);
const show = (id, visible) => { element(id).hidden = !visible; };
const say = text => { element('status').textContent = text; };

// region greet
const socket = new AppSocket('hello');

async function greet() {
  const who = await socket.request({mt: 'Hello'});
  element('name').textContent = who.dn || who.sip;
  element('app').textContent = who.app;
  element('way').textContent = who.password ? 'by the password of the instance' : `by the PBX of ${who.domain}`;
  say('Connected.');
  show('login', false);
  show('who', true);
}

socket.addEventListener('connected', greet);
socket.addEventListener('password', () => show('login', true));
socket.addEventListener('refused', () => refuse());
socket.addEventListener('disconnected', event => lost(event.detail.retry));
socket.open();
// endregion

// The page needs the password no longer: the socket keeps it.
socket.addEventListener('connected', () => {
  element('password').value = '';
  element('submit').disabled = false;
});

function refuse() {
  show('login', !AppSocket.inClient);
  element('error').textContent = AppSocket.inClient
    ? 'The client around this page may not open the app.'
    : 'That was not the right password.';
  element('submit').disabled = false;
  element('password').select();
}

function lost(retry) {
  show('who', false);
  say(retry === undefined ? 'Not connected.' : `Not connected. Trying again in ${Math.ceil(retry / 1000)} s…`);
}

element('login').addEventListener('submit', event => {
  event.preventDefault();
  element('error').textContent = '';
  element('submit').disabled = true;
  say('Logging in…');
  socket.login(element('password').value);
});
element('again').addEventListener('click', greet);

if (!AppSocket.inClient) {
  say(AppSocket.canHash ? 'Please log in.' : 'Browsers can log in to an app only over HTTPS: open this page by https://.');
  element('submit').disabled = !AppSocket.canHash;
  element('password').disabled = !AppSocket.canHash;
  element('password').focus();
}
