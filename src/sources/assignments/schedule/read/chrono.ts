import { GB } from 'chrono-node/en';

/** The library that reads dates in English, day before month. */
export const en = GB;

export type { Component } from 'chrono-node/en';
export type ParsedComponents = ReturnType<typeof en.parse>[number]['start'];
