import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Api, Problem } from './api';
import { importHelp } from './import-help';
import { Watch } from './live';
import { looks } from './looks';
import { failed, problemNote, progressOf, sheets, stateMark } from './sheets';
import { ago, bytes, count, number } from './words';
import type { Batch, Library, QueuedImport } from './types';

const PAGE = 50;
const STATES = ['discovered', 'waiting', 'invalid', 'preflighted', 'queued', 'importing', 'imported', 'partial', 'failed', 'superseded'];
const QUEUEABLE = ['discovered', 'preflighted', 'imported', 'partial', 'failed'];

/** Import Media: the bundles that were found, and the button that queues them. */
class SluiceImport extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, batches: { state: true }, handy: { state: true }, libraries: { state: true },
    next: { state: true }, picked: { state: true }, filter: { state: true }, results: { state: true }, problem: { state: true },
    said: { state: true }, busy: { state: true },
  };
  declare api: Api;
  declare role: string;
  declare batches: Batch[] | null;
  declare handy: Batch[];
  declare libraries: Library[];
  declare next: string | null;
  declare picked: Set<string>;
  declare filter: { state: string; library: string; hand: boolean };
  declare results: QueuedImport[];
  declare problem: Problem | null;
  declare said: string;
  declare busy: boolean;
  private shown = PAGE;
  private readonly watch = new Watch(this, event => event.type === 'ledger', () => this.look());

  constructor() {
    super();
    this.role = 'viewer';
    this.batches = null;
    this.handy = [];
    this.libraries = [];
    this.next = null;
    this.picked = new Set();
    this.filter = { state: '', library: '', hand: false };
    this.results = [];
    this.problem = null;
    this.said = '';
    this.busy = false;
  }

  static override styles = [looks, sheets, css`
    .site { font-size: 12.5px; border: 1px solid var(--line); border-radius: 20px; padding: 1px 10px; color: var(--quiet); justify-self: start; margin-top: 4px; }
    .id { display: grid; gap: 1px; }
    .reason { display: block; max-width: 92ch; }
  `];

  override render() {
    const operator = this.role !== 'viewer';
    const handy = new Set(this.handy.map(batch => batch.sync_id));
    const rest = (this.batches ?? []).filter(batch => !handy.has(batch.sync_id));
    return html`
      <div class="top">
        <div><h2>Import Media</h2>
          <p class="quiet">Queue cloud-sync handover batches and monitor worker runs.</p>
          <p class="quiet"><strong>About this section:</strong> queue bundles here; the worker imports them in the background.</p>
          <span class="site" title="The library is the same for all sites; nothing has to be chosen">No site selected</span></div>
        ${operator ? html`<button class="button" ?disabled=${this.busy} title="Look at every bundle on the mount now" @click=${this.scan}>Scan now</button>` : nothing}
      </div>
      ${problemNote(this.problem)}
      ${this.said ? html`<div class="note fine" role="status">${this.said}</div>` : nothing}
      ${this.outcome()}
      <section class="card" aria-label="Batches">
        <header>
          ${this.filters()}
          ${operator ? html`<div class="end">
            <label>Priority <input id="priority" type="number" min="0" max="999" value="50" title="Lower runs first"></label>
            <label title="Import again what is imported already"><input id="force" type="checkbox"> Force</label>
            <button class="button primary" ?disabled=${this.busy || this.picked.size === 0} @click=${this.queue}>Queue selected${this.picked.size ? ` (${this.picked.size})` : ''}</button>
          </div>` : nothing}
        </header>
        ${this.batches === null ? html`<div class="empty">${this.problem ? 'The batches are not known at the moment.' : 'Asking for the batches …'}</div>`
          : this.handy.length + rest.length === 0 ? this.empty() : this.table(rest)}
        ${this.next ? html`<div class="more"><button class="button" @click=${this.more}>Show more</button></div>` : nothing}
      </section>
      ${importHelp}`;
  }

  private filters() {
    return html`
      <label>State <select @change=${(event: Event) => this.narrow({ state: (event.target as HTMLSelectElement).value })}>
        <option value="">all</option>${STATES.map(state => html`<option value=${state}>${state}</option>`)}</select></label>
      ${this.libraries.length > 1 ? html`<label>Library <select @change=${(event: Event) => this.narrow({ library: (event.target as HTMLSelectElement).value })}>
        <option value="">all</option>${this.libraries.map(library => html`<option value=${library.id}>${library.name}</option>`)}</select></label>` : nothing}
      <label><input type="checkbox" @change=${(event: Event) => this.narrow({ hand: (event.target as HTMLInputElement).checked })}> Needs a hand</label>`;
  }

  private table(rest: Batch[]) {
    const all = [...this.handy, ...rest].filter(batch => QUEUEABLE.includes(batch.state) && batch.state !== 'imported');
    const every = all.length > 0 && all.every(batch => this.picked.has(batch.sync_id));
    return html`<div class="scroll"><table>
      <thead><tr>
        ${this.role === 'viewer' ? nothing : html`<th><input type="checkbox" aria-label="Select all that wait to be imported" .checked=${every} ?disabled=${all.length === 0}
          @change=${() => { this.picked = new Set(every ? [] : all.map(batch => batch.sync_id)); }}></th>`}
        <th>Batch</th><th>Type</th><th>Action</th><th>State</th><th class="number">Items</th><th class="number">Bytes</th><th>Source host</th><th>Seen</th></tr></thead>
      <tbody>
        ${repeat(this.handy, batch => batch.sync_id, batch => this.row(batch, true))}
        ${repeat(rest, batch => batch.sync_id, batch => this.row(batch, false))}
      </tbody></table></div>`;
  }

  private row(batch: Batch, handy: boolean) {
    const why = handy ? batch.last_error ?? batch.reason ?? 'Its job has shown no sign of life for 15 minutes.' : batch.reason;
    return html`<tr class=${handy ? 'handy' : ''} data-batch=${batch.sync_id}>
        ${this.role === 'viewer' ? nothing : html`<td><input type="checkbox" aria-label="Select ${batch.sync_id}" .checked=${this.picked.has(batch.sync_id)} ?disabled=${!QUEUEABLE.includes(batch.state)}
          title=${QUEUEABLE.includes(batch.state) ? '' : `A batch that is ${batch.state} cannot be queued`} @change=${() => this.pick(batch.sync_id)}></td>`}
        <td><span class="id"><a class="mono" href="#/batch/${batch.sync_id}">${batch.sync_id}</a><small class="quiet">${batch.library_name}</small></span></td>
        <td>${batch.sync_type ?? '-'}</td><td>${batch.action ?? '-'}</td>
        <td>${batch.active_job && batch.state === 'importing' ? html`${stateMark(batch.state)}${progressOf(batch.active_job)}` : stateMark(batch.state)}</td>
        <td class="number">${batch.verdict === 'consumable' || batch.item_count ? number(batch.item_count) : '-'}</td>
        <td class="number tight" title="${number(batch.total_bytes)} bytes">${batch.total_bytes ? bytes(batch.total_bytes) : '-'}</td>
        <td>${batch.source_host ?? '-'}</td><td class="tight">${ago(batch.seen_at) || '-'}</td></tr>
      ${why ? html`<tr class="why ${handy ? 'handy' : ''}">${this.role === 'viewer' ? nothing : html`<td></td>`}<td colspan="8"><span class="reason ${handy ? '' : 'quiet'}">${handy ? html`<strong class="warn">Needs a hand:</strong> ` : nothing}${why}
        ${handy ? html`<a href="#/batch/${batch.sync_id}${batch.tally.failed ? '/failed' : ''}">Look at it</a>` : nothing}</span></td></tr>` : nothing}`;
  }

  private empty() {
    if (this.filter.state || this.filter.library || this.filter.hand) {
      return html`<div class="empty"><strong>No batch fits</strong>Choose other filters to see the others.</div>`;
    }
    return html`<div class="empty"><strong>No bundles yet</strong>
      ${this.libraries.length === 0
        ? html`<span>There is no handover library. Give Sluice one: <code>./sluice up --handover DIR</code></span>`
        : html`<span>A bundle appears here within seconds once its <code>.ready</code> file stands beside its manifest in ${this.libraries.map(library => library.name).join(', ')}.</span>
          ${this.libraries.filter(library => library.health.state !== 'online').map(library => html`<span class="warn">${library.name} is ${library.health.state}. ${library.health.reason ?? ''}</span>`)}`}
    </div>`;
  }

  private outcome() {
    const refused = this.results.filter(result => !result.job);
    const queued = this.results.length - refused.length;
    if (this.results.length === 0) return nothing;
    return html`<div class="note ${refused.length ? '' : 'fine'}" role="status">
      ${queued ? html`<p>${count(queued, 'batch', 'batches')} queued; <a href="#/tasks">Import Tasks</a> shows the progress.</p>` : nothing}
      ${refused.length ? html`<p>${count(refused.length, 'batch was', 'batches were')} not queued:</p>
        <ul>${refused.map(result => html`<li><a class="mono" href="#/batch/${result.sync_id}">${result.sync_id}</a>: ${result.reason}</li>`)}</ul>` : nothing}</div>`;
  }

  private pick(syncId: string) {
    const picked = new Set(this.picked);
    if (!picked.delete(syncId)) picked.add(syncId);
    this.picked = picked;
  }

  private narrow(by: Partial<SluiceImport['filter']>) {
    this.filter = { ...this.filter, ...by };
    this.shown = PAGE;
    this.watch.soon();
  }

  private async look() {
    try {
      const { state, library, hand } = this.filter;
      const [page, handy, libraries] = await Promise.all([
        this.api.batches({ state, library, needs_hand: hand ? 'true' : '', limit: String(this.shown) }),
        this.api.batches({ state, library, needs_hand: 'true', limit: String(PAGE) }),
        this.api.libraries(),
      ]);
      this.batches = page.items;
      this.next = page.next_cursor;
      this.handy = handy.items;
      this.libraries = libraries.items.filter(each => each.kind === 'handover');
      const there = new Set([...page.items, ...handy.items].filter(batch => QUEUEABLE.includes(batch.state)).map(batch => batch.sync_id));
      if ([...this.picked].some(syncId => !there.has(syncId))) this.picked = new Set([...this.picked].filter(syncId => there.has(syncId)));
      this.problem = null;
    } catch (failure) {
      failed(this, failure);
    }
  }

  private more = () => {
    this.shown = Math.min(500, this.shown + PAGE);
    this.watch.soon();
  };

  private scan = () => this.act(async () => {
    await this.api.scanHandovers();
    this.said = 'Looking at every bundle now; what is found appears here by itself.';
  });

  private queue = () => this.act(async () => {
    const priority = (this.renderRoot.querySelector('#priority') as HTMLInputElement).valueAsNumber;
    const force = this.renderRoot.querySelector('#force') as HTMLInputElement;
    this.results = await this.api.queue([...this.picked], Number.isNaN(priority) ? 50 : priority, force.checked);
    this.picked = new Set();
    force.checked = false;
  });

  private async act(command: () => Promise<void>) {
    this.busy = true;
    this.said = '';
    this.results = [];
    try {
      await command();
      this.problem = null;
      this.watch.soon();
    } catch (failure) {
      failed(this, failure);
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('sluice-import', SluiceImport);
