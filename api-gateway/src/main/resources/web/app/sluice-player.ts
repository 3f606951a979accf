import { LitElement, css, html, nothing } from 'lit';
import { Problem } from './api';
import type { Api } from './api';
import { icon } from './icons';
import { looks } from './looks';
import { playlistOf, posterOf, streamOf } from './playable';
import './sluice-controls';
import { Stream } from './stream';
import type { Stopped } from './stream';
import { percent } from './words';
import type { Asset } from './types';

/** Between two questions whether a worker had room. */
const AGAIN_MS = 1_500;

/** still: nothing asked for yet; asking: its making was asked for; open: the element has the stream. */
type Stage = 'still' | 'asking' | 'open';

/** One video: its poster, then its stream, also while that is still being made; or why there is none, with what one can do (its slot). */
class SluicePlayer extends LitElement {
  static override properties = {
    api: { attribute: false }, asset: { attribute: false }, stage: { state: true }, stopped: { state: true }, problem: { state: true }, stalled: { state: true },
  };
  declare api: Api;
  declare asset: Asset;
  declare stage: Stage;
  declare stopped: Stopped | null;
  declare problem: Problem | null;
  declare stalled: boolean;
  private stream: Stream | null = null;
  private resumeAt = 0;

  constructor() {
    super();
    this.stage = 'still';
    this.stopped = null;
    this.problem = null;
    this.stalled = false;
  }

