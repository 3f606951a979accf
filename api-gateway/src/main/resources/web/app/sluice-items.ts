import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Api, Problem } from './api';
import { looks } from './looks';
import { failed, problemNote, sheets, stateMark } from './sheets';
import { moment, number, shortHash } from './words';
import type { BatchItem, Target } from './types';

const PAGE = 100;
const DECISIONS = ['created', 'linked', 'updated', 'skipped', 'deferred', 'failed'];

/** The items of a batch; a new value of `looked` has it look again. */
class SluiceItems extends LitElement {
  static override properties = {
    api: { attribute: false }, syncId: { attribute: false }, count: { attribute: false }, looked: { attribute: false }, toFailed: { attribute: false },
    items: { state: true }, next: { state: true }, decision: { state: true }, marked: { state: true }, problem: { state: true },
  };
  declare api: Api;
  declare syncId: string;
  declare count: number;
  declare looked: number;
  declare toFailed: boolean;
  declare items: BatchItem[] | null;
  declare next: string | null;
  declare decision: string;
  declare marked: boolean;
  declare problem: Problem | null;
  private shown = PAGE;

  constructor() {
    super();
    this.count = 0;
    this.looked = 0;
    this.toFailed = false;
    this.items = null;
    this.next = null;
    this.decision = '';
    this.marked = false;
    this.problem = null;
  }

  static override styles = [looks, sheets, css`
    :host { padding: 0; max-width: none; }
    .error { display: block; max-width: 52ch; }
    tr.marked td { background: var(--bad-wash); }
    tr.marked:focus-visible { outline-offset: -2px; }
    p { padding: 0 16px 12px; }
    td a { display: block; max-width: 34ch; overflow-wrap: anywhere; }
    td a.asset { white-space: nowrap; }
  `];

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('toFailed') && this.toFailed) {
      this.decision = 'failed';
      this.marked = true;
      this.items = null;
    }
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.has('looked') || changed.has('decision')) void this.look();
    if (this.marked && this.items && this.decision === 'failed') {
      const row = this.renderRoot.querySelector('tr.marked') as HTMLElement | null;
      if (row) {
        row.scrollIntoView({ block: 'center' });
        row.focus({ preventScroll: true });
      }
      this.marked = false;
    }
  }

  /** Shows only the failed ones, with the first in view. */
  showFailed() {
    this.marked = true;
    this.decision = 'failed';
    this.items = null;
    void this.look();
  }

  override render() {
    return html`<section class="card" aria-label="Items"><header><h3>Items <span class="quiet">(${number(this.count)})</span></h3>
        <div class="end"><label>Decision <select .value=${this.decision} @change=${(event: Event) => this.narrow((event.target as HTMLSelectElement).value)}>
          <option value="">all</option>${DECISIONS.map(decision => html`<option value=${decision} ?selected=${decision === this.decision}>${decision}</option>`)}</select></label></div></header>
      <p class="quiet">Per-item decisions captured by preflight and updated by import. Re-running pre-flight is safe.</p>
      ${problemNote(this.problem)}
      ${this.items === null ? html`<div class="empty">Asking for the items …</div>`
        : this.items.length === 0 ? html`<div class="empty">${this.decision ? `No item is ${this.decision}.` : 'No items yet: they are listed by the first pre-flight.'}</div>`
        : html`<div class="scroll"><table>
          <thead><tr><th>Asset type</th><th>Asset hash</th><th>Cover hash</th><th>Decision</th><th>Target</th><th>Last error</th><th>Updated at</th></tr></thead>
          <tbody>${repeat(this.items, item => item.position, (item, index) => this.row(item, index))}</tbody></table></div>`}
      ${this.next ? html`<div class="more"><button class="button" @click=${this.more}>Show more</button></div>` : nothing}</section>`;
  }

  private row(item: BatchItem, index: number) {
    const first = this.decision === 'failed' && index === 0;
    return html`<tr class=${first ? 'marked' : ''} tabindex=${first ? '-1' : nothing} data-position=${item.position}>
      <td title=${item.path ?? item.title ?? ''}>${item.asset_type}${item.asset_subtype ? html` <small class="quiet">${item.asset_subtype}</small>` : nothing}</td>
      <td class="mono tight" title=${item.external_hash ?? ''}>${shortHash(item.external_hash)}</td>
      <td class="mono tight" title=${item.cover_hash ?? ''}>${shortHash(item.cover_hash)}</td>
      <td>${item.decision ? stateMark(item.decision) : '-'}${item.decided_by === 'preflight' ? html` <small class="quiet">by preflight</small>` : nothing}
        ${item.work_state ? html`<small class="quiet">${item.work_state.replace('_', ' ')}</small>` : nothing}</td>
      <td>${item.targets.length ? item.targets.map(target => html`<a class="mono ${target.kind}" href=${pageOf(target)}>${target.label}</a> `) : '-'}</td>
      <td><span class="error">${item.last_error ? html`${item.last_error} <small class="quiet">${item.error_code ?? ''}${item.path ? ` · ${item.path}` : ''}</small>` : '-'}</span></td>
      <td class="tight">${moment(item.updated_at)}</td></tr>`;
  }

  private narrow(decision: string) {
    this.decision = decision;
    this.shown = PAGE;
    this.items = null;
  }

  private more = () => {
    this.shown = Math.min(500, this.shown + PAGE);
    void this.look();
  };

  private async look() {
    const decision = this.decision;
    try {
      const page = await this.api.items(this.syncId, { decision, limit: String(this.shown) });
      if (decision !== this.decision) return;
      this.items = page.items;
      this.next = page.next_cursor;
      this.problem = null;
    } catch (failure) {
      failed(this, failure);
    }
  }
}

function pageOf(target: Target): string {
  return `#/${target.kind}/${target.id}`;
}

customElements.define('sluice-items', SluiceItems);

declare global {
  interface HTMLElementTagNameMap {
    'sluice-items': SluiceItems;
  }
}
