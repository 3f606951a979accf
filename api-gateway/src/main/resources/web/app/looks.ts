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
  .icon { width: 20px; height: 20px; flex: none; display: block; }
  .hidden {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
`;

/** A part that is dark whatever the rest of the page is: pictures are looked at on black. */
export const night = css`
  .night {
    color-scheme: dark; color: var(--ink);
    --paper: #0e0f11; --card: #1a1c20; --sunken: #25292e; --ink: #eceae5; --quiet: #a3a8ae; --line: #33373d; --accent: #6fb8c1; --accent-ink: #0e1b1d;
    --good: #7cc496; --warn: #e0b25c; --warn-wash: #2f2818; --bad: #ea8f86; --bad-wash: #341f1d;
  }
`;
