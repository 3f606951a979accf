import { LitElement, css, html, nothing } from 'lit';
import { looks } from './looks';
import { Api, Problem } from './api';
import { Feed } from './feed';
import { byClass } from './sluice-work';
import type { SluiceGrid } from './sluice-grid';
import type { Asset, Degraded, Library, ServiceWork, Session } from './types';

/** While something is going on, what is new should be seen at once; otherwise a look now and then is enough. */
const BUSY_MS = 1_500;
const IDLE_MS = 8_000;

/** The page: who you are, how the libraries are, what is going on, and the pictures. */
class SluiceConsole extends LitElement {
  static override properties = {
    session: { state: true }, asked: { state: true }, note: { state: true }, libraries: { state: true }, services: { state: true },
    assets: { state: true }, library: { state: true }, opened: { state: true }, problem: { state: true }, degraded: { state: true },
  };
  declare session: Session | null;
  declare asked: boolean;
  declare note: string;
  declare libraries: Library[] | null;
  declare services: ServiceWork[] | null;
  declare assets: Asset[];
  declare library: string | null;
  declare opened: string | null;
  declare problem: Problem | null;
  declare degraded: Degraded[];
  private readonly api = new Api();
  private feed = new Feed(this.api, null);
  private timer = 0;
  private beating = false;

  constructor() {
    super();
    this.session = null;
    this.asked = false;
    this.note = '';
    this.libraries = null;
    this.services = null;
    this.assets = [];
    this.library = null;
    this.opened = null;
    this.problem = null;
    this.degraded = [];
  }

  static override styles = [looks, css`
    header { display: flex; align-items: center; gap: 12px; padding: 16px 26px 10px; }
    header svg { width: 30px; height: 30px; }
    h1 { font-size: 19px; font-weight: 660; letter-spacing: -0.01em; }
    .who { margin-left: auto; display: flex; gap: 8px; align-items: center; font-size: 14px; }
    .strips { display: grid; gap: 12px; padding: 6px 26px 16px; }
    main { padding: 0 26px 60px; }
    .note { margin: 0 26px 14px; padding: 11px 15px; border-radius: 12px; background: var(--warn-wash); font-size: 14px; }
    .note.bad { background: var(--bad-wash); }
    .note small { color: var(--quiet); }
    .empty { max-width: 46ch; margin: 12vh auto 0; text-align: center; display: grid; gap: 10px; color: var(--quiet); }
    .empty h2 { font-size: 20px; font-weight: 620; color: var(--ink); }
    .empty svg { width: 72px; height: 72px; margin: 0 auto 6px; color: var(--line); }
    code { background: var(--sunken); border-radius: 5px; padding: 1px 6px; font-size: 0.92em; }
    @media (max-width: 600px) { header, .strips, main { padding-left: 14px; padding-right: 14px; } .who .quiet { display: none; } }
  `];

