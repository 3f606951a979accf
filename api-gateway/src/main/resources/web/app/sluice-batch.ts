import { LitElement, css, html, nothing } from 'lit';
import type { Api, Problem } from './api';
import './sluice-items';
import { Watch } from './live';
import { looks } from './looks';
import { failed, problemNote, progressOf, sheets, stateMark, tallyOf } from './sheets';
import { bytes, moment, number, shortHash } from './words';
import type { BatchDetail, ImportJob, LedgerEntry } from './types';

const EVENTS = 50;
const PAYLOAD = 150;

/** One batch: what it is, what its jobs did, what became of its items, what happened. */
class SluiceBatch extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, syncId: { attribute: false }, toFailed: { attribute: false }, batch: { state: true },
    jobs: { state: true }, events: { state: true }, problem: { state: true }, said: { state: true }, busy: { state: true }, looked: { state: true },
  };
  declare api: Api;
  declare role: string;
  declare syncId: string;
  declare toFailed: boolean;
  declare batch: BatchDetail | null;
  declare jobs: ImportJob[];
  declare events: LedgerEntry[];
  declare problem: Problem | null;
  declare said: string;
  declare busy: boolean;
  declare looked: number;
  private readonly watch = new Watch(this, event => event.type === 'ledger' && event.data.subject === this.syncId, () => this.look());

  constructor() {
    super();
    this.role = 'viewer';
    this.toFailed = false;
    this.batch = null;
    this.jobs = [];
    this.events = [];
    this.problem = null;
    this.said = '';
    this.busy = false;
    this.looked = 0;
  }

  static override styles = [looks, sheets, css`
    h2 { overflow-wrap: anywhere; }
    .error { display: block; max-width: 60ch; }
    .payload { overflow-wrap: anywhere; }
    .actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  `];

  override render() {
    const batch = this.batch;
    return html`
      <p><a href="#/import">← Import Media</a></p>
      <div class="top"><div><h2>Batch ${this.syncId}</h2>
        ${batch ? html`<p>Status: <strong>${batch.state}</strong>; action: <strong>${batch.action ?? 'unknown'}</strong></p>` : nothing}</div>
        ${batch ? this.actions(batch) : nothing}</div>
      ${problemNote(this.problem)}
      ${this.said ? html`<div class="note fine" role="status">${this.said}</div>` : nothing}
      ${batch === null ? html`<div class="card empty">${this.problem ? 'Nothing can be shown of it at the moment.' : 'Asking for the batch …'}</div>` : html`
        ${this.notes(batch)}${this.columns(batch)}${this.manifest(batch)}${this.history(batch)}
        <sluice-items .api=${this.api} .syncId=${this.syncId} .count=${batch.listed_item_count} .looked=${this.looked} .toFailed=${this.toFailed}></sluice-items>
        ${this.ledger()}`}`;
  }

  private actions(batch: BatchDetail) {
    if (this.role === 'viewer') return nothing;
    const queued = batch.active_job?.state === 'queued' ? batch.active_job : null;
    return html`<div class="actions">
      <button class="button" ?disabled=${this.busy || !!batch.active_job} title="Judges the batch and its items; writes nothing to the library" @click=${this.preflight}>Run pre-flight</button>
      ${queued ? html`<button class="button" ?disabled=${this.busy} @click=${() => this.cancel(queued)}>Cancel job</button>`
        : batch.active_job ? nothing : html`
        <label>Priority <input id="priority" type="number" min="0" max="999" value="50" title="Lower runs first"></label>
        ${batch.state === 'imported' ? html`<label title="Import again what is imported already"><input id="force" type="checkbox"> Force</label>` : nothing}
        <button class="button primary" ?disabled=${this.busy} @click=${this.queue}>Queue</button>`}</div>`;
  }

  private notes(batch: BatchDetail) {
    const error = batch.last_error;
    return html`
      ${batch.reason ? html`<div class="note ${batch.state === 'invalid' ? 'bad' : ''}"><strong>${batch.state}:</strong> ${batch.reason}
        ${batch.pointer ? html`<code>${batch.pointer}</code>` : nothing}</div>` : nothing}
      ${error ? html`<div class="note bad" role="alert"><strong>Last error:</strong> ${error}
        ${batch.tally.failed > 0 ? html`<a href="#/batch/${batch.sync_id}/failed" @click=${this.showFailed}>Show the failed item</a>` : nothing}</div>` : nothing}
      ${batch.warnings.length ? html`<div class="note"><strong>Warnings</strong><ul>${batch.warnings.map(warning => html`<li>${warning}</li>`)}</ul></div>` : nothing}`;
  }

  private columns(batch: BatchDetail) {
    return html`<section class="card" aria-label="Batch"><header><h3>Batch</h3></header><dl>
      <div><dt>Type</dt><dd>${batch.sync_type ?? '-'}</dd></div><div><dt>Action</dt><dd>${batch.action ?? '-'}</dd></div>
      <div><dt>Status</dt><dd>${stateMark(batch.state)}</dd></div><div><dt>Items</dt><dd>${number(batch.item_count)}</dd></div>
      <div><dt>Bytes</dt><dd title="${number(batch.total_bytes)} bytes">${bytes(batch.total_bytes)}</dd></div>
      <div><dt>Source host</dt><dd>${batch.source_host ?? '-'}</dd></div>
      <div><dt>Manifest sha256</dt><dd class="mono" title=${batch.manifest_sha256 ?? ''}>${shortHash(batch.manifest_sha256)}</dd></div>
      <div><dt>Started</dt><dd>${moment(batch.started_at)}</dd></div><div><dt>Completed</dt><dd>${moment(batch.completed_at)}</dd></div>
      <div><dt>Decisions</dt><dd>${tallyOf(batch.tally)}</dd></div></dl></section>`;
  }

  private manifest(batch: BatchDetail) {
    const told = batch.manifest;
    return html`<section class="card" aria-label="Manifest summary"><header><h3>Manifest summary</h3></header>
      ${told === null ? html`<div class="empty">The manifest was not read yet.</div>` : html`<dl>
        <div><dt>created_at</dt><dd>${moment(told.created_at)}</dd></div><div><dt>completed_at</dt><dd>${moment(told.completed_at)}</dd></div>
        <div><dt>verification.passed</dt><dd>${told.verification.passed}</dd></div><div><dt>verification.total_files</dt><dd>${told.verification.total_files}</dd></div>
        <div><dt>prior_sync_id</dt><dd>${told.prior_sync_id ? html`<a class="mono" href="#/batch/${told.prior_sync_id}">${told.prior_sync_id}</a>` : 'none'}</dd></div>
        ${told.superseded_by ? html`<div><dt>superseded_by</dt><dd><a class="mono" href="#/batch/${told.superseded_by}">${told.superseded_by}</a></dd></div>` : nothing}</dl>`}</section>`;
  }

  private history(batch: BatchDetail) {
    return html`<section class="card" aria-label="Job history"><header><h3>Job history <span class="quiet">(${batch.job_count})</span></h3></header>
      ${this.jobs.length === 0 ? html`<div class="empty">It was never queued.</div>` : html`<div class="scroll"><table>
        <thead><tr><th>Id</th><th>State</th><th>Requested by</th><th>Queued</th><th>Claimed</th><th>Worker</th><th>Progress</th><th>Finished</th><th>Last error</th></tr></thead>
        <tbody>${this.jobs.map(job => html`<tr data-job=${job.id}>
          <td class="mono tight" title=${job.id}>${job.id.slice(0, 13)}…</td><td>${stateMark(job.state)}${job.stuck ? html` <small class="bad">stuck</small>` : nothing}</td>
          <td>${job.requested_by ?? '-'}</td><td class="tight">${moment(job.queued_at)}</td><td class="tight">${moment(job.claimed_at)}</td>
          <td class="mono tight">${job.worker ?? '-'}</td>
          <td>${job.state === 'queued' || job.state === 'running' ? progressOf(job) : `${job.items_done}/${job.items_total}`}</td>
          <td class="tight">${moment(job.finished_at)}</td><td><span class="error">${job.last_error ?? '-'}</span></td></tr>`)}</tbody></table></div>`}</section>`;
  }

  private ledger() {
    return html`<section class="card" aria-label="Recent events"><header><h3>Recent events <span class="quiet">(the latest ${EVENTS}, newest first)</span></h3></header>
      ${this.events.length === 0 ? html`<div class="empty">Nothing happened to it yet.</div>` : html`<div class="scroll"><table>
        <thead><tr><th>Event type</th><th>Payload</th><th>Created at</th></tr></thead>
        <tbody>${this.events.map(entry => {
          const payload = JSON.stringify(entry.payload);
          return html`<tr><td class="tight">${entry.event_type}</td>
            <td class="mono payload" title=${payload}>${payload.length > PAYLOAD ? `${payload.slice(0, PAYLOAD)}…` : payload}</td><td class="tight">${moment(entry.created_at)}</td></tr>`;
        })}</tbody></table></div>`}</section>`;
  }

  private async look() {
    try {
      const [batch, jobs, events] = await Promise.all([this.api.batch(this.syncId), this.api.jobsOf(this.syncId), this.api.events(this.syncId, EVENTS)]);
      this.batch = batch;
      this.jobs = jobs.items;
      this.events = events.items;
      this.looked++;
      this.problem = null;
    } catch (failure) {
      failed(this, failure);
    }
  }

  /** Also when the address is that already. */
  private showFailed = () => {
    this.renderRoot.querySelector('sluice-items')?.showFailed();
  };

  private preflight = () => this.act(async () => {
    await this.api.preflight(this.syncId);
    this.said = 'The pre-flight is done; the items below say what an import would do.';
  });

  private cancel = (job: ImportJob) => this.act(async () => {
    await this.api.cancel(job.id);
    this.said = 'The job is cancelled.';
  });

  private queue = () => this.act(async () => {
    const priority = (this.renderRoot.querySelector('#priority') as HTMLInputElement).valueAsNumber;
    const force = this.renderRoot.querySelector('#force') as HTMLInputElement | null;
    const [result] = await this.api.queue([this.syncId], Number.isNaN(priority) ? 50 : priority, force?.checked ?? false);
    this.said = result?.job ? 'Queued; a worker takes it within seconds.' : `Not queued: ${result?.reason ?? 'no reason was given.'}`;
  });

  private async act(command: () => Promise<void>) {
    this.busy = true;
    this.said = '';
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

customElements.define('sluice-batch', SluiceBatch);
