import { LitElement, css, html, nothing } from 'lit';
import { looks } from './looks';
import { Problem } from './api';
import type { Api } from './api';
import { Feed } from './feed';
import { byClass } from './sluice-work';
import { number } from './words';
import type { SluiceGrid } from './sluice-grid';
import type { Asset, Container, Degraded, Library, ServiceWork } from './types';

/** While something is going on, what is new should be seen at once; otherwise a look now and then is enough. */
const BUSY_MS = 1_500;
const IDLE_MS = 8_000;

/** The pictures of all libraries, of one of them, or of one gallery; how the libraries are, and what is going on. */
class SluicePictures extends LitElement {
  static override properties = {
    api: { attribute: false }, of: { attribute: false }, wanted: { attribute: false }, libraries: { state: true }, services: { state: true },
    assets: { state: true }, library: { state: true }, opened: { state: true }, problem: { state: true }, degraded: { state: true },
    container: { state: true }, alone: { state: true },
  };
  declare api: Api;
  /** Path of a container: galleries/ID; empty for everything. */
  declare of: string;
  /** Content hash of an asset to open, wherever it stands; empty for none. */
  declare wanted: string;
  declare libraries: Library[] | null;
  declare services: ServiceWork[] | null;
  declare assets: Asset[];
  declare library: string | null;
  declare opened: string | null;
  declare problem: Problem | null;
  declare degraded: Degraded[];
  declare container: Container | null;
  /** The asset that was wanted, when the list has not come to it. */
  declare alone: Asset | null;
  private feed: Feed | null = null;
  private timer = 0;
  private beating = false;

  constructor() {
    super();
    this.of = '';
    this.wanted = '';
    this.libraries = null;
    this.services = null;
    this.assets = [];
    this.library = null;
    this.opened = null;
    this.problem = null;
    this.degraded = [];
    this.container = null;
    this.alone = null;
  }

  static override styles = [looks, css`
    .strips { display: grid; gap: 12px; padding: 6px 26px 16px; }
    .of { padding: 4px 26px 14px; display: grid; gap: 3px; }
    .of h2 { font-size: 23px; font-weight: 660; letter-spacing: -0.015em; }
    .of a { color: var(--accent); text-underline-offset: 3px; }
    main { padding: 0 26px 60px; }
    .note { margin: 0 26px 14px; padding: 11px 15px; border-radius: 12px; background: var(--warn-wash); font-size: 14px; }
    .note.bad { background: var(--bad-wash); }
    .note small { color: var(--quiet); }
    .empty { max-width: 46ch; margin: 12vh auto 0; text-align: center; display: grid; gap: 10px; color: var(--quiet); }
    .empty h2 { font-size: 20px; font-weight: 620; color: var(--ink); }
    .empty svg { width: 72px; height: 72px; margin: 0 auto 6px; color: var(--line); }
    code { background: var(--sunken); border-radius: 5px; padding: 1px 6px; font-size: 0.92em; }
    @media (max-width: 600px) { .strips, .of, main { padding-left: 14px; padding-right: 14px; } }
  `];

