import { filterOf, startOf } from './filter';

/** What is looked for, and among what; empty means all. Days as 2024-07-14, in the reader's zone, both inclusive. */
export interface Question {
  q: string;
  kind: string;
  library: string;
  gallery: string;
  camera: string;
  has_gps: string;
  /** As the facet counts it: from one New Year to the next, UTC. */
  year: string;
  from: string;
  to: string;
}

export const NOTHING_ASKED: Question = { q: '', kind: '', library: '', gallery: '', camera: '', has_gps: '', year: '', from: '', to: '' };

/** What can be counted and picked beside the results, in this order, with what a person calls it. */
export const FACETS: { name: 'library' | 'year' | 'gallery' | 'camera' | 'has_gps'; title: string }[] = [
  { name: 'library', title: 'Library' },
  { name: 'year', title: 'Year' },
  { name: 'gallery', title: 'Gallery or collection' },
  { name: 'camera', title: 'Camera' },
  { name: 'has_gps', title: 'Place' },
];

/** Of an address; what it cannot be is left out. */
export function questionOf(query: URLSearchParams): Question {
  const given = (name: string) => query.get(name) ?? '';
  const [year, gps] = [given('year'), given('has_gps')];
  return {
    ...filterOf(query), q: given('q'), gallery: given('gallery'), camera: given('camera'),
    year: /^[12]\d{3}$/.test(year) ? year : '', has_gps: gps === 'true' || gps === 'false' ? gps : '',
  };
}

export function queryOf(question: Question): URLSearchParams {
  return new URLSearchParams(Object.entries(question).filter(([, value]) => value !== ''));
}

export function same(one: Question, other: Question): boolean {
  return queryOf(one).toString() === queryOf(other).toString();
}

/** Whether anything but the words keeps assets out. */
export function isNarrowed(question: Question): boolean {
  return !same({ ...question, q: '' }, NOTHING_ASKED);
}

/** What the gateway is asked. */
export function askedOf(question: Question): Record<string, string> {
  const { q, kind, library, gallery, camera, has_gps, year, from, to } = question;
  const starts = [from && startOf(from, 0), year && `${year}-01-01T00:00:00.000Z`].filter(Boolean).sort();
  const ends = [to && startOf(to, 1), year && `${Number(year) + 1}-01-01T00:00:00.000Z`].filter(Boolean).sort();
  return { q, kind, library, gallery, camera, has_gps, taken_from: starts[starts.length - 1] ?? '', taken_to: ends[0] ?? '' };
}

/** What a person calls a value of a facet. */
export function valueName(facet: string, value: string, label: string | null): string {
  if (facet === 'has_gps') return value === 'true' ? 'Place known' : 'Place not known';
  return label ?? value;
}
