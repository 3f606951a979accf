import { LitElement, css, html, nothing } from 'lit';
import { looks } from './looks';
import { Problem } from './api';
import type { Api } from './api';
import { Feed } from './feed';
import { EVERYTHING, isEverything, listOf, queryOf } from './filter';
import type { Filter } from './filter';
import { emptyContainer, emptyLibrary, nothingFits } from './library-empty';
import { Watch } from './live';
import { addressOf, replacePlace } from './place';
import './sluice-filters';
import { byClass } from './sluice-work';
import { number } from './words';
import type { SluiceGrid } from './sluice-grid';
import type { Asset, Container, Degraded, Library, ServiceWork } from './types';

/** While something is going on, what is new should be seen at once; otherwise a look now and then is enough. */
const BUSY_MS = 1_500;
const IDLE_MS = 8_000;
/** What became ready or otherwise is looked at at once, but no more often than this. */
const BETWEEN_LOOKS_MS = 700;
/** So near the end of what was read, the viewer has more read. */
const NEAR_END = 5;

/** The pictures of the library, or of one gallery; how the libraries are, and what is going on. What is open and filtered stands in the address. */
class SluicePictures extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, kind: { attribute: false }, of: { attribute: false }, opened: { attribute: false },
    filter: { attribute: false }, libraries: { state: true }, services: { state: true }, assets: { state: true }, problem: { state: true },
    missing: { state: true }, degraded: { state: true }, container: { state: true }, alone: { state: true }, turning: { state: true },
  };
  declare api: Api;
  declare role: string;
  /** gallery or collection; empty for everything. */
  declare kind: string;
  /** Id of that container. */
  declare of: string;
  /** Content hash of the asset that is open, wherever it stands; empty for none. */
  declare opened: string;
  declare filter: Filter;
  declare libraries: Library[] | null;
  declare services: ServiceWork[] | null;
  declare assets: Asset[];
  declare problem: Problem | null;
  /** Why the asset that was wanted cannot be opened. */
  declare missing: Problem | null;
  declare degraded: Degraded[];
  declare container: Container | null;
  /** The asset that is open, when the list has not come to it. */
  declare alone: Asset | null;
  /** Whether other filters were chosen and their list has not come. */
  declare turning: boolean;
  private feed: Feed | null = null;
  /** Whether the address before this one is the list. */
  private entered = false;

  constructor() {
    super();
    new Watch(this, event => event.type === 'asset' || event.type === 'library', () => this.beat(),
      { between: BETWEEN_LOOKS_MS, pause: () => this.isBusy() ? BUSY_MS : IDLE_MS });
    this.role = 'viewer';
    this.kind = '';
    this.of = '';
    this.opened = '';
    this.filter = EVERYTHING;
    this.libraries = null;
    this.services = null;
    this.assets = [];
    this.problem = null;
    this.missing = null;
    this.degraded = [];
    this.container = null;
    this.alone = null;
    this.turning = false;
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
    main { transition: opacity 0.15s ease; }
    main[aria-busy='true'] { opacity: 0.45; }
    @media (max-width: 600px) { .strips, .of, main { padding-left: 14px; padding-right: 14px; } }
  `];

  override connectedCallback() {
    super.connectedCallback();
    this.feed = new Feed(this.api, this.list());
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.feed = null;
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.get('filter') !== undefined) this.turn();
    if (changed.has('opened')) void this.openWanted();
  }

  override updated(changed: Map<string, unknown>) {
    const left = changed.get('opened') as string | undefined;
    if (!left || this.opened) return;
    this.entered = false;
    const at = this.assets.findIndex(asset => asset.content_hash === left);
    if (at >= 0) this.grid?.focusOn(at);
  }

  override render() {
    const at = this.assets.findIndex(asset => asset.content_hash === this.opened);
    const shown = this.assets[at] ?? (this.alone?.content_hash === this.opened ? this.alone : null);
    return html`
      ${this.of ? html`<div class="of"><p><a href="#/">← All pictures</a></p>${this.container ? html`<h2>${this.container.title}</h2>
          <p class="quiet">${this.container.kind}, ${number(this.container.linked_members)} of ${number(this.container.expected_members)} members are here</p>` : nothing}</div>`
        : html`<div class="strips">
        <sluice-libraries .libraries=${this.libraries ?? []} .picked=${this.filter.library}
          @pick=${(event: CustomEvent<string>) => this.narrow({ ...this.filter, library: event.detail })}></sluice-libraries>
        <sluice-work .services=${this.services}></sluice-work>
        <sluice-filters .filter=${this.filter} @narrow=${(event: CustomEvent<Filter>) => this.narrow(event.detail)}></sluice-filters>
      </div>`}
      ${this.notes()}
      <main aria-busy=${this.turning}>
        ${this.assets.length === 0 ? this.empty() : html`<sluice-grid .assets=${this.assets} .complete=${this.feed?.complete ?? true}
          @more=${this.more} @open=${(event: CustomEvent<string>) => this.open(event.detail)}></sluice-grid>`}
      </main>
      <sluice-viewer .api=${this.api} .role=${this.role} .asset=${shown} .former=${this.assets[at - 1] ?? null} .further=${at < 0 ? null : this.assets[at + 1] ?? null}
        @leave=${this.close} @next=${() => this.step(1)} @previous=${() => this.step(-1)}></sluice-viewer>`;
  }

  private notes() {
    const { library } = this.filter;
    if (library && this.libraries?.every(known => known.name !== library && known.id !== library)) {
      return html`<p class="note bad" role="alert"><strong>There is no library ${library}.</strong> It may be called otherwise now. Pick one above, or clear the filters.</p>`;
    }
    const problem = this.problem ?? this.missing;
    if (problem) {
      return html`<p class="note bad" role="alert"><strong>${problem.title}.</strong> ${problem.message}
        ${problem.traceId ? html`<small>Trace ${problem.traceId}</small>` : nothing}</p>`;
    }
    return this.degraded.length === 0 ? nothing
      : html`<p class="note" role="status">${this.degraded.map(note => note.detail).join(' ')}</p>`;
  }

  private empty() {
    if (!this.feed?.started || !this.libraries) return nothing;
    if (this.of) return emptyContainer;
    return isEverything(this.filter) ? emptyLibrary(this.libraries) : nothingFits(() => this.narrow(EVERYTHING));
  }

  /** Looks at everything once. */
  private async beat() {
    try {
      const list = this.look();
      const [libraries, services] = await Promise.all([this.api.libraries(), this.api.work(), this.lookAtContainer(), list.catch(() => undefined)]);
      this.libraries = libraries.items;
      this.services = services;
      await list;
      const notes = new Map([...(this.feed?.degraded ?? []), ...(libraries.degraded ?? [])].map(note => [note.service, note]));
      this.degraded = [...notes.values()];
      this.problem = null;
    } catch (failure) {
      this.fail(failure);
    }
  }

  private async look() {
    const feed = this.feed;
    const grid = this.grid;
    if (!feed) return;
    if (!feed.started) await feed.more();
    else await feed.refresh(...(grid?.visible() ?? [0, 0]));
    if (feed !== this.feed) return;
    this.assets = feed.assets;
    this.turning = false;
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

  /** Another list; what is there of the old one stays until it comes. */
  private turn() {
    this.feed = new Feed(this.api, this.list());
    this.turning = true;
    this.look().catch(failure => {
      this.assets = [];
      this.turning = false;
      this.fail(failure);
    });
  }

  private narrow(filter: Filter) {
    location.hash = addressOf({ kind: '', id: '', query: queryOf(filter) });
  }

  private open(contentHash: string) {
    this.entered = true;
    location.hash = this.address(contentHash);
  }

  private step(by: number) {
    const at = this.assets.findIndex(asset => asset.content_hash === this.opened);
    const next = at < 0 ? undefined : this.assets[at + by];
    if (next) replacePlace(this.address(next.content_hash));
    if (at + by + NEAR_END > this.assets.length) void this.readOn();
  }

  private close = () => {
    if (this.entered) history.back();
    else replacePlace(this.address(''));
  };

  private address(asset: string): string {
    return addressOf({ kind: this.kind, id: this.of, asset, query: queryOf(this.filter) });
  }

  private async readOn() {
    const feed = this.feed;
    try {
      await feed?.more();
      if (feed && feed === this.feed) this.assets = feed.assets;
    } catch (failure) {
      this.fail(failure);
    }
  }

  private list(): string {
    return this.of ? `/${this.area}/${encodeURIComponent(this.of)}/assets` : listOf(this.filter);
  }

  private get area(): string {
    return this.kind === 'gallery' ? 'galleries' : 'collections';
  }

  private async lookAtContainer() {
    if (this.of) this.container = await this.api.container(this.area, this.of);
  }

  private async openWanted() {
    const wanted = this.opened;
    this.missing = null;
    if (!wanted || this.assets.some(asset => asset.content_hash === wanted)) return;
    try {
      const asset = await this.api.asset(wanted);
      if (wanted === this.opened) this.alone = asset;
    } catch (failure) {
      if (failure instanceof Problem && failure.status !== 401) this.missing = failure;
      else this.fail(failure);
    }
  }

  private get grid(): SluiceGrid | null {
    return this.renderRoot.querySelector('sluice-grid') as SluiceGrid | null;
  }
}

customElements.define('sluice-pictures', SluicePictures);
