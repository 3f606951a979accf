import type hls from 'hls.js';
import type { ErrorData } from 'hls.js';

/** Its types are those of a CommonJS module, where the class is a member; what the bundler takes has it as the default. */
type Library = typeof hls.default;

/** Why a stream does not play, for a person; null of the code when the browser itself is the reason. */
export interface Stopped {
  title: string;
  cure: string;
  status: number | null;
}

/** A playlist is first answered when its first part is there, which can take as long as the gateway waits for it. */
const FIRST_PART_MS = 30_000;
/** After that many tries, some twelve seconds, a person is told. */
const RETRIES = { maxNumRetry: 4, retryDelayMs: 1_000, maxRetryDelayMs: 4_000, backoff: 'exponential' as const };
const PATIENT = { default: { maxTimeToFirstByteMs: FIRST_PART_MS, maxLoadTimeMs: 2 * FIRST_PART_MS, timeoutRetry: RETRIES, errorRetry: RETRIES } };

/** One stream on one video element: by hls.js where the browser lets it, else by the browser itself. Ends once. */
export class Stream {
  private hls: InstanceType<Library> | null = null;
  private recovered = false;
  private ended = false;

  /** @param from seconds; a playlist that grows plays from there too, not from where it is made */
  constructor(private readonly video: HTMLVideoElement, url: string, from: number, private readonly stopped: (why: Stopped) => void) {
    void this.open(url, from);
  }

  /** Lets go of the network, the buffers and the element. */
  end() {
    this.ended = true;
    this.hls?.destroy();
    this.hls = null;
    this.video.onerror = null;
    this.video.removeAttribute('src');
    this.video.load();
  }

  private async open(url: string, from: number) {
    let library: Library;
    try {
      // Only who plays something loads the player.
      library = (await import('hls.js')).default as unknown as Library;
    } catch {
      this.stop({ title: 'The player did not arrive', cure: 'The gateway does not answer, or was renewed meanwhile. Load this page anew.', status: 0 });
      return;
    }
    if (this.ended) return;
    if (library.isSupported()) this.openWith(library, url, from);
    else if (this.video.canPlayType('application/vnd.apple.mpegurl')) this.openBare(url);
    else this.stop({ title: 'This browser cannot play streams', cure: 'Take a newer browser, or download the original.', status: null });
  }

  private openWith(library: Library, url: string, from: number) {
    // Its worker would be a script made of text, which the page's policy refuses; parts that are MP4 already need none.
    const hls = new library({
      enableWorker: false, startPosition: from, backBufferLength: 60, maxBufferLength: 30,
      manifestLoadPolicy: PATIENT, playlistLoadPolicy: PATIENT, fragLoadPolicy: PATIENT,
    });
    this.hls = hls;
    hls.on(library.Events.ERROR, (_event, error) => {
      if (!error.fatal) return;
      if (error.type === library.ErrorTypes.MEDIA_ERROR && !this.recovered) {
        this.recovered = true;
        hls.recoverMediaError();
        return;
      }
      this.stop(words(error, error.type === library.ErrorTypes.NETWORK_ERROR));
    });
    // Not before: a source that is set on an element stops what was to play there.
    hls.on(library.Events.MEDIA_ATTACHED, () => this.begin());
    hls.loadSource(url);
    hls.attachMedia(this.video);
  }

  private openBare(url: string) {
    this.video.onerror = () => this.stop({
      title: 'The browser stopped playing', cure: this.video.error?.message || 'Try again, or download the original.', status: null,
    });
    this.video.src = url;
    this.begin();
  }

  /** Refused when nobody has touched the page yet; then the button of the controls does it. */
  private begin() {
    void this.video.play().catch(() => undefined);
  }

  private stop(why: Stopped) {
    if (!this.ended) this.stopped(why);
  }
}

function words(error: ErrorData, network: boolean): Stopped {
  const status = error.response?.code ?? 0;
  if (!network) {
    return { title: 'The browser cannot decode this stream', cure: 'Try again; if it stays, have the stream made again or download the original.', status: null };
  }
  if (status === 0) return { title: 'The stream does not arrive', cure: 'The gateway does not answer. Check that it runs, then try again: playing goes on where it stopped.', status };
  if (status === 404) return { title: 'A part of the stream is not there', cure: 'It may have been made anew meanwhile. Try again.', status };
  if (status === 503) return { title: 'The stream is not ready yet', cure: 'No worker had room for it. Try again in a minute.', status };
  if (status === 429) return { title: 'Too many requests', cure: 'Wait some seconds, then try again.', status };
  return { title: `The gateway answered ${status}`, cure: 'Try again; the gateway\'s log has the cause.', status };
}
