// What a client does with an echo socket, be it in a browser or the library ws; open makes the socket.
// Gives what was seen, for the test to judge.
async function exercise(open) {
  const socket = open();
  socket.binaryType = 'arraybuffer';
  const heard = [];
  let wake = () => {};
  socket.onmessage = event => {
    heard.push(event.data);
    wake();
  };
  const closed = new Promise(resolve => {
    socket.onclose = event => resolve({code: event.code, reason: event.reason, clean: event.wasClean});
  });
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('The socket is not opened'));
  });
  const next = async () => {
    while (heard.length === 0) {
      await new Promise(resolve => { wake = resolve; });
    }
    return heard.shift();
  };

  const texts = Array.from({length: 100}, (ignored, i) => `Text ${i} äöü € 日本 😀`.repeat(i));
  texts.forEach(text => socket.send(text));
  let echoed = 0;
  for (const text of texts) {
    echoed += await next() === text ? 1 : 0;
  }

  const bytes = Uint8Array.from({length: 70000}, (ignored, i) => i * i);
  socket.send(bytes);
  const answer = new Uint8Array(await next());
  const binary = answer.length === bytes.length && answer.every((byte, i) => byte === bytes[i]);

  const long = 'all the same '.repeat(200 * 1024 / 13);
  socket.send(long);
  const compressible = await next() === long;

  const extensions = socket.extensions;
  socket.close(3210, 'Enough, danke schön');
  return {echoed, binary, compressible, extensions, closed: await closed};
}

// Opens a socket that the server is to close, and gives a promise of how.
async function waitForClose(open) {
  const socket = open();
  await new Promise(resolve => { socket.onopen = resolve; });
  return {closed: new Promise(resolve => {
    socket.onclose = event => resolve({code: event.code, reason: event.reason, clean: event.wasClean});
  })};
}
