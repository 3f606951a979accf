import { LitElement, css, html, nothing } from 'lit';
import type { Api, Problem } from './api';
import { Watch } from './live';
import { looks } from './looks';
import { addressOf } from './place';
import { failed, problemNote, sheets } from './sheets';
import './sluice-letters';
import { ago, count, moment, number, sourceName, workName } from './words';
import type { ClosedDeadLetters, DeadLetterLine, Degraded } from './types';

export type Command = 'redrive' | 'acknowledge';

/** Which letters are looked at; empty means all. */
export interface LetterFilter {
  service: string;
  origin: string;
  error_code: string;
  state: string;
}

/** Dead letters: what was given up on, by class and cause, and the ways out. */
class SluiceDeadLetters extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, query: { attribute: false }, summaries: { state: true }, degraded: { state: true },
    problem: { state: true }, outcome: { state: true }, busy: { state: true }, looked: { state: true }, doubt: { state: true },
  };
  declare api: Api;
  declare role: string;
  declare query: URLSearchParams;
  declare summaries: DeadLetterLine[] | null;
  declare degraded: Degraded[];
  declare problem: Problem | null;
  declare outcome: { command: Command; closed: number; refused: ClosedDeadLetters['refused']; silent: Degraded[] } | null;
  declare busy: boolean;
  declare looked: number;
  /** What is asked once more before it is done. */
  declare doubt: { command: Command; which: Record<string, unknown>; what: string } | null;
  private readonly watch = new Watch(this, () => false, () => this.look());

  constructor() {
    super();
    this.role = 'viewer';
    this.query = new URLSearchParams();
    this.summaries = null;
    this.degraded = [];
    this.problem = null;
    this.outcome = null;
    this.busy = false;
    this.looked = 0;
    this.doubt = null;
  }

  static override styles = [looks, sheets, css`
    td .cause { display: block; max-width: 62ch; overflow-wrap: anywhere; }
    .acts { display: flex; gap: 6px; justify-content: flex-end; white-space: nowrap; }
    @media (max-width: 720px) { .acts { justify-content: flex-start; } }
    tr[aria-current] td { background: var(--sunken); }
    .calm { display: grid; justify-items: center; gap: 8px; padding: 64px 20px; text-align: center; color: var(--quiet); }
    .calm strong { color: var(--ink); font-size: 18px; }
    .calm svg { width: 56px; height: 56px; color: var(--good); }
    dialog { border: 1px solid var(--line); border-radius: 18px; background: var(--card); color: var(--ink); padding: 24px 26px; width: min(440px, calc(100vw - 32px)); box-shadow: 0 20px 70px rgb(0 0 0 / 35%); }
    dialog::backdrop { background: rgb(0 0 0 / 40%); }
    dialog h2 { font-size: 18px; margin-bottom: 8px; }
    dialog div { display: flex; gap: 8px; justify-content: flex-end; margin-top: 20px; }
  `];

  override render() {
    const filter = this.filter();
    const sum = (this.summaries ?? []).reduce((all, each) => all + each.count, 0);
    return html`
      <div class="top"><div><h2>Dead letters</h2>
        <p class="quiet">Work and messages that were given up on, each with its cause. Redrive has the owner try again; acknowledge dismisses it, and nothing is tried again.</p></div></div>
      ${problemNote(this.problem)}
      ${this.degraded.length ? html`<div class="note" role="status">${this.degraded.map(each => each.detail).join(' ')} Its dead letters are not among these.</div>` : nothing}
      ${this.said()}
      ${this.summaries === null ? html`<div class="card empty">${this.problem ? 'What was given up on is not known at the moment.' : 'Asking for the dead letters …'}</div>`
        : sum === 0 && filter.state === '' ? this.calm() : html`
        ${this.summaries.length ? this.table(this.summaries, filter) : nothing}
        <sluice-letters .api=${this.api} .operator=${this.role !== 'viewer'} .filter=${filter} .looked=${this.looked} .busy=${this.busy}
          @narrow=${(event: CustomEvent<LetterFilter>) => this.narrow(event.detail)}
          @command=${(event: CustomEvent<{ command: Command; ids: string[] }>) => this.close(event.detail.command, { ids: event.detail.ids })}></sluice-letters>`}
      ${this.question()}`;
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.has('doubt') && this.doubt) this.renderRoot.querySelector('dialog')?.showModal();
  }

  private table(summaries: DeadLetterLine[], filter: LetterFilter) {
    const operator = this.role !== 'viewer';
    return html`<section class="card" aria-label="By class and cause"><div class="scroll"><table class="fold">
      <thead><tr><th>What</th><th>Cause</th><th class="number">Open</th><th>Oldest</th><th>Newest</th>${operator ? html`<th><span class="hidden">Commands</span></th>` : nothing}</tr></thead>
      <tbody>${summaries.map(each => {
        const same = filter.service === each.service && filter.origin === each.origin && filter.error_code === each.error_code;
        const which = { service: each.service, origin: each.origin, error_code: each.error_code };
        return html`<tr data-summary=${`${each.service} ${each.origin} ${each.error_code}`} aria-current=${same ? 'true' : nothing}>
          <td class="wide"><a href=${addressOf({ kind: 'dead-letters', id: '', query: new URLSearchParams(which) })}>${titleOf(each)}</a><br><small class="quiet">${each.service} · ${sourceName(each.source).toLowerCase()}</small></td>
          <td class="wide"><span class="cause">${each.cause}</span><small class="quiet mono">${each.error_code}</small></td>
          <td class="number" data-name="open"><strong>${number(each.count)}</strong></td>
          <td class="tight" data-name="oldest" title=${moment(each.oldest_at)}>${ago(each.oldest_at) || '-'}</td><td class="tight" data-name="newest" title=${moment(each.newest_at)}>${ago(each.newest_at) || '-'}</td>
          ${operator ? html`<td class="wide"><span class="acts">
            <button class="button small" ?disabled=${this.busy} @click=${() => this.ask('redrive', which, each.count)} aria-label="Redrive all ${each.origin} ${each.error_code}">Redrive all</button>
            <button class="button small" ?disabled=${this.busy} @click=${() => this.ask('acknowledge', which, each.count)} aria-label="Acknowledge all ${each.origin} ${each.error_code}">Acknowledge all</button></span></td>` : nothing}</tr>`;
      })}</tbody></table></div></section>`;
  }

  private calm() {
    return html`<div class="card calm"><svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="12" r="9"></circle><path d="m8 12.4 2.8 2.8L16.2 9.6"></path></svg>
      <strong>Nothing was given up on</strong><span>Whatever cannot be finished appears here with its cause.</span>
      <a href=${addressOf({ kind: 'dead-letters', id: '', query: new URLSearchParams({ state: 'all' }) })}>Look at closed ones</a></div>`;
  }

  private said() {
    const told = this.outcome;
    if (!told) return nothing;
    const done = told.command === 'redrive' ? 'redriven: their owner tries again' : 'acknowledged';
    return html`<div class="note ${told.refused.length || told.silent.length ? '' : 'fine'}" role="status">
      <p>${count(told.closed, 'dead letter')} ${done}.</p>
      ${told.refused.length ? html`<p>${count(told.refused.length, 'dead letter')} stayed open:</p><ul>${told.refused.map(each => html`<li>${each.reason} <small class="quiet mono">${each.code}</small></li>`)}</ul>` : nothing}
      ${told.silent.length ? html`<p>${told.silent.map(each => each.detail).join(' ')} What became of its dead letters is not known; ask again.</p>` : nothing}</div>`;
  }

  private question() {
    const doubt = this.doubt;
    return html`<dialog aria-labelledby="question" @close=${() => { this.doubt = null; }}>${doubt ? html`
      <h2 id="question">${doubt.what}</h2>
      <p class="quiet">${doubt.command === 'redrive' ? 'Their owner tries each of them again. What fails again comes back here.' : 'Nothing is tried again. They stay readable under “acknowledged”.'}</p>
      <div><button class="button" @click=${this.dismiss}>Not now</button>
        <button class="button primary" autofocus @click=${() => { this.dismiss(); void this.close(doubt.command, doubt.which); }}>${doubt.command === 'redrive' ? 'Redrive' : 'Acknowledge'}</button></div>` : nothing}</dialog>`;
  }

  private dismiss = () => this.renderRoot.querySelector('dialog')?.close();

  private ask(command: Command, which: Record<string, unknown>, many: number) {
    this.doubt = { command, which, what: `${command === 'redrive' ? 'Redrive' : 'Acknowledge'} ${count(many, 'dead letter')}?` };
  }

  private filter(): LetterFilter {
    const given = (name: string) => this.query.get(name) ?? '';
    return { service: given('service'), origin: given('origin'), error_code: given('error_code'), state: given('state') };
  }

  private narrow(filter: LetterFilter) {
    const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
    location.hash = addressOf({ kind: 'dead-letters', id: '', query });
  }

  private async look() {
    try {
      const told = await this.api.deadLetterSummary();
      this.summaries = told.items;
      this.degraded = told.degraded;
      this.problem = null;
      this.looked++;
    } catch (failure) {
      failed(this, failure);
    }
  }

  /** Closes them in as many steps as it takes; those that come meanwhile are not among them. */
  private async close(command: Command, which: Record<string, unknown>) {
    const asked = 'ids' in which ? which : { ...which, created_before: new Date().toISOString() };
    const outcome = { command, closed: 0, refused: [] as ClosedDeadLetters['refused'], silent: [] as Degraded[] };
    this.busy = true;
    this.outcome = null;
    try {
      for (let more = true; more;) {
        const told = await this.api.closeDeadLetters(command, asked);
        outcome.closed += told.closed;
        outcome.refused.push(...told.refused);
        outcome.silent = told.degraded;
        more = told.more && told.closed > 0;
      }
      this.problem = null;
    } catch (failure) {
      failed(this, failure);
    } finally {
      this.busy = false;
      if (outcome.closed || outcome.refused.length || outcome.silent.length) this.outcome = outcome;
    }
    this.dispatchEvent(new CustomEvent('letters', { bubbles: true, composed: true }));
    this.watch.soon();
  }
}

function titleOf(summary: DeadLetterLine): string {
  return summary.source === 'work' ? workName(summary.origin) : summary.origin;
}

customElements.define('sluice-dead-letters', SluiceDeadLetters);
