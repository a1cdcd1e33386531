/** How many of an id's last characters are shown in a table: enough to tell tasks apart, short enough to type. */
const SHORT = 6;

/** The end of an id, which commands accept in place of the whole. */
export const shortId = (id: string): string => id.slice(-SHORT);
