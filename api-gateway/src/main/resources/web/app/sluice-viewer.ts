import { LitElement, css, html, nothing } from 'lit';
import { looks } from './looks';
import { bytes, count, day, fileName, timeSource } from './words';
import type { Asset } from './types';

/** One picture, large, with what is known of it. */
class SluiceViewer extends LitElement {
  static override properties = { asset: { attribute: false } };
  declare asset: Asset | null;

  constructor() {
    super();
    this.asset = null;
  }

  static override styles = [looks, css`
    dialog {
      border: 0; padding: 0; width: 100vw; height: 100vh; max-width: none; max-height: none; color: #eceae5;
      background: #121316;
    }
    dialog::backdrop { background: none; }
    .stage { display: grid; grid-template-rows: 1fr auto; height: 100%; }
    .picture { display: grid; place-items: center; min-height: 0; padding: 24px 24px 8px; }
    img { max-width: 100%; max-height: 100%; min-height: 0; border-radius: 6px; }
    .why { max-width: 42ch; text-align: center; display: grid; gap: 8px; }
    footer { display: flex; flex-wrap: wrap; gap: 6px 22px; align-items: baseline; padding: 12px 24px 20px; }
    .quiet { color: #a3a8ae; }
    .end { margin-left: auto; display: flex; gap: 8px; }
    .button { background: #25282c; border-color: #3a3e44; color: inherit; }
  `];

  override updated(changed: Map<string, unknown>) {
    if (!changed.has('asset')) return;
    const dialog = this.renderRoot.querySelector('dialog')!;
    if (this.asset && !dialog.open) dialog.showModal();
    if (!this.asset && dialog.open) dialog.close();
  }

  override render() {
    return html`<dialog aria-label="Picture" @keydown=${this.key} @close=${() => this.tell('leave')}>
      ${this.asset ? this.stage(this.asset) : nothing}</dialog>`;
  }

  private stage(asset: Asset) {
    const preview = asset.renditions?.find(made => made.name === 'preview_image');
    const original = `/api/v1/assets/${asset.content_hash}/original`;
    return html`<div class="stage">
      <div class="picture">${preview?.url ? html`<img src=${preview.url} alt="">` : html`<div class="why">
        <strong>${preview?.state === 'failed' || preview?.state === 'unsupported' ? 'This one cannot be shown' : 'Not ready yet'}</strong>
        <span class="quiet">${preview?.reason ?? 'It appears here as soon as it is made.'}</span></div>`}</div>
      <footer>
        <strong>${asset.location ? fileName(asset.location.path) : asset.short_hash}</strong>
        ${asset.taken_at ? html`<span>${day(asset.taken_at.at)} <span class="quiet">${timeSource(asset.taken_at.source)}</span></span>` : nothing}
        ${asset.dimensions ? html`<span class="quiet">${asset.dimensions.width} × ${asset.dimensions.height}</span>` : nothing}
        <span class="quiet">${bytes(asset.size)}</span>
        ${asset.location ? html`<span class="quiet">${asset.location.library ?? 'unknown library'} / ${asset.location.path}</span>` : nothing}
        ${asset.location_count > 1 ? html`<span class="quiet">and ${count(asset.location_count - 1, 'more place')}</span>` : nothing}
        <span class="end"><a class="button" href=${original} target="_blank" rel="noopener">Original</a>
          <button class="button" @click=${() => this.tell('leave')}>Close</button></span>
      </footer></div>`;
  }

  private key(event: KeyboardEvent) {
    const step = { ArrowRight: 'next', ArrowLeft: 'previous' }[event.key];
    if (!step) return;
    event.preventDefault();
    this.tell(step);
  }

  private tell(name: string) {
    this.dispatchEvent(new CustomEvent(name));
  }
}

customElements.define('sluice-viewer', SluiceViewer);
