const element = id => document.getElementById(id);
const url = new URL('echo', location);
url.protocol = url.protocol.replace('http', 'ws');
const socket = new WebSocket(url);
socket.onmessage = event => element('heard').append(event.data + '\n');
element('form').onsubmit = event => {
  event.preventDefault();
  socket.send(element('say').value);
};
fetch('visits').then(answer => answer.text()).then(count => element('visits').textContent = count);
