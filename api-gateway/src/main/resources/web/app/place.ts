/** Where the console is, as the address after # says: #/kind/id, of an asset in it …/asset/hash, and what is asked for. */
export interface Place {
  /** First part; empty for the library. */
  kind: string;
  id: string;
  /** The third part. */
  more: string;
  /** Content hash of the asset that is open; empty for none. */
  asset: string;
  query: URLSearchParams;
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [kind = '', id = '', more = '', last = ''] = path.split('/').map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  if (kind === 'asset') return { kind: '', id: '', more: '', asset: id, query: new URLSearchParams(query) };
  // A library's own address: its card, picked, above what lies in it.
  if (kind === 'libraries') return { kind: '', id: '', more: '', asset: '', query: new URLSearchParams({ library: new URLSearchParams(query).get('id') ?? '' }) };
  if (kind === 'search' && id === 'asset') return { kind, id: '', more: '', asset: more, query: new URLSearchParams(query) };
  return { kind, id, more, asset: more === 'asset' ? last : '', query: new URLSearchParams(query) };
}

/** The address of a place; of the library without an asset it is #/. */
export function addressOf(place: { kind: string; id: string; asset?: string; query?: URLSearchParams }): string {
  const parts = [place.kind, place.id].filter(part => part !== '').map(encodeURIComponent);
  if (place.asset) parts.push('asset', place.asset);
  const query = place.query?.size ? `?${place.query}` : '';
  return `#/${parts.join('/')}${query}`;
}

/** Goes to an address without leaving a step to come back to. */
export function replacePlace(address: string) {
  if (location.hash === address) return;
  history.replaceState(history.state, '', address);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
