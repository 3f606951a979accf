import { svg, html } from 'lit';

const SHAPES = {
  search: svg`<circle cx="10.8" cy="10.8" r="6.3"></circle><path d="m15.5 15.5 4.5 4.5"></path>`,
  play: svg`<path d="M8 5.2v13.6a.7.7 0 0 0 1.07.6l10.7-6.8a.7.7 0 0 0 0-1.2L9.07 4.6A.7.7 0 0 0 8 5.2Z" fill="currentColor" stroke="none"></path>`,
  pause: svg`<rect x="6.5" y="5" width="4" height="14" rx="1.2" fill="currentColor" stroke="none"></rect><rect x="13.5" y="5" width="4" height="14" rx="1.2" fill="currentColor" stroke="none"></rect>`,
  sound: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4Z"></path><path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"></path>`,
  mute: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4Z"></path><path d="m16 9.5 5 5m0-5-5 5"></path>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"></path>`,
  back: svg`<path d="m14.5 5-7 7 7 7"></path>`,
  on: svg`<path d="m9.5 5 7 7-7 7"></path>`,
  details: svg`<circle cx="12" cy="12" r="8.5"></circle><path d="M12 11v5.2M12 7.8v.1"></path>`,
  full: svg`<path d="M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15"></path>`,
  help: svg`<circle cx="12" cy="12" r="8.5"></circle><path d="M9.6 9.6a2.45 2.45 0 1 1 3.5 2.3c-.8.4-1.1.9-1.1 1.7M12 16.4v.1"></path>`,
  load: svg`<path d="M12 4.5v10m0 0-4-4m4 4 4-4M5 19h14"></path>`,
  warn: svg`<circle cx="12" cy="12" r="9"></circle><path d="M12 7.5v5M12 16.2v.1"></path>`,
  redo: svg`<path d="M19 8.5A7.6 7.6 0 1 0 19.6 13M19.5 4.5v4.2h-4.2"></path>`,
  copy: svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"></rect><path d="M15.5 5.5v-1h-11v11h1"></path>`,
};

/** A drawing in the colour of the text; what it means is said beside it. */
export function icon(name: keyof typeof SHAPES) {
  return html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"
    stroke-linejoin="round" aria-hidden="true">${SHAPES[name]}</svg>`;
}
