import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from './icons';
import { looks } from './looks';
import { beside } from './sluice-grid';
import { day, fileName } from './words';
import type { SearchHit, SearchReason } from './types';

const FIELDS: Record<string, string> = {
  name: 'its name', path: 'its path', title: 'a title', camera: 'the camera', lens: 'the lens', date: 'the date', text: 'its text', format: 'the format',
};

/** What was found, each with where it lies and why. Arrow keys walk, Enter opens, w shows all reasons; the end of it asks for more. */
class SluiceHits extends LitElement {
  static override properties = { hits: { attribute: false }, broken: { state: true } };
  declare hits: SearchHit[];
  /** Those whose thumbnail did not arrive. */
  declare broken: Set<string>;
  private end: IntersectionObserver | null = null;

  constructor() {
    super();
    this.hits = [];
    this.broken = new Set();
  }

  static override styles = [looks, css`
    .hits { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(228px, 100%), 1fr)); gap: 14px; align-items: start; }
    article { background: var(--card); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; box-shadow: var(--shadow); content-visibility: auto; contain-intrinsic-size: auto 312px; transition: border-color 0.15s ease; }
    article:hover, article:focus-within { border-color: var(--quiet); }
    .open { position: relative; display: block; width: 100%; border: 0; padding: 0; background: none; text-align: left; border-radius: 13px; }
    .open:focus-visible { outline: none; }
    .open:focus-visible::after { content: ''; position: absolute; inset: 0; border: 2px solid var(--accent); border-radius: 13px; pointer-events: none; }
    .picture { position: relative; display: grid; place-items: center; aspect-ratio: 4 / 3; background: var(--sunken); color: var(--quiet); overflow: hidden; }
    img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; display: block; }
    .none { display: grid; justify-items: center; gap: 6px; font-size: 12.5px; padding: 0 14px; text-align: center; }
    .none .icon { width: 26px; height: 26px; }
    .video { position: absolute; right: 8px; bottom: 8px; padding: 4px; border-radius: 50%; background: rgb(12 14 16 / 68%); color: #fff; }
    .video .icon { width: 14px; height: 14px; }
    .words { display: grid; gap: 2px; padding: 10px 13px 11px; }
    strong { font-weight: 620; font-size: 14.5px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .where { font-size: 12.5px; color: var(--quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .said { margin-top: 4px; font-size: 13.5px; line-height: 1.42; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; overflow-wrap: anywhere; }
    mark { background: color-mix(in srgb, var(--accent) 24%, transparent); color: inherit; border-radius: 4px; padding: 0 1px; font-weight: 600; }
    details { border-top: 1px solid var(--line); font-size: 13px; }
    summary { cursor: pointer; padding: 6px 13px; color: var(--quiet); border-radius: 0 0 13px 13px; list-style-position: inside; }
    summary:hover { color: var(--ink); }
    summary:focus-visible { outline-offset: -3px; }
    dl { margin: 0; padding: 0 13px 11px; display: grid; gap: 6px; }
    dt { color: var(--quiet); font-size: 12px; }
    dd { margin: 0; overflow-wrap: anywhere; }
    .end { height: 1px; }
    @media (max-width: 600px) { .hits { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 9px; } .words { padding: 8px 10px 9px; } }
    @media (prefers-reduced-motion: reduce) { article { transition: none; } }
  `];

  override render() {
    return html`<div class="hits" role="list" aria-label="Found" @keydown=${this.walk}>
      ${repeat(this.hits, hit => hit.content_hash, hit => this.card(hit))}</div><div class="end"></div>`;
  }

  override firstUpdated() {
    this.end = new IntersectionObserver(seen => {
      if (seen.some(entry => entry.isIntersecting)) this.dispatchEvent(new CustomEvent('more'));
    }, { rootMargin: '1200px' });
    this.end.observe(this.renderRoot.querySelector('.end')!);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.end?.disconnect();
  }

  /** Whether the end is near; an observer tells only when that changes. */
  get nearEnd(): boolean {
    const end = this.renderRoot.querySelector('.end');
    return !!end && end.getBoundingClientRect().top < innerHeight + 1200;
  }

