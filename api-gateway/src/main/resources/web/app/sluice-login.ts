import { LitElement, css, html, nothing } from 'lit';
import { looks } from './looks';
import { Api, Problem } from './api';

/** Asks for the key once. */
class SluiceLogin extends LitElement {
  static override properties = {
    api: { attribute: false }, note: {}, backTo: {}, problem: { state: true }, busy: { state: true }, plain: { state: true },
  };
  declare api: Api;
  declare note: string;
  /** Where logging in leads to, in words; empty for the first page. */
  declare backTo: string;
  declare problem: Problem | null;
  declare busy: boolean;
  /** Whether the key can be read. */
  declare plain: boolean;

  constructor() {
    super();
    this.note = '';
    this.backTo = '';
    this.problem = null;
    this.busy = false;
    this.plain = false;
  }

  static override styles = [looks, css`
    :host { display: grid; place-items: center; min-height: 100vh; padding: 24px; }
    form {
      width: min(380px, 100%); background: var(--card); border: 1px solid var(--line); border-radius: 18px;
      box-shadow: var(--shadow); padding: 34px 32px 30px; display: grid; gap: 16px;
    }
    h1 { font-size: 22px; font-weight: 650; letter-spacing: -0.01em; }
    svg { width: 44px; height: 44px; }
    label { display: grid; gap: 6px; font-weight: 550; }
    input {
      font: inherit; padding: 10px 12px; border-radius: 10px; border: 1px solid var(--line);
      background: var(--paper); color: inherit; width: 100%;
    }
    input[aria-invalid='true'] { border-color: var(--bad); }
    .key { position: relative; }
    .key input { padding-right: 64px; }
    .key button { position: absolute; inset: 5px 5px 5px auto; border: 0; background: none; border-radius: 7px; padding: 0 10px; font-size: 13.5px; color: var(--quiet); }
    .key button:hover { background: var(--sunken); color: var(--ink); }
    .said { background: var(--sunken); border-radius: 12px; padding: 10px 13px; }
    .said strong { font-weight: 620; }
    .help { font-size: 13.5px; border-top: 1px solid var(--line); padding-top: 14px; }
    .button { padding: 10px 14px; font-weight: 600; }
    .button[disabled] { opacity: 0.65; cursor: default; }
    .wrong { color: var(--bad); background: var(--bad-wash); border-radius: 10px; padding: 9px 12px; }
    code { font-size: 0.92em; background: var(--sunken); padding: 1px 5px; border-radius: 5px; }
  `];

  override firstUpdated() {
    this.field.focus();
  }

  override render() {
    return html`
      <form @submit=${this.logIn}>
        <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="var(--accent)"></rect>
          <path d="M6 13c4-4 6 2 10 0s6-4 10 0M6 20c4-4 6 2 10 0s6-4 10 0" fill="none" stroke="var(--accent-ink)" stroke-width="2.4" stroke-linecap="round"></path></svg>
        <h1>Welcome to Sluice</h1>
        ${this.note ? html`<p class="said" role="status"><strong>${this.note}</strong>${this.backTo ? html` Log in and you are back at ${this.backTo}.` : nothing}</p>` : nothing}
        <input class="hidden" name="username" autocomplete="username" value="Sluice" tabindex="-1" aria-hidden="true">
        <label for="key">Your key
          <span class="key"><input id="key" name="key" type=${this.plain ? 'text' : 'password'} autocomplete="current-password" autocapitalize="off" spellcheck="false" required
            aria-invalid=${this.problem !== null} aria-describedby="wrong help">
          <button type="button" aria-pressed=${this.plain} aria-label="Show the key" @click=${() => { this.plain = !this.plain; }}>${this.plain ? 'Hide' : 'Show'}</button></span></label>
        ${this.problem ? html`<p class="wrong" id="wrong" role="alert">${this.problem.message}</p>` : nothing}
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'One moment …' : 'Log in'}</button>
        <p class="quiet help" id="help">A key is made by an admin. On a laptop, <code>./sluice up</code> prints one and keeps it in <code>operator.key</code>.</p>
      </form>`;
  }

  private get field(): HTMLInputElement {
    return this.renderRoot.querySelector('#key') as HTMLInputElement;
  }

  private async logIn(event: Event) {
    event.preventDefault();
    const input = this.field;
    this.busy = true;
    this.problem = null;
    try {
      const session = await this.api.logIn(input.value.trim());
      this.dispatchEvent(new CustomEvent('entered', { detail: session }));
    } catch (failure) {
      this.problem = failure as Problem;
      input.select();
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('sluice-login', SluiceLogin);
