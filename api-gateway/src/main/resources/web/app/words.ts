const numbers = new Intl.NumberFormat('en');

export function count(n: number, one: string, many = `${one}s`): string {
  return `${numbers.format(n)} ${n === 1 ? one : many}`;
}

export function number(n: number): string {
  return numbers.format(n);
}

export function ago(time: string | null | undefined, now = Date.now()): string {
  if (!time) return '';
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h ago`;
  return `${count(Math.round(seconds / 86_400), 'day')} ago`;
}

/** In units of 1024, as the upstream's own page writes them: 14.58 GB. */
export function bytes(size: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = size;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(unit >= 3 ? 2 : 1)} ${units[unit]}`;
}

/** For display only; a dash where there is none. */
export function shortHash(hash: string | null): string {
  return hash ? `${hash.slice(0, 16)}...` : '-';
}

/** To the second, in the reader's zone; a dash where there is none. */
export function moment(time: string | null): string {
  return time ? new Date(time).toLocaleString('sv-SE') : '-';
}

/** How long something took; empty while either end is missing. */
export function took(from: string | null, to: string | null): string {
  if (!from || !to) return '';
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function day(time: string): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What a work class does, for a person. */
export function workName(workClass: string): string {
  return { hash: 'Reading files', item: 'Importing', image: 'Making pictures', video: 'Making streams' }[workClass] ?? workClass;
}

/** Where a time is from. */
export function timeSource(source: string): string {
  return {
    exif: 'by the camera', exiftool: 'by the camera', file_name: 'by its name', file_time: 'by the file\'s time',
  }[source] ?? '';
}

/** As a player writes it: 0:07, 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, '0')];
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** As one says it: 1 minute 2 seconds. */
export function spoken(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [[Math.floor(whole / 3600), 'hour'], [Math.floor(whole / 60) % 60, 'minute'], [whole % 60, 'second']] as const;
  return parts.filter(([n]) => n > 0).map(([n, unit]) => count(n, unit)).join(' ') || '0 seconds';
}

export function percent(share: number): string {
  return `${Math.min(99, Math.floor(share * 100))} %`;
}

/** A codec's name as people know it. */
export function codecName(codec: string): string {
  return {
    h264: 'H.264', hevc: 'H.265 (HEVC)', av1: 'AV1', vp8: 'VP8', vp9: 'VP9', mpeg4: 'MPEG-4', mpeg2video: 'MPEG-2', prores: 'ProRes', mjpeg: 'Motion JPEG',
    aac: 'AAC', mp3: 'MP3', opus: 'Opus', vorbis: 'Vorbis', ac3: 'AC-3', flac: 'FLAC', pcm_s16le: 'PCM',
  }[codec] ?? codec;
}

/** What a rendition is, for a person. */
export function renditionName(name: string): string {
  return {
    thumbnail: 'Thumbnail', preview_image: 'Preview image', poster: 'Poster', hls: 'Stream', cover: 'Cover', transcript: 'Transcript',
    cloud_package: 'Cloud package',
  }[name] ?? name;
}

/** A file's name, or the short hash of what has none. */
export function nameOf(asset: { location: { path: string } | null; short_hash: string }): string {
  return asset.location ? fileName(asset.location.path) : asset.short_hash;
}

/** What a letter was before it was given up on. */
export function sourceName(source: string): string {
  return { work: 'Work', message: 'Message', outbox: 'Fact to publish' }[source] ?? source;
}
