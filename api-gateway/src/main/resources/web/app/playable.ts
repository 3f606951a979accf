import type { Asset, Rendition } from './types';

const BEST_FIRST = ['ready', 'running', 'pending', 'failed', 'unsupported', 'unknown'];

/** The stream that is to be played: of the delivered one and the made one the one that is further. */
export function streamOf(asset: Asset): Rendition | null {
  const streams = (asset.renditions ?? []).filter(made => made.name === 'hls');
  return streams.sort((a, b) => BEST_FIRST.indexOf(a.state) - BEST_FIRST.indexOf(b.state))[0] ?? null;
}

/** One address for all its life: it grows there, and is whole there. */
export function playlistOf(asset: Asset): string {
  return `/api/v1/assets/${asset.content_hash}/hls/playlist.m3u8`;
}

/** What stands for a video until it plays. */
export function posterOf(asset: Asset): string | null {
  const ready = (name: string) => asset.renditions?.find(made => made.name === name && made.state === 'ready')?.url ?? null;
  return ready('poster') ?? ready('cover') ?? ready('thumbnail');
}

/** Whether something of it is still being made. */
export function isUnfinished(asset: Asset): boolean {
  return !asset.renditions?.length || asset.renditions.some(made => made.state === 'pending' || made.state === 'running');
}
