import type { Asset, Library, Page, ServiceWork, Session } from './types';

/** An answer that was not what was asked for; its words are meant for a person. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    detail: string,
    readonly traceId: string,
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

  assets(library: string | null, cursor: string, limit: number): Promise<Page<Asset>> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (library) query.set('library', library);
    if (cursor) query.set('cursor', cursor);
    return this.ask('GET', `/assets?${query}`);
  }

  libraries(): Promise<Page<Library>> {
    return this.ask('GET', '/libraries');
  }

  async work(): Promise<ServiceWork[]> {
    return (await this.ask<{ services: ServiceWork[] }>('GET', '/work')).services;
  }

  private entered(session: Session): Session {
    this.csrf = session.csrf_token;
    return session;
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
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
    return new Problem(answer.status, told.code, told.title, told.detail ?? 'The gateway\'s log has the cause.', told.trace_id ?? '');
  } catch {
    return new Problem(answer.status, 'unreadable', `Answer ${answer.status}`, 'Something between here and the gateway answered instead of it.', '');
  }
}
