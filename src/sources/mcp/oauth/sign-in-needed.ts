/** A server does not let us in until a person has signed in to it. Trying again by ourselves is of no use. */
export class SignInNeeded extends Error {
  constructor() {
    super('The server wants you to sign in.');
    this.name = 'SignInNeeded';
  }
}

/** A server wants an authorization, and the way to one is barred. It may open by itself. */
export class NoWayToSignIn extends Error {
  /** @param why in words for people */
  constructor(why: string, cause: unknown) {
    super(`The server wants an authorization (HTTP 401), and there is no way to one: ${why}`, { cause });
    this.name = 'NoWayToSignIn';
  }
}
