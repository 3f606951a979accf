/**
 * The average colour that a ThumbHash (https://evanw.github.io/thumbhash/) keeps in its header: luminance, yellow-blue
 * and red-green, as the format defines them.
 */
export function averageColour(base64: string): string | null {
  let hash: Uint8Array;
  try {
    hash = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  } catch {
    return null;
  }
  if (hash.length < 3) return null;
  const header = hash[0]! | (hash[1]! << 8) | (hash[2]! << 16);
  const l = (header & 63) / 63;
  const p = ((header >> 6) & 63) / 31.5 - 1;
  const q = ((header >> 12) & 63) / 31.5 - 1;
  const b = l - (2 / 3) * p;
  const r = (3 * l - b + q) / 2;
  const g = r - q;
  const channel = (v: number) => Math.round(255 * Math.min(1, Math.max(0, v)));
  return `rgb(${channel(r)} ${channel(g)} ${channel(b)})`;
}
