import { LitElement, css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { Problem } from './api';
import type { Api } from './api';
import { icon } from './icons';
import { looks, night } from './looks';
import { isUnfinished } from './playable';
import './sluice-details';
import './sluice-keys';
import './sluice-picture';
import './sluice-player';
import type { SluiceKeys } from './sluice-keys';
import type { SluicePlayer } from './sluice-player';
import { nameOf } from './words';
import type { Asset, AssetDetail } from './types';

const BUSY_MS = 1_000;
const IDLE_MS = 15_000;
/** A finger that goes so far to a side, and not as far up or down, turns the page. */
const SWIPE_PX = 60;

/** One asset, large: its picture or its player, and beside it what is known of it. */
class SluiceViewer extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, asset: { attribute: false }, former: { attribute: false }, further: { attribute: false },
    detail: { state: true }, aside: { state: true },
  };
  declare api: Api;
  declare role: string;
  /** null when it is closed. */
  declare asset: Asset | null;
  /** Those beside it, where there are any. */
  declare former: Asset | null;
  declare further: Asset | null;
  declare detail: AssetDetail | null;
  declare aside: boolean;
  private timer = 0;
  private touch: { x: number; y: number } | null = null;

  constructor() {
    super();
    this.role = 'viewer';
    this.asset = null;
    this.former = null;
    this.further = null;
    this.detail = null;
    this.aside = false;
  }

  static override styles = [looks, night, css`
    dialog { border: 0; padding: 0; width: 100vw; height: 100vh; height: 100dvh; max-width: none; max-height: none; background: var(--paper); overflow: hidden; }
    dialog::backdrop { background: #0e0f11; }
    .frame { display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto; height: 100%; background: var(--paper); }
    header { grid-column: 1 / -1; display: flex; align-items: center; gap: 4px; padding: 8px 12px 8px 20px; min-width: 0; }
    h2 { font-size: 15.5px; font-weight: 600; margin-right: auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .tool { border: 0; background: none; border-radius: 10px; padding: 8px; color: var(--quiet); display: block; }
    .tool:hover, .tool[aria-pressed='true'] { background: var(--sunken); color: var(--ink); }
    .stage { position: relative; min-width: 0; min-height: 0; }
    .stage:focus { outline: none; }
    .side { position: absolute; z-index: 1; inset: 50% auto auto 12px; transform: translateY(-50%); border: 0; border-radius: 50%; padding: 9px; color: #fff; background: rgb(16 18 20 / 45%); opacity: 0.75; }
    .side:hover { opacity: 1; background: rgb(16 18 20 / 75%); }
    .side.on { inset: 50% 12px auto auto; }
    aside { width: min(390px, 34vw); overflow-y: auto; background: var(--card); border-radius: 16px 0 0 0; }
    .cure { margin-top: 4px; }
    @media (max-width: 820px) {
      .frame { grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); }
      aside { width: 100%; max-height: 58dvh; border-radius: 18px 18px 0 0; }
      header { padding: 6px 6px 6px 14px; }
    }
    @media (hover: none) { .help { display: none; } }
  `];

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.key);
    clearTimeout(this.timer);
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('asset') && this.detail?.content_hash !== this.asset?.content_hash) this.detail = null;
  }

  override updated(changed: Map<string, unknown>) {
    const before = changed.get('asset') as Asset | null | undefined;
    if (!changed.has('asset') || before?.content_hash === this.asset?.content_hash) return;
    const dialog = this.renderRoot.querySelector('dialog')!;
    if (this.asset && !dialog.open) {
      dialog.showModal();
      // Of the document: what has the focus can go away while it is looked at, and then no key would come through here.
      document.addEventListener('keydown', this.key);
    }
    if (!this.asset && dialog.open) dialog.close();
    if (!this.asset) document.removeEventListener('keydown', this.key);
    clearTimeout(this.timer);
    if (this.asset) void this.look();
    preload(this.further);
  }

  override render() {
    const asset = this.asset;
    return html`<dialog class="night" aria-label=${asset ? nameOf(asset) : 'Viewer'} @close=${this.left}>
      ${asset ? this.frame(this.detail ?? asset) : nothing}</dialog>`;
  }

  private frame(asset: Asset | AssetDetail) {
    return html`<div class="frame">
      <header><h2>${nameOf(asset)}</h2>
        <a class="tool" href="/api/v1/assets/${asset.content_hash}/original" download=${nameOf(asset)} aria-label="Download the original" title="Download the original">${icon('load')}</a>
        <button class="tool" aria-label="Details" title="Details (i)" aria-pressed=${this.aside} @click=${this.turnAside}>${icon('details')}</button>
        <button class="tool" aria-label="Whole screen" title="Whole screen (f)" @click=${this.turnFull}>${icon('full')}</button>
        <button class="tool help" aria-label="Keyboard" title="Keyboard (?)" @click=${this.help}>${icon('help')}</button>
        <button class="tool" aria-label="Close" title="Close (Esc)" @click=${this.close}>${icon('close')}</button></header>
      <div class="stage" tabindex="-1" autofocus @touchstart=${this.down} @touchend=${this.up}>
        ${keyed(asset.content_hash, asset.kind === 'video'
          ? html`<sluice-player .api=${this.api} .asset=${asset} @moved=${this.soon}>${this.cure(asset)}</sluice-player>`
          : html`<sluice-picture .asset=${asset}></sluice-picture>`)}
        ${this.former ? html`<button class="side" aria-label="The one before" @click=${() => this.tell('previous')}>${icon('back')}</button>` : nothing}
        ${this.further ? html`<button class="side on" aria-label="The next one" @click=${() => this.tell('next')}>${icon('on')}</button>` : nothing}
      </div>
      ${this.aside ? html`<aside aria-label="Details"><sluice-details .api=${this.api} .role=${this.role} .asset=${asset} @moved=${this.soon}></sluice-details></aside>` : nothing}
    </div><sluice-keys></sluice-keys>`;
  }

  /** What one can do about a stream that is not to be had. */
  private cure(asset: Asset) {
    return html`<a class="button cure" href="/api/v1/assets/${asset.content_hash}/original" download=${nameOf(asset)}>Download the original</a>
      ${this.aside || this.role === 'viewer' ? nothing : html`<button class="button cure" @click=${this.turnAside}>Details and redo</button>`}`;
  }

  private async look() {
    clearTimeout(this.timer);
    const hash = this.asset?.content_hash;
    if (!hash) return;
    try {
      const detail = await this.api.asset(hash);
      if (hash !== this.asset?.content_hash) return;
      this.detail = detail;
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      if (failure.status === 401) this.dispatchEvent(new CustomEvent('ended', { bubbles: true, composed: true }));
    }
    clearTimeout(this.timer);
    if (this.isConnected && hash === this.asset?.content_hash) {
      this.timer = setTimeout(() => void this.look(), isUnfinished(this.detail ?? this.asset!) ? BUSY_MS : IDLE_MS);
    }
  }

  private soon = () => void this.look();

  private key = (event: KeyboardEvent) => {
    const inside = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || (inside instanceof HTMLInputElement && event.key.startsWith('Arrow'))) return;
    const pressed = inside instanceof HTMLButtonElement && inside.matches(':focus-visible');
    const act = {
      'ArrowRight': () => this.tell('next'), 'ArrowLeft': () => this.tell('previous'), 'i': this.turnAside, 'f': this.turnFull, '?': this.help,
      ' ': pressed ? undefined : this.player?.toggle, 'j': () => this.player?.skip(-10), 'l': () => this.player?.skip(10), 'm': () => this.player?.mute(),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  private down(event: TouchEvent) {
    const finger = event.touches.length === 1 ? event.touches[0] : null;
    const steered = event.composedPath().some(part => part instanceof HTMLInputElement);
    this.touch = finger && !steered ? { x: finger.clientX, y: finger.clientY } : null;
  }

  private up(event: TouchEvent) {
    const finger = event.changedTouches[0];
    if (!this.touch || !finger) return;
    const [x, y] = [finger.clientX - this.touch.x, finger.clientY - this.touch.y];
    if (Math.abs(x) > SWIPE_PX && Math.abs(y) < Math.abs(x) / 2) this.tell(x < 0 ? 'next' : 'previous');
  }

  private turnAside = () => { this.aside = !this.aside; };

  private turnFull = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void this.renderRoot.querySelector('.stage')?.requestFullscreen?.().catch(() => undefined);
  };

  private help = () => (this.renderRoot.querySelector('sluice-keys') as SluiceKeys | null)?.show();

  private close = () => this.renderRoot.querySelector('dialog')?.close();

  private left = () => {
    if (this.asset) this.tell('leave');
  };

  private get player(): SluicePlayer | null {
    return this.renderRoot.querySelector('sluice-player');
  }

  private tell(name: string) {
    this.dispatchEvent(new CustomEvent(name));
  }
}

/** So that the next one is there when it is turned to. */
function preload(asset: Asset | null) {
  const url = asset?.renditions?.find(made => made.name === 'preview_image')?.url;
  if (url) new Image().src = url;
}

customElements.define('sluice-viewer', SluiceViewer);
