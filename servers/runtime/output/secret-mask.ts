/** What stands where a secret stood. */
export const MASKED = '***';

/** Shorter values are words and numbers that stand everywhere. */
const MIN_CHARS = 8;

const SECRET_NAME = /KEYS?(?:_|$)|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL/i;

/**
 * The secrets of an environment: values of variables whose names say so, and passwords within addresses
 * (`postgres://user:password@host`).
 * @param isSecret tells from a name whether its value is one
 */
export function secretsOf(
  environment: Readonly<Record<string, string | undefined>>,
  isSecret: (name: string) => boolean = (name) => SECRET_NAME.test(name),
): string[] {
  return Object.entries(environment).flatMap(([name, value = '']) => {
    const passwords = [...value.matchAll(/:\/\/[^:/@\s]*:([^@/\s]+)@/g)].map(([, password]) => password!);
    return isSecret(name) ? [value, ...passwords] : passwords;
  });
}

/** Takes known secrets out of texts. Values of less than 8 characters are left alone. */
export class SecretMask {
  /** The longest first, so that of two that begin alike the longer is found. */
  readonly #secrets: readonly string[];
  readonly #pattern: RegExp | undefined;

  constructor(values: readonly string[]) {
    const forms = values.flatMap(formsOf).filter((text) => text.length >= MIN_CHARS);
    this.#secrets = [...new Set(forms)].sort((a, b) => b.length - a.length);
    if (this.#secrets.length > 0) this.#pattern = new RegExp(this.#secrets.map(escaped).join('|'), 'g');
  }

  /** A whole text without secrets. */
  text(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, MASKED) : text;
  }

  /** For a text that comes in pieces: a secret that is cut in two by their border is found all the same. */
  stream(): MaskedStream {
    return new MaskedStream(this);
  }

  /** The masked beginning of a text, and the rest that may turn out to begin a secret. */
  split(text: string): { readonly masked: string; readonly held: string } {
    const pattern = this.#pattern;
    if (pattern === undefined) return { masked: text, held: '' };
    let masked = '';
    for (let at = 0; ; ) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      const held = this.#heldFrom(text, at);
      if (match === null || held <= match.index)
        return { masked: masked + text.slice(at, held), held: text.slice(held) };
      masked += text.slice(at, match.index) + MASKED;
      at = pattern.lastIndex;
    }
  }

  /** Where the first end of the text stands that a secret begins with; its length when there is none. */
  #heldFrom(text: string, from: number): number {
    const longest = this.#secrets[0]!.length;
    for (let at = Math.max(from, text.length - longest + 1); at < text.length; at++) {
      const end = text.slice(at);
      if (this.#secrets.some((secret) => secret.length > end.length && secret.startsWith(end))) return at;
    }
    return text.length;
  }
}

/** Masks one stream; holds back at most what might be the beginning of a secret. */
export class MaskedStream {
  readonly #mask: SecretMask;
  #held = '';

  constructor(mask: SecretMask) {
    this.#mask = mask;
  }

  add(text: string): string {
    const { masked, held } = this.#mask.split(this.#held + text);
    this.#held = held;
    return masked;
  }

  /** What was held back, when nothing comes any more. */
  rest(): string {
    const rest = this.#mask.text(this.#held);
    this.#held = '';
    return rest;
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** As it stands, each line of it (a terminal ends lines differently), and as it stands in an address. */
function formsOf(value: string): string[] {
  const lines = value.includes('\n') ? value.split(/\r?\n/).map((line) => line.trim()) : [];
  return [value, ...lines, ...(isEncodable(value) ? [encodeURIComponent(value)] : [])];
}

const isEncodable = (value: string): boolean => value.isWellFormed();
