import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Problem } from './api';
import type { Api } from './api';
import { icon } from './icons';
import { looks } from './looks';
import { bytes, count, percent, renditionName } from './words';
import type { Asset, Rendition } from './types';

const MOODS: Record<string, string> = { ready: 'good', running: 'busy', pending: 'idle', failed: 'bad', unsupported: 'warn' };

/** What was made of an asset, and what was not; who may has it made again. */
class SluiceRenditions extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, asset: { attribute: false }, asked: { state: true }, problem: { state: true }, said: { state: true },
  };
  declare api: Api;
  declare role: string;
  declare asset: Asset;
  /** Names that are being asked for. */
  declare asked: Set<string>;
  declare problem: Problem | null;
  declare said: string;

  constructor() {
    super();
    this.role = 'viewer';
    this.asked = new Set();
    this.problem = null;
    this.said = '';
  }

  static override styles = [looks, css`
    ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
    li { display: grid; grid-template-columns: 1fr auto; gap: 3px 12px; align-items: center; background: var(--sunken); border-radius: 11px; padding: 10px 13px; }
    li > * { grid-column: 1; }
    .head { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; }
    .state { display: inline-flex; align-items: center; gap: 6px; font-weight: 570; }
    .state::before { content: ''; width: 8px; height: 8px; border-radius: 50%; background: currentColor; }
    .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .busy { color: var(--accent); } .idle { color: var(--quiet); }
    small { font-size: 12.5px; }
    .redo { grid-column: 2; grid-row: 1 / span 2; display: inline-flex; align-items: center; gap: 6px; padding: 4px 11px; font-size: 13.5px; }
    .redo .icon { width: 15px; height: 15px; }
    .redo[disabled] { opacity: 0.5; cursor: default; }
    progress { appearance: none; border: 0; height: 6px; width: 100%; border-radius: 4px; overflow: hidden; background: var(--line); }
    progress::-webkit-progress-bar { background: var(--line); }
    progress::-webkit-progress-value { background: var(--accent); transition: width 0.5s ease-out; }
    progress::-moz-progress-bar { background: var(--accent); }
    .note { margin-top: 8px; border-radius: 10px; padding: 8px 12px; background: var(--bad-wash); font-size: 13.5px; }
    .note.fine { background: var(--sunken); }
  `];

  override willUpdate(changed: Map<string, unknown>) {
    const before = changed.get('asset') as Asset | undefined;
    if (before && before.content_hash !== this.asset.content_hash) {
      this.asked = new Set();
      this.problem = null;
      this.said = '';
    }
  }

  override render() {
    const all = this.asset.renditions;
    return html`
      ${all === null ? html`<p class="quiet">The media service does not answer at the moment: what is made is unknown.</p>`
        : all.length === 0 ? html`<p class="quiet">Nothing yet: the media service has not heard of it, or nothing is to be made of it.</p>`
        : html`<ul>${repeat(all, made => made.profile, made => this.row(made))}</ul>`}
      ${this.problem ? html`<p class="note" role="alert"><strong>${this.problem.title}.</strong> ${this.problem.message}</p>` : nothing}
      ${this.said ? html`<p class="note fine" role="status">${this.said}</p>` : nothing}`;
  }

  private row(made: Rendition) {
    const busy = made.state === 'pending' || made.state === 'running';
    return html`<li data-rendition=${made.name}>
      <span class="head"><strong>${renditionName(made.name)}</strong><span class="state ${MOODS[made.state] ?? 'idle'}">${made.state}</span></span>
      ${made.state === 'running' && made.progress !== null ? html`<progress max="1" .value=${made.progress} aria-label="Made of it"></progress><small class="quiet">${percent(made.progress)} made</small>` : nothing}
      ${made.reason ? html`<span>${made.reason}</span>` : nothing}
      <small class="quiet">${facts(made)}</small>
      ${this.role === 'viewer' || busy ? nothing : html`<button class="button redo" ?disabled=${this.asked.has(made.name)}
        aria-label="Make the ${renditionName(made.name)} again" @click=${() => this.redo(made.name)}>${icon('redo')}Redo</button>`}</li>`;
  }

  private async redo(name: string) {
    if (this.asked.has(name)) return;
    const hash = this.asset.content_hash;
    this.asked = new Set(this.asked).add(name);
    this.problem = null;
    this.said = '';
    try {
      await this.api.redo(hash, name);
      if (this.asset.content_hash === hash) this.said = `${renditionName(name)}: it is made again before what is new. What there is stays until then.`;
      this.dispatchEvent(new CustomEvent('moved', { bubbles: true, composed: true }));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      if (failure.status === 401) this.dispatchEvent(new CustomEvent('ended', { bubbles: true, composed: true }));
      this.problem = failure;
    } finally {
      const rest = new Set(this.asked);
      rest.delete(name);
      this.asked = rest;
    }
  }
}

function facts(made: Rendition): string {
  const told = [made.profile.endsWith('@0') ? 'delivered ready-made' : made.profile];
  if (made.width && made.height) told.push(`${made.width} × ${made.height}`);
  if (made.bytes) told.push(bytes(made.bytes));
  if (made.attempts) told.push(count(made.attempts, 'attempt'));
  if (made.error_code) told.push(made.error_code);
  return told.join(' · ');
}

customElements.define('sluice-renditions', SluiceRenditions);
