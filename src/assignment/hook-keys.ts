/** What opens a hook: the token in its address, and of a signed one the secret to sign with. Told once, kept nowhere. */
export interface HookKeys {
  readonly token: string;
  /** `whsec_…`, as Standard Webhooks write it. */
  readonly secret?: string;
}
