import { LitElement, css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { looks } from './looks';
import type { Asset } from './types';

type Tile = HTMLElement & { asset: Asset };

/** Rows of pictures of one height. Arrow keys walk, Enter opens; the end of it asks for more. */
class SluiceGrid extends LitElement {
  static override properties = { assets: { attribute: false }, complete: { type: Boolean } };
  declare assets: Asset[];
  declare complete: boolean;
  private end: IntersectionObserver | null = null;

  constructor() {
    super();
    this.assets = [];
    this.complete = false;
  }

  static override styles = [looks, css`
    .grid { display: flex; flex-wrap: wrap; gap: 6px; --row: 168px; }
    .grid::after { content: ''; flex: 1000000 0 0; }
    sluice-tile {
      flex: calc(var(--ratio) * 100) 1 calc(var(--ratio) * var(--row)); aspect-ratio: var(--ratio);
      max-height: calc(var(--row) * 1.6); content-visibility: auto; contain-intrinsic-size: auto 168px;
    }
    .end { height: 1px; }
    @media (max-width: 600px) { .grid { --row: 112px; } }
  `];

  override render() {
    return html`<div class="grid" role="list" aria-label="Pictures" @keydown=${this.walk} @click=${this.open}>
        ${repeat(this.assets, asset => asset.content_hash, asset => html`
          <sluice-tile role="listitem" .asset=${asset}></sluice-tile>`)}
      </div>
      <div class="end"></div>`;
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

  /** First and last index on the screen. */
  visible(): [number, number] {
    const inside = this.tiles.map((tile, index) => ({ index, box: tile.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > -200 && box.top < innerHeight + 200);
    return inside.length ? [inside[0]!.index, inside[inside.length - 1]!.index] : [0, 0];
  }

  focusOn(index: number) {
    const tile = this.tiles[index];
    tile?.focus();
    tile?.scrollIntoView({ block: 'nearest' });
  }

  private get tiles(): Tile[] {
    return [...this.renderRoot.querySelectorAll('sluice-tile')] as Tile[];
  }

  private open(event: Event) {
    const tile = event.composedPath().find(part => part instanceof HTMLElement && part.localName === 'sluice-tile');
    if (tile) this.dispatchEvent(new CustomEvent('open', { detail: (tile as Tile).asset.content_hash }));
  }

  private walk(event: KeyboardEvent) {
    const tiles = this.tiles;
    const at = tiles.indexOf(event.target as Tile);
    if (at < 0) return;
    const next = {
      ArrowRight: () => at + 1, ArrowLeft: () => at - 1, Home: () => 0, End: () => tiles.length - 1,
      ArrowDown: () => beside(tiles, at, 1), ArrowUp: () => beside(tiles, at, -1),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    this.focusOn(Math.min(tiles.length - 1, Math.max(0, next())));
  }
}

/** The tile of the row below or above whose middle is nearest. */
export function beside(tiles: HTMLElement[], at: number, step: 1 | -1): number {
  const here = tiles[at]!.getBoundingClientRect();
  const middle = here.left + here.width / 2;
  let row: number | null = null;
  let best = at;
  let distance = Infinity;
  for (let i = at + step; i >= 0 && i < tiles.length; i += step) {
    const box = tiles[i]!.getBoundingClientRect();
    if (Math.abs(box.top - here.top) < 2) continue;
    row ??= box.top;
    if (Math.abs(box.top - row) > 2) break;
    const away = Math.abs(box.left + box.width / 2 - middle);
    if (away < distance) [best, distance] = [i, away];
  }
  return best;
}

customElements.define('sluice-grid', SluiceGrid);
export type { SluiceGrid };
