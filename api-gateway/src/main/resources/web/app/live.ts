import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LedgerEntry } from './types';

/** A rendition of an asset became ready, or it is settled that there will be none. */
interface AssetEvent {
  content_hash: string;
  rendition: string;
  state: 'ready' | 'failed' | 'unsupported';
}

/** What a library is called, or how it is, changed; its health is null when it is gone. */
interface LibraryEvent {
  id: string;
  name: string;
  health: { state: string; reason: string | null } | null;
}

/** How all groups and classes of the pipeline are, one of them otherwise than before. */
interface LagEvent {
  groups: { group: string; topic: string; state: string; reason: string }[];
}

export type LiveEvent =
  | { type: 'ledger'; data: LedgerEntry }
  | { type: 'asset'; data: AssetEvent }
  | { type: 'library'; data: LibraryEvent }
  | { type: 'lag'; data: LagEvent };

const TYPES: LiveEvent['type'][] = ['ledger', 'asset', 'library', 'lag'];

/** Something happened; null when it is not known what, so that everything has to be looked at. */
type Listener = (event: LiveEvent | null) => void;

const TRY_AGAIN_MS = 5_000;

/** One connection to the events for the whole page, open while somebody listens and the page is seen. */
class Live {
  connected = false;
  private source: EventSource | null = null;
  private timer = 0;
  private readonly listeners = new Set<Listener>();

  constructor() {
    document.addEventListener('visibilitychange', () => this.settle());
  }

  /** @returns what ends it */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    this.settle();
    return () => {
      this.listeners.delete(listener);
      this.settle();
    };
  }

  private settle() {
    const wanted = this.listeners.size > 0 && !document.hidden;
    if (wanted && !this.source) this.open();
    if (!wanted) this.close();
  }

  private open() {
    clearTimeout(this.timer);
    const source = new EventSource('/api/v1/events');
    this.source = source;
    source.onopen = () => {
      this.connected = true;
      this.tell(null);
    };
    source.onerror = () => {
      this.connected = false;
      // The browser comes again by itself after a stream that ended, not after an answer that was none.
      if (source.readyState === EventSource.CLOSED) {
        this.close();
        this.timer = setTimeout(() => this.settle(), TRY_AGAIN_MS);
      }
    };
    for (const type of TYPES) {
      source.addEventListener(type, event => this.tell({ type, data: JSON.parse((event as MessageEvent<string>).data) } as LiveEvent));
    }
    source.addEventListener('reset', () => this.tell(null));
  }

  private close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
    this.connected = false;
  }

  private tell(event: LiveEvent | null) {
    for (const listener of [...this.listeners]) listener(event);
  }
}

export const live = new Live();

/** Events come by the hundred while an import runs; more looks than these a second nobody can see. */
const BETWEEN_LOOKS_MS = 350;
const WITHOUT_EVENTS_MS = 2_000;
/** Events say what happened, not how time goes by: ages and states of workers are looked at now and then. */
const WITH_EVENTS_MS = 10_000;

/** How often a part looks. */
interface Pace {
  /** At least so many milliseconds between the beginnings of two looks. */
  between: number;
  /** So many until the next look when nothing happens. */
  pause: () => number;
}

const USUAL: Pace = { between: BETWEEN_LOOKS_MS, pause: () => live.connected ? WITH_EVENTS_MS : WITHOUT_EVENTS_MS };

/** Has a part of the page look again when something that concerns it has happened, and now and then. */
export class Watch implements ReactiveController {
  private end: (() => void) | null = null;
  private timer = 0;
  private due = Infinity;
  private last = 0;
  private looking = false;

  constructor(
    host: ReactiveControllerHost,
    private readonly concerns: (event: LiveEvent) => boolean,
    private readonly look: () => Promise<void>,
    private readonly pace: Pace = USUAL,
  ) {
    host.addController(this);
  }

  hostConnected() {
    this.end = live.listen(event => {
      if (event === null || this.concerns(event)) this.soon();
    });
    document.addEventListener('visibilitychange', this.seen);
    this.plan(0);
  }

  hostDisconnected() {
    this.end?.();
    this.end = null;
    document.removeEventListener('visibilitychange', this.seen);
    clearTimeout(this.timer);
    this.due = Infinity;
  }

  /** Looks as soon as the last look is not too near. */
  soon() {
    this.plan(Math.max(0, this.last + this.pace.between - Date.now()));
  }

  private readonly seen = () => {
    if (!document.hidden) this.soon();
  };

  private plan(delay: number) {
    if (!this.end || Date.now() + delay >= this.due) return;
    clearTimeout(this.timer);
    this.due = Date.now() + delay;
    this.timer = setTimeout(() => void this.round(), delay);
  }

  private async round() {
    this.due = Infinity;
    if (this.looking) {
      this.plan(this.pace.between);
      return;
    }
    this.looking = true;
    this.last = Date.now();
    try {
      await this.look();
    } finally {
      this.looking = false;
    }
    if (!document.hidden) this.plan(this.pace.pause());
  }
}
