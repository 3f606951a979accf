import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Api, Problem } from './api';
import { looks } from './looks';
import { failed, problemNote, sheets, stateMark } from './sheets';
import { ago, moment, number, sourceName } from './words';
import type { Command, LetterFilter } from './sluice-dead-letters';
import type { DeadLetter } from './types';

const PAGE = 50;
const STATES = [['', 'open'], ['redriven', 'redriven'], ['acknowledged', 'acknowledged'], ['all', 'all']] as const;
const CONTENT_HASH = /^[0-9a-f]{64}/;

/** The letters that fit a filter, each with its cause and its cure; a new value of `looked` has it look again. */
class SluiceLetters extends LitElement {
  static override properties = {
    api: { attribute: false }, operator: { attribute: false }, filter: { attribute: false }, looked: { attribute: false }, busy: { attribute: false },
    letters: { state: true }, next: { state: true }, picked: { state: true }, problem: { state: true },
  };
  declare api: Api;
  /** Whether commands may be given. */
  declare operator: boolean;
  declare filter: LetterFilter;
  declare looked: number;
  declare busy: boolean;
  declare letters: DeadLetter[] | null;
  declare next: string | null;
  declare picked: Set<string>;
  declare problem: Problem | null;
  private shown = PAGE;
  private asked = '';

  constructor() {
    super();
    this.operator = false;
    this.looked = 0;
    this.busy = false;
    this.letters = null;
    this.next = null;
    this.picked = new Set();
    this.problem = null;
  }

  static override styles = [looks, sheets, css`
    :host { padding: 0; max-width: none; }
    .cause { display: block; max-width: 68ch; overflow-wrap: anywhere; }
    .key { display: block; max-width: 26ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .acts { display: flex; gap: 6px; justify-content: flex-end; white-space: nowrap; }
    @media (max-width: 720px) { .acts { justify-content: flex-start; } header .end { margin-left: 0; } }
    .chip { display: inline-flex; align-items: center; gap: 6px; border: 1px solid var(--line); border-radius: 20px; padding: 2px 5px 2px 12px; font-size: 13.5px; background: var(--sunken); }
    .chip button { border: 0; background: none; border-radius: 50%; width: 22px; height: 22px; padding: 0; line-height: 1; }
    .chip button:hover { background: var(--line); }
  `];

  override willUpdate(changed: Map<string, unknown>) {
    const key = JSON.stringify(this.filter);
    if (key !== this.asked) {
      this.asked = key;
      this.shown = PAGE;
      this.letters = null;
      this.picked = new Set();
      void this.look();
    } else if (changed.has('looked')) void this.look();
  }

  override render() {
    const { service, origin, error_code: code } = this.filter;
    const ids = [...this.picked];
    return html`<section class="card" aria-label="Letters"><header>
        <label>State <select @change=${(event: Event) => this.narrow({ state: (event.target as HTMLSelectElement).value })}>
          ${STATES.map(([value, name]) => html`<option value=${value} ?selected=${value === this.filter.state}>${name}</option>`)}</select></label>
        ${service || origin || code ? html`<span class="chip">${[origin || service, code].filter(Boolean).join(', ')}
          <button aria-label="Show letters of every class and cause" title="Show all" @click=${() => this.narrow({ service: '', origin: '', error_code: '' })}>×</button></span>` : nothing}
        ${this.operator ? html`<div class="end">
          <button class="button" ?disabled=${this.busy || ids.length === 0} @click=${() => this.command('acknowledge', ids)}>Acknowledge selected${ids.length ? ` (${ids.length})` : ''}</button>
          <button class="button primary" ?disabled=${this.busy || ids.length === 0} @click=${() => this.command('redrive', ids)}>Redrive selected${ids.length ? ` (${ids.length})` : ''}</button></div>` : nothing}
      </header>
      ${problemNote(this.problem)}
      ${this.letters === null ? html`<div class="empty">${this.problem ? 'The letters are not known at the moment.' : 'Asking for the letters …'}</div>`
        : this.letters.length === 0 ? html`<div class="empty"><strong>No letter fits</strong><span>Choose another state or cause.</span></div>` : this.table(this.letters)}
      ${this.next && this.shown < 500 ? html`<div class="more"><button class="button" @click=${this.more}>Show more</button></div>`
        : this.next ? html`<div class="more quiet">These are the newest ${number(this.shown)}; close some to see older ones.</div>` : nothing}</section>`;
  }

