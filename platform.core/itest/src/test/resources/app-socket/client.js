// A client that is logged in at a PBX, with the app's page in a frame: when the page asks, it logs the page in as a user.
async function digest(text) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('');
}

function frame(password) {
  window.addEventListener('message', async event => {
    const asked = JSON.parse(event.data);
    if (asked.mt !== 'getLogin') {
      return;
    }
    const info = {groups: ['staff/1'], cn: 'Älice "A."'};
    const login = {app: asked.app, domain: 'pbx.example', sip: 'alice', guid: '0123', dn: 'Älice "A."'};
    const hashed = [...Object.values(login), JSON.stringify(info), asked.challenge, password].join(':');
    event.source.postMessage('not JSON, for somebody else', '*');
    event.source.postMessage(
      JSON.stringify({mt: 'Login', ...login, digest: await digest(hashed), info, pbxObj: 'hello'}), '*');
  });
  const page = document.createElement('iframe');
  page.src = 'hello.htm';
  document.body.append(page);
}

function greeting() {
  return document.querySelector('iframe').contentDocument?.getElementById('greeting')?.textContent;
}
