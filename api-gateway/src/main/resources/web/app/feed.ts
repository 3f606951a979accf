import type { Api } from './api';
import type { Asset, Degraded } from './types';

const CHUNK = 100;
/** A change near the top moves every later chunk; more than this many are not read again in one round. */
const LONGEST_CASCADE = 6;

interface Chunk {
  cursor: string;
  items: Asset[];
  next: string | null;
}

/**
 * The assets that were read so far, newest first, as a row of keyset pages. Reading a page again keeps every asset that
 * did not change as the same object, so that only what changed is drawn again.
 */
export class Feed {
  degraded: Degraded[] = [];
  started = false;
  private chunks: Chunk[] = [];
  private known = new Map<string, { text: string; asset: Asset }>();
  private reading: Promise<void> | null = null;

  /** @param list path of a list of assets */
  constructor(private readonly api: Api, private readonly list: string) {}

  get assets(): Asset[] {
    const seen = new Set<string>();
    return this.chunks.flatMap(chunk => chunk.items).filter(asset => !seen.has(asset.content_hash) && seen.add(asset.content_hash));
  }

  get complete(): boolean {
    return this.started && this.chunks[this.chunks.length - 1]?.next === null;
  }

  /** Whether something is still being made that was shown. */
  get unfinished(): boolean {
    return this.chunks.some(chunk => chunk.items.some(asset =>
      !asset.renditions?.length || asset.renditions.some(made => made.state === 'pending' || made.state === 'running')));
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    await this.alone(async () => {
      const last = this.chunks[this.chunks.length - 1];
      if (last && last.next === null) return;
      this.chunks.push(await this.read(last?.next ?? ''));
      this.started = true;
    });
  }

  /** Reads again the first page and those that hold the assets from one index to another. */
  async refresh(from: number, to: number): Promise<void> {
    await this.alone(async () => {
      let start = 0;
      let moved = false;
      let cascade = 0;
      for (let i = 0; i < this.chunks.length; i++) {
        const chunk = this.chunks[i]!;
        const end = start + chunk.items.length;
        const wanted = i === 0 || (start <= to && end >= from);
        start = end;
        if (!wanted && !(moved && cascade++ < LONGEST_CASCADE)) {
          if (moved) break;
          continue;
        }
        const fresh = await this.read(chunk.cursor);
        this.chunks[i] = fresh;
        this.started = true;
        if (fresh.next === null) {
          this.chunks.length = i + 1;
          break;
        }
        const after = this.chunks[i + 1];
        moved = after !== undefined && after.cursor !== fresh.next;
        if (after && moved) after.cursor = fresh.next;
      }
    });
  }

  private async read(cursor: string): Promise<Chunk> {
    const page = await this.api.assets(this.list, cursor, CHUNK);
    this.degraded = page.degraded ?? [];
    return { cursor, next: page.next_cursor, items: page.items.map(asset => this.same(asset)) };
  }

  private same(asset: Asset): Asset {
    const text = JSON.stringify(asset);
    const before = this.known.get(asset.content_hash);
    if (before?.text === text) return before.asset;
    this.known.set(asset.content_hash, { text, asset });
    return asset;
  }

  private async alone(read: () => Promise<void>): Promise<void> {
    while (this.reading) await this.reading.catch(() => undefined);
    this.reading = read();
    try {
      await this.reading;
    } finally {
      this.reading = null;
    }
  }
}
