import { LitElement, css, html, nothing } from 'lit';
import { icon } from './icons';
import { looks } from './looks';
import { averageColour } from './thumbhash';
import { clock, nameOf, spoken } from './words';
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
    .video {
      position: absolute; right: 7px; bottom: 7px; display: inline-flex; align-items: center; gap: 4px; padding: 1px 8px 1px 5px; border-radius: 20px;
      background: rgb(12 14 16 / 68%); color: #fff; font-size: 12px; font-weight: 570; font-variant-numeric: tabular-nums; line-height: 20px;
    }
    .video .icon { width: 14px; height: 14px; }
    .video:not(.timed) { padding-right: 5px; }
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
    // The colour of what is to come; words stand on the page's own.
    const coming = this.isComing() && this.asset.thumbhash;
    const colour = coming ? averageColour(coming) : null;
    if (colour) this.style.setProperty('--tile', colour);
    else this.style.removeProperty('--tile');
  }

  override render() {
    const name = nameOf(this.asset);
    return html`<button aria-label=${label(this.asset, name)} title=${name}>${this.inside(name)}${videoMark(this.asset)}</button>`;
  }

  override focus() {
    this.renderRoot.querySelector('button')?.focus();
  }

  private isComing(): boolean {
    const state = thumbnail(this.asset)?.state;
    return !this.broken && state !== 'failed' && state !== 'unsupported';
  }

  private inside(name: string) {
    const made = thumbnail(this.asset);
    if (made?.state === 'ready' && !this.broken) {
      return html`<img src=${made.url!} alt="" loading="lazy" decoding="async" class=${this.shown ? 'shown' : ''}
        @load=${() => { this.shown = true; }} @error=${() => { this.broken = true; }}>`;
    }
    if (this.broken) return why('', name, 'The thumbnail is there but did not arrive. It is asked for again when you come back.');
    if (made?.state === 'failed') return why('failed', name, made.reason ?? 'Making it failed.');
    if (made?.state === 'unsupported') return why('', name, made.reason ?? 'This file cannot be shown as a picture.');
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

/** That it plays, and how long. */
function videoMark(asset: Asset) {
  if (asset.kind !== 'video') return nothing;
  const length = asset.video?.duration_ms;
  return html`<span class="video ${length ? 'timed' : ''}">${icon('play')}${length ? clock(length / 1000) : nothing}</span>`;
}

function label(asset: Asset, name: string): string {
  const made = thumbnail(asset);
  const length = asset.video?.duration_ms;
  const what = asset.kind === 'video' ? `${name}, video${length ? ` of ${spoken(length / 1000)}` : ''}` : name;
  if (made?.state === 'failed' || made?.state === 'unsupported') return `${what}: ${made.reason ?? made.state}`;
  return made?.state === 'ready' ? what : `${what}, being made`;
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
