import { html } from 'lit';

/** The words behind the page, closed until somebody asks. */
export const importHelp = html`
  <details class="card help"><summary>Help: how an import works</summary>
    <div>
      <h3>Purpose</h3>
      <p>The upstream renderer delivers bundles on a mount: a manifest, its payload, and a <code>.ready</code> file that says it is complete.
        This page takes them into the one library that all sites share.</p>
      <h3>Flow</h3>
      <p><strong>Scan</strong> looks for <code>.ready</code> files and records new batches. <strong>Pre-flight</strong> checks the manifest, the pair of files and
        every item, and writes nothing to the library; it is safe to run again. <strong>Queue</strong> runs a pre-flight where there was none, then puts up a job.
        A worker takes the next job within seconds, lowest priority number first, then oldest first. <a href="#/tasks">Import Tasks</a> shows it live.</p>
      <h3>Example</h3>
      <p><code>37e428d2-a4f6-4a31-bacf-0c835fb24084.ready</code> appears. Its batch is listed as <em>discovered</em> with 89 items and 14.58 GB. You select it and press
        Queue selected: 43 photos, their 43 covers and 3 galleries come in, and the batch is <em>imported</em>.</p>
      <h3>Consequences</h3>
      <p>Each item ends <em>created, linked, updated, skipped, deferred</em> or <em>failed</em>. An item that fails stops only itself: the batch becomes
        <em>partial</em>, and queueing it again does only what is missing. A job can be cancelled only while it is queued.
        Action <em>remove</em> is listed and not carried out yet; it will mark assets as deleted and erase nothing.</p>
      <details><summary>Deeper dive</summary>
        <h3>Worker contract</h3>
        <p>A job is claimed by one worker under a lease of 30 seconds that a heartbeat renews every 5. A worker that dies loses it, the job goes back to the queue,
          and five losses end it. A worker that is stopped gives its job back, and nothing counts against it.</p>
        <h3>Sentinel protocol</h3>
        <p>A bundle is taken only when <code>&lt;sync_id&gt;.json</code> and <code>&lt;sync_id&gt;.ready</code> both stand there, the manifest says
          <code>status = completed</code> and <code>verification.passed = true</code>. The manifest's SHA-256 is computed anew when it is used, and kept.</p>
        <h3>Source-of-truth mapping</h3>
        <p>Originals become assets, <code>source.json</code> their provenance, the files in <code>data/</code> their analysis; bundled covers become renditions of their
          photo, containers become galleries and collections. Renditions named frosted, blurred and vivid_blurred are not taken.</p>
        <h3>Idempotency + integrity</h3>
        <p>Assets are known by the hash of their bytes: importing a batch twice changes nothing. The same external hash with other bytes is refused unless the bundle
          says which one it supersedes.</p>
        <h3>Read-only mount + ledger boundary</h3>
        <p>The mount is never written to and <code>.ready</code> files are never deleted. What happened stands in our own ledger, which is only ever added to.</p>
      </details>
    </div>
  </details>`;
