import { LitElement, css, html, nothing } from 'lit';
import { icon } from './icons';
import { looks } from './looks';
import { clock, percent, spoken } from './words';

const EVENTS = ['play', 'pause', 'timeupdate', 'durationchange', 'volumechange', 'seeked', 'ended', 'progress'];
const TOUCHES = ['pointermove', 'pointerdown', 'keydown', 'focusin'];
/** Without a touch for so long, the picture has the screen to itself. */
const REST_MS = 2_600;

/** What a player is steered with. A stream that grows shows its whole length, and how far it is made. */
class SluiceControls extends LitElement {
  static override properties = { video: { attribute: false }, total: { attribute: false }, made: { attribute: false }, resting: { type: Boolean, reflect: true } };
  declare video: HTMLVideoElement | null;
  /** Seconds of the whole video; 0 when unknown. */
  declare total: number;
  /** Share that is made; null when all is. */
  declare made: number | null;
  declare resting: boolean;
  private heard: HTMLVideoElement | null = null;
  /** Where a touch wakes the controls: they and the player around them. */
  private touched: EventTarget[] = [];
  private timer = 0;

  constructor() {
    super();
    this.video = null;
    this.total = 0;
    this.made = null;
    this.resting = false;
  }

  static override styles = [looks, css`
    :host { padding: 44px 22px 14px; background: linear-gradient(transparent, rgb(0 0 0 / 72%)); color: #fff; transition: opacity 0.25s ease; }
    :host([resting]) { opacity: 0; }
    .bar { display: flex; align-items: center; gap: 12px; }
    button { border: 0; background: none; padding: 7px; border-radius: 10px; color: inherit; }
    button:hover { background: rgb(255 255 255 / 14%); }
    button .icon { width: 24px; height: 24px; }
    .time { font-size: 13.5px; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .time .quiet { color: rgb(255 255 255 / 70%); }
    input { appearance: none; height: 22px; margin: 0; background: none; cursor: pointer; min-width: 0; }
    input.seek { flex: 1; }
    input.volume { width: 84px; }
    input::-webkit-slider-runnable-track {
      height: 5px; border-radius: 4px;
      background: linear-gradient(90deg, var(--accent) var(--at), rgb(255 255 255 / 45%) var(--at) var(--there), rgb(255 255 255 / 16%) var(--there));
    }
    input::-moz-range-track {
      height: 5px; border-radius: 4px;
      background: linear-gradient(90deg, var(--accent) var(--at), rgb(255 255 255 / 45%) var(--at) var(--there), rgb(255 255 255 / 16%) var(--there));
    }
    input::-webkit-slider-thumb { appearance: none; width: 15px; height: 15px; margin-top: -5px; border-radius: 50%; background: #fff; box-shadow: 0 1px 4px rgb(0 0 0 / 40%); }
    input::-moz-range-thumb { border: 0; width: 15px; height: 15px; border-radius: 50%; background: #fff; }
    @media (max-width: 600px) { :host { padding: 36px 10px 8px; } input.volume { display: none; } .bar { gap: 6px; } }
    @media (prefers-reduced-motion: reduce) { :host { transition: none; } }
  `];

  override connectedCallback() {
    super.connectedCallback();
    const around = this.getRootNode();
    this.touched = around instanceof ShadowRoot ? [this, around.host] : [this];
    this.touched.forEach(part => TOUCHES.forEach(name => part.addEventListener(name, this.wake)));
    this.wake();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.touched.forEach(part => TOUCHES.forEach(name => part.removeEventListener(name, this.wake)));
    this.hear(null);
    clearTimeout(this.timer);
  }

  override willUpdate() {
    if (this.heard !== this.video) this.hear(this.video);
  }

  override render() {
    const video = this.video;
    if (!video) return nothing;
    const length = this.length;
    const at = Math.min(video.currentTime, length);
    return html`<div class="bar">
      <button aria-label=${video.paused ? 'Play' : 'Pause'} @click=${this.toggle}>${icon(video.paused ? 'play' : 'pause')}</button>
      <span class="time">${clock(at)} <span class="quiet">/ ${clock(length)}</span></span>
      <input class="seek" type="range" min="0" max=${length || 1} step="0.1" .value=${String(at)} aria-label="Position"
        aria-valuetext="${spoken(at)} of ${spoken(length)}" @input=${this.seek}>
      ${this.made === null ? nothing : html`<span class="time quiet" role="status">${percent(this.made)} made</span>`}
      <button aria-label=${video.muted ? 'Sound on' : 'Sound off'} aria-pressed=${video.muted} @click=${this.mute}>${icon(video.muted ? 'mute' : 'sound')}</button>
      <input class="volume" type="range" min="0" max="1" step="0.05" .value=${String(video.muted ? 0 : video.volume)} aria-label="Volume" @input=${this.turn}>
    </div>`;
  }

  override updated() {
    const video = this.video;
    if (!video) return;
    const length = this.length || 1;
    shade(this.renderRoot.querySelector('.seek'), video.currentTime / length, this.end / length);
    shade(this.renderRoot.querySelector('.volume'), video.muted ? 0 : video.volume, 1);
  }

  override focus() {
    void this.updateComplete.then(() => this.renderRoot.querySelector('button')?.focus());
  }

  /** Seconds; of a stream that grows those of the whole video when they are known. */
  private get length(): number {
    const there = Number.isFinite(this.video?.duration) ? this.video!.duration : this.end;
    return this.made === null ? there || this.total : Math.max(there, this.total);
  }

  /** Seconds up to which there is something to play. */
  private get end(): number {
    const there = this.video?.seekable;
    return there?.length ? there.end(there.length - 1) : 0;
  }

  private toggle = () => {
    if (this.video?.paused) void this.video.play().catch(() => undefined);
    else this.video?.pause();
  };

  private mute = () => {
    if (this.video) this.video.muted = !this.video.muted;
  };

  private seek(event: Event) {
    if (this.video) this.video.currentTime = Math.min((event.target as HTMLInputElement).valueAsNumber, Math.max(0, this.end - 0.1));
  }

  private turn(event: Event) {
    if (!this.video) return;
    this.video.volume = (event.target as HTMLInputElement).valueAsNumber;
    this.video.muted = this.video.volume === 0;
  }

  private wake = () => {
    this.resting = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.resting = !!this.video && !this.video.paused && !this.renderRoot.querySelector(':focus-visible');
    }, REST_MS);
  };

  private changed = () => {
    if (this.video?.paused) this.wake();
    this.requestUpdate();
  };

  private hear(video: HTMLVideoElement | null) {
    EVENTS.forEach(name => this.heard?.removeEventListener(name, this.changed));
    EVENTS.forEach(name => video?.addEventListener(name, this.changed));
    this.heard = video;
  }
}

/** Fills a bar up to a share, and lighter up to another one. */
function shade(bar: Element | null, at: number, there: number) {
  (bar as HTMLElement | null)?.style.setProperty('--at', `${Math.min(1, at) * 100}%`);
  (bar as HTMLElement | null)?.style.setProperty('--there', `${Math.min(1, there) * 100}%`);
}

customElements.define('sluice-controls', SluiceControls);

declare global {
  interface HTMLElementTagNameMap {
    'sluice-controls': SluiceControls;
  }
}
