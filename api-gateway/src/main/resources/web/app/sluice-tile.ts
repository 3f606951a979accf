import { LitElement, css, html } from 'lit';
import { looks } from './looks';
import { averageColour } from './thumbhash';
import { fileName } from './words';
import type { Asset, Rendition } from './types';

/** One asset in the grid: its thumbnail, the colour of what is to come, or why there is none. */
class SluiceTile extends LitElement {
  static override properties = { asset: { attribute: false }, shown: { state: true }, broken: { state: true } };
  declare asset: Asset;
  declare shown: boolean;
  declare broken: boolean;
  private url: string | null = null;

  constructor() {
    super();
    this.shown = false;
    this.broken = false;
  }

  static override styles = [looks, css`
    :host { position: relative; border-radius: 8px; overflow: hidden; background: var(--tile, var(--sunken)); }
    button { position: absolute; inset: 0; border: 0; padding: 0; background: none; text-align: left; border-radius: inherit; }
    button:focus-visible { outline-offset: -3px; z-index: 1; }
    img { width: 100%; height: 100%; object-fit: cover; opacity: 0; transition: opacity 0.35s ease; display: block; }
    img.shown { opacity: 1; }
    .waiting { position: absolute; left: 12px; bottom: 10px; display: flex; align-items: center; gap: 8px; font-size: 12.5px; color: var(--quiet); }
    .waiting::before {
      content: ''; width: 8px; height: 8px; border-radius: 50%; background: var(--accent);
      animation: breathe 1.8s ease-in-out infinite;
    }
    .why { display: flex; flex-direction: column; justify-content: flex-end; gap: 3px; height: 100%; padding: 12px; font-size: 12.5px; line-height: 1.35; }
    .why strong { font-weight: 620; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .why span { color: var(--quiet); display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
    .mark { margin-bottom: auto; width: 22px; height: 22px; color: var(--warn); }
    .failed .mark { color: var(--bad); }
    @keyframes breathe { 50% { opacity: 0.2; } }
    @media (prefers-reduced-motion: reduce) { .waiting::before { animation: none; } img { transition: none; } }
  `];

  override willUpdate() {
    const url = thumbnail(this.asset)?.url ?? null;
    if (url !== this.url) {
      this.url = url;
      this.shown = false;
      this.broken = false;
    }
    this.style.setProperty('--ratio', String(ratio(this.asset)));
    const colour = this.asset.thumbhash ? averageColour(this.asset.thumbhash) : null;
    if (colour) this.style.setProperty('--tile', colour);
    else this.style.removeProperty('--tile');
  }

  override render() {
    const name = this.asset.location ? fileName(this.asset.location.path) : this.asset.short_hash;
    return html`<button aria-label=${label(this.asset, name)} title=${name}>${this.inside(name)}</button>`;
  }

  override focus() {
    this.renderRoot.querySelector('button')?.focus();
  }

  private inside(name: string) {
    const made = thumbnail(this.asset);
    if (made?.state === 'ready' && !this.broken) {
      return html`<img src=${made.url!} alt="" loading="lazy" decoding="async" class=${this.shown ? 'shown' : ''}
        @load=${() => { this.shown = true; }} @error=${() => { this.broken = true; }}>`;
    }
    if (this.broken) return why('', name, 'The thumbnail is there but did not arrive. It is asked for again when you come back.');
    if (made?.state === 'failed') return why('failed', name, made.reason ?? 'Making it failed.');
    if (made?.state === 'unsupported') return why('', name, made.reason ?? 'This file can not be shown as a picture.');
    if (this.asset.renditions === null) return why('', name, 'media does not answer; the picture comes when it is back.');
    return html`<span class="waiting">being made</span>`;
  }
}

function why(kind: string, name: string, reason: string) {
  return html`<span class="why ${kind}">
    <svg class="mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" aria-hidden="true">
      <circle cx="12" cy="12" r="9"></circle><path d="M12 7.5v5M12 16.2v.1"></path></svg>
    <strong>${name}</strong><span>${reason}</span></span>`;
}

function label(asset: Asset, name: string): string {
  const made = thumbnail(asset);
  if (made?.state === 'failed' || made?.state === 'unsupported') return `${name}: ${made.reason ?? made.state}`;
  return made?.state === 'ready' ? name : `${name}, being made`;
}

export function thumbnail(asset: Asset): Rendition | undefined {
  return asset.renditions?.find(made => made.name === 'thumbnail');
}

/** Width by height, as shown; a square until it is known. Very wide and very tall ones are cropped in the grid. */
export function ratio(asset: Asset): number {
  const made = thumbnail(asset);
  const shape = asset.dimensions ?? (made?.width && made.height ? { width: made.width, height: made.height } : null);
  return shape ? Math.min(2.4, Math.max(0.6, shape.width / shape.height)) : 1.2;
}

customElements.define('sluice-tile', SluiceTile);