  static override styles = [looks, css`
    :host { position: relative; display: grid; place-items: center; width: 100%; height: 100%; min-height: 0; overflow: hidden; }
    video, .poster { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
    .poster.dim { filter: brightness(0.42); }
    .over { position: relative; display: grid; justify-items: center; gap: 14px; padding: 20px; max-width: 54ch; text-align: center; }
    .big {
      width: 84px; height: 84px; border-radius: 50%; border: 0; display: grid; place-items: center; background: rgb(16 18 20 / 62%); color: #fff;
      backdrop-filter: blur(10px); transition: transform 0.15s ease, background 0.15s ease;
    }
    .big .icon { width: 40px; height: 40px; }
    .big:hover { transform: scale(1.06); background: rgb(16 18 20 / 80%); }
    .pill { display: inline-flex; align-items: center; gap: 9px; border-radius: 30px; padding: 10px 22px 10px 16px; font-weight: 620; }
    .card { background: rgb(20 22 25 / 82%); backdrop-filter: blur(12px); border: 1px solid var(--line); border-radius: 18px; padding: 22px 26px; display: grid; gap: 10px; justify-items: center; }
    .card strong { font-size: 16.5px; }
    .card .warn { color: var(--warn); width: 28px; height: 28px; }
    progress { appearance: none; border: 0; height: 6px; width: min(280px, 60vw); border-radius: 4px; overflow: hidden; background: var(--line); }
    progress::-webkit-progress-bar { background: var(--line); }
    progress::-webkit-progress-value { background: var(--accent); transition: width 0.5s ease-out; }
    progress::-moz-progress-bar { background: var(--accent); }
    .spin { width: 46px; height: 46px; border-radius: 50%; border: 3px solid rgb(255 255 255 / 25%); border-top-color: #fff; animation: turn 0.9s linear infinite; }
    sluice-controls { position: absolute; inset: auto 0 0; }
    @keyframes turn { to { transform: rotate(1turn); } }
    @media (prefers-reduced-motion: reduce) { .spin { animation-duration: 4s; } .big { transition: none; } }
  `];

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.close();
    this.stage = 'still';
  }

  override render() {
    const poster = posterOf(this.asset);
    const open = this.stage === 'open';
    return html`
      ${poster && !open ? html`<img class="poster ${this.isBare() ? '' : 'dim'}" src=${poster} alt="">` : nothing}
      <video playsinline preload="none" tabindex="-1" aria-label="Video" ?hidden=${!open} @click=${this.toggle}
        @waiting=${() => { this.stalled = true; }} @playing=${() => { this.stalled = false; }} @pause=${() => { this.stalled = false; }}></video>
      ${open && this.stalled ? html`<div class="spin" role="status"><span class="hidden">Loading</span></div>` : nothing}
      ${open ? nothing : html`<div class="over">${this.over()}</div>`}
      ${open ? html`<sluice-controls .video=${this.video} .total=${(this.asset.video?.duration_ms ?? 0) / 1000} .made=${this.made()}></sluice-controls>` : nothing}`;
  }

  /** Plays or pauses, or begins. */
  toggle = () => {
    const video = this.video;
    if (this.stage === 'still') void this.play();
    else if (this.stage === 'open' && video?.paused) void video.play().catch(() => undefined);
    else if (this.stage === 'open') video?.pause();
  };

  skip(seconds: number) {
    const video = this.video;
    const end = video?.seekable.length ? video.seekable.end(video.seekable.length - 1) : 0;
    if (video && this.stage === 'open') video.currentTime = Math.max(0, Math.min(end - 0.1, video.currentTime + seconds));
  }

  mute() {
    if (this.video) this.video.muted = !this.video.muted;
  }

  private over() {
    if (this.problem) return this.card(this.problem.title, this.problem.message, html`<button class="button" @click=${this.play}>Try again</button>`);
    if (this.stopped) return this.card(this.stopped.title, this.stopped.cure, html`<button class="button" @click=${this.play}>Try again</button>`);
    const made = streamOf(this.asset);
    if (this.asset.renditions === null) return this.card('What is made of it is unknown', 'The media service does not answer at the moment. This goes on by itself when it is back.');
    if (made?.state === 'failed') return this.card('The stream could not be made', made.reason ?? 'Making it failed.', html`<slot></slot>`);
    if (made?.state === 'unsupported') return this.card('This one cannot be played here', made.reason ?? 'No stream can be made of this file.', html`<slot></slot>`);
    if (this.stage === 'asking') return this.making();
    if (made?.state === 'ready') return html`<button class="big" aria-label="Play" @click=${this.play}>${icon('play')}</button>`;
    return html`<div class="card"><button class="button primary pill" @click=${this.play}>${icon('play')}Play now</button>
      ${made?.state === 'running' ? this.progress() : html`<span class="quiet">The stream is not made yet. It is made first when you play it.</span>`}</div>`;
  }

  private making() {
    const running = streamOf(this.asset)?.state === 'running';
    return html`<div class="card" role="status"><div class="spin"></div>
      <strong>${running ? 'Making the stream' : 'Asking for the stream'}</strong>
      ${running ? this.progress() : html`<span class="quiet">It plays as soon as its first part is there. When all workers are busy it is the next one.</span>`}</div>`;
  }

  private progress() {
    const share = streamOf(this.asset)?.progress ?? 0;
    return html`<progress max="1" .value=${share} aria-label="Made of the stream"></progress>
      <span class="quiet">${percent(share)} of the stream is made</span>`;
  }

  private card(title: string, why: string, cure: unknown = nothing) {
    return html`<div class="card" role="alert">${icon('warn')}<strong>${title}</strong><span>${why}</span>${cure}</div>`;
  }

  private play = async () => {
    this.stopped = null;
    this.problem = null;
    this.stage = 'asking';
    const asset = this.asset;
    try {
      while (this.isAsking(asset) && !streams(this.asset)) {
        const told = await this.api.playNow(asset.content_hash);
        this.dispatchEvent(new CustomEvent('moved'));
        if (told.state === 'ready' || told.state === 'running') break;
        if (told.state !== 'pending') {
          this.stage = 'still';
          return;
        }
        await new Promise(later => setTimeout(later, AGAIN_MS));
      }
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      if (failure.status === 401) this.dispatchEvent(new CustomEvent('ended', { bubbles: true, composed: true }));
      this.problem = failure;
      this.stage = 'still';
      return;
    }
    if (this.isAsking(asset)) this.open();
  };

  private open() {
    const held = this.shadowRoot?.activeElement;
    if (held) void this.updateComplete.then(() => this.renderRoot.querySelector('sluice-controls')?.focus());
    this.close();
    this.stage = 'open';
    this.stalled = true;
    const video = this.video!;
    this.stream = new Stream(video, playlistOf(this.asset), this.resumeAt, why => this.stop(why));
  }

  private stop(why: Stopped) {
    this.resumeAt = this.video?.currentTime ?? 0;
    this.close();
    this.stage = 'still';
    if (why.status === 401) this.dispatchEvent(new CustomEvent('ended', { bubbles: true, composed: true }));
    else this.stopped = why;
  }

  private close() {
    this.stream?.end();
    this.stream = null;
  }

  /** How much of it there is to play; null when it is whole. */
  private made(): number | null {
    const made = streamOf(this.asset);
    return made?.state === 'running' ? made.progress ?? 0 : null;
  }

  private isBare(): boolean {
    return this.stage === 'still' && !this.stopped && !this.problem && streamOf(this.asset)?.state === 'ready';
  }

  private isAsking(asset: Asset): boolean {
    return this.isConnected && this.stage === 'asking' && this.asset.content_hash === asset.content_hash;
  }

  private get video(): HTMLVideoElement | null {
    return this.renderRoot.querySelector('video');
  }
}

/** Whether there is something to play. */
function streams(asset: Asset): boolean {
  const made = streamOf(asset);
  return made?.state === 'ready' || (made?.state === 'running' && made.url !== null);
}

customElements.define('sluice-player', SluicePlayer);
export type { SluicePlayer };

declare global {
  interface HTMLElementTagNameMap {
    'sluice-player': SluicePlayer;
  }
}
