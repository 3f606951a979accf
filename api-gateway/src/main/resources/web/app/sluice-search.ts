import { LitElement, html, nothing } from 'lit';
import { Problem } from './api';
import type { Api } from './api';
import type { Filter } from './filter';
import { EVERYTHING } from './filter';
import { Found } from './found';
import { icon } from './icons';
import { looks } from './looks';
import { addressOf, replacePlace } from './place';
import { countOf, nothingFound, pickedChips, standIn } from './search-parts';
import { searchLooks } from './search-looks';
import { NOTHING_ASKED, queryOf, questionOf, same } from './search-question';
import type { Question } from './search-question';
import './sluice-facets';
import './sluice-filters';
import './sluice-hits';
import type { SluiceHits } from './sluice-hits';
import type { AssetDetail, SearchHit } from './types';

/** Long enough that a word is not asked for letter by letter, short enough not to be waited for. */
const TYPING_MS = 220;
/** While search does not answer, the page asks again. */
const AGAIN_MS = 5_000;
const NEAR_END = 5;
/** Who has stood still for so long stands somewhere. */
const REST_MS = 150;

/** What was found last, for whoever comes back. */
let last: Found | null = null;

/** Search: words and filters in, what fits out, each with where and why. What is asked and what is open stands in the address. */
class SluiceSearch extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, query: { attribute: false }, opened: { attribute: false },
    question: { state: true }, found: { state: true }, hits: { state: true }, problem: { state: true }, missing: { state: true },
    turning: { state: true }, shown: { state: true },
  };
  declare api: Api;
  declare role: string;
  declare query: URLSearchParams;
  /** Content hash of the asset that is open; empty for none. */
  declare opened: string;
  declare question: Question;
  declare found: Found | null;
  declare hits: SearchHit[];
  declare problem: Problem | null;
  declare missing: Problem | null;
  /** Whether the answer to the last question has not come. */
  declare turning: boolean;
  declare shown: AssetDetail | null;
  private timer = 0;
  private again = 0;
  private looks = 0;
  private entered = false;

  constructor() {
    super();
    this.role = 'viewer';
    this.query = new URLSearchParams();
    this.opened = '';
    this.question = NOTHING_ASKED;
    this.found = null;
    this.hits = [];
    this.problem = null;
    this.missing = null;
    this.turning = false;
    this.shown = null;
  }

  static override styles = [looks, searchLooks];

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    clearTimeout(this.again);
    clearTimeout(this.looks);
    removeEventListener('scroll', this.scrolled);
  }

  override connectedCallback() {
    super.connectedCallback();
    addEventListener('scroll', this.scrolled, { passive: true });
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('query')) {
      const asked = questionOf(this.query);
      if (!this.found || !same(asked, this.found.question)) this.turn(asked);
      this.question = asked;
    }
    if (changed.has('opened')) void this.openWanted();
  }

  override updated(changed: Map<string, unknown>) {
    const box = this.box;
    if (changed.has('question') && box && box.value !== this.question.q && !this.timer) box.value = this.question.q;
    const left = changed.get('opened') as string | undefined;
    if (left && !this.opened) {
      this.entered = false;
      const at = this.hits.findIndex(hit => hit.content_hash === left);
      if (at >= 0) this.list?.focusOn(at);
    }
  }

  override firstUpdated() {
    if (this.found?.top) void this.list?.updateComplete.then(() => this.list?.showAt(this.found?.top ?? 0));
    else if (!this.opened && this.question.q === '' && matchMedia('(hover: hover)').matches) this.focus();
  }

  /** Puts the cursor into the box. */
  override focus() {
    this.box?.focus();
    this.box?.select();
  }

  override render() {
    const at = this.hits.findIndex(hit => hit.content_hash === this.opened);
    const facets = this.found?.facets ?? [];
    return html`
      <div class="ask">
        <form role="search" aria-label="Search" @submit=${this.submit}><label class="box">${icon('search')}<span class="hidden">Search</span>
          <input type="search" name="q" maxlength="2000" autocomplete="off" spellcheck="false" placeholder="Names, places on disk, titles, cameras, dates, texts …"
            @input=${this.typed} @keydown=${this.leaveBox}><kbd title="Press / to get here">/</kbd></label></form>
        <p class="hint quiet">All words must fit, the last may be a beginning. <code>"next to each other"</code> <code>-without</code></p>
        <sluice-filters .filter=${this.filter} @narrow=${(event: CustomEvent<Filter>) => this.go({ ...this.question, ...event.detail })}></sluice-filters>
        ${pickedChips(this.question, facets, without => this.go({ ...this.question, ...without }))}
      </div>
      ${this.notes()}
      <div class="body ${facets.some(facet => facet.counts.length) ? '' : 'alone'}">
        ${facets.some(facet => facet.counts.length) ? html`<details class="beside" open><summary>Narrow it down</summary>
          <sluice-facets .facets=${facets} .question=${this.question} @pick=${(event: CustomEvent<Partial<Question>>) => this.go({ ...this.question, ...event.detail })}></sluice-facets></details>` : nothing}
        <main aria-busy=${this.turning}>
          <p class="counted" role="status">${this.problem ? nothing : this.found?.started ? countOf(this.found) : this.turning ? 'Searching …' : nothing}</p>
          ${this.hits.length ? html`<sluice-hits .hits=${this.hits} @more=${this.more} @top=${() => this.focus()}
            @open=${(event: CustomEvent<string>) => this.open(event.detail)}></sluice-hits>` : this.problem || !this.found?.started ? nothing : nothingFound(this.question, () => this.go({ ...NOTHING_ASKED, q: this.question.q }))}
        </main>
      </div>
      <sluice-viewer .api=${this.api} .role=${this.role} .asset=${this.shown} .former=${standIn(this.hits[at - 1])} .further=${standIn(at < 0 ? undefined : this.hits[at + 1])}
        @leave=${this.close} @next=${() => this.step(1)} @previous=${() => this.step(-1)}></sluice-viewer>`;
  }

  private notes() {
    const problem = this.problem ?? this.missing;
    const lacks = (this.found?.notes ?? []).filter(note => note.code !== 'no_model');
    return html`${problem ? html`<p class="note bad" role="alert"><strong>${problem.title}.</strong> ${problem.message}
        ${problem.traceId ? html`<small>Trace ${problem.traceId}</small>` : nothing}${this.problem ? html`<button class="button" @click=${this.askAgain}>Ask again</button>` : nothing}</p>` : nothing}
      ${lacks.length ? html`<p class="note" role="status">${lacks.map(note => html`<span data-note=${note.code}>${note.detail} </span>`)}</p>` : nothing}`;
  }

  private get filter(): Filter {
    const { kind, library, from, to } = this.question;
    // The library is picked beside; what clears the filters clears it too.
    return { ...EVERYTHING, kind, library, from, to };
  }

  private typed = () => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.ask, TYPING_MS);
  };

  private submit = (event: Event) => {
    event.preventDefault();
    this.ask();
    if (this.problem) this.askAgain();
  };

  /** What was typed replaces the address: a word is one step to come back to, not one a letter. */
  private ask = () => {
    clearTimeout(this.timer);
    this.timer = 0;
    replacePlace(this.address({ ...this.question, q: this.box?.value ?? '' }, ''));
  };

  private leaveBox = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || this.hits.length === 0) return;
    event.preventDefault();
    this.list?.focusOn(0);
  };

  private go(question: Question) {
    if (this.timer) this.ask();
    location.hash = this.address({ ...question, q: this.box?.value ?? question.q }, '');
  }

  private address(question: Question, asset: string): string {
    return addressOf({ kind: 'search', id: '', asset, query: queryOf(question) });
  }

  /** Another question; what is there of the old one stays until the answer comes. */
  private turn(question: Question) {
    clearTimeout(this.again);
    const found = last?.answers(question) ? last : new Found(this.api, question);
    last = found;
    if (!found.started) found.facets = this.found?.facets ?? [];
    this.found = found;
    this.problem = null;
    if (found.started) {
      this.hits = found.hits;
      this.turning = false;
    } else {
      this.turning = true;
      void this.read(found);
    }
  }

  private async read(found: Found) {
    try {
      await found.more();
      if (found !== this.found) return;
      this.hits = found.hits;
      this.problem = null;
      this.requestUpdate();
    } catch (failure) {
      if (found !== this.found) return;
      if (!found.started) [this.hits, found.facets] = [[], []];
      this.fail(failure);
      clearTimeout(this.again);
      // What is wrong with the question itself stays wrong.
      if (this.isConnected && (this.problem?.status === 0 || (this.problem?.status ?? 0) >= 429)) this.again = setTimeout(() => void this.read(found), AGAIN_MS);
    } finally {
      if (found === this.found) this.turning = false;
    }
  }

  private askAgain = () => {
    clearTimeout(this.again);
    if (this.found) void this.read(this.found);
  };

  private more = async () => {
    const found = this.found;
    while (found?.started && !found.complete && !this.problem && found === this.found && this.list?.nearEnd) {
      await this.read(found);
      await this.updateComplete;
      await this.list?.updateComplete;
    }
  };

  private open(contentHash: string) {
    this.entered = true;
    location.hash = this.address(this.question, contentHash);
  }

  private step(by: number) {
    const at = this.hits.findIndex(hit => hit.content_hash === this.opened);
    const next = at < 0 ? undefined : this.hits[at + by];
    if (next) replacePlace(this.address(this.question, next.content_hash));
    if (at + by + NEAR_END > this.hits.length && this.found?.started && !this.found.complete) void this.read(this.found);
  }

  private close = () => {
    if (this.entered) history.back();
    else replacePlace(this.address(this.question, ''));
  };

  /** The one before stays on the screen until the next one is known. */
  private async openWanted() {
    const wanted = this.opened;
    this.missing = null;
    if (!wanted) {
      this.shown = null;
      return;
    }
    try {
      const asset = await this.api.asset(wanted);
      if (wanted === this.opened) this.shown = asset;
    } catch (failure) {
      if (wanted !== this.opened) return;
      this.shown = null;
      if (failure instanceof Problem && failure.status !== 401) this.missing = failure;
      else this.fail(failure);
    }
  }

  private fail(failure: unknown) {
    if (!(failure instanceof Problem)) throw failure;
    if (failure.status === 401) this.dispatchEvent(new CustomEvent('ended', { bubbles: true, composed: true }));
    else this.problem = failure;
  }

  private scrolled = () => {
    clearTimeout(this.looks);
    this.looks = setTimeout(() => {
      if (this.found && this.isConnected) this.found.top = this.list?.top ?? 0;
    }, REST_MS);
  };

  private get box(): HTMLInputElement | null {
    return this.renderRoot?.querySelector('input[type="search"]') ?? null;
  }

  private get list(): SluiceHits | null {
    return this.renderRoot.querySelector('sluice-hits');
  }
}

customElements.define('sluice-search', SluiceSearch);
export type { SluiceSearch };
