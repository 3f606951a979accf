import type { Api } from './api';
import { askedOf, queryOf } from './search-question';
import type { Question } from './search-question';
import type { Degraded, Facet, SearchHit } from './types';

const CHUNK = 60;
const FACETS = 'library,year,gallery,camera,has_gps';
/** What was found is shown again to whoever comes back within this time; later it is asked for anew. */
const GOOD_MS = 300_000;

/** The answers to one question, read page by page. */
export class Found {
  hits: SearchHit[] = [];
  facets: Facet[] = [];
  notes: Degraded[] = [];
  total: number | null = null;
  exact = false;
  started = false;
  /** Index of the first hit on the screen when the reader was last there. */
  top = 0;
  private next: string | null = null;
  private reading: Promise<void> | null = null;
  private readonly since = Date.now();

  constructor(private readonly api: Api, readonly question: Question) {}

  get complete(): boolean {
    return this.started && this.next === null;
  }

  /** Whether it answers this question and is not too old to be shown again. */
  answers(question: Question): boolean {
    return this.started && Date.now() - this.since < GOOD_MS && queryOf(this.question).toString() === queryOf(question).toString();
  }

  /** Reads the next page; who asks while it is read waits for the same one. */
  more(): Promise<void> {
    if (this.complete) return Promise.resolve();
    this.reading ??= this.read().finally(() => { this.reading = null; });
    return this.reading;
  }

  private async read() {
    const first = !this.started;
    const page = await this.api.search({ ...askedOf(this.question), limit: String(CHUNK), cursor: this.next ?? '', facets: first ? FACETS : '' });
    if (first) {
      this.facets = page.facets;
      this.total = page.total;
      this.exact = page.total_is_exact;
    }
    this.notes = page.degraded;
    const known = new Set(this.hits.map(hit => hit.content_hash));
    this.hits = [...this.hits, ...page.items.filter(hit => !known.has(hit.content_hash))];
    this.next = page.next_cursor;
    this.started = true;
  }
}