  private table(letters: DeadLetter[]) {
    const open = letters.filter(letter => letter.state === 'open');
    const every = open.length > 0 && open.every(letter => this.picked.has(letter.id));
    return html`<div class="scroll"><table class="fold"><thead><tr>
        ${this.operator ? html`<th><input type="checkbox" aria-label="Select all that are shown" .checked=${every} ?disabled=${open.length === 0}
          @change=${() => { this.picked = new Set(every ? [] : open.map(letter => letter.id)); }}></th>` : nothing}
        <th>What</th><th>Cause and cure</th><th class="number">Attempts</th><th>Given up</th><th>State</th>${this.operator ? html`<th><span class="hidden">Commands</span></th>` : nothing}</tr></thead>
      <tbody>${repeat(letters, letter => letter.id, letter => this.row(letter))}</tbody></table></div>`;
  }

  private row(letter: DeadLetter) {
    const hash = letter.source === 'work' && letter.service === 'media' ? CONTENT_HASH.exec(letter.key)?.[0] : undefined;
    const open = letter.state === 'open';
    return html`<tr data-letter=${letter.id}>
      ${this.operator ? html`<td><input type="checkbox" aria-label="Select the letter of ${letter.key}" .checked=${this.picked.has(letter.id)} ?disabled=${!open} @change=${() => this.pick(letter.id)}></td>` : nothing}
      <td>${letter.origin} <small class="quiet">${letter.service} · ${sourceName(letter.source).toLowerCase()}</small>
        <span class="mono key" title=${letter.key}>${hash ? html`<a href="#/asset/${hash}">${letter.key}</a>` : letter.key || 'no key'}</span></td>
      <td class="wide"><span class="cause">${letter.cause}</span>${open ? html`<span class="cause quiet">${letter.cure}</span>` : nothing}<small class="quiet mono">${letter.error_code}</small></td>
      <td class="number" data-name="attempts">${letter.attempts || '-'}</td>
      <td class="tight" data-name="given up" title=${moment(letter.created_at)}>${ago(letter.created_at) || '-'}</td>
      <td class="tight">${stateMark(letter.state)}${letter.closed_at ? html`<br><small class="quiet" title=${moment(letter.closed_at)}>${ago(letter.closed_at)}${letter.closed_by ? html` by ${letter.closed_by}` : nothing}</small>` : nothing}</td>
      ${this.operator ? html`<td class="wide">${open ? html`<span class="acts">
        <button class="button small" ?disabled=${this.busy} aria-label="Redrive the letter of ${letter.key}" @click=${() => this.command('redrive', [letter.id])}>Redrive</button>
        <button class="button small" ?disabled=${this.busy} aria-label="Acknowledge the letter of ${letter.key}" @click=${() => this.command('acknowledge', [letter.id])}>Acknowledge</button></span>` : nothing}</td>` : nothing}</tr>`;
  }

  private pick(id: string) {
    const picked = new Set(this.picked);
    if (!picked.delete(id)) picked.add(id);
    this.picked = picked;
  }

  private command(command: Command, ids: string[]) {
    this.dispatchEvent(new CustomEvent('command', { detail: { command, ids } }));
    this.picked = new Set([...this.picked].filter(id => !ids.includes(id)));
  }

  private narrow(by: Partial<LetterFilter>) {
    this.dispatchEvent(new CustomEvent('narrow', { detail: { ...this.filter, ...by } }));
  }

  private more = () => {
    this.shown = Math.min(500, this.shown + PAGE);
    void this.look();
  };

  private async look() {
    const asked = this.asked;
    try {
      const page = await this.api.deadLetters({ ...this.filter, limit: String(this.shown) });
      if (asked !== this.asked) return;
      this.letters = page.items;
      this.next = page.next_cursor;
      this.problem = null;
      const there = new Set(page.items.filter(letter => letter.state === 'open').map(letter => letter.id));
      if ([...this.picked].some(id => !there.has(id))) this.picked = new Set([...this.picked].filter(id => there.has(id)));
    } catch (failure) {
      failed(this, failure);
    }
  }
}

customElements.define('sluice-letters', SluiceLetters);
