/** What a person can do about a dead letter, by the kind of its error; the cause itself is the server's. */
const BY_KIND: Record<string, string> = {
  sender: 'What came in is wrong: trying again gives the same end until it is delivered anew. Acknowledge it when that is settled.',
  transient: 'This can pass by itself: redrive it when the cause is gone.',
  capacity: 'Something was full or away: redrive it when it is back.',
  defect: 'A fault of ours: keep it, tell us the code and the cause, and redrive it after the update.',
};

const BY_CODE: Record<string, string> = {
  child_died: 'The decoder died on this file. Look at the file; redrive it after an update of the decoder, or acknowledge it.',
  child_timed_out: 'Decoding took too long. Redrive it when the machine has less to do, or acknowledge it.',
  store_full: 'The rendition store is full. Make room, then redrive.',
  source_changed: 'The file changed while it was read. Redrive it once it is written to its end.',
};

export function cureOf(errorCode: string, errorKind: string | null): string {
  return BY_CODE[errorCode] ?? BY_KIND[errorKind ?? ''] ?? 'Redrive it when the cause is gone, or acknowledge it.';
}

/** What a letter was before it was given up on. */
export function sourceName(source: string): string {
  return { work: 'Work', message: 'Message', outbox: 'Fact to publish' }[source] ?? source;
}
