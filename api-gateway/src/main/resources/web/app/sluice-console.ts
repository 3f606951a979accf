import { LitElement, css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { looks } from './looks';
import { Api, Problem } from './api';
import { EVERYTHING, filterOf } from './filter';
import type { Filter } from './filter';
import { placeOf } from './place';
import type { SluiceSearch } from './sluice-search';
import { number } from './words';
import type { Session } from './types';

/** Dead letters are counted for the navigation so often. */
const COUNT_MS = 20_000;
/** While the gateway or its database does not answer, the page asks again. */
const AGAIN_MS = 8_000;

const PAGES = [
  { name: 'Pictures', href: '#/' },
  { name: 'Search', href: '#/search' },
  { name: 'Import Media', href: '#/import' },
  { name: 'Import Tasks', href: '#/tasks' },
  { name: 'Pipeline', href: '#/pipeline' },
  { name: 'Dead letters', href: '#/dead-letters' },
];

/** The page in the navigation that a kind of place belongs to. */
const PAGE_OF: Record<string, string> = { 'search': '#/search', 'import': '#/import', 'batch': '#/import', 'tasks': '#/tasks', 'pipeline': '#/pipeline', 'dead-letters': '#/dead-letters' };

/** The page: who you are, where you are, and that part of it. */
class SluiceConsole extends LitElement {
  static override properties = {
    session: { state: true }, asked: { state: true }, note: { state: true }, problem: { state: true }, place: { state: true },
    letters: { state: true },
  };
  declare session: Session | null;
  declare asked: boolean;
  declare note: string;
  declare problem: Problem | null;
  declare place: string;
  /** Open dead letters; null when that is unknown. */
  declare letters: number | null;
  private readonly api = new Api();
  private filter = EVERYTHING;
  private timer = 0;

  constructor() {
    super();
    this.session = null;
    this.asked = false;
    this.note = '';
    this.problem = null;
    this.place = location.hash;
    this.letters = null;
  }

  static override styles = [looks, css`
    header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 16px 26px 10px; }
    header svg, .wait svg { width: 30px; height: 30px; }
    h1 { font-size: 19px; font-weight: 660; letter-spacing: -0.01em; }
    nav { display: flex; flex-wrap: wrap; gap: 2px; margin-left: 14px; }
    nav a { color: var(--quiet); text-decoration: none; padding: 5px 12px; border-radius: 9px; font-size: 14.5px; font-weight: 560; }
    nav a:hover { color: var(--ink); background: var(--sunken); }
    nav a[aria-current] { color: var(--ink); background: var(--sunken); }
    .badge { display: inline-block; margin-left: 7px; min-width: 20px; text-align: center; border-radius: 20px; padding: 0 6px; font-size: 12px; line-height: 19px; font-weight: 640; background: var(--bad); color: var(--card); }
    .who { margin-left: auto; display: flex; gap: 8px; align-items: center; font-size: 14px; }
    .note { margin: 0 26px 14px; padding: 11px 15px; border-radius: 12px; background: var(--bad-wash); font-size: 14px; }
    .wait { min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 14px; color: var(--quiet); }
    .wait svg { width: 44px; height: 44px; }
    .wait p { opacity: 0; animation: appear 0.3s 0.4s forwards; }
    @keyframes appear { to { opacity: 1; } }
    @media (max-width: 600px) { header { padding-left: 14px; padding-right: 14px; } .who .quiet { display: none; } nav { margin: 0 -14px; padding: 0 14px; order: 3; width: calc(100% + 28px); flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; } nav a { white-space: nowrap; padding: 5px 10px; } }
  `];

  override connectedCallback() {
    super.connectedCallback();
    const theme = localStorage.getItem('theme');
    if (theme) document.documentElement.dataset.theme = theme;
    addEventListener('hashchange', this.arrive);
    addEventListener('keydown', this.key);
    void this.enter();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.arrive);
    removeEventListener('keydown', this.key);
    clearTimeout(this.timer);
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.has('place') || changed.has('session')) {
      // On a phone the pages stand in one line that can be moved.
      this.renderRoot.querySelector('nav a[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  override render() {
    if (!this.asked) return html`<div class="wait">${this.logo()}<p>Asking who you are …</p></div>`;
    if (!this.session) {
      return html`<sluice-login .api=${this.api} .note=${this.note} .backTo=${this.backTo()} @entered=${(event: CustomEvent<Session>) => this.begin(event.detail)}></sluice-login>`;
    }
    const current = this.current();
    return html`
      <header>
        ${this.logo()}
        <h1>Sluice</h1>
        <nav aria-label="Pages">${PAGES.map(page => html`<a href=${page.href} aria-current=${current === page.href ? 'page' : nothing}>${page.name}${page.href === '#/dead-letters' ? this.badge() : nothing}</a>`)}</nav>
        <div class="who"><span class="quiet">${this.session.key_name}, ${this.session.role}</span>
          <button class="button" @click=${this.turnTheme} title="Light or dark">◐<span class="hidden"> Light or dark</span></button>
          <button class="button" @click=${this.leave}>Log out</button></div>
      </header>
      ${this.problem ? html`<p class="note" role="alert"><strong>${this.problem.title}.</strong> ${this.problem.message}</p>` : nothing}
      <div @ended=${() => this.end('Your session has ended.')} @letters=${() => void this.countLetters()}>${this.page(this.session)}</div>`;
  }

  /** One part for each place; another place of the same kind is another part, another thing open in it is not. */
  private page(session: Session) {
    const { kind, id, more, asset, query } = placeOf(this.place);
    switch (kind) {
      case 'search': return html`<sluice-search .api=${this.api} .role=${session.role} .query=${query} .opened=${asset}></sluice-search>`;
      case 'import': return html`<sluice-import .api=${this.api} .role=${session.role}></sluice-import>`;
      case 'tasks': return html`<sluice-tasks .api=${this.api} .role=${session.role}></sluice-tasks>`;
      case 'pipeline': return html`<sluice-pipeline .api=${this.api} .role=${session.role} .wanted=${query.get('group') ?? ''}></sluice-pipeline>`;
      case 'dead-letters': return html`<sluice-dead-letters .api=${this.api} .role=${session.role} .query=${query}></sluice-dead-letters>`;
      case 'batch': return keyed(id, html`<sluice-batch .api=${this.api} .role=${session.role} .syncId=${id} .toFailed=${more === 'failed'}></sluice-batch>`);
      default: {
        const container = kind === 'gallery' || kind === 'collection';
        return keyed(`${kind}/${id}`, html`<sluice-pictures .api=${this.api} .role=${session.role} .kind=${container ? kind : ''} .of=${container ? id : ''}
          .opened=${asset} .filter=${this.filterOf(query)}></sluice-pictures>`);
      }
    }
  }

  /** The same one as long as the address says the same, so that nothing is asked for again. */
  private filterOf(query: URLSearchParams): Filter {
    const filter = filterOf(query);
    if (JSON.stringify(filter) !== JSON.stringify(this.filter)) this.filter = filter;
    return this.filter;
  }

  private current(): string {
    return PAGE_OF[placeOf(this.place).kind] ?? '#/';
  }

  private badge() {
    return this.letters ? html`<span class="badge" title="Open dead letters">${this.letters > 999 ? '999+' : number(this.letters)}<span class="hidden"> open</span></span>` : nothing;
  }

  /** Where a person gets to by logging in; empty for the library. */
  private backTo(): string {
    if (placeOf(this.place).asset) return 'what you were looking at';
    const page = PAGES.find(each => each.href === this.current());
    return page && page.href !== '#/' ? page.name : '';
  }

  private logo() {
    return html`<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="var(--accent)"></rect>
      <path d="M6 13c4-4 6 2 10 0s6-4 10 0M6 20c4-4 6 2 10 0s6-4 10 0" fill="none" stroke="var(--accent-ink)" stroke-width="2.4" stroke-linecap="round"></path></svg>`;
  }

  private arrive = () => {
    const [from, to] = [placeOf(this.place), placeOf(location.hash)];
    const moved = from.kind !== to.kind || from.id !== to.id;
    this.place = location.hash;
    const name = PAGES.find(page => page.href === this.current())?.name ?? '';
    document.title = name === 'Pictures' ? 'Sluice' : `${name} · Sluice`;
    if (moved) scrollTo(0, 0);
  };

  /** From everywhere but a field or something that is open, / leads to the search box. */
  private key = (event: KeyboardEvent) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || !this.session || placeOf(this.place).asset) return;
    if (event.composedPath().some(part => part instanceof HTMLInputElement || part instanceof HTMLTextAreaElement || part instanceof HTMLSelectElement || part instanceof HTMLDialogElement)) return;
    event.preventDefault();
    const page = this.renderRoot.querySelector('sluice-search') as SluiceSearch | null;
    if (page) page.focus();
    else location.hash = '#/search';
  };

  private async enter() {
    clearTimeout(this.timer);
    try {
      this.begin(await this.api.session());
    } catch (failure) {
      const known = failure instanceof Problem;
      if (known && failure.status === 401) return;
      this.note = known ? `${failure.title}. ${failure.message}` : 'The gateway answered something that this page does not understand. Load it anew.';
      this.timer = setTimeout(() => void this.enter(), AGAIN_MS);
    } finally {
      this.asked = true;
    }
  }

  private begin(session: Session) {
    clearTimeout(this.timer);
    this.session = session;
    this.note = '';
    this.arrive();
    void this.countLetters();
  }

  private async countLetters() {
    clearTimeout(this.timer);
    if (!this.session) return;
    try {
      if (!document.hidden) this.letters = (await this.api.deadLetterSummary()).total;
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      // The page that is shown says what is wrong; a number that is not known is not shown.
      this.letters = null;
    }
    clearTimeout(this.timer);
    if (this.session && this.isConnected) this.timer = setTimeout(() => void this.countLetters(), COUNT_MS);
  }

  private leave = async () => {
    try {
      await this.api.logOut();
    } catch (failure) {
      this.problem = failure as Problem;
      return;
    }
    this.end('You are logged out.');
  };

  private end(note: string) {
    clearTimeout(this.timer);
    this.session = null;
    this.problem = null;
    this.letters = null;
    this.note = note;
  }

  private turnTheme = () => {
    const dark = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim() === '#15171a';
    document.documentElement.dataset.theme = dark ? 'light' : 'dark';
    localStorage.setItem('theme', dark ? 'light' : 'dark');
  };
}

customElements.define('sluice-console', SluiceConsole);
