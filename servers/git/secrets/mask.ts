const USER_INFO = /\b([a-z][a-z0-9+.-]*):\/\/([^\s/@'"]*)@/gi;
const SECRET_PARAMETER =
  /([?&][\w.-]*(?:token|secret|password|passwd|api[_-]?key|signature|sig)=)[^&\s'"]+/gi;

/**
 * Text in which no URL shows a secret. Over http(s) all before the `@` is hidden, because a lone name may be a token;
 * elsewhere the password is, and the name stays (`ssh://git@…`).
 */
export function maskUrls(text: string): string {
  return text
    .replace(USER_INFO, (_whole, scheme: string, info: string) => {
      if (/^https?$/i.test(scheme)) return `${scheme}://***@`;
      const colon = info.indexOf(':');
      return colon < 0 ? `${scheme}://${info}@` : `${scheme}://${info.slice(0, colon)}:***@`;
    })
    .replace(SECRET_PARAMETER, '$1***');
}

/** Hides what stands in URLs, and the secrets of the URLs it was told of wherever they stand. */
export class Mask {
  readonly #secrets = new Set<string>();

  /** Learns the secrets of a URL. */
  learn(url: string): void {
    const [, info] = /^[a-z][a-z0-9+.-]*:\/\/([^/@]*)@/i.exec(url) ?? [];
    if (info === undefined) return;
    const colon = info.indexOf(':');
    const isWeb = /^https?:/i.test(url);
    const found =
      colon >= 0 ? [info.slice(colon + 1), ...(isWeb ? [info.slice(0, colon)] : [])] : isWeb ? [info] : [];
    for (const secret of found) {
      // Of a name as short as this the masking would say more than it hides.
      for (const form of [secret, decoded(secret)]) if (form.length >= 6) this.#secrets.add(form);
    }
  }

  hide(text: string): string {
    let hidden = maskUrls(text);
    for (const secret of this.#secrets) hidden = hidden.replaceAll(secret, '***');
    return hidden;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
