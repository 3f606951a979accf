import { LitElement, css, html, nothing } from 'lit';
import { looks } from './looks';
import { count, number, workName } from './words';
import type { ServiceWork } from './types';

interface ClassWork {
  name: string;
  waiting: number;
  running: number;
  stuck: boolean;
  error: string | null;
}

/** What the services have to do: waiting, running, stuck, by class; who is silent is said to be unknown. */
class SluiceWork extends LitElement {
  static override properties = { services: { attribute: false } };
  declare services: ServiceWork[] | null;

  constructor() {
    super();
    this.services = null;
  }

  static override styles = [looks, css`
    :host { min-height: 25px; }
    div { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline; font-size: 14px; }
    strong { font-weight: 600; }
    .busy::before {
      content: ''; display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 8px;
      background: var(--accent); animation: breathe 1.8s ease-in-out infinite;
    }
    .done { color: var(--good); }
    .warn { color: var(--warn); }
    .bad { color: var(--bad); }
    @keyframes breathe { 50% { opacity: 0.25; } }
    @media (prefers-reduced-motion: reduce) { .busy::before { animation: none; } }
  `];

  override render() {
    if (!this.services) return html`<div class="quiet">Asking what is going on …</div>`;
    const classes = byClass(this.services);
    const silent = this.services.filter(service => service.state === 'unknown');
    const givenUp = this.services.reduce((sum, service) => sum + (service.dead_letters ?? 0), 0);
    return html`<div role="status">
      ${classes.map(work => html`<span class="busy" title=${work.error ?? ''}><strong>${work.name}</strong>
        <span class="quiet">${number(work.waiting)} waiting, ${number(work.running)} running</span>
        ${work.stuck ? html`<span class="bad">stuck for more than 5 min</span>` : nothing}</span>`)}
      ${classes.length === 0 && silent.length === 0 ? html`<span class="done">✓ Everything is done</span>` : nothing}
      ${silent.map(service => html`<span class="warn">${service.service} does not answer: what it has to do is unknown</span>`)}
      ${givenUp > 0 ? html`<a class="bad" href="#/dead-letters">${count(givenUp, 'dead letter')}</a>` : nothing}
    </div>`;
  }
}

/** Classes that have something to do. */
export function byClass(services: ServiceWork[]): ClassWork[] {
  const classes = new Map<string, ClassWork>();
  for (const entry of services.flatMap(service => service.work ?? [])) {
    if (entry.count === 0 || entry.state === 'given_up') continue;
    const known = classes.get(entry.work_class)
      ?? { name: workName(entry.work_class), waiting: 0, running: 0, stuck: false, error: null };
    if (entry.state === 'running') known.running += entry.count;
    else known.waiting += entry.count;
    known.stuck ||= entry.stuck;
    known.error ??= entry.last_error;
    classes.set(entry.work_class, known);
  }
  return [...classes.values()];
}

customElements.define('sluice-work', SluiceWork);
