import { css } from 'lit';

/** What all parts of the page share. */
export const looks = css`
  :host { display: block; }
  * { box-sizing: border-box; }
  h1, h2, h3, p { margin: 0; }
  button { font: inherit; color: inherit; cursor: pointer; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  .quiet { color: var(--quiet); }
  .button {
    border: 1px solid var(--line); background: var(--card); border-radius: 9px; padding: 5px 12px;
    text-decoration: none; color: inherit;
  }
  .button:hover { border-color: var(--quiet); }
  .primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
  .primary:hover { filter: brightness(1.08); border-color: var(--accent); }
  .hidden {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
`;
