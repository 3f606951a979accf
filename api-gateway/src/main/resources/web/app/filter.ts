/** What of the library is shown; empty means all. Days as 2024-07-14, in the reader's zone, both inclusive. */
export interface Filter {
  kind: string;
  library: string;
  from: string;
  to: string;
}

export const EVERYTHING: Filter = { kind: '', library: '', from: '', to: '' };

export const KINDS = [
  { kind: '', name: 'All' },
  { kind: 'image', name: 'Pictures' },
  { kind: 'video', name: 'Videos' },
  { kind: 'audio', name: 'Sound' },
  { kind: 'document', name: 'Documents' },
];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Of an address; what it cannot be is left out. */
export function filterOf(query: URLSearchParams): Filter {
  const kind = query.get('kind') ?? '';
  const day = (name: string) => {
    const text = query.get(name) ?? '';
    return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
  };
  return {
    kind: KINDS.some(known => known.kind === kind) ? kind : '',
    library: query.get('library') ?? '',
    from: day('from'),
    to: day('to'),
  };
}

export function queryOf(filter: Filter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
}

export function isEverything(filter: Filter): boolean {
  return Object.values(filter).every(value => value === '');
}

/** The list that the gateway is asked for. */
export function listOf(filter: Filter): string {
  const asked = new URLSearchParams();
  if (filter.kind) asked.set('kind', filter.kind);
  if (filter.library) asked.set('library', filter.library);
  if (filter.from) asked.set('taken_from', startOf(filter.from, 0));
  if (filter.to) asked.set('taken_to', startOf(filter.to, 1));
  return asked.size === 0 ? '/assets' : `/assets?${asked}`;
}

/** When a day, or one after it, begins where the reader is. */
export function startOf(day: string, later: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, date + later).toISOString();
}
