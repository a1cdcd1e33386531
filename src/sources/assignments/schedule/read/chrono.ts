import { GB } from 'chrono-node/en';

/** The library that reads dates in English, day before month. */
export const en = GB;
