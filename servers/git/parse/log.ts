export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly email: string;
  /** ISO 8601, with the zone of the author. */
  readonly date: string;
  readonly refs: readonly string[];
  readonly subject: string;
  /** The rest of the message. */
  readonly body: string;
}

const FIELDS = ['%H', '%P', '%an', '%ae', '%aI', '%D', '%s', '%b'];

/** For `git log -z`: no message holds a NUL, so whatever one says cannot be taken for another field. */
export const LOG_FORMAT = `--format=tformat:${FIELDS.join('%x00')}`;

export function parseLog(text: string): Commit[] {
  const values = text.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + FIELDS.length <= values.length; at += FIELDS.length) {
    const [id, parents, author, email, date, refs, subject, body] = values.slice(at) as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    commits.push({
      id,
      parents: parents === '' ? [] : parents.split(' '),
      author,
      email,
      date,
      refs: refs === '' ? [] : refs.split(', '),
      subject,
      body: body.trimEnd(),
    });
  }
  return commits;
}
