import { LitElement, css, html } from 'lit';
import { looks } from './looks';

const KEYS: [string[], string][] = [
  [['←', '→'], 'the one before, the next one'],
  [['Space'], 'play or pause a video'],
  [['J', 'L'], '10 seconds back, on'],
  [['M'], 'sound off or on'],
  [['I'], 'details'],
  [['F'], 'the whole screen'],
  [['?'], 'this help'],
  [['Esc'], 'back'],
];

/** Which keys do what while something is open; opens over it and closes by itself with Esc. */
class SluiceKeys extends LitElement {
  static override styles = [looks, css`
    dialog { border: 1px solid var(--line); border-radius: 18px; background: var(--card); color: var(--ink); padding: 22px 26px 24px; width: min(400px, calc(100vw - 32px)); box-shadow: 0 20px 70px rgb(0 0 0 / 50%); }
    dialog::backdrop { background: rgb(0 0 0 / 45%); }
    h2 { font-size: 17px; font-weight: 640; margin-bottom: 14px; }
    dl { display: grid; grid-template-columns: auto 1fr; gap: 9px 18px; margin: 0 0 18px; align-items: center; }
    dd { margin: 0; }
    kbd { display: inline-block; min-width: 28px; text-align: center; font: inherit; font-size: 13px; font-weight: 570; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 7px; padding: 1px 7px; background: var(--sunken); }
  `];

  override render() {
    return html`<dialog aria-labelledby="keys" @keydown=${this.key} @close=${(event: Event) => event.stopPropagation()}>
      <h2 id="keys">Keyboard</h2>
      <dl>${KEYS.map(([keys, what]) => html`<dt>${keys.map(key => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd>`)}</dl>
      <button class="button" autofocus @click=${this.close}>Close</button></dialog>`;
  }

  show() {
    this.dialog?.showModal();
  }

  private close = () => this.dialog?.close();

  /** What is below must not hear them. */
  private key(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.key === '?') this.close();
  }

  private get dialog() {
    return this.renderRoot.querySelector('dialog');
  }
}

customElements.define('sluice-keys', SluiceKeys);
export type { SluiceKeys };
