/** A server does not let us in until a person has signed in to it. Trying again by ourselves is of no use. */
export class SignInNeeded extends Error {
  constructor(message = 'The server wants you to sign in.') {
    super(message);
    this.name = 'SignInNeeded';
  }
}
