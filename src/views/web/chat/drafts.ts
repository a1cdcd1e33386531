/** What was written and not sent yet, by chat; kept while the page is open. */
export const drafts = new Map<string, string>();
