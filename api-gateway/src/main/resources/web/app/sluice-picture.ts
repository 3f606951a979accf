import { LitElement, css, html, nothing } from 'lit';
import { icon } from './icons';
import { looks } from './looks';
import { nameOf } from './words';
import type { Asset } from './types';

/** One picture, large: its thumbnail at once, the preview over it; or why there is none. */
class SluicePicture extends LitElement {
  static override properties = { asset: { attribute: false }, shown: { state: true }, broken: { state: true } };
  declare asset: Asset;
  declare shown: boolean;
  declare broken: boolean;
  private url = '';

  constructor() {
    super();
    this.shown = false;
    this.broken = false;
  }

  static override styles = [looks, css`
    :host { position: relative; display: grid; place-items: center; width: 100%; height: 100%; min-height: 0; overflow: hidden; }
    img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
    .large { opacity: 0; transition: opacity 0.2s ease; }
    .large.shown { opacity: 1; }
    .why { max-width: 44ch; padding: 20px; text-align: center; display: grid; gap: 8px; justify-items: center; }
    .why .icon { width: 30px; height: 30px; color: var(--warn); }
    .coming { width: 9px; height: 9px; border-radius: 50%; background: var(--accent); animation: breathe 1.8s ease-in-out infinite; }
    @keyframes breathe { 50% { opacity: 0.2; } }
    @media (prefers-reduced-motion: reduce) { .large { transition: none; } .coming { animation: none; } }
  `];

  override willUpdate() {
    const url = this.preview?.url ?? '';
    if (url === this.url) return;
    this.url = url;
    this.shown = false;
    this.broken = false;
  }

  override render() {
    if (!this.url || this.broken) return this.why();
    const small = this.asset.renditions?.find(made => made.name === 'thumbnail' && made.state === 'ready')?.url;
    return html`${small && !this.shown ? html`<img src=${small} alt="">` : nothing}
      <img class="large ${this.shown ? 'shown' : ''}" src=${this.url} alt=${nameOf(this.asset)} draggable="false"
        @load=${() => { this.shown = true; }} @error=${() => { this.broken = true; }}>`;
  }

  private why() {
    const made = this.preview;
    if (this.broken) return note('The picture did not arrive', 'It is made, but the gateway did not send it. Close it and open it again.');
    if (this.asset.renditions === null) return note('What is made of it is unknown', 'The media service does not answer at the moment.');
    if (made?.state === 'failed' || made?.state === 'unsupported') return note('This one cannot be shown', made.reason ?? 'No picture can be made of this file.');
    if (this.asset.kind === 'audio' || this.asset.kind === 'document') return note(`This is ${this.asset.kind === 'audio' ? 'sound' : 'a document'}`, 'There is no picture of it; download the original.');
    return html`<div class="why" role="status"><span class="coming"></span><strong>Not ready yet</strong><span class="quiet">It appears here as soon as it is made.</span></div>`;
  }

  private get preview() {
    return this.asset.renditions?.find(made => made.name === 'preview_image');
  }
}

function note(title: string, reason: string) {
  return html`<div class="why">${icon('warn')}<strong>${title}</strong><span class="quiet">${reason}</span></div>`;
}

customElements.define('sluice-picture', SluicePicture);
