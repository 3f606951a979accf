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
  media_type: string | null;
  width: number | null;
  height: number | null;
  bytes: number | null;
  attempts: number;
  progress: number | null;
  url: string | null;
}

export interface Location {
  library_id: string;
  library: string | null;
  path: string;
  present: boolean;
  size: number;
  modified_at: string;
}

export interface Video {
  duration_ms: number | null;
  video_codec: string | null;
  audio_codec: string | null;
  frame_rate: number | null;
  rotation: number;
  bit_rate: number | null;
}

export interface Asset {
  content_hash: string;
  short_hash: string;
  kind: string;
  subtype: string | null;
  media_type: string | null;
  size: number;
  taken_at: { at: string; source: string } | null;
  dimensions: { width: number; height: number } | null;
  thumbhash: string | null;
  video: Video | null;
  renditions: Rendition[] | null;
  location_count: number;
  location: Location | null;
}

/** A field that is not there was not in the file. */
export interface Header {
  camera_make?: string;
  camera_model?: string;
  lens_model?: string;
  position?: { latitude: number; longitude: number; altitude?: number };
  focal_length?: number;
  aperture?: number;
  shutter_speed?: number;
  iso?: number;
}

export interface AssetDetail extends Asset {
  header: Header;
  format: string | null;
  colour_profile: string | null;
  superseded_by: string | null;
  registered_at: string | null;
  degraded: Degraded[];
}

export interface Playback {
  state: 'pending' | 'running' | 'ready' | 'failed' | 'unsupported';
  reason: string | null;
  progress: number | null;
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
  kind: string;
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

export interface GroupLag {
  group: string;
  service: string;
  kind: string;
  topic: string;
  messages: number | null;
  estimated: boolean;
  seconds: number | null;
  empty_in_seconds: number | null;
  state: string;
  reason: string;
  cure: string;
  since: string;
  work: { work_class: string; running: number | null; pause: { reason: string } | null } | null;
}

export interface Session {
  key_name: string;
  role: string;
  csrf_token: string | null;
}

export interface Tally {
  created: number;
  linked: number;
  updated: number;
  skipped: number;
  deferred: number;
  failed: number;
}

export interface ImportJob {
  id: string;
  sync_id: string;
  state: string;
  priority: number;
  force: boolean;
  requested_by: string | null;
  queued_at: string | null;
  claimed_at: string | null;
  heartbeat_at: string | null;
  finished_at: string | null;
  worker: string | null;
  items_done: number;
  items_total: number;
  last_error: string | null;
  step: string | null;
  tally: Tally;
  skipped_terminal: number;
  stuck: boolean;
}

export interface Batch {
  sync_id: string;
  library_id: string;
  library_name: string;
  state: string;
  verdict: string;
  reason: string | null;
  pointer: string | null;
  sync_type: string | null;
  action: string | null;
  item_count: number;
  total_bytes: number;
  source_host: string | null;
  manifest_sha256: string | null;
  started_at: string | null;
  completed_at: string | null;
  seen_at: string | null;
  tally: Tally;
  active_job: ImportJob | null;
  last_error: string | null;
  state_since: string | null;
  needs_hand: boolean;
}

export interface BatchDetail extends Batch {
  manifest: {
    created_at: string | null;
    completed_at: string | null;
    verification: { passed: boolean; total_files: number };
    prior_sync_id: string | null;
    superseded_by: string | null;
  } | null;
  warnings: string[];
  job_count: number;
  listed_item_count: number;
}

export interface Target {
  label: string;
  kind: 'asset' | 'gallery' | 'collection';
  id: string;
}

export interface BatchItem {
  position: number;
  asset_type: string;
  asset_subtype: string | null;
  external_hash: string | null;
  cover_hash: string | null;
  path: string | null;
  title: string | null;
  decision: string | null;
  decided_by: string | null;
  targets: Target[];
  error_code: string | null;
  last_error: string | null;
  updated_at: string | null;
  work_state: string | null;
}

export interface LedgerEntry {
  id: string;
  subject: string;
  event_type: string;
  created_at: string | null;
  payload: Record<string, unknown>;
}

export interface QueuedImport {
  sync_id: string;
  job: ImportJob | null;
  code: string | null;
  reason: string | null;
}

export interface Container {
  id: string;
  kind: 'gallery' | 'collection';
  title: string;
  expected_members: number;
  linked_members: number;
  missing_members: number;
}

export interface DeadLetter {
  id: string;
  service: string;
  source: string;
  origin: string;
  key: string;
  partition: number | null;
  offset: number | null;
  error_code: string;
  error_kind: string | null;
  cause: string;
  cure: string;
  attempts: number;
  created_at: string | null;
  state: 'open' | 'redriven' | 'acknowledged';
  closed_at: string | null;
  closed_by: string | null;
}

export interface DeadLetterSummary {
  items: DeadLetterLine[];
  total: number;
  degraded: Degraded[];
}

/** Open dead letters of one class and cause. */
export interface DeadLetterLine {
  service: string;
  source: string;
  origin: string;
  error_code: string;
  count: number;
  oldest_at: string | null;
  newest_at: string | null;
  cause: string;
}

export interface ClosedDeadLetters {
  closed: number;
  more: boolean;
  refused: { id: string; code: string; reason: string }[];
  degraded: Degraded[];
}

export interface SearchPage {
  items: SearchHit[];
  next_cursor: string | null;
  total: number | null;
  total_is_exact: boolean;
  facets: Facet[];
  degraded: Degraded[];
}

export interface SearchHit {
  content_hash: string;
  library_id: string | null;
  library: string | null;
  path: string;
  reasons: SearchReason[];
  kind: string;
  taken_at: string | null;
  thumbnail_url: string | null;
}

/** A field that a word was found in; spans are in UTF-16 code units. */
export interface SearchReason {
  field: string;
  snippet: string;
  spans: SearchSpan[];
}

export interface SearchSpan {
  start: number;
  end: number;
}

export interface Facet {
  name: string;
  counts: FacetCount[];
  assets: number;
  more: number;
}

export interface FacetCount {
  value: string;
  label: string | null;
  count: number;
}
