import { css, html, nothing } from 'lit';
import { Problem } from './api';
import { number } from './words';
import type { ImportJob, Tally } from './types';

/** How the pages about imports look. */
export const sheets = css`
  :host { padding: 4px 26px 60px; max-width: 1440px; margin: 0 auto; }
  h2 { font-size: 23px; font-weight: 660; letter-spacing: -0.015em; }
  h3 { font-size: 15.5px; font-weight: 640; }
  h3 .quiet { font-weight: 450; }
  a { color: var(--accent); text-underline-offset: 3px; text-decoration-thickness: 1px; }
  code { background: var(--sunken); border-radius: 5px; padding: 1px 6px; font-size: 0.92em; overflow-wrap: anywhere; }
  .top { display: flex; flex-wrap: wrap; gap: 6px 20px; align-items: flex-start; margin: 8px 0 16px; }
  .top > :first-child { flex: 1 1 420px; display: grid; gap: 3px; }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow); margin: 0 0 18px; overflow: hidden; }
  .card > header { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; padding: 12px 16px; }
  .card > header .end { margin-left: auto; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  .scroll { overflow-x: auto; }
  table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
  th { text-align: left; font-weight: 560; font-size: 12.5px; color: var(--quiet); padding: 7px 12px; border-block: 1px solid var(--line); background: var(--paper); white-space: nowrap; }
  td { padding: 9px 12px; border-bottom: 1px solid var(--line); vertical-align: top; }
  tbody tr:last-child td { border-bottom: 0; }
  tr.handy td { background: var(--warn-wash); }
  tr.why td { padding-top: 0; }
  tr:has(+ tr.why) td { border-bottom: 0; }
  td.number, th.number { text-align: right; }
  td.tight { white-space: nowrap; }
  .state { display: inline-flex; align-items: center; gap: 7px; font-weight: 570; white-space: nowrap; }
  .state::before { content: ''; width: 8px; height: 8px; border-radius: 50%; background: currentColor; flex: none; }
  .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .busy { color: var(--accent); } .idle { color: var(--quiet); }
  .mono { font-family: ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, monospace; font-size: 12.5px; }
  .note { padding: 10px 14px; border-radius: 11px; background: var(--warn-wash); font-size: 14px; margin: 0 0 14px; }
  .note.bad { background: var(--bad-wash); color: inherit; }
  .note.fine { background: var(--sunken); }
  .note p + p, .note li + li { margin-top: 3px; }
  .note ul { margin: 4px 0 0; padding-left: 18px; }
  .empty { padding: 34px 20px; text-align: center; color: var(--quiet); display: grid; gap: 6px; }
  .empty strong { color: var(--ink); font-size: 16px; }
  .button[disabled] { opacity: 0.5; cursor: default; }
  .button.small { padding: 2px 10px; font-size: 13.5px; }
  select, input[type='number'] { font: inherit; font-size: 14px; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 9px; padding: 4px 8px; }
  input[type='number'] { width: 76px; }
  input[type='checkbox'] { width: 17px; height: 17px; accent-color: var(--accent); margin: 2px 0; }
  label { display: inline-flex; gap: 7px; align-items: center; font-size: 14px; }
  progress { appearance: none; border: 0; height: 7px; width: 100%; min-width: 110px; border-radius: 4px; overflow: hidden; background: var(--sunken); display: block; }
  progress::-webkit-progress-bar { background: var(--sunken); }
  progress::-webkit-progress-value { background: var(--accent); transition: width 0.35s ease-out; }
  progress::-moz-progress-bar { background: var(--accent); }
  .progress { display: grid; gap: 4px; min-width: 130px; }
  .progress small, small { font-size: 12.5px; }
  dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(165px, 1fr)); gap: 12px 20px; margin: 0; padding: 2px 16px 16px; }
  dt { font-size: 12.5px; color: var(--quiet); }
  dd { margin: 1px 0 0; overflow-wrap: anywhere; }
  .more { padding: 10px 16px; border-top: 1px solid var(--line); text-align: center; }
  summary { cursor: pointer; font-weight: 600; padding: 12px 16px; }
  .help > div { padding: 0 20px 18px; max-width: 92ch; display: grid; gap: 4px; }
  .help h3 { margin-top: 10px; }
  .help details { margin-top: 12px; border-top: 1px solid var(--line); }
  .help details summary { padding: 12px 0 2px; }
  /* Rows of a table that says so are blocks where there is no room for columns; a cell says what it is. */
  @media (max-width: 720px) {
    .fold thead { display: none; }
    .fold, .fold tbody { display: block; }
    .fold tr { display: flex; flex-wrap: wrap; gap: 8px 18px; align-items: center; padding: 13px 14px; border-bottom: 1px solid var(--line); }
    .fold tbody tr:last-child { border-bottom: 0; }
    .fold td { display: block; padding: 0; border: 0; text-align: left; }
    .fold td.wide { flex: 1 1 100%; }
    .fold td[data-name]::before { content: attr(data-name) ' '; font-size: 12.5px; color: var(--quiet); }
  }
  @media (max-width: 600px) { :host { padding-left: 14px; padding-right: 14px; } }
  @media (prefers-reduced-motion: reduce) { progress::-webkit-progress-value { transition: none; } }
`;

const MOODS: Record<string, string> = {
  imported: 'good', done: 'good', created: 'good', linked: 'good', updated: 'good', partial: 'warn', deferred: 'warn', waiting: 'warn',
  invalid: 'bad', failed: 'bad', queued: 'busy', importing: 'busy', running: 'busy', preflighted: 'busy', open: 'warn', redriven: 'good',
};

/** A state in its colour and its word. */
export function stateMark(state: string) {
  return html`<span class="state ${MOODS[state] ?? 'idle'}">${state}</span>`;
}

/** How far a job is. */
export function progressOf(job: ImportJob) {
  return html`<div class="progress">
    <progress max=${Math.max(1, job.items_total)} .value=${job.items_done} aria-label="Progress"></progress>
    <small><strong>${job.items_done}/${job.items_total}</strong> <span class="quiet">${job.step ?? (job.state === 'queued' ? 'waits for a worker' : '')}</span></small>
  </div>`;
}

/** Only what is not zero. */
export function tallyOf(tally: Tally): string {
  const told = Object.entries(tally).filter(([, count]) => count > 0).map(([decision, count]) => `${number(count)} ${decision}`);
  return told.length ? told.join(', ') : '-';
}

/** A problem with its cure. */
export function problemNote(problem: Problem | null) {
  return problem === null ? nothing : html`<div class="note bad" role="alert"><strong>${problem.title}.</strong> ${problem.message}
    ${problem.traceId ? html`<small class="quiet">Trace ${problem.traceId}</small>` : nothing}</div>`;
}

/** What a page does with a failure: its own note, or the end of the session. */
export function failed(page: HTMLElement & { problem: Problem | null }, failure: unknown) {
  if (!(failure instanceof Problem)) throw failure;
  if (failure.status === 401) page.dispatchEvent(new CustomEvent('ended', { bubbles: true, composed: true }));
  else page.problem = failure;
}
