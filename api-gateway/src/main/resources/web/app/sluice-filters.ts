import { LitElement, css, html, nothing } from 'lit';
import { EVERYTHING, KINDS, isEverything } from './filter';
import { icon } from './icons';
import { looks } from './looks';
import type { Filter } from './filter';

/** What of the library is shown: kind and days here, the library by its card above. */
class SluiceFilters extends LitElement {
  static override properties = { filter: { attribute: false } };
  declare filter: Filter;

  constructor() {
    super();
    this.filter = EVERYTHING;
  }

  static override styles = [looks, css`
    form { display: flex; flex-wrap: wrap; gap: 8px 18px; align-items: center; }
    fieldset { border: 0; margin: 0; padding: 3px; display: flex; background: var(--sunken); border-radius: 11px; min-width: 0; overflow-x: auto; scrollbar-width: none; }
    fieldset label { position: relative; border-radius: 8px; font-weight: 560; color: var(--quiet); white-space: nowrap; }
    fieldset span { display: block; padding: 4px 13px; border-radius: 8px; cursor: pointer; }
    fieldset label:hover { color: var(--ink); }
    input[type='radio'] { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
    input:checked + span { background: var(--card); color: var(--ink); box-shadow: 0 1px 3px rgb(0 0 0 / 14%); }
    input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }
    .days { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: center; }
    .days label { display: inline-flex; gap: 7px; align-items: center; color: var(--quiet); }
    input[type='date'] {
      font: inherit; font-size: 14px; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 9px; padding: 4px 9px;
      min-height: 34px; font-variant-numeric: tabular-nums;
    }
    input[type='date'].unset { color: var(--quiet); }
    form, input { font-size: 14px; }
    .wrong { color: var(--bad); width: 100%; }
    .clear { display: inline-flex; align-items: center; gap: 6px; padding: 4px 11px; }
    .clear .icon { width: 15px; height: 15px; }
    @media (max-width: 600px) {
      fieldset { width: 100%; } fieldset label { flex: 1; text-align: center; } fieldset span { padding: 6px 8px; }
      .days { width: 100%; } .days label { flex: 1 1 0; display: grid; gap: 2px; font-size: 12.5px; } input[type='date'] { width: 100%; min-width: 0; }
    }
  `];

  override render() {
    const { kind, from, to } = this.filter;
    const backwards = from !== '' && to !== '' && from > to;
    return html`<form role="search" aria-label="Filters" @submit=${(event: Event) => event.preventDefault()}>
      <fieldset><legend class="hidden">Kind</legend>${KINDS.map(each => html`
        <label><input type="radio" name="kind" value=${each.kind} .checked=${each.kind === kind} @change=${() => this.narrow({ kind: each.kind })}><span>${each.name}</span></label>`)}
      </fieldset>
      <div class="days">
        <label>From <input type="date" class=${from ? '' : 'unset'} .value=${from} max=${to || nothing} aria-invalid=${backwards}
          @change=${(event: Event) => this.day('from', event)}></label>
        <label>To <input type="date" class=${to ? '' : 'unset'} .value=${to} min=${from || nothing} aria-invalid=${backwards}
          @change=${(event: Event) => this.day('to', event)}></label>
      </div>
      ${isEverything(this.filter) ? nothing : html`<button type="button" class="button clear" @click=${() => this.narrow(EVERYTHING)}>${icon('close')}Clear filters</button>`}
      ${backwards ? html`<span class="wrong" role="alert">The first day lies after the last one, so that nothing fits. Turn them round.</span>` : nothing}
    </form>`;
  }

  private day(end: 'from' | 'to', event: Event) {
    this.narrow({ [end]: (event.target as HTMLInputElement).value });
  }

  private narrow(by: Partial<Filter>) {
    this.dispatchEvent(new CustomEvent('narrow', { detail: { ...this.filter, ...by } }));
  }
}

customElements.define('sluice-filters', SluiceFilters);
