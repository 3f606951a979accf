import { html } from 'lit';
import type { Library } from './types';

const picture = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
  <rect x="3" y="5" width="18" height="14" rx="2.5"></rect><circle cx="8.5" cy="10" r="1.6"></circle><path d="m4 17 5-4.5 3.5 3 3-2.5L21 17"></path></svg>`;

/** A gallery or collection without members. */
export const emptyContainer = html`<div class="empty">${picture}<h2>No members here yet</h2><p>They appear as soon as they are imported.</p></div>`;

/** Nothing that the filters let through. */
export function nothingFits(clear: () => void) {
  return html`<div class="empty">${picture}<h2>Nothing fits these filters</h2><p>Choose other ones, or look at everything.</p>
    <p><button class="button" @click=${clear}>Show everything</button></p></div>`;
}

/** A library without assets: what one can do about it. */
export function emptyLibrary(libraries: Library[]) {
  if (libraries.length === 0) {
    return html`<div class="empty">${picture}<h2>No libraries yet</h2>
      <p>Give Sluice a folder to watch: <code>./sluice up --library NAME=DIR</code>, or try <code>./sluice up --demo</code>.</p></div>`;
  }
  const away = libraries.filter(library => library.health.state !== 'online');
  const names = libraries.filter(library => library.health.state === 'online').map(library => library.name).join(', ');
  return html`<div class="empty">${picture}<h2>No pictures yet</h2>
    ${names ? html`<p>Put some into ${names}: they appear here by themselves within seconds.</p>` : ''}
    ${away.map(library => html`<p>${library.name} is ${library.health.state}. ${library.health.reason ?? ''}</p>`)}</div>`;
}
