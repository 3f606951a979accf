import { LitElement, css, html, nothing } from 'lit';
import { looks } from './looks';
import { FACETS, NOTHING_ASKED, valueName } from './search-question';
import { number } from './words';
import type { Question } from './search-question';
import type { Facet } from './types';

/** A longer list is folded. */
const SHOWN = 6;

/** How often what can be picked stands among all that was found; a click picks it, another one lets it go. */
class SluiceFacets extends LitElement {
  static override properties = { facets: { attribute: false }, question: { attribute: false }, unfolded: { state: true } };
  declare facets: Facet[];
  declare question: Question;
  declare unfolded: string[];

  constructor() {
    super();
    this.facets = [];
    this.question = NOTHING_ASKED;
    this.unfolded = [];
  }

  static override styles = [looks, css`
    section + section { margin-top: 18px; }
    h3 { font-size: 12.5px; font-weight: 600; color: var(--quiet); padding: 0 10px 4px; }
    ul { list-style: none; margin: 0; padding: 0; }
    button { display: flex; gap: 10px; justify-content: space-between; width: 100%; text-align: left; border: 0; background: none; border-radius: 9px; padding: 4px 10px; font-size: 14px; }
    button:hover { background: var(--sunken); }
    button[aria-pressed='true'] { background: var(--accent); color: var(--accent-ink); }
    button span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
    .many { color: var(--quiet); font-variant-numeric: tabular-nums; }
    button[aria-pressed='true'] .many { color: inherit; opacity: 0.8; }
    .fold { color: var(--accent); }
    small { display: block; padding: 4px 10px; font-size: 12.5px; }
  `];

  override render() {
    return FACETS.map(({ name, title }) => {
      const facet = this.facets.find(each => each.name === name);
      const picked = this.question[name];
      // One value that all have tells nothing.
      if (!facet || facet.counts.length === 0 || (facet.counts.length === 1 && !facet.more && facet.counts[0]!.count === facet.assets && !picked)) return nothing;
      const whole = this.unfolded.includes(name);
      const shown = whole ? facet.counts : facet.counts.filter((count, index) => index < SHOWN || count.value === picked);
      return html`<section aria-label=${title} data-facet=${name}><h3>${title}</h3><ul>${shown.map(count => {
        const on = count.value === picked || (count.label !== null && count.label === picked);
        const called = valueName(name, count.value, count.label);
        return html`<li><button aria-pressed=${on} title=${called} @click=${() => this.pick(name, on ? '' : count.value)}>
          <span>${called}</span><span class="many">${number(count.count)}</span></button></li>`;
      })}</ul>
      ${facet.counts.length > SHOWN ? html`<button class="fold" @click=${() => this.fold(name)}>${whole ? 'Fewer' : `All ${facet.counts.length}`}</button>` : nothing}
      ${whole && facet.more ? html`<small class="quiet">and ${number(facet.more)} more: add words to see them</small>` : nothing}</section>`;
    });
  }

  private fold(name: string) {
    this.unfolded = this.unfolded.includes(name) ? this.unfolded.filter(each => each !== name) : [...this.unfolded, name];
  }

  private pick(name: string, value: string) {
    this.dispatchEvent(new CustomEvent('pick', { detail: { [name]: value } }));
  }
}

customElements.define('sluice-facets', SluiceFacets);
