import { html, nothing } from 'lit';
import { icon } from './icons';
import type { Found } from './found';
import { FACETS, isNarrowed, valueName } from './search-question';
import { count } from './words';
import type { Question } from './search-question';
import type { Asset, Facet, SearchHit } from './types';

/** No asset fits: what one can do about it. */
export function nothingFound(question: Question, widen: () => void) {
  const words = question.q.trim();
  const narrowed = isNarrowed(question);
  if (!words && !narrowed) {
    return html`<div class="empty">${icon('search')}<h2>Nothing can be found yet</h2><p>What is in the libraries appears here within seconds of being read.</p></div>`;
  }
  return html`<div class="empty">${icon('search')}<h2>${words ? `Nothing has “${words}”${narrowed ? ' and fits the filters' : ''}` : 'Nothing fits these filters'}</h2>
    <p>Every word must be in an asset's name, path, title, camera, date or text. Fewer words, or the beginning of one, find more.</p>
    ${narrowed ? html`<p><button class="button" @click=${widen}>Search without filters</button></p>` : nothing}</div>`;
}

/** As much of an asset as a hit tells: the viewer shows that there is one beside. */
export function standIn(hit: SearchHit | undefined): Asset | null {
  return hit ? {
    content_hash: hit.content_hash, short_hash: hit.content_hash.slice(0, 16), kind: hit.kind, subtype: null, media_type: null, size: 0, taken_at: null,
    dimensions: null, thumbhash: null, video: null, renditions: null, location_count: 0, location: null,
  } : null;
}

/** How many were found, and that only words were compared. */
export function countOf(found: Found) {
  const many = found.total === null ? 'More than could be counted' : `${found.exact ? '' : 'At least '}${count(found.total, 'asset')}`;
  const noModel = found.notes.find(note => note.code === 'no_model');
  return html`<strong>${many}</strong>${noModel ? html`<span class="quiet" data-note="no_model">${noModel.detail}</span>` : nothing}`;
}

/** What was picked beside the results, each to be let go of, also when nothing is found. */
export function pickedChips(question: Question, facets: Facet[], letGo: (without: Partial<Question>) => void) {
  const picked = FACETS.filter(({ name }) => question[name] !== '');
  return picked.length === 0 ? nothing : html`<div class="chips" role="group" aria-label="Picked">${picked.map(({ name, title }) => {
    const value = question[name];
    const label = facets.find(facet => facet.name === name)?.counts.find(each => each.value === value)?.label ?? null;
    const called = valueName(name, value, label);
    return html`<button class="chip" aria-label="Let go of ${title}: ${called}" @click=${() => letGo({ [name]: '' })}>
      <span>${name === 'has_gps' ? '' : `${title}: `}${called}</span>${icon('close')}</button>`;
  })}</div>`;
}
