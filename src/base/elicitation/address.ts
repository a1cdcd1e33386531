/** An address that a server asks to have opened. */
export interface Address {
  /** As the browser will open it: every letter that is not plain ASCII is spelled out. */
  readonly href: string;
  readonly host: string;
  /** Not encrypted, or with a name before the host, as addresses that pretend to be others have it. */
  readonly doubtful?: 'http' | 'user';
}

/** Undefined for what is not opened: anything but http and https. */
export function readAddress(text: string | undefined): Address | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, href, host, username, password, hostname } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  if (username !== '' || password !== '') return { href, host, doubtful: 'user' };
  const here = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'http:' && !here ? { href, host, doubtful: 'http' } : { href, host };
}
