import type {
  Asset, AssetDetail, Batch, BatchDetail, BatchItem, ClosedDeadLetters, Container, DeadLetter, DeadLetterSummary, GroupLag, ImportJob, LedgerEntry,
  Library, Location, Page, Playback, QueuedImport, SearchPage, ServiceWork, Session,
} from './types';

/** An answer that was not what was asked for; its words are meant for a person. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    detail: string,
    readonly traceId: string,
    readonly errors: { pointer?: string; code?: string; detail: string }[] = [],
  ) {
    super(detail);
  }
}

/** Asks the gateway, with the session's cookie; writes carry the CSRF token. */
export class Api {
  private csrf: string | null = null;

  async session(): Promise<Session> {
    return this.entered(await this.ask<Session>('GET', '/session'));
  }

  async logIn(key: string): Promise<Session> {
    return this.entered(await this.ask<Session>('POST', '/session', { key }));
  }

  async logOut(): Promise<void> {
    await this.ask('DELETE', '/session');
    this.csrf = null;
  }

  /** A page of a list of assets: all of them, or the members of a container. */
  assets(list: string, cursor: string, limit: number): Promise<Page<Asset>> {
    return this.ask('GET', withQuery(list, { limit: String(limit), cursor }));
  }

  asset(contentHash: string): Promise<AssetDetail> {
    return this.ask('GET', `/assets/${encodeURIComponent(contentHash)}`);
  }

  locations(contentHash: string, cursor: string): Promise<Page<Location>> {
    return this.ask('GET', withQuery(`/assets/${contentHash}/locations`, { limit: '50', cursor }));
  }

  /** Has a video made playable now; answers when its first part is there, or after some seconds without. */
  playNow(contentHash: string): Promise<Playback> {
    return this.ask('POST', `/assets/${contentHash}/playback`, {});
  }

  async redo(contentHash: string, rendition: string): Promise<void> {
    await this.ask('POST', `/assets/${contentHash}/renditions/${rendition}/redo`);
  }

  deadLetters(query: Record<string, string>): Promise<Page<DeadLetter>> {
    return this.ask('GET', withQuery('/dead-letters', query));
  }

  deadLetterSummary(): Promise<DeadLetterSummary> {
    return this.ask('GET', '/dead-letters/summary');
  }

  /** @param which ids of at most 500, or a filter */
  closeDeadLetters(command: 'redrive' | 'acknowledge', which: Record<string, unknown>): Promise<ClosedDeadLetters> {
    return this.ask('POST', `/dead-letters/${command}`, which);
  }

  container(area: string, id: string): Promise<Container> {
    return this.ask('GET', `/${area}/${encodeURIComponent(id)}`);
  }

  batches(query: Record<string, string>): Promise<Page<Batch>> {
    return this.ask('GET', withQuery('/import/batches', query));
  }

  batch(syncId: string): Promise<BatchDetail> {
    return this.ask('GET', batchPath(syncId));
  }

  items(syncId: string, query: Record<string, string>): Promise<Page<BatchItem>> {
    return this.ask('GET', withQuery(`${batchPath(syncId)}/items`, query));
  }

  events(syncId: string, limit: number): Promise<Page<LedgerEntry>> {
    return this.ask('GET', withQuery(`${batchPath(syncId)}/events`, { limit: String(limit) }));
  }

  jobsOf(syncId: string): Promise<Page<ImportJob>> {
    return this.ask('GET', `${batchPath(syncId)}/jobs`);
  }

  jobs(query: Record<string, string>): Promise<Page<ImportJob>> {
    return this.ask('GET', withQuery('/import/jobs', query));
  }

  preflight(syncId: string): Promise<BatchDetail> {
    return this.ask('POST', `${batchPath(syncId)}/preflight`);
  }

  cancel(jobId: string): Promise<ImportJob> {
    return this.ask('POST', `/import/jobs/${jobId}/cancel`);
  }

  async scanHandovers(): Promise<void> {
    await this.ask('POST', '/import/scans', {});
  }

  /** One answer a batch; a refusal of all of them is an answer too. */
  async queue(batches: string[], priority: number, force: boolean): Promise<QueuedImport[]> {
    try {
      const told = await this.ask<{ results: QueuedImport[] }>('POST', '/import/jobs', { batches, priority, force },
        { 'Idempotency-Key': crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` });
      return told.results;
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.status !== 409) throw failure;
      return failure.errors.map(error => ({
        sync_id: batches[Number(error.pointer?.split('/')[2] ?? 0)] ?? '', job: null, code: error.code ?? null, reason: error.detail,
      }));
    }
  }

  libraries(): Promise<Page<Library>> {
    return this.ask('GET', '/libraries');
  }

  search(query: Record<string, string>): Promise<SearchPage> {
    return this.ask('GET', withQuery('/search', query));
  }

  async work(): Promise<ServiceWork[]> {
    return (await this.ask<{ services: ServiceWork[] }>('GET', '/work')).services;
  }

  async lag(): Promise<GroupLag[]> {
    return (await this.ask<{ groups: GroupLag[] }>('GET', '/pipeline/lag')).groups;
  }

  async pauseWork(service: string, workClass: string, reason: string): Promise<void> {
    await this.ask('POST', `/pipeline/work/${service}/${workClass}/pause`, { reason });
  }

  async resumeWork(service: string, workClass: string): Promise<void> {
    await this.ask('POST', `/pipeline/work/${service}/${workClass}/resume`);
  }

  private entered(session: Session): Session {
    this.csrf = session.csrf_token;
    return session;
  }

  private async ask<T>(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json', ...more };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (method !== 'GET' && this.csrf) headers['X-Sluice-CSRF'] = this.csrf;
    let answer: Response;
    try {
      answer = await fetch(`/api/v1${path}`, {
        method,
        headers,
        credentials: 'same-origin',
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new Problem(0, 'unreachable', 'The gateway does not answer',
        'Check that it runs (./sluice status). This page goes on by itself when it is back.', '');
    }
    if (!answer.ok) throw await problemOf(answer);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const told = await answer.json();
    return new Problem(answer.status, told.code, told.title, told.detail ?? 'The gateway\'s log has the cause.', told.trace_id ?? '', told.errors ?? []);
  } catch {
    return new Problem(answer.status, 'unreadable', `Answer ${answer.status}`, 'Something between here and the gateway answered instead of it.', '');
  }
}

function batchPath(syncId: string): string {
  return `/import/batches/${encodeURIComponent(syncId)}`;
}

/** Empty values are left out. */
function withQuery(path: string, query: Record<string, string>): string {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return given.size === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${given}`;
}
