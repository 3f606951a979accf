/** What the gateway answers; the contract is /q/openapi. */

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  degraded?: Degraded[];
}

export interface Degraded {
  service: string;
  code: string;
  detail: string;
}

export interface Rendition {
  name: string;
  profile: string;
  state: 'pending' | 'running' | 'ready' | 'failed' | 'unsupported' | 'unknown';
  reason: string | null;
  error_code: string | null;
  width: number | null;
  height: number | null;
  url: string | null;
}

export interface Location {
  library_id: string;
  library: string | null;
  path: string;
  present: boolean;
}

export interface Asset {
  content_hash: string;
  short_hash: string;
  kind: string;
  media_type: string | null;
  size: number;
  taken_at: { at: string; source: string } | null;
  dimensions: { width: number; height: number } | null;
  thumbhash: string | null;
  renditions: Rendition[] | null;
  location_count: number;
  location: Location | null;
}

export interface Scan {
  state: string;
  started_at: string | null;
  finished_at: string | null;
  files_seen: number;
}

export interface Library {
  id: string;
  name: string;
  health: { state: 'online' | 'stale' | 'disabled' | 'unknown'; reason: string | null; since: string | null };
  scans: { running: Scan | null; last_quick: Scan | null; last_full: Scan | null } | null;
  counts: { present: number; unhashed: number; absent: number } | null;
}

export interface WorkEntry {
  work_class: string;
  lane: string;
  state: string;
  count: number;
  oldest_seconds: number | null;
  stuck: boolean;
  last_error: string | null;
}

export interface ServiceWork {
  service: string;
  state: 'known' | 'unknown';
  detail: string | null;
  work: WorkEntry[] | null;
  dead_letters: number | null;
}

export interface Session {
  key_name: string;
  role: string;
  csrf_token: string | null;
}