  override connectedCallback() {
    super.connectedCallback();
    const theme = localStorage.getItem('theme');
    if (theme) document.documentElement.dataset.theme = theme;
    document.addEventListener('visibilitychange', this.wake);
    void this.enter();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.wake);
    clearTimeout(this.timer);
  }

  override render() {
    if (!this.session) {
      return this.asked
        ? html`<sluice-login .api=${this.api} .note=${this.note} @entered=${(event: CustomEvent<Session>) => this.begin(event.detail)}></sluice-login>`
        : nothing;
    }
    return html`
      <header>
        <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="var(--accent)"></rect>
          <path d="M6 13c4-4 6 2 10 0s6-4 10 0M6 20c4-4 6 2 10 0s6-4 10 0" fill="none" stroke="var(--accent-ink)" stroke-width="2.4" stroke-linecap="round"></path></svg>
        <h1>Sluice</h1>
        <div class="who"><span class="quiet">${this.session.key_name}, ${this.session.role}</span>
          <button class="button" @click=${this.turnTheme} title="Light or dark">◐<span class="hidden"> Light or dark</span></button>
          <button class="button" @click=${this.leave}>Log out</button></div>
      </header>
      <div class="strips">
        <sluice-libraries .libraries=${this.libraries ?? []} .picked=${this.library}
          @pick=${(event: CustomEvent<string | null>) => this.pick(event.detail)}></sluice-libraries>
        <sluice-work .services=${this.services}></sluice-work>
      </div>
      ${this.notes()}
      <main>
        ${this.assets.length === 0 ? this.empty() : html`<sluice-grid .assets=${this.assets} .complete=${this.feed.complete}
          @more=${this.more} @open=${(event: CustomEvent<string>) => { this.opened = event.detail; }}></sluice-grid>`}
      </main>
      <sluice-viewer .asset=${this.assets.find(asset => asset.content_hash === this.opened) ?? null}
        @leave=${this.closeViewer} @next=${() => this.step(1)} @previous=${() => this.step(-1)}></sluice-viewer>`;
  }

  private notes() {
    if (this.problem) {
      return html`<p class="note bad" role="alert"><strong>${this.problem.title}.</strong> ${this.problem.message}
        ${this.problem.traceId ? html`<small>Trace ${this.problem.traceId}</small>` : nothing}</p>`;
    }
    return this.degraded.length === 0 ? nothing
      : html`<p class="note" role="status">${this.degraded.map(note => note.detail).join(' ')}</p>`;
  }

  private empty() {
    if (!this.feed.started || !this.libraries) return nothing;
    const picture = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <rect x="3" y="5" width="18" height="14" rx="2.5"></rect><circle cx="8.5" cy="10" r="1.6"></circle><path d="m4 17 5-4.5 3.5 3 3-2.5L21 17"></path></svg>`;
    if (this.libraries.length === 0) {
      return html`<div class="empty">${picture}<h2>No libraries yet</h2>
        <p>Give Sluice a folder to watch: <code>./sluice up --library NAME=DIR</code>, or try <code>./sluice up --demo</code>.</p></div>`;
    }
    const away = this.libraries.filter(library => library.health.state !== 'online');
    const names = this.libraries.filter(library => library.health.state === 'online').map(library => library.name).join(', ');
    return html`<div class="empty">${picture}<h2>No pictures yet</h2>
      ${names ? html`<p>Put some into ${names}: they appear here by themselves within seconds.</p>` : nothing}
      ${away.map(library => html`<p>${library.name} is ${library.health.state}. ${library.health.reason ?? ''}</p>`)}</div>`;
  }

  private async enter() {
    try {
      this.begin(await this.api.session());
    } catch (failure) {
      if (failure instanceof Problem && failure.status !== 401) {
        this.note = `${failure.title}. ${failure.message}`;
        setTimeout(() => void this.enter(), IDLE_MS);
      }
    } finally {
      this.asked = true;
    }
  }

  private begin(session: Session) {
    this.session = session;
    this.note = '';
    void this.beat();
  }

  private leave = async () => {
    clearTimeout(this.timer);
    try {
      await this.api.logOut();
    } catch (failure) {
      this.problem = failure as Problem;
      return;
    }
    this.end('You are logged out.');
  };

  private end(note: string) {
    clearTimeout(this.timer);
    this.session = null;
    this.libraries = null;
    this.services = null;
    this.assets = [];
    this.opened = null;
    this.problem = null;
    this.feed = new Feed(this.api, null);
    this.library = null;
    this.note = note;
  }

  private wake = () => {
    if (!document.hidden && this.session) void this.beat();
  };

  /** Looks at everything once, and plans the next look. */
  private async beat() {
    if (this.beating) return;
    this.beating = true;
    clearTimeout(this.timer);
    try {
      const [libraries, services] = await Promise.all([this.api.libraries(), this.api.work(), this.look()]);
      this.libraries = libraries.items;
      this.services = services;
      const notes = new Map([...this.feed.degraded, ...(libraries.degraded ?? [])].map(note => [note.service, note]));
      this.degraded = [...notes.values()];
      this.problem = null;
    } catch (failure) {
      this.fail(failure);
    } finally {
      this.beating = false;
    }
    if (this.session && !document.hidden) this.timer = setTimeout(() => void this.beat(), this.isBusy() ? BUSY_MS : IDLE_MS);
  }

  private async look() {
    const feed = this.feed;
    const grid = this.grid;
    if (!feed.started) await feed.more();
    else await feed.refresh(...(grid?.visible() ?? [0, 0]));
    if (feed === this.feed) this.assets = feed.assets;
  }

  private more = async () => {
    const feed = this.feed;
    try {
      while (!feed.complete && feed === this.feed && this.grid?.nearEnd) {
        await feed.more();
        this.assets = feed.assets;
        await this.updateComplete;
        await this.grid?.updateComplete;
      }
    } catch (failure) {
      this.fail(failure);
    }
  };

  private isBusy(): boolean {
    return !this.assets.length || this.feed.unfinished || byClass(this.services ?? []).length > 0;
  }

  private fail(failure: unknown) {
    if (!(failure instanceof Problem)) throw failure;
    if (failure.status === 401) this.end('Your session has ended. Log in again to go on.');
    else this.problem = failure;
  }

  private pick(library: string | null) {
    this.library = library;
    this.feed = new Feed(this.api, library);
    void this.look().catch(failure => this.fail(failure));
  }

  private step(by: number) {
    const at = this.assets.findIndex(asset => asset.content_hash === this.opened);
    const next = this.assets[at + by];
    if (next) this.opened = next.content_hash;
  }

  private closeViewer = () => {
    const at = this.assets.findIndex(asset => asset.content_hash === this.opened);
    this.opened = null;
    if (at >= 0) this.grid?.focusOn(at);
  };

  private turnTheme = () => {
    const dark = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim() === '#15171a';
    document.documentElement.dataset.theme = dark ? 'light' : 'dark';
    localStorage.setItem('theme', dark ? 'light' : 'dark');
  };

  private get grid(): SluiceGrid | null {
    return this.renderRoot.querySelector('sluice-grid') as SluiceGrid | null;
  }
}

customElements.define('sluice-console', SluiceConsole);
