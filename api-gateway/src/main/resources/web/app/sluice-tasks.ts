import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Api, Problem } from './api';
import { Watch } from './live';
import { looks } from './looks';
import { failed, problemNote, progressOf, sheets, stateMark, tallyOf } from './sheets';
import { ago, moment, took } from './words';
import type { ImportJob } from './types';

const PAGE = 50;
const STATES = ['queued', 'running', 'done', 'failed', 'cancelled'];

/** Import Tasks: the jobs, those that run and wait at the top. */
class SluiceTasks extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, jobs: { state: true }, next: { state: true }, state: { state: true }, problem: { state: true },
  };
  declare api: Api;
  declare role: string;
  declare jobs: ImportJob[] | null;
  declare next: string | null;
  declare state: string;
  declare problem: Problem | null;
  private shown = PAGE;
  private readonly watch = new Watch(this, event => event.type === 'ledger' && event.data.event_type !== 'scan' && event.data.event_type !== 'preflight', () => this.look());

  constructor() {
    super();
    this.role = 'viewer';
    this.jobs = null;
    this.next = null;
    this.state = '';
    this.problem = null;
  }

  static override styles = [looks, sheets, css`
    td .error { display: block; max-width: 60ch; }
    .id { display: grid; gap: 1px; white-space: nowrap; }
  `];

  override render() {
    return html`
      <div class="top"><div><h2>Import Tasks</h2>
        <p class="quiet">What the worker does, and what waits for it: lowest priority number first, then oldest first.</p></div></div>
      ${problemNote(this.problem)}
      <section class="card" aria-label="Jobs">
        <header><label>State <select @change=${(event: Event) => this.narrow((event.target as HTMLSelectElement).value)}>
          <option value="">all</option>${STATES.map(state => html`<option value=${state}>${state}</option>`)}</select></label></header>
        ${this.jobs === null ? html`<div class="empty">${this.problem ? 'The jobs are not known at the moment.' : 'Asking for the jobs …'}</div>`
          : this.jobs.length === 0 ? html`<div class="empty"><strong>${this.state ? `No job is ${this.state}` : 'No imports yet'}</strong>
            <span>Select batches in <a href="#/import">Import Media</a> and press Queue selected.</span></div>`
          : html`<div class="scroll"><table>
            <thead><tr><th>Batch</th><th>State</th><th>Progress</th><th class="number">Priority</th><th>Requested by</th><th>Queued</th><th>Worker</th><th>Heartbeat</th><th>Finished</th><th><span class="hidden">Cancel</span></th></tr></thead>
            <tbody>${repeat(this.jobs, job => job.id, job => this.row(job))}</tbody></table></div>`}
        ${this.next ? html`<div class="more"><button class="button" @click=${this.more}>Show more</button></div>` : nothing}
      </section>`;
  }

  private row(job: ImportJob) {
    const active = job.state === 'queued' || job.state === 'running';
    return html`<tr class=${job.stuck ? 'handy' : ''} data-job=${job.id}>
      <td><span class="id"><a class="mono" href="#/batch/${job.sync_id}">${job.sync_id}</a>${job.force ? html`<small class="quiet">forced</small>` : nothing}</span></td>
      <td>${stateMark(job.state)}${job.stuck ? html`<br><small class="bad">stuck: ${job.state === 'running' ? 'no sign of life for 15 minutes' : 'nothing takes it; is a worker running?'}</small>` : nothing}</td>
      <td>${active ? progressOf(job) : html`${job.items_done}/${job.items_total}`}
        ${tallyOf(job.tally) === '-' ? nothing : html`<small class="quiet">${tallyOf(job.tally)}</small>`}
        ${job.last_error ? html`<small class="error bad">${job.last_error}${job.tally.failed ? html` <a href="#/batch/${job.sync_id}/failed">Show the failed item</a>` : nothing}</small>` : nothing}</td>
      <td class="number">${job.priority}</td><td>${job.requested_by ?? '-'}</td>
      <td class="tight" title=${moment(job.queued_at)}>${ago(job.queued_at) || '-'}</td>
      <td class="tight mono">${job.worker ?? '-'}</td>
      <td class="tight" title=${moment(job.heartbeat_at)}>${job.state === 'running' ? ago(job.heartbeat_at) || '-' : '-'}</td>
      <td class="tight" title=${moment(job.finished_at)}>${job.finished_at ? html`${ago(job.finished_at)}<br><small class="quiet">${took(job.claimed_at, job.finished_at)}</small>` : '-'}</td>
      <td>${job.state === 'queued' && this.role !== 'viewer' ? html`<button class="button small" @click=${() => this.cancel(job)}
        aria-label="Cancel the job of ${job.sync_id}">Cancel</button>` : nothing}</td></tr>`;
  }

  private narrow(state: string) {
    this.state = state;
    this.shown = PAGE;
    this.watch.soon();
  }

  private more = () => {
    this.shown = Math.min(500, this.shown + PAGE);
    this.watch.soon();
  };

  private async look() {
    try {
      const page = await this.api.jobs({ state: this.state, limit: String(this.shown) });
      this.jobs = page.items;
      this.next = page.next_cursor;
      this.problem = null;
    } catch (failure) {
      failed(this, failure);
    }
  }

  private async cancel(job: ImportJob) {
    try {
      await this.api.cancel(job.id);
    } catch (failure) {
      failed(this, failure);
      return;
    }
    this.watch.soon();
  }
}

customElements.define('sluice-tasks', SluiceTasks);