  override connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.wake);
    this.feed = new Feed(this.api, this.list());
    void this.beat();
    void this.openWanted();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.wake);
    clearTimeout(this.timer);
    this.feed = null;
  }

  override render() {
    const shown = this.assets.find(asset => asset.content_hash === this.opened) ?? (this.alone?.content_hash === this.opened ? this.alone : null);
    return html`
      ${this.of ? html`<div class="of"><p><a href="#/">← All pictures</a></p>${this.container ? html`<h2>${this.container.title}</h2>
          <p class="quiet">${this.container.kind}, ${number(this.container.linked_members)} of ${number(this.container.expected_members)} members are here</p>` : nothing}</div>`
        : html`<div class="strips">
        <sluice-libraries .libraries=${this.libraries ?? []} .picked=${this.library}
          @pick=${(event: CustomEvent<string | null>) => this.pick(event.detail)}></sluice-libraries>
        <sluice-work .services=${this.services}></sluice-work>
      </div>`}
      ${this.notes()}
      <main>
        ${this.assets.length === 0 ? this.empty() : html`<sluice-grid .assets=${this.assets} .complete=${this.feed?.complete ?? true}
          @more=${this.more} @open=${(event: CustomEvent<string>) => { this.opened = event.detail; }}></sluice-grid>`}
      </main>
      <sluice-viewer .asset=${shown}
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
    if (!this.feed?.started || !this.libraries) return nothing;
    const picture = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <rect x="3" y="5" width="18" height="14" rx="2.5"></rect><circle cx="8.5" cy="10" r="1.6"></circle><path d="m4 17 5-4.5 3.5 3 3-2.5L21 17"></path></svg>`;
    if (this.of) {
      return html`<div class="empty">${picture}<h2>No members here yet</h2><p>They appear as soon as they are imported.</p></div>`;
    }
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

  private wake = () => {
    if (!document.hidden) void this.beat();
  };

  /** Looks at everything once, and plans the next look. */
  private async beat() {
    if (this.beating) return;
    this.beating = true;
    clearTimeout(this.timer);
    try {
      const [libraries, services] = await Promise.all([this.api.libraries(), this.api.work(), this.look(), this.lookAtContainer()]);
      this.libraries = libraries.items;
      this.services = services;
      const notes = new Map([...(this.feed?.degraded ?? []), ...(libraries.degraded ?? [])].map(note => [note.service, note]));
      this.degraded = [...notes.values()];
      this.problem = null;
    } catch (failure) {
      this.fail(failure);
    } finally {
      this.beating = false;
    }
    if (this.isConnected && !document.hidden) this.timer = setTimeout(() => void this.beat(), this.isBusy() ? BUSY_MS : IDLE_MS);
  }

  private async look() {
    const feed = this.feed;
    const grid = this.grid;
    if (!feed) return;
    if (!feed.started) await feed.more();
    else await feed.refresh(...(grid?.visible() ?? [0, 0]));
    if (feed === this.feed) this.assets = feed.assets;
  }

  private more = async () => {
    const feed = this.feed;
    try {
      while (feed && !feed.complete && feed === this.feed && this.grid?.nearEnd) {
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
    return !this.assets.length || !!this.feed?.unfinished || byClass(this.services ?? []).length > 0;
  }

  private fail(failure: unknown) {
    if (!(failure instanceof Problem)) throw failure;
    if (failure.status === 401) this.dispatchEvent(new CustomEvent('ended', { bubbles: true, composed: true }));
    else this.problem = failure;
  }

  private pick(library: string | null) {
    this.library = library;
    this.feed = new Feed(this.api, this.list());
    void this.look().catch(failure => this.fail(failure));
  }

  private step(by: number) {
    const at = this.assets.findIndex(asset => asset.content_hash === this.opened);
    const next = this.assets[at + by];
    if (next) this.opened = next.content_hash;
  }

  private closeViewer = () => {
    if (this.wanted) location.hash = '#/';
    this.alone = null;
    const at = this.assets.findIndex(asset => asset.content_hash === this.opened);
    this.opened = null;
    if (at >= 0) this.grid?.focusOn(at);
  };

  private list(): string {
    if (this.of) return `/${this.of}/assets`;
    return this.library ? `/assets?library=${this.library}` : '/assets';
  }

  private async lookAtContainer() {
    if (!this.of) return;
    const [area, id] = this.of.split('/');
    this.container = await this.api.container(area!, decodeURIComponent(id!));
  }

  private async openWanted() {
    if (!this.wanted) return;
    try {
      this.alone = await this.api.asset(this.wanted);
      this.opened = this.wanted;
    } catch (failure) {
      this.fail(failure);
    }
  }

  private get grid(): SluiceGrid | null {
    return this.renderRoot.querySelector('sluice-grid') as SluiceGrid | null;
  }
}

customElements.define('sluice-pictures', SluicePictures);
