// node ws.js URL: does the exercises with the library ws, and prints what was seen in lines of JSON.
const fs = require('node:fs');
const vm = require('node:vm');
const WebSocket = require('ws');

vm.runInThisContext(fs.readFileSync('exercise.js', 'utf8'));
const url = process.argv[2];
const say = seen => console.log(JSON.stringify(seen));

// What only a library can do: a message in frames of one's own, a ping.
async function frames() {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const heard = new Promise(resolve => socket.on('message', data => resolve(String(data))));
  const pong = new Promise(resolve => socket.on('pong', data => resolve(String(data))));
  socket.send('in three ', {fin: false});
  socket.send('parts, ', {fin: false});
  socket.ping('between');
  socket.send('all told');
  const seen = {message: await heard, pong: await pong};
  socket.close();
  return seen;
}

async function main() {
  say(await exercise(() => new WebSocket(url, {perMessageDeflate: true})));
  say(await exercise(() => new WebSocket(url, {perMessageDeflate: false})));
  say(await frames());
  const {closed} = await waitForClose(() => new WebSocket(url));
  say({waiting: true});
  say({closed: await closed});
}

main().catch(failure => {
  console.error(failure);
  process.exit(1);
});
