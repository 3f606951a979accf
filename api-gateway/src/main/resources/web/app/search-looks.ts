import { css } from 'lit';

/** How the page looks that searches. */
export const searchLooks = css`
  :host { padding: 6px 26px 60px; }
  .ask { display: grid; gap: 12px; margin: 0 0 18px; }
  .box { display: flex; align-items: center; gap: 11px; max-width: 860px; background: var(--card); border: 1px solid var(--line); border-radius: 15px; padding: 4px 14px 4px 16px; box-shadow: var(--shadow); }
  .box:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent), var(--shadow); }
  .box .icon { color: var(--quiet); }
  input { flex: 1; min-width: 0; border: 0; background: none; font: inherit; font-size: 18px; color: inherit; padding: 9px 0; outline: none; }
  input::placeholder { color: var(--quiet); opacity: 0.85; }
  input::-webkit-search-cancel-button { opacity: 0.6; }
  kbd { font: inherit; font-size: 12.5px; font-weight: 570; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 7px; padding: 0 8px; background: var(--sunken); color: var(--quiet); }
  .box:focus-within kbd { visibility: hidden; }
  .hint { font-size: 13.5px; }
  code { background: var(--sunken); border-radius: 5px; padding: 1px 6px; font-size: 0.94em; }
  .chips { display: flex; flex-wrap: wrap; gap: 7px; }
  .chip { display: inline-flex; align-items: center; gap: 7px; border: 1px solid var(--accent); color: var(--accent); background: none; border-radius: 20px; padding: 2px 9px 2px 13px; font-size: 13.5px; }
  .chip:hover { background: var(--sunken); }
  .chip .icon { width: 14px; height: 14px; }
  .body { display: grid; grid-template-columns: 216px minmax(0, 1fr); gap: 0 26px; align-items: start; }
  .body.alone { grid-template-columns: minmax(0, 1fr); }
  .beside { margin-left: -10px; }
  .beside summary { display: none; }
  .counted { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; margin: 0 0 12px; font-size: 14px; min-height: 22px; }
  main { transition: opacity 0.15s ease; min-width: 0; }
  main[aria-busy='true'] { opacity: 0.5; }
  .note { margin: 0 0 14px; padding: 11px 15px; border-radius: 12px; background: var(--warn-wash); font-size: 14px; }
  .note.bad { background: var(--bad-wash); }
  .note .button { margin-left: 10px; }
  .note small { color: var(--quiet); }
  .empty { max-width: 52ch; margin: 9vh auto 0; text-align: center; display: grid; gap: 10px; color: var(--quiet); }
  .empty h2 { font-size: 20px; font-weight: 620; color: var(--ink); overflow-wrap: anywhere; }
  .empty .icon { width: 58px; height: 58px; margin: 0 auto 4px; color: var(--line); }
  @media (max-width: 860px) {
    .body { grid-template-columns: minmax(0, 1fr); gap: 14px; }
    .beside { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 13px; padding: 0 8px; }
    .beside summary { display: block; cursor: pointer; padding: 9px 8px; font-size: 14px; font-weight: 570; }
    .beside[open] { padding-bottom: 12px; }
  }
  @media (max-width: 600px) { :host { padding-left: 14px; padding-right: 14px; } kbd { display: none; } input { font-size: 16px; } }
  @media (prefers-reduced-motion: reduce) { main { transition: none; } }
`;
