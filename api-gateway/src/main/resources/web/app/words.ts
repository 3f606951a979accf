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
  return { hash: 'Reading files', item: 'Importing', image: 'Making pictures' }[workClass] ?? workClass;
}

/** Where a time is from. */
export function timeSource(source: string): string {
  return {
    exif: 'by the camera', exiftool: 'by the camera', file_name: 'by its name', file_time: 'by the file\'s time',
  }[source] ?? '';
}
