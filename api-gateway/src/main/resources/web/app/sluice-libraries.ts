import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { looks } from './looks';
import { ago, count, number } from './words';
import type { Library } from './types';

/** The libraries with their health; one can be picked, to see only what lies in it. */
class SluiceLibraries extends LitElement {
  static override properties = { libraries: { attribute: false }, picked: {} };
  declare libraries: Library[];
  /** Name or id; empty for all. */
  declare picked: string;

  constructor() {
    super();
    this.libraries = [];
    this.picked = '';
  }

  static override styles = [looks, css`
    ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 10px; }
    button {
      display: grid; grid-template-columns: auto 1fr; column-gap: 10px; text-align: left; max-width: 360px;
      border: 1px solid var(--line); background: var(--card); border-radius: 14px; padding: 9px 16px 9px 13px;
    }
    button:hover { border-color: var(--quiet); }
    button[aria-pressed='true'] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
    .dot { width: 9px; height: 9px; border-radius: 50%; margin-top: 7px; background: var(--quiet); }
    .online .dot { background: var(--good); }
    .stale .dot, .unknown .dot { background: var(--warn); }
    .stale { background: var(--warn-wash); }
    strong { font-weight: 620; }
    small { font-size: 13px; color: var(--quiet); grid-column: 2; overflow-wrap: anywhere; }
    .why { color: var(--warn); }
  `];

  override render() {
    return html`<ul aria-label="Libraries">${repeat(this.libraries, library => library.id, library => html`
      <li><button class=${library.health.state} aria-pressed=${this.isPicked(library)} @click=${() => this.pick(library)}
            title=${this.isPicked(library) ? 'Show all libraries' : `Show only ${library.name}`}>
        <span class="dot"></span>
        <span><strong>${library.name}</strong> <span class="quiet">${healthWord(library)}</span></span>
        ${library.health.reason ? html`<small class="why">${library.health.reason}</small>` : nothing}
        <small>${facts(library)}</small>
      </button></li>`)}</ul>`;
  }

  private isPicked(library: Library): boolean {
    return this.picked !== '' && (this.picked === library.name || this.picked === library.id);
  }

  private pick(library: Library) {
    this.dispatchEvent(new CustomEvent('pick', { detail: this.isPicked(library) ? '' : library.name }));
  }
}

function healthWord(library: Library): string {
  const since = library.health.state === 'online' ? '' : ago(library.health.since);
  return `${library.health.state}${since ? `, ${since}` : ''}`;
}

function facts(library: Library): string {
  const told = [library.counts ? count(library.counts.present, 'file') : 'count unknown'];
  if (library.counts?.unhashed) told.push(`${number(library.counts.unhashed)} still to read`);
  const scans = library.scans;
  if (!scans) told.push('scans unknown');
  else if (scans.running) told.push(`looking now, ${number(scans.running.files_seen)} seen`);
  else {
    const ends = [scans.last_quick?.finished_at, scans.last_full?.finished_at].filter((end): end is string => !!end).sort();
    told.push(ends.length ? `looked ${ago(ends[ends.length - 1])}` : 'not looked through yet');
  }
  return told.join(' · ');
}

customElements.define('sluice-libraries', SluiceLibraries);
