import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Api, Problem } from './api';
import { live } from './live';
import { looks } from './looks';
import { addressOf } from './place';
import { failed, problemNote, sheets } from './sheets';
import { ago, moment, number, workName } from './words';
import type { GroupLag } from './types';

/** The gateway measures as often: the numbers come with this, a state that changed at once. */
const AGAIN_MS = 5_000;

const MOODS: Record<string, string> = {
  ok: 'good', catching_up: 'busy', paused: 'warn', stuck: 'bad', no_consumer: 'bad', dependency_down: 'bad', unknown: 'warn',
};

/** What needs a person comes first. */
const ORDER = ['stuck', 'dependency_down', 'no_consumer', 'unknown', 'paused', 'catching_up', 'ok'];

/** Pipeline: what waits where, since when, why, and what to do. */
class SluicePipeline extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, wanted: { attribute: false }, groups: { state: true }, asks: { state: true }, problem: { state: true },
  };
  declare api: Api;
  declare role: string;
  /** The group that the address names; empty for none. */
  declare wanted: string;
  declare groups: GroupLag[] | null;
  declare asks: string;
  declare problem: Problem | null;
  private timer = 0;
  private unheard: (() => void) | null = null;

  constructor() {
    super();
    this.role = 'viewer';
    this.wanted = '';
    this.groups = null;
    this.asks = '';
    this.problem = null;
  }

  static override styles = [looks, sheets, css`
    tr[aria-current] td { background: var(--sunken); }
    tr[aria-current] td:first-child { box-shadow: inset 3px 0 var(--accent); }
    td.what a { color: inherit; text-decoration: none; }
    td.what a:hover { text-decoration: underline; }
    td.what { min-width: 190px; }
    td.what small { display: block; margin-top: 1px; }
    td.why { min-width: 300px; max-width: 70ch; }
    td.why small { display: block; margin-top: 2px; }
    td .button { white-space: nowrap; }
    form { display: flex; flex-wrap: wrap; gap: 6px; }
    input[type='text'] { font: inherit; font-size: 14px; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 9px; padding: 3px 8px; min-width: 220px; }
  `];

  override connectedCallback() {
    super.connectedCallback();
    this.unheard = live.listen(event => {
      if (event?.type === 'lag') void this.look();
    });
    void this.look();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.unheard?.();
    clearTimeout(this.timer);
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.has('wanted') || (changed.has('groups') && changed.get('groups') === null)) {
      this.renderRoot.querySelector('tr[aria-current]')?.scrollIntoView({ block: 'center' });
    }
  }

  override render() {
    const groups = [...this.groups ?? []].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || one.group.localeCompare(other.group));
    return html`
      <div class="top"><div><h2>Pipeline</h2>
        <p class="quiet">What waits where, since when, why, and what to do. What cannot be measured is unknown, never zero.</p></div></div>
      ${problemNote(this.problem)}
      ${this.wanted && this.groups?.every(group => group.group !== this.wanted) ? html`<div class="note bad" role="alert"><strong>There is no group ${this.wanted}.</strong> It may be called otherwise now; all there are stand below.</div>` : nothing}
      <section class="card" aria-label="Groups and classes">
        ${this.groups === null ? html`<div class="empty">${this.problem ? 'The lag is not known at the moment.' : 'Asking what waits …'}</div>`
          : html`<div class="scroll"><table>
            <thead><tr><th>Who</th><th>State</th><th class="number">Waiting</th><th class="number">Oldest</th><th class="number">Empty in</th><th>Why, and what to do</th><th><span class="hidden">Pause or resume</span></th></tr></thead>
            <tbody>${repeat(groups, group => `${group.group} ${group.topic}`, group => this.row(group))}</tbody></table></div>`}
      </section>`;
  }

  private row(group: GroupLag) {
    return html`<tr data-group=${group.group} aria-current=${group.group === this.wanted ? 'true' : nothing}>
      <td class="what"><a href=${addressOf({ kind: 'pipeline', id: '', query: new URLSearchParams({ group: group.group }) })}><strong>${group.work ? workName(group.work.work_class) : group.group}</strong></a><small class="quiet mono">${group.work ? `${group.group} · ` : ''}${group.topic}</small></td>
      <td class="tight"><span class="state ${MOODS[group.state] ?? 'idle'}">${group.state.replace('_', ' ')}</span><br><small class="quiet" title=${moment(group.since)}>since ${ago(group.since)}</small></td>
      <td class="number">${group.messages === null ? 'unknown' : `${group.estimated ? '≈ ' : ''}${number(group.messages)}`}
        ${group.work?.running ? html`<br><small class="quiet">${number(group.work.running)} running</small>` : nothing}</td>
      <td class="number">${span(group.seconds)}</td>
      <td class="number">${group.empty_in_seconds === null ? '-' : span(group.empty_in_seconds)}</td>
      <td class="why">${group.reason}${group.cure ? html`<small class="quiet">${group.cure}</small>` : nothing}</td>
      <td>${group.work && this.role !== 'viewer' ? this.control(group, group.work.work_class) : nothing}</td></tr>`;
  }

  private control(group: GroupLag, workClass: string) {
    if (group.work?.pause) {
      return html`<button class="button small" @click=${() => this.tell(() => this.api.resumeWork(group.service, workClass))} aria-label="Resume ${workClass}">Resume</button>`;
    }
    return this.asks === group.group
      ? html`<form @submit=${(event: Event) => this.pause(event, group.service, workClass)}>
          <input type="text" name="reason" required maxlength="500" aria-label="Why is ${workClass} paused?" placeholder="Why?">
          <button class="button small primary">Pause</button><button type="button" class="button small" @click=${() => { this.asks = ''; }}>Leave it</button></form>`
      : html`<button class="button small" @click=${() => { this.asks = group.group; }} aria-label="Pause ${workClass}">Pause …</button>`;
  }

  private pause(event: Event, service: string, workClass: string) {
    event.preventDefault();
    const reason = String(new FormData(event.target as HTMLFormElement).get('reason'));
    this.asks = '';
    void this.tell(() => this.api.pauseWork(service, workClass, reason));
  }

  private async tell(command: () => Promise<void>) {
    try {
      await command();
    } catch (failure) {
      failed(this, failure);
      return;
    }
    await this.look();
  }

  private async look() {
    clearTimeout(this.timer);
    try {
      this.groups = await this.api.lag();
      this.problem = null;
    } catch (failure) {
      this.groups = null;
      failed(this, failure);
    }
    if (this.isConnected) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.look(), AGAIN_MS);
    }
  }
}

/** Seconds as a person reads them. */
function span(seconds: number | null): string {
  if (seconds === null) return 'unknown';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

customElements.define('sluice-pipeline', SluicePipeline);
