/*
 * The browser's side of an app socket. Copy this file into the web folder of your app: it needs nothing else.
 *
 *   const socket = new AppSocket('hello');            // the app's name: the socket lies beside the page
 *   socket.addEventListener('connected', event => …); // logged in; event.detail has app and domain
 *   socket.addEventListener('message', event => …);   // event.detail is a message that answers no request
 *   socket.addEventListener('password', event => …);  // nobody else can log in: call socket.login(password)
 *   socket.addEventListener('refused', event => …);   // the login was wrong
 *   socket.addEventListener('disconnected', event => …); // event.detail.retry: in how many ms it is tried again
 *   socket.open();
 *   const answer = await socket.request({mt: 'Hello'});
 *
 * In a frame of a client that is logged in at a PBX, the client is asked to log in. A page of its own takes the instance's
 * password. A connection that was lost comes back by itself.
 */

const FIRST_RETRY = 500;
const LONGEST_RETRY = 32000;
const NO_GUID = '0'.repeat(32);

export class AppSocket extends EventTarget {
  #app;
  #url;
  #socket = null;
  #password = null;
  #connected = false;
  #wanted = false;
  #retry = AppSocket.#firstRetry();
  #timer = 0;
  #lastSource = 0;
  #requests = new Map();

  /** @param url of the socket, where it does not lie beside the page */
  constructor(app, url = new URL(app, document.baseURI)) {
    super();
    this.#app = app;
    this.#url = new URL(url);
    this.#url.protocol = this.#url.protocol.replace('http', 'ws');
    window.addEventListener('message', event => this.#loginFromParent(event));
  }

  /** Whether this page can log in by password: browsers calculate digests only over HTTPS, and for localhost. */
  static get canHash() {
    return Boolean(globalThis.crypto?.subtle);
  }

  /** Whether there is a client around this page that may log in for it. */
  static get inClient() {
    return window.parent !== window;
  }

  get connected() {
    return this.#connected;
  }

  open() {
    this.#wanted = true;
    if (!AppSocket.inClient && this.#password === null) {
      this.#tell('password');
    } else {
      this.#connect();
    }
  }

  /** Logs in by password, and does so again whenever the connection was lost. */
  login(password) {
    if (!AppSocket.canHash) {
      throw new Error('This browser cannot log in over plain HTTP: open the page by https://');
    }
    this.#password = password;
    this.open();
  }

  /** Closes it for good, and forgets the password. */
  close() {
    this.#wanted = false;
    this.#password = null;
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
  }

  /** Sends a message that has no answer. */
  send(message) {
    if (!this.#connected) {
      throw new Error('The app is not connected');
    }
    this.#socket.send(JSON.stringify(message));
  }

  /** Sends a request. @return a promise of its answer, broken when the connection is lost before */
  request(message) {
    const src = `r${++this.#lastSource}`;
    return new Promise((resolve, reject) => {
      this.send({...message, src});
      this.#requests.set(src, {resolve, reject});
    });
  }

  // ---------------------------------------------------------------------------------------------------- the connection

  #connect() {
    clearTimeout(this.#timer);
    if (this.#socket) {
      return;
    }
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({mt: 'AppChallenge'}));
    socket.onmessage = event => this.#received(JSON.parse(event.data));
    socket.onclose = () => this.#lost();
  }

  #lost() {
    this.#socket = null;
    this.#connected = false;
    this.#requests.forEach(({reject}) => reject(new Error('The connection was lost')));
    this.#requests.clear();
    const retry = this.#wanted ? this.#retry : undefined;
    if (retry !== undefined) {
      this.#timer = setTimeout(() => this.#connect(), retry);
      this.#retry = Math.min(2 * retry, LONGEST_RETRY);
    }
    this.#tell('disconnected', {retry});
  }

  /** A little different for each page, so that they do not all come at the same moment. */
  static #firstRetry() {
    return FIRST_RETRY * (1 + Math.random());
  }

  #received(message) {
    switch (message.mt) {
      case 'AppChallengeResult':
        this.#challenged(message.challenge);
        break;
      case 'AppLoginResult':
        this.#judged(message);
        break;
      default:
        this.#answered(message);
    }
  }

  /** An answer belongs to one request; what else the app sends, to whoever listens. */
  #answered(message) {
    const request = this.#requests.get(message.src);
    if (request) {
      this.#requests.delete(message.src);
      request.resolve(message);
    } else {
      this.#tell('message', message);
    }
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }

  // --------------------------------------------------------------------------------------------------------- the login

  async #challenged(challenge) {
    if (this.#password === null) {
      // Anybody may know the challenge: it is of use only to who knows the password, too.
      window.parent.postMessage(JSON.stringify({mt: 'getLogin', app: this.#app, challenge}), '*');
      return;
    }
    const socket = this.#socket;
    const login = {app: this.#app, domain: '', sip: this.#app, guid: NO_GUID, dn: 'Admin'};
    const digest = await AppSocket.#digest([...Object.values(login), challenge, this.#password].join(':'));
    socket.send(JSON.stringify({mt: 'AppLogin', ...login, digest}));
  }

  static async #digest(text) {
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('');
  }

  #loginFromParent(event) {
    if (!AppSocket.inClient || event.source !== window.parent || !this.#socket || this.#connected) {
      return;
    }
    const login = AppSocket.#parse(event.data);
    if (login?.mt === 'Login') {
      const {app, domain, sip, guid, dn, digest, info, pbxObj} = login;
      this.#socket.send(JSON.stringify({mt: 'AppLogin', app, domain, sip, guid, dn, digest, info, pbxObj}));
    }
  }

  /** A client around the page sends messages for others, too. */
  static #parse(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  #judged({ok, app, domain}) {
    if (ok) {
      this.#connected = true;
      this.#retry = AppSocket.#firstRetry();
      this.#tell('connected', {app, domain});
      return;
    }
    if (this.#password !== null) {
      // A wrong password does not become right by trying again.
      this.#password = null;
      this.#wanted = false;
    }
    this.#tell('refused');
  }
}
