import { LitElement, css, html, nothing } from 'lit';
import { Problem } from './api';
import type { Api } from './api';
import { icon } from './icons';
import { looks } from './looks';
import './sluice-renditions';
import { bytes, clock, codecName, count, day, timeSource } from './words';
import type { Asset, AssetDetail, Location } from './types';

/** Everything that is known of one asset: its facts, where its bytes lie, what was made of it. */
class SluiceDetails extends LitElement {
  static override properties = {
    api: { attribute: false }, role: { attribute: false }, asset: { attribute: false }, locations: { state: true }, next: { state: true },
    problem: { state: true }, copied: { state: true },
  };
  declare api: Api;
  declare role: string;
  /** Its details too, once they are known. */
  declare asset: Asset | AssetDetail;
  declare locations: Location[] | null;
  declare next: string | null;
  declare problem: Problem | null;
  declare copied: boolean;

  constructor() {
    super();
    this.role = 'viewer';
    this.locations = null;
    this.next = null;
    this.problem = null;
    this.copied = false;
  }

  static override styles = [looks, css`
    :host { padding: 20px 22px 30px; font-size: 14px; overflow-wrap: anywhere; }
    h3 { font-size: 12.5px; font-weight: 620; color: var(--quiet); margin: 24px 0 9px; }
    dl { display: grid; grid-template-columns: minmax(88px, auto) 1fr; gap: 6px 16px; margin: 0; }
    dt { color: var(--quiet); }
    dd { margin: 0; }
    ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
    li { display: grid; gap: 1px; }
    small { font-size: 12.5px; }
    .mono { font-family: ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, monospace; font-size: 12px; }
    .copy { border: 0; background: none; padding: 3px; border-radius: 7px; vertical-align: middle; color: var(--quiet); }
    .copy:hover { color: var(--ink); background: var(--sunken); }
    .copy .icon { width: 16px; height: 16px; }
    .gone { color: var(--warn); }
    .bad { color: var(--bad); }
    a { color: var(--accent); }
  `];

  override willUpdate(changed: Map<string, unknown>) {
    const before = changed.get('asset') as Asset | undefined;
    if (!changed.has('asset') || before?.content_hash === this.asset.content_hash) return;
    this.locations = null;
    this.next = null;
    this.copied = false;
    void this.locate('');
  }

  override render() {
    return html`
      <dl>${this.facts().map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
        <dt>Content hash</dt><dd><span class="mono">${this.asset.content_hash}</span>
          <button class="copy" aria-label="Copy the content hash" title="Copy" @click=${this.copy}>${icon('copy')}</button>
          <small role="status">${this.copied ? 'copied' : ''}</small></dd></dl>
      <h3>${this.asset.location_count === 1 ? 'Where it lies' : `Where it lies: ${count(this.asset.location_count, 'place')}`}</h3>
      ${this.places()}
      <h3>What was made of it</h3>
      <sluice-renditions .api=${this.api} .role=${this.role} .asset=${this.asset}></sluice-renditions>`;
  }

  private facts(): [string, unknown][] {
    const asset = this.asset;
    const detail = 'header' in asset ? asset : null;
    const all: [string, unknown][] = [
      ['Taken', asset.taken_at ? html`${day(asset.taken_at.at)} <small class="quiet">${timeSource(asset.taken_at.source)}</small>` : null],
      ['Type', asset.media_type ?? (asset.kind === 'unknown' ? 'no known format' : asset.kind)],
      ['Delivered as', asset.subtype],
      ['Size', bytes(asset.size)],
      ['Dimensions', asset.dimensions ? `${asset.dimensions.width} × ${asset.dimensions.height}` : null],
      ...videoFacts(asset),
      ...(detail ? cameraFacts(detail) : []),
      ['Colours', detail?.colour_profile],
      ['In Sluice since', detail?.registered_at ? day(detail.registered_at) : null],
      ['Replaced by', detail?.superseded_by ? html`<a href="#/asset/${detail.superseded_by}">${detail.superseded_by.slice(0, 16)}</a>` : null],
    ];
    return all.filter(([, value]) => value !== null && value !== undefined && value !== '');
  }

  private places() {
    if (this.problem) return html`<p class="bad" role="alert">${this.problem.title}. ${this.problem.message}</p>`;
    if (this.locations === null) return html`<p class="quiet">Asking for its places …</p>`;
    if (this.locations.length === 0) return html`<p class="quiet">No file has these bytes any more.</p>`;
    return html`<ul>${this.locations.map(place => html`<li>
        <span>${place.library ?? 'a library that is not configured any more'} / ${place.path}</span>
        <small class="quiet">changed ${day(place.modified_at)}${place.present ? nothing : html`<span class="gone">, not there at the last look</span>`}</small></li>`)}</ul>
      ${this.next ? html`<p><button class="button" @click=${() => this.locate(this.next ?? '')}>Show more places</button></p>` : nothing}`;
  }

  private async locate(cursor: string) {
    const hash = this.asset.content_hash;
    try {
      const page = await this.api.locations(hash, cursor);
      if (hash !== this.asset.content_hash) return;
      this.locations = [...(cursor ? this.locations ?? [] : []), ...page.items];
      this.next = page.next_cursor;
      this.problem = null;
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      if (failure.status === 401) this.dispatchEvent(new CustomEvent('ended', { bubbles: true, composed: true }));
      this.problem = failure;
    }
  }

  private copy = async () => {
    // Browsers have a clipboard only for pages that came by https or from this machine.
    await navigator.clipboard?.writeText(this.asset.content_hash).then(() => { this.copied = true; }, () => undefined);
  };
}

function videoFacts(asset: Asset): [string, unknown][] {
  const video = asset.video;
  if (!video) return [];
  const picture = [video.video_codec ? codecName(video.video_codec) : '', video.frame_rate ? `${Number(video.frame_rate.toFixed(2))} pictures a second` : '',
    video.rotation ? `turned by ${video.rotation}°` : ''].filter(Boolean);
  return [
    ['Length', video.duration_ms ? clock(video.duration_ms / 1000) : null],
    ['Picture', picture.join(', ')],
    ['Sound', video.audio_codec ? codecName(video.audio_codec) : 'none'],
    ['Bit rate', video.bit_rate ? `${(video.bit_rate / 1e6).toFixed(1)} Mbit/s` : null],
  ];
}

function cameraFacts({ header }: AssetDetail): [string, unknown][] {
  const shutter = header.shutter_speed;
  const exposure = [shutter ? `${shutter < 0.4 ? `1/${Math.round(1 / shutter)}` : shutter} s` : '', header.aperture ? `f/${header.aperture}` : '',
    header.focal_length ? `${header.focal_length} mm` : '', header.iso ? `ISO ${header.iso}` : ''].filter(Boolean);
  const at = header.position;
  return [
    ['Camera', [header.camera_make, header.camera_model].filter(Boolean).join(' ')],
    ['Lens', header.lens_model],
    ['Exposure', exposure.join(' · ')],
    ['Position', at ? `${at.latitude.toFixed(5)}, ${at.longitude.toFixed(5)}${at.altitude ? `, ${Math.round(at.altitude)} m` : ''}` : null],
  ];
}

customElements.define('sluice-details', SluiceDetails);