  focusOn(index: number) {
    const button = this.buttons[index];
    button?.focus();
    button?.scrollIntoView({ block: 'nearest' });
  }

  /** Index of the first that is on the screen. */
  get top(): number {
    const buttons = this.buttons;
    let [low, high] = [0, buttons.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (buttons[middle]!.getBoundingClientRect().bottom > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  showAt(index: number) {
    this.buttons[index]?.scrollIntoView({ block: 'start' });
  }

  private card(hit: SearchHit) {
    const name = fileName(hit.path);
    // A match in the name is marked there; what is said below it is something else, where there is any.
    const named = hit.reasons.find(reason => reason.field === 'name' && reason.snippet === name);
    const said = hit.reasons.find(reason => reason !== named);
    return html`<article role="listitem" data-hash=${hit.content_hash}>
      <button class="open" aria-label=${label(hit, name)} title=${hit.path} @click=${() => this.open(hit)}>
        <span class="picture">${this.picture(hit)}${hit.kind === 'video' ? html`<span class="video">${icon('play')}</span>` : nothing}</span>
        <span class="words"><strong>${named ? marked(named) : name}</strong>
          <span class="where">${[hit.library ?? 'a library that is gone', hit.taken_at ? day(hit.taken_at) : ''].filter(Boolean).join(' · ')}</span>
          ${said ? html`<span class="said">${marked(said)}</span>` : nothing}</span></button>
      ${hit.reasons.length ? html`<details><summary tabindex="-1">Why found: ${fields(hit)}</summary>
        <dl>${hit.reasons.map(reason => html`<div><dt>in ${fieldName(reason)}</dt><dd>${marked(reason)}</dd></div>`)}</dl></details>` : nothing}
    </article>`;
  }

  private picture(hit: SearchHit) {
    if (hit.thumbnail_url && !this.broken.has(hit.content_hash)) {
      return html`<img src=${hit.thumbnail_url} alt="" loading="lazy" decoding="async" @error=${() => { this.broken = new Set(this.broken).add(hit.content_hash); }}>`;
    }
    return html`<span class="none">${icon(hit.kind === 'video' ? 'play' : hit.kind === 'audio' ? 'sound' : 'details')}${hit.thumbnail_url ? 'The thumbnail did not arrive' : 'No thumbnail yet'}</span>`;
  }

  private get buttons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.open')];
  }

  private open(hit: SearchHit) {
    this.dispatchEvent(new CustomEvent('open', { detail: hit.content_hash }));
  }

  private walk(event: KeyboardEvent) {
    const buttons = this.buttons;
    const at = buttons.indexOf(event.target as HTMLElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'w') {
      const why = buttons[at]!.closest('article')?.querySelector('details');
      if (why) why.open = !why.open;
      return;
    }
    const next = {
      ArrowRight: () => at + 1, ArrowLeft: () => at - 1, Home: () => 0, End: () => buttons.length - 1,
      ArrowDown: () => beside(buttons, at, 1), ArrowUp: () => beside(buttons, at, -1),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    const to = next();
    if (event.key === 'ArrowUp' && to === at) this.dispatchEvent(new CustomEvent('top'));
    else this.focusOn(Math.min(buttons.length - 1, Math.max(0, to)));
  }
}

/** The snippet with what was found in it. */
function marked(reason: SearchReason) {
  const parts = [];
  let at = 0;
  for (const { start, end } of reason.spans) {
    parts.push(reason.snippet.slice(at, start), html`<mark>${reason.snippet.slice(start, end)}</mark>`);
    at = end;
  }
  return [...parts, reason.snippet.slice(at)];
}

function fieldName(reason: SearchReason): string {
  return FIELDS[reason.field] ?? reason.field;
}

function fields(hit: SearchHit): string {
  return [...new Set(hit.reasons.map(reason => reason.field))].join(', ');
}

function label(hit: SearchHit, name: string): string {
  const what = hit.kind === 'image' ? name : `${name}, ${hit.kind}`;
  const best = hit.reasons[0];
  return best ? `${what}: found in ${fieldName(best)}: ${best.snippet}` : what;
}

customElements.define('sluice-hits', SluiceHits);
export type { SluiceHits };
